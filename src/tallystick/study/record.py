"""The record of a programme's forecasts as a file: read and verified, and added to in one step.

Who is killed leaves the old record or the new one. Two who freeze at once wait for each other, and the second builds on
the first.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tallystick.study.hashes import FORECASTING, code_hash, forecasting_versions, processor_family
from tallystick.study.swap import check_place, replace_file
from tallystick.vocab.errors import EvidenceError, UsageError
from tallystick.vocab.version import VERSION

if TYPE_CHECKING:
    from tallystick.calibrate.sample import Progress
    from tallystick.forecasts.answered import Answer, OnRecord
    from tallystick.forecasts.asked import Question
    from tallystick.forecasts.record import Made, Sealed
    from tallystick.forecasts.score import Report
    from tallystick.study.study import Study

FILE = "forecasts.jsonl"
GONE = "name another with --record; where a brief printed a head, the record was there: take it from a copy"


def record_file(study: Study, named: Path | None = None) -> Path:
    """Where the record lies: the file that is named, or the one beside the programme's evidence."""
    from tallystick.evidence.programme import programme_folder

    return programme_folder(study.name) / FILE if named is None else named


def own_record(workspace: Path) -> Path:
    """Where a workspace's own record lies. Its evidence is a derived folder, which is made anew and never kept."""
    return workspace / FILE


def shipped_record(programme: str) -> Path | None:
    """Where the record of a programme that ships lies; None for any other, since nobody knows where that is."""
    from tallystick.evidence.programme import programme_folder, shipped_programmes

    return programme_folder(programme) / FILE if programme in shipped_programmes() else None


def check_there(file: Path) -> None:
    """EvidenceError where there is no such file, though a head was printed or the file was named."""
    if not file.exists():
        raise EvidenceError("there is no record", file=str(file), hint=GONE)


def entry_with(head: str, file: Path, programme: str) -> tuple[int, int]:
    """The number of the entry on which a printed head hangs, and how many there are; EvidenceError where none has it.

    Then the record is gone, or is another one, or was shortened or made anew since.
    """
    from tallystick.forecasts.record import WAY_OUT, holds

    check_there(file)
    chain = _read(file, programme)
    number = holds(chain, head.strip().lower())
    if number is None:
        problem = f"no entry has the hash {head}: this is another record, or one that was shortened or made anew"
        raise EvidenceError(problem, file=str(file), hint=WAY_OUT)
    return number, len(chain)


def read_record(study: Study, file: Path) -> tuple[Sealed, ...]:
    """Entries frozen by the study's day, none where there is no file; EvidenceError where the record is broken."""
    chain = _read(file, study.programme.id)
    return tuple(one for one in chain if study.as_of is None or one.entry.frozen_on <= study.as_of)


def _read(file: Path, programme: str) -> tuple[Sealed, ...]:
    chain = _chain(file.read_bytes(), file.name) if file.exists() else ()
    for entry, _ in chain:
        if entry.programme != programme:
            hint = f"name a record of {programme} with --record, or its programme with --programme"
            problem = f"is of the programme {entry.programme}, not of {programme}"
            raise EvidenceError(problem, file=file.name, row=entry.number, field="programme", hint=hint)
    return chain


def _chain(content: bytes, name: str) -> tuple[Sealed, ...]:
    """The entries of a file that is there; one without any was emptied, since the first freezing makes it."""
    from tallystick.forecasts.record import WAY_OUT, chain_of

    if not content:
        raise EvidenceError("holds no entry", file=name, hint=f"{WAY_OUT}; remove the file to begin a record")
    return chain_of(content, name)


def freeze(study: Study, day: date, file: Path, progress: Callable[[Progress], None] | None = None) -> Sealed:
    """Forecast what is asked and still open on `day`, and add it to the record; the new entry.

    UsageError where the day is earlier than the evidence or the record or a year behind it, where nothing is open, or
    where the same has been frozen on that day; FitError where the fit's chains disagree. Then nothing is written.
    """
    from tallystick.forecasts.asked import questions_of
    from tallystick.forecasts.freeze import freeze as forecast
    from tallystick.forecasts.freeze import still_open
    from tallystick.forecasts.kept import inputs_hash

    if study.as_of is not None:
        raise UsageError("what is frozen rests on all evidence", hint="leave out --as-of; --on names the day")
    check_place(file, "--record")
    asked, inputs = still_open(questions_of(study.programme), study.programme, day), inputs_hash(study.programme)
    _check_new(_read(file, study.programme.id), day, inputs, asked)
    made = forecast(study.programme, asked, day, inputs=inputs, versions=_versions(), report=progress)
    return _append(file, made)


def _versions() -> dict[str, str]:
    """What the forecast was made by, so that it can be made again."""
    ours = {"tallystick": VERSION, "code": code_hash(FORECASTING), "processor": processor_family()}
    return {**forecasting_versions(), **ours}


def _check_new(chain: tuple[Sealed, ...], day: date, inputs: str, asked: tuple[Question, ...]) -> None:
    """Refuse what the record holds already, and a day before its last one."""
    from tallystick.forecasts.record import repeated

    if chain and day < chain[-1].entry.frozen_on:
        last = chain[-1].entry
        problem = f"entry {last.number} was frozen on {last.frozen_on}, after {day}"
        raise UsageError(problem, hint="a record grows forward in time: freeze on that day or a later one")
    if (number := repeated(chain, day, inputs, asked)) is not None:
        raise UsageError(
            f"entry {number} answers what is asked, frozen on {day} from the same evidence and model",
            hint="`tallystick forecast` shows it; freeze again when these have changed, or on another day",
        )


def _append(file: Path, made: Made) -> Sealed:
    """Put the record with one more line in the place of the old one."""
    from tallystick.forecasts.record import line_of

    with _alone(file.absolute().parent):
        chain = _read(file, made.programme)  # another may have added to it meanwhile
        _check_new(chain, made.frozen_on, made.inputs, tuple(one.asked for one in made.forecasts))
        before = file.read_bytes() if file.exists() else b""
        content = before + line_of(made, chain) + b"\n"
        (*_, last) = _chain(content, file.name)  # nothing is written that would not be read
        replace_file(file, content)
        return last


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until nobody else adds to a record in that folder; the kernel drops the lock of who was killed."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def answers(study: Study, chain: tuple[Sealed, ...]) -> tuple[Answer, ...]:
    """Every frozen forecast beside the figures of the study's evidence."""
    from tallystick.forecasts.answered import answers as beside

    return beside(chain, study.programme, study.day)


def head(study: Study) -> str | None:
    """The hash on which the record beside the evidence hangs; None where nothing is on record."""
    from tallystick.forecasts.record import head_of

    chain = read_record(study, record_file(study))
    return head_of(chain) if chain else None


def on_record(study: Study) -> OnRecord | None:
    """What a brief prints of the record beside the evidence; None where nothing is on record."""
    from tallystick.forecasts.answered import OnRecord

    chain = read_record(study, record_file(study))
    return OnRecord(chain=chain, answers=answers(study, chain)) if chain else None


def report(study: Study, found: tuple[Answer, ...]) -> Report | None:
    """The table of the backtest over all forecasts that a figure has answered; None as long as there is none."""
    from tallystick.forecasts.score import report_of
    from tallystick.study.backtest import REPEATS

    rows = [one.scored for one in found if one.scored is not None]
    return report_of(rows, study.seed, REPEATS) if rows else None
