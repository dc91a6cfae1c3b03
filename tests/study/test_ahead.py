"""A brief tells what would change it only where there are what-ifs, and evidence that reaches their start."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from tallystick.cli.figures import told
from tallystick.evidence.programme import SHIPPED
from tallystick.study.ahead import ENGINES, compiling, has_what_ifs, simulated_of
from tallystick.study.apart import DRAWN
from tallystick.study.study import Study
from tallystick.vocab.errors import RunError
from tests.programmes import VESSANY
from tests.scenarios.fits import fitted


def test_a_programme_that_ships_what_ifs_has_them() -> None:
    assert has_what_ifs(Study("dprk"))


def test_evidence_that_ends_before_the_runs_start_is_not_run_forward(tmp_path: Path) -> None:
    """No fit is asked for: the folder of the cache stays empty."""
    assert simulated_of(Study("dprk", as_of=date(2024, 1, 1), cache=tmp_path)) is None
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("lacking", ["scenarios", "scenarios.toml", "system.toml"])
def test_a_programme_without_what_ifs_has_none_and_no_fault(tmp_path: Path, lacking: str) -> None:
    folder = tmp_path / "without"
    shutil.copytree(SHIPPED / "dprk", folder)
    left_out = folder / lacking
    if left_out.is_dir():
        shutil.rmtree(left_out)
    else:
        left_out.unlink()
    study = Study(folder, cache=tmp_path / "cache")
    assert not has_what_ifs(study)
    assert simulated_of(study) is None


def _with_scenarios(folder: Path, *kept: str) -> Path:
    """The programme that ships, with some of its scenarios."""
    shutil.copytree(SHIPPED / "dprk", folder)
    for file in (folder / "scenarios").iterdir():
        if file.stem not in kept:
            file.unlink()
    return folder


def test_a_child_runs_the_what_ifs_tells_how_far_it_is_and_keeps_them(
    cache_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = _with_scenarios(tmp_path / "two", "as_it_goes", "publicity")
    study, heard = fitted(cache_folder, programme), list[tuple[str, int, int]]()
    study.listen(lambda *far: heard.append(far))
    found = simulated_of(study)
    assert found is not None
    assert found.results.scenarios == ("as_it_goes", "publicity")
    last = {stage: (done, every) for stage, done, every in heard}
    assert last["runs"] == (1000, 1000)
    assert all(done == every for done, every in last.values())
    monkeypatch.setattr(Study, "beside", None)  # what is in the cache is not run again
    again = simulated_of(Study(programme, cache=cache_folder, seed=study.seed))
    assert again is not None
    assert again.results.as_json() == found.results.as_json()
    assert again.alone == found.alone


def test_engines_are_compiled_once_a_fit_has_drawn_and_only_then(
    cache_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = Study("dprk", cache=tmp_path / "cache")
    with compiling(study):
        _tell(study, "of another stage")
        assert not (tmp_path / "cache").exists()
        _tell(study, DRAWN)
    assert len(list((tmp_path / "cache" / "kernels").iterdir())) == len(ENGINES)
    monkeypatch.setattr(Study, "beside", None)
    with compiling(fitted(cache_folder)):
        pass  # fitted before: what runs then need they compile themselves


def _tell(study: Study, stage: str) -> None:
    running = study._ears().running
    assert running is not None
    running(stage, 0, 1)


def test_a_fit_is_said_to_have_drawn_once_it_has_and_before_its_draws_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_of = list[str]()

    def stop(stage: str, *_: int) -> None:
        told_of.append(stage)
        raise KeyboardInterrupt

    monkeypatch.setattr(Study, "fit", property(lambda _: told_of.append("fit") or SimpleNamespace(draws=None)))
    study = Study(VESSANY, cache=tmp_path)
    study.listen(stop)
    with pytest.raises(KeyboardInterrupt):
        study.compute_here(print)
    assert list(dict.fromkeys(told_of)) == ["fit", DRAWN]


def test_engines_that_cannot_be_compiled_beside_the_fit_cost_no_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def failing(*_: object) -> Iterator[None]:
        yield
        raise RunError("ended with code -9")

    said = list[str]()
    monkeypatch.setattr(Study, "beside", failing)
    study = Study("dprk", cache=tmp_path, tell=said.append)
    with compiling(study):
        _tell(study, DRAWN)
    (message,) = said
    assert "ended with code -9" in message
    assert "compiled when it is run" in message


def test_commands_that_need_runs_fit_while_the_engines_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    order = list[str]()

    @contextmanager
    def noted(_: object) -> Iterator[None]:
        order.append("begun")
        yield
        order.append("ended")

    monkeypatch.setattr("tallystick.study.ahead.compiling", noted)
    monkeypatch.setattr(Study, "compute", lambda study, _: order.append("fitted") or study)
    with told(Study("dprk")):
        assert order == ["begun", "fitted", "ended"]


def test_what_a_child_finds_wrong_with_a_what_if_is_told_here(cache_folder: Path, tmp_path: Path) -> None:
    programme = _with_scenarios(tmp_path / "two", "as_it_goes", "ceasefire_labour_stays")
    file = programme / "scenarios" / "ceasefire_labour_stays.toml"
    file.write_text(file.read_text().replace("strength = 2000", "strength = 50000"))
    with pytest.raises(RunError, match=r"ceasefire_labour_stays.toml, lever: sends .* as then wait") as raised:
        simulated_of(fitted(cache_folder, programme))
    assert "over more months" in raised.value.hint
