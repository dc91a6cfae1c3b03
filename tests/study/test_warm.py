"""A warm fit: from the nearest earlier fit, under a key of its own, for a look and never for print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from tallystick.study.cache import Cache
from tallystick.study.study import Study
from tallystick.study.warm import HEARD, KIND, Heard, heard_of, nearest, read_states, write_start
from tallystick.vocab.errors import UsageError
from tests.calibrate import real
from tests.programmes import VESSANY


def _heard(said: dict[str, str], unknowns: str = "the same") -> Heard:
    return Heard(unknowns=unknowns, said=said)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """Four fits: of other unknowns; two claims away; one claim away; one that left nothing to start from."""
    kept = {
        "a": _heard({"x": "1", "y": "2"}, unknowns="others"),
        "b": _heard({"x": "1"}),
        "c": _heard({"x": "1", "y": "changed", "z": "3"}),
    }
    cache = Cache(tmp_path, lambda _: None)
    for key, heard in kept.items():
        cache.keep(KIND, key, lambda folder, heard=heard: write_start(folder, heard, {"mode": np.zeros(2)}))  # type: ignore[misc]
    cache.keep(KIND, "d", lambda _: None)
    return cache


def test_the_fit_that_heard_most_nearly_the_same_is_started_from(cache: Cache) -> None:
    assert nearest(cache, _heard({"x": "1", "y": "2"})) == "b"
    assert nearest(cache, _heard({"x": "1", "y": "changed"})) == "b"  # as near as c, and named before it
    assert nearest(cache, _heard({"x": "1", "y": "changed", "z": "3", "new": "4"})) == "c"


def test_a_fit_of_other_unknowns_is_never_started_from(cache: Cache) -> None:
    assert nearest(cache, _heard({"x": "1", "y": "2"}, unknowns="yet others")) == ""


def test_a_fit_whose_files_are_damaged_is_never_started_from(cache: Cache) -> None:
    (cache.folder / KIND / "b" / "states.npz").write_bytes(b"")
    assert nearest(cache, _heard({"x": "1", "y": "2"})) == "c"


def test_a_fit_that_is_being_written_is_never_started_from(cache: Cache) -> None:
    draft = cache.folder / KIND / ".e.draft-1"
    draft.mkdir()
    (draft / HEARD).write_bytes(msgspec.json.encode(_heard({"x": "1", "y": "2"})))
    assert nearest(cache, _heard({"x": "1", "y": "2"})) == "b"


def test_states_are_read_as_they_were_written_in_the_same_bytes(tmp_path: Path) -> None:
    states: dict[str, Any] = {"mode": np.arange(3.0), "leaf_0": np.array([[1, 2]], dtype=np.uint32)}
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_start(tmp_path / name, _heard({"x": "1"}), states)
    for name, part in read_states(tmp_path / "one").items():
        np.testing.assert_array_equal(part, states[name])
        assert part.dtype == states[name].dtype
    one, two = ({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two


def test_what_a_fit_heard_tells_a_changed_figure_from_the_same_one() -> None:
    account = real.account()
    heard = heard_of(real.programme(), account)
    assert heard.said.keys() == {one.claim for one in account.observations}
    assert len(set(heard.said.values())) == len(heard.said)


def test_with_nothing_to_start_from_a_warm_study_is_the_cold_one(tmp_path: Path) -> None:
    cold, warm = (Study(VESSANY, cache=tmp_path, warm=each) for each in (False, True))
    assert warm.started_from == ""
    assert warm.fit_key == cold.fit_key


def test_a_warm_fit_has_a_key_of_its_own_and_is_not_published(tmp_path: Path) -> None:
    cold, warm = (Study(VESSANY, cache=tmp_path, warm=each) for each in (False, True))
    heard = heard_of(cold.programme, cold.account)
    Cache(tmp_path, lambda _: None).keep(KIND, "earlier", lambda folder: write_start(folder, heard, {}))
    assert warm.started_from == "earlier"
    assert warm.fit_key != cold.fit_key
    with pytest.raises(UsageError, match="not published"):
        warm.brief(tmp_path / "brief")
    assert not (tmp_path / "brief").exists()


def test_where_the_cold_fit_is_kept_nothing_is_fitted_warm(tmp_path: Path) -> None:
    cold, warm = (Study(VESSANY, cache=tmp_path, warm=each) for each in (False, True))
    heard = heard_of(cold.programme, cold.account)
    for key in ("earlier", cold.fit_key):
        Cache(tmp_path, lambda _: None).keep(KIND, key, lambda folder: write_start(folder, heard, {}))
    assert warm.started_from == ""
    assert warm.is_fitted
