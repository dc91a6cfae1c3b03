"""A warm fit: from the nearest earlier fit, under a key of its own, for a look and never for print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from tallystick.calibrate.resampled import Uneven
from tallystick.study.cache import Cache
from tallystick.study.study import Study
from tallystick.study.warm import HEARD, KIND, Heard, heard_of, nearest, read_states, sample, write_start
from tallystick.vocab.errors import UsageError
from tests.calibrate import real
from tests.programmes import VESSANY


def _heard(said: dict[str, float], unknowns: str = "the same", settings: str = "the same") -> Heard:
    """What a fit heard: figures by the name of their claim."""
    first = real.account().observations[0]
    figures = tuple(replace(first, claim=name, point=figure) for name, figure in said.items())
    return Heard(unknowns=unknowns, settings=settings, said=figures)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """Four fits: of other unknowns; two claims away; one claim away; one that left nothing to start from."""
    kept = {
        "a": _heard({"x": 1, "y": 2}, unknowns="others"),
        "b": _heard({"x": 1}),
        "c": _heard({"x": 1, "y": 2.5, "z": 3}),
    }
    cache = Cache(tmp_path, lambda _: None)
    for key, heard in kept.items():
        cache.keep(KIND, key, lambda folder, heard=heard: write_start(folder, heard, {"mode": np.zeros(2)}))  # type: ignore[misc]
    cache.keep(KIND, "d", lambda _: None)
    return cache


def test_the_fit_that_heard_most_nearly_the_same_is_started_from(cache: Cache) -> None:
    assert nearest(cache, _heard({"x": 1, "y": 2})) == "b"
    assert nearest(cache, _heard({"x": 1, "y": 2.5})) == "b"  # as near as c, and named before it
    assert nearest(cache, _heard({"x": 1, "y": 2.5, "z": 3, "new": 4})) == "c"


def test_a_fit_under_the_same_settings_is_started_from_before_a_nearer_one(cache: Cache) -> None:
    heard = _heard({"x": 1, "y": 2.5, "z": 3}, settings="others")
    cache.keep(KIND, "e", lambda folder: write_start(folder, heard, {"mode": np.zeros(2)}))
    assert nearest(cache, msgspec.structs.replace(heard, settings="the same")) == "c"
    assert nearest(cache, heard) == "e"


def test_a_fit_of_other_unknowns_is_never_started_from(cache: Cache) -> None:
    assert nearest(cache, _heard({"x": 1, "y": 2}, unknowns="yet others")) == ""


def test_a_fit_whose_files_are_damaged_is_never_started_from(cache: Cache) -> None:
    (cache.folder / KIND / "b" / "states.npz").write_bytes(b"")
    assert nearest(cache, _heard({"x": 1, "y": 2})) == "c"


def test_a_fit_that_an_earlier_version_kept_otherwise_is_never_started_from(cache: Cache) -> None:
    heard = {"unknowns": "the same", "settings": "the same", "said": {"x": "a hash"}}
    cache.keep(KIND, "aa", lambda folder: (folder / HEARD).write_bytes(msgspec.json.encode(heard)) and None)
    assert nearest(cache, _heard({"x": 1, "y": 2})) == "b"


def test_a_fit_that_is_being_written_is_never_started_from(cache: Cache) -> None:
    draft = cache.folder / KIND / ".e.draft-1"
    draft.mkdir()
    (draft / HEARD).write_bytes(msgspec.json.encode(_heard({"x": 1, "y": 2})))
    assert nearest(cache, _heard({"x": 1, "y": 2})) == "b"


def test_states_are_read_as_they_were_written_in_the_same_bytes(tmp_path: Path) -> None:
    states: dict[str, Any] = {"mode": np.arange(3.0), "leaf_0": np.array([[1, 2]], dtype=np.uint32)}
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_start(tmp_path / name, _heard({"x": 1}), states)
    for name, part in read_states(tmp_path / "one").items():
        np.testing.assert_array_equal(part, states[name])
        assert part.dtype == states[name].dtype
    one, two = ({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two


def test_what_a_fit_heard_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Figures to the last digit: their densities are taken again."""
    heard = heard_of(Study(cache=tmp_path))
    assert heard.said == real.account().observations
    write_start(tmp_path, heard, {})
    assert msgspec.json.decode((tmp_path / HEARD).read_bytes(), type=Heard) == heard


def test_settings_tell_another_model_from_another_claim(tmp_path: Path) -> None:
    study, fewer, other = (Study(VESSANY, cache=tmp_path) for _ in range(3))
    fewer.account = replace(study.account, observations=study.account.observations[1:])
    other.programme = replace(study.programme, as_of=date(2024, 1, 1))
    assert fewer.settings_key == study.settings_key != other.settings_key


def test_with_nothing_to_start_from_a_warm_study_is_the_cold_one(tmp_path: Path) -> None:
    cold, warm = (Study(VESSANY, cache=tmp_path, warm=each) for each in (False, True))
    assert warm.started_from == ""
    assert warm.fit_key == cold.fit_key


def test_a_warm_fit_has_a_key_of_its_own_and_is_not_published(tmp_path: Path) -> None:
    cold, warm = (Study(VESSANY, cache=tmp_path, warm=each) for each in (False, True))
    heard = heard_of(cold)
    Cache(tmp_path, lambda _: None).keep(KIND, "earlier", lambda folder: write_start(folder, heard, {}))
    assert warm.started_from == "earlier"
    assert warm.fit_key != cold.fit_key
    with pytest.raises(UsageError, match="not published"):
        warm.brief(tmp_path / "brief")
    assert not (tmp_path / "brief").exists()


def test_where_the_cold_fit_is_kept_nothing_is_fitted_warm(tmp_path: Path) -> None:
    cold, warm = (Study(VESSANY, cache=tmp_path, warm=each) for each in (False, True))
    heard = heard_of(cold)
    for key in ("earlier", cold.fit_key):
        Cache(tmp_path, lambda _: None).keep(KIND, key, lambda folder: write_start(folder, heard, {}))
    assert warm.started_from == ""
    assert warm.is_fitted


@pytest.fixture
def warm(tmp_path: Path) -> Study:
    """A study that starts from a fit of its own settings; nothing of that fit is read but its states."""
    cold = Study(VESSANY, cache=tmp_path)
    states = {"mode": np.zeros(2)}
    Cache(tmp_path, lambda _: None).keep(KIND, "earlier", lambda folder: write_start(folder, heard_of(cold), states))
    return Study(VESSANY, cache=tmp_path, warm=True)


class Asked:
    """Stands for both ways to fit: which was gone, and what was written."""

    def __init__(self, patch: pytest.MonkeyPatch, weighed: object) -> None:
        self.weighed, self.started, self.written = weighed, list[Any](), list[Any]()
        patch.setattr("tallystick.calibrate.resampled.resampled", self._weigh)
        patch.setattr("tallystick.calibrate.fit.fit", lambda *_, start, **__: self.started.append(start) or "gone on")
        patch.setattr("tallystick.study.fits.write_fit", lambda _, found: self.written.append(found))

    def _weigh(self, *_: object) -> object:
        if isinstance(self.weighed, Exception):
            raise self.weighed
        return self.weighed


def test_where_the_draws_carry_the_answer_no_chain_moves(
    warm: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(monkeypatch, "weighed")
    sample(warm, tmp_path, None)
    assert (asked.written, asked.started) == (["weighed"], [])


def test_where_they_do_not_its_chains_go_on_and_it_says_so(
    warm: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    warm.tell = told.append
    asked = Asked(monkeypatch, Uneven("the Pareto k of their weights is 0.90"))
    sample(warm, tmp_path, None)
    assert asked.written == ["gone on"]
    np.testing.assert_array_equal(asked.started[0]["mode"], np.zeros(2))
    assert "k of their weights is 0.90" in told[0]


def test_draws_under_other_settings_are_not_weighed(
    warm: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    warm.tell = told.append
    asked = Asked(monkeypatch, "weighed")
    assert warm.started_from
    warm.settings_key = "others"
    sample(warm, tmp_path, None)
    assert asked.written == ["gone on"]
    assert "of another model, program or day" in told[0]
