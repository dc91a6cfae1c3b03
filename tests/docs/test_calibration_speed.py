"""Promise: samplers are judged on one posterior by what they promise, and the page says what was missed or failed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from benchmarks.calibration import entries, main, measure, page
from benchmarks.engines import environments

from tests.docs.pages import ROOT

MACHINE = {"day": "2026-11-22", "processor": "P", "cores": 2, "cores_used": 2, "python": "3.11.7", "system": "Linux"}
MACHINE |= {"load_before": 0.1}


def _run(effective: float, seconds: float, compiling: float = 10.0) -> dict[str, Any]:
    told = {"compile_s": compiling, "sample_s": seconds, "cpu_s": 2 * seconds, "gradients": 100_000, "r_hat": 1.004}
    return told | {"effective": effective, "library": "lib", "version": "1.0"}


def _found(**effective: float) -> dict[str, Any]:
    """Two turns in ten seconds each: so many effective draws, and twice as many in the second."""
    runs = {name.replace("_", " "): [_run(many, 10.0), _run(2 * many, 10.0)] for name, many in effective.items()}
    rows = {name: measure._row(name, of) for name, of in runs.items()}
    facts = {"machine": MACHINE, "ended": "2026-11-22", "unknowns": 180, "claims": 200, "chains": 4, "draws": 1000}
    return facts | {"turns": 2, "rows": rows, "failed": {}, "ratios": measure.ratios(rows), "gpu_apart": None}


def test_a_rate_is_effective_draws_over_the_time_of_drawing_and_then_of_compiling_too() -> None:
    row = _found(ours=100.0)["rows"]["ours"]
    assert row["rates"] == [10.0, 20.0]
    assert row["rates_with_compile"] == [5.0, 10.0]


def test_a_ratio_is_taken_turn_by_turn() -> None:
    runs = {"ours": [_run(100, 10), _run(100, 5)], "numpyro": [_run(100, 20), _run(100, 5)]}
    rows = {name: measure._row(name, of) for name, of in runs.items()}
    over = next(one for one in measure.ratios(rows) if one["of"] == "rate")
    assert (over["times"], over["least"], over["most"]) == (1.5, 1.0, 2.0)


def test_a_missed_promise_is_an_error_and_stands_on_the_page(tmp_path: Path) -> None:
    kept = _found(ours=310.0, numpyro=300.0, nutpie=300.0, plain=100.0)
    missed = _found(ours=290.0, numpyro=300.0, nutpie=200.0, plain=100.0)
    assert measure.wrong(kept) == []
    assert len(measure.wrong(missed)) == 4  # NumPyro and the plain form, with and without compiling
    assert "missed" not in page.page(kept)
    assert page.page(missed).count("**missed**") == 4
    (tmp_path / "kept.json").write_text(json.dumps(missed), encoding="utf-8")
    assert main.main(["--from", str(tmp_path / "kept.json")], folder=tmp_path) == 1


def test_chains_of_ours_that_do_not_agree_are_an_error() -> None:
    found = _found(ours=310.0, numpyro=300.0)
    for name, faults in (("numpyro", []), ("ours", ["ours: R-hat 1.020, so that its effective draws mean little"])):
        found["rows"][name]["r_hat"] = 1.02
        assert measure.wrong(found) == faults


def test_a_sampler_that_cannot_run_is_named_with_the_reason() -> None:
    found = _found(ours=300.0) | {"failed": {"nutpie": "no wheel"}}
    assert measure.wrong(found) == ["nutpie: no wheel"]
    assert "Not measured: nutpie: no wheel." in page.page(found)


def test_draws_of_a_gpu_that_are_others_are_an_error() -> None:
    assert measure.wrong(_found(ours=300.0) | {"gpu_apart": 2.0}) == []
    assert len(measure.wrong(_found(ours=300.0) | {"gpu_apart": 9.0})) == 1


def test_a_trial_is_never_written_to_the_page(tmp_path: Path) -> None:
    for asked in (["--only", "ours"], ["--draws", "100"]):
        with pytest.raises(SystemExit):
            main.main([*asked, "--write"], folder=tmp_path)
    assert not list(tmp_path.iterdir())


def test_an_interrupted_run_leaves_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any) -> dict[str, Any]:
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "measure", interrupted)
    (tmp_path / f"{page.NAME}.md").write_text("old", encoding="utf-8")
    assert main.main(["--write"], folder=tmp_path) == 130
    assert (tmp_path / f"{page.NAME}.md").read_text(encoding="utf-8") == "old"


def test_every_sampler_has_its_script_and_its_lock() -> None:
    for entry in (*entries.ENTRIES, entries.ON_GPU):
        assert (environments.ROOT / "benchmarks" / "calibration" / f"{entry.script}.py").is_file()
        assert entry.environment == entries.OURS or (environments.LOCKS / f"{entry.environment}.txt").is_file()
    assert set(entries.PROMISED) < set(entries.BY_NAME)


def test_the_plain_form_is_the_same_unknowns() -> None:
    """Level by level on the prior's scale: what the layout says of a draw, before its transform."""
    from benchmarks.calibration.with_numpyro import plain

    from tests.calibrate import real

    model = real.ready().model
    middle, root = plain(model.layout)
    z = real.typical(3)
    x, values, at = np.linalg.solve(root, z - middle), real.values_at(z), 0
    for one in model.layout.unknowns:
        natural = x[at : at + one.size]
        if one.transform in ("log", "steps"):
            natural = np.exp(natural)
        if one.transform == "logit":
            natural = 1 / (1 + np.exp(-natural))
        np.testing.assert_allclose(natural, np.atleast_1d(values[one.name]), rtol=1e-8)
        at += one.size


REFERENCE = ROOT / "docs" / "reference"


def published() -> dict[str, Any]:
    """The figures that stand beside the page."""
    figures: dict[str, Any] = json.loads((REFERENCE / f"{page.NAME}.json").read_text(encoding="utf-8"))
    return figures


def test_the_published_page_holds_what_its_figures_say() -> None:
    assert (REFERENCE / f"{page.NAME}.md").read_text(encoding="utf-8") == page.page(published())


def test_the_published_figures_are_of_every_sampler_and_promise_as_they_stand_now() -> None:
    figures = published()
    rows = figures["rows"]
    assert set(rows) | set(figures["failed"]) == set(entries.BY_NAME) - {entries.ON_GPU.name}
    assert (figures["chains"], figures["draws"]) == (entries.CHAINS, entries.DRAWS)
    assert figures["ratios"] == measure.ratios(rows)
    assert {(one["over"], one["promised"]) for one in figures["ratios"]} == set(entries.PROMISED.items())


def test_the_published_figures_keep_every_promise() -> None:
    assert measure.wrong(published()) == []
