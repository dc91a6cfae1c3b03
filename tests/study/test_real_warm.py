"""After one claim more, the fit that ships is weighed anew; `benchmarks/brief.py` lays it beside a cold one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.brief import NEW, with_one_more

from tallystick.study.study import Study
from tests.conftest import tallystick


def test_the_draws_that_there_are_tell_what_one_low_figure_does(
    study: Study, cache_folder: Path, tmp_path: Path
) -> None:
    host, month = NEW["host_country"], NEW["period_end"][:7]
    asked = ("estimate", NEW["measure"], "--host", host, "--period", month, "--warm", "--format", "json")
    later = with_one_more(tmp_path / "later")
    warm: dict[str, Any] = json.loads(tallystick(*asked, "--programme", str(later), cache=cache_folder))
    assert warm["started_from"] == study.fit_key
    assert warm["diagnostics"]["passed"]
    assert warm["diagnostics"]["draws"] == study.diagnostics.draws  # none was made
    (now,) = warm["estimates"]
    (before,) = (one for one in study.estimates if (one.id, one.host, one.period) == (NEW["measure"], host, month))
    assert float(NEW["value_point"]) < now["interval"]["median"] < before.interval.median
    assert now["interval"]["upper_80"] < before.interval.upper_80
