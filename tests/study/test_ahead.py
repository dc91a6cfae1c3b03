"""A brief tells what would change it only where there are what-ifs, and evidence that reaches their start."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from tallystick.cli.figures import told
from tallystick.evidence.programme import SHIPPED
from tallystick.study.ahead import ENGINES, compiling, has_what_ifs, simulated_of
from tallystick.study.study import Study
from tallystick.vocab.errors import RunError
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


def test_engines_are_compiled_while_a_fit_runs_and_only_then(
    cache_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = Study("dprk", cache=tmp_path / "cache")
    with compiling(study):
        assert not study.is_fitted
    assert len(list((tmp_path / "cache" / "kernels").iterdir())) == len(ENGINES)
    monkeypatch.setattr(Study, "beside", None)
    with compiling(fitted(cache_folder)):
        pass  # fitted before: what runs then need they compile themselves


def test_engines_that_cannot_be_compiled_beside_the_fit_cost_no_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def failing(*_: object) -> Iterator[None]:
        yield
        raise RunError("ended with code -9")

    said = list[str]()
    monkeypatch.setattr(Study, "beside", failing)
    with compiling(Study("dprk", cache=tmp_path, tell=said.append)):
        pass
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
