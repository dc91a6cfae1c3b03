"""Promise (T5, T7, T8): a record is the old one or the new one, and the same freezing gives the same bytes."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from tallystick.calibrate.density import Terms
from tallystick.forecasts import refit
from tallystick.forecasts.bench import Bench
from tallystick.forecasts.record import head_of, seed_of
from tallystick.study.record import _alone, _append, answers, freeze, head, on_record, read_record, record_file
from tallystick.study.study import Study
from tallystick.vocab.errors import EvidenceError, FitError, UsageError
from tests.forecasts.recorded import chain, made, question, record
from tests.programmes import VESSANY

DAY = date(2024, 12, 31)
KILLS = 8
ALONE = 2.0  # seconds in which another could have written, had it not waited
WRITER = """
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from tallystick.study.record import _append
from tests.forecasts.recorded import made, question
for turn in range(int(sys.argv[2])):
    _append(Path(sys.argv[1]), made([question()], date(2025, 1, 31), inputs=f"{sys.argv[3]} {turn}"))
    print(turn, flush=True)
"""


@pytest.fixture(scope="module")
def short() -> Iterator[None]:
    """A few draws, and one compile: what is tested here hangs on neither."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"WARMUP": 100, "DRAWS": 50, "LONGER": 0}.items():
            patch.setattr(refit, name, value)
        patch.setattr("tallystick.forecasts.freeze.R_HAT_LIMIT", 100)  # so few draws do not agree
        compiled: list[refit.Compiled] = []

        def once(bench: Bench, terms: Terms) -> refit.Compiled:
            compiled[:] = compiled or [refit.compiled_of(bench, terms)]
            return compiled[0]

        patch.setattr("tallystick.forecasts.freeze.compiled_of", once)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(VESSANY, tmp_path_factory.mktemp("record") / "vessany"))


@pytest.fixture(scope="module")
def frozen(folder: Path, short: None) -> Path:  # noqa: ARG001  # patches the sampler
    """The record after one freezing, in the programme's own folder."""
    study = Study(folder, seed=5)
    freeze(study, DAY, record_file(study))
    return record_file(study)


def _study(folder: Path, seed: int = 5) -> Study:
    return Study(folder, seed=seed)


def test_what_is_frozen_is_everything_that_is_open_with_what_it_was_made_from(folder: Path, frozen: Path) -> None:
    study = _study(folder)
    (sealed,) = read_record(study, frozen)
    entry = sealed.entry
    assert [one.asked.id for one in entry.forecasts] == ["arrived_2025", "tesmar_2026", "pay_2025"]
    assert (entry.frozen_on, entry.seed, entry.programme) == (DAY, seed_of(DAY, entry.inputs), "vessany")
    assert entry.evidence_root == study.programme.evidence_root
    assert {"tallystick", "code", "jax", "statsmodels", "processor"} <= set(entry.versions)
    assert all(list(one.quantiles) == sorted(set(one.quantiles)) for one in entry.forecasts)
    assert {"latest", "mean", "local level"} <= set(entry.forecasts[0].plain)
    assert set(entry.forecasts[0].members) == {"system", "no_break"}
    assert {one.state for one in answers(study, (sealed,))} == {"open"}


def test_a_brief_is_given_the_record_beside_its_evidence(folder: Path, frozen: Path) -> None:
    (sealed,) = read_record(_study(folder), frozen)
    found = on_record(_study(folder))
    assert found is not None
    assert found.head == head(_study(folder)) == sealed.hash
    assert [one.forecast for one in found.answers] == list(sealed.entry.forecasts)
    assert on_record(Study(folder, as_of=date(2024, 1, 1))) is None


def test_freezing_again_gives_the_same_bytes(folder: Path, frozen: Path, tmp_path: Path) -> None:
    """T7."""
    freeze(_study(folder), DAY, tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == frozen.read_bytes()


@pytest.mark.parametrize("r_hat", [1.051, float("nan")])
def test_a_fit_whose_chains_disagree_freezes_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, r_hat: float
) -> None:
    """The fit is not made here: whatever it forecasts, R-hat alone decides."""
    poor = SimpleNamespace(r_hat=r_hat, divergences=0)
    monkeypatch.setattr("tallystick.forecasts.freeze.R_HAT_LIMIT", refit.R_HAT_LIMIT)  # which `short` raises
    monkeypatch.setattr("tallystick.forecasts.freeze.compiled_of", lambda *_: None)
    monkeypatch.setattr("tallystick.forecasts.freeze.forecasts_at", lambda *_: (poor, ()))
    file, before = tmp_path / "record.jsonl", record(made([question()], date(2024, 8, 1)))
    file.write_bytes(before)
    with pytest.raises(FitError, match=r"chains disagree: R-hat is .*, and 1\.05 is allowed; nothing was frozen"):
        freeze(_study(folder), DAY, file)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_the_same_day_and_evidence_are_frozen_once(folder: Path, frozen: Path) -> None:
    before = frozen.read_bytes()
    for seed in (5, 6):
        with pytest.raises(UsageError, match=r"entry 1 answers what is asked, frozen on 2024-12-31") as found:
            freeze(_study(folder, seed), DAY, frozen)
        assert "freeze again when these have changed" in found.value.hint
    with pytest.raises(UsageError, match=r"entry 1 was frozen on 2024-12-31, after 2024-12-30"):
        freeze(_study(folder), date(2024, 12, 30), frozen)
    assert frozen.read_bytes() == before


def test_a_place_that_cannot_hold_a_record_is_refused_before_the_work(folder: Path, tmp_path: Path) -> None:
    for place, fault in ((tmp_path, "this is a folder"), (tmp_path / "no" / "record.jsonl", "there is no folder")):
        with pytest.raises(UsageError, match=fault) as found:
            freeze(_study(folder), DAY, place)
        assert "--record" in found.value.hint
    with pytest.raises(UsageError, match="rests on all evidence"):
        freeze(Study(folder, as_of=date(2023, 1, 1)), DAY, tmp_path / "record.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_day_knows_only_what_was_frozen_by_then(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "record.jsonl"
    file.write_bytes(record(made([question()], date(2025, 1, 1)), made([question()], date(2025, 6, 1))))
    assert len(read_record(_study(folder), file)) == 2
    assert len(read_record(Study(folder, as_of=date(2025, 3, 1)), file)) == 1
    assert read_record(_study(folder), tmp_path / "none.jsonl") == ()


def test_a_record_of_another_programme_is_refused(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "record.jsonl"
    file.write_bytes(record(made([question()], programme="elsewhere")))
    with pytest.raises(EvidenceError, match=r"row 1, field programme: is of the programme elsewhere, not of vessany"):
        read_record(_study(folder), file)


def test_a_broken_record_is_neither_read_nor_added_to(tmp_path: Path) -> None:
    file = tmp_path / "record.jsonl"
    broken = record(made([question()])).replace(b'"used":40', b'"used":41')
    file.write_bytes(broken)
    with pytest.raises(EvidenceError, match="field sha256"):
        _append(file, made([question()], date(2025, 6, 1)))
    assert file.read_bytes() == broken


def test_a_record_that_was_emptied_is_not_one_that_was_never_begun(tmp_path: Path) -> None:
    file = tmp_path / "record.jsonl"
    file.touch()
    with pytest.raises(EvidenceError, match=r"record\.jsonl: holds no entry") as found:
        read_record(_study(VESSANY), file)
    assert "take the record from a copy" in found.value.hint
    with pytest.raises(EvidenceError, match="holds no entry"):
        _append(file, made([question()]))
    assert file.read_bytes() == b""


def test_nothing_is_appended_that_would_not_be_read(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="field seed"):
        _append(tmp_path / "record.jsonl", replace(made([question()]), seed=1))
    assert list(tmp_path.iterdir()) == []


def test_a_killed_freezing_leaves_the_old_record_or_the_new_one(tmp_path: Path) -> None:
    file, chance, length = tmp_path / "record.jsonl", random.Random(5), 0
    for turn in range(KILLS):
        run = _writer(file, 10_000, f"turn {turn}")
        time.sleep(chance.uniform(0.0, 0.1))
        run.send_signal(signal.SIGKILL)
        run.communicate()  # ends, and closes its output
        held = read_record(_study(VESSANY), file)
        assert len(held) >= length
        length = len(held)
    assert length >= KILLS
    _append(file, made([question()], date(2025, 2, 1)))  # clears what killed runs left
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_who_freezes_beside_another_waits_and_builds_on_what_that_one_froze(tmp_path: Path) -> None:
    file = tmp_path / "record.jsonl"
    with _alone(tmp_path):
        run = _started(file, 1, "other")
        time.sleep(ALONE)
        assert not file.exists()
        file.write_bytes(record(made([question()])))
    run.communicate()
    first, second = read_record(_study(VESSANY), file)
    assert (first.entry.number, second.entry.number, second.entry.previous) == (1, 2, first.hash)
    assert second.entry.inputs == "other 0"


@pytest.mark.parametrize("fails", ["write_bytes", "replace"])
def test_a_disk_that_fails_leaves_the_old_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str) -> None:
    file, old = tmp_path / "record.jsonl", record(made([question()]))
    file.write_bytes(old)
    true_write = Path.write_bytes

    def broken(self: Path, content: object) -> int:
        """Half of what is written arrives."""
        if isinstance(content, bytes):
            true_write(self, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, fails, broken)
        with pytest.raises(OSError, match="No space left"):
            _append(file, made([question()], date(2025, 6, 1)))
    assert file.read_bytes() == old
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def _writer(file: Path, turns: int, name: str) -> subprocess.Popen[bytes]:
    """A process that freezes again and again, and has done so once."""
    run = _started(file, turns, name)
    assert run.stdout is not None
    run.stdout.readline()
    return run


def _started(file: Path, turns: int, name: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])}
    command = [sys.executable, "-c", WRITER, str(file), str(turns), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)


def test_the_head_is_that_of_the_last_entry() -> None:
    held = chain(made([question()]), made([question()], date(2025, 6, 1)))
    assert head_of(held) == held[1].hash
