"""What forecasts are asked for (`record.toml`), and which later figure answers each.

A question says what will be measured, where, of which days and by which class of asserters, and until when a figure
counts. It is laid on the bench as an observation that nobody has published. The figure that answers it is the first one
that reconcile uses, first heard after the day of freezing and by `expected_by` (itself or any claim of its origin), of
that measure, host, class and unit, with a number of its own, and of those days:

    what happens in a window   both its ends lie within `within_days` of those asked for
    a level or a rate          the middle of its window lies in the one asked for, widened by `within_days`
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import msgspec

from tallystick.calibrate.headline import untold_measures
from tallystick.evidence.entries import Entry
from tallystick.evidence.faults import Faults, shown
from tallystick.forecasts.figures import NUMBERED, first_heard, middle_of
from tallystick.reconcile.account import Account, Observation, reconcile
from tallystick.reconcile.rules import rules_of
from tallystick.reconcile.time import FLOW
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme

FILE, TABLE = "record.toml", "record"
AHEAD = 2  # years that forecasts may reach beyond the programme's own
KEYS = (
    "id", "words", "measure", "host", "asserter_class", "unit", "start", "end", "within_days", "expected_by", "why",
)  # fmt: skip


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One row of record.toml. `words` say to a reader what the figure is; days are inclusive."""

    id: str
    words: str
    measure: str
    host: str
    asserter_class: str
    unit: str
    start: date
    end: date
    within_days: int
    expected_by: date


def ahead(programme: Programme) -> Programme:
    """The programme with AHEAD more years, in which figures to come have a place."""
    first, last = programme.window
    return replace(programme, window=(first, last + AHEAD))


def questions_of(programme: Programme) -> tuple[Question, ...]:
    """Read and check the file; EvidenceError where it is missing, EvidenceFaults with all that is wrong in it."""
    if TABLE not in programme.tables:
        hint = "docs/how-to/forecasts-on-record.md says what it holds"
        raise EvidenceError("the file is missing", file=FILE, hint=hint)
    faults = Faults()
    whole = Entry(FILE, None, programme.tables[TABLE], faults)
    whole.only(("forecast",))
    units = _units(programme)
    asked = tuple(_question(entry, programme, units) for entry in whole.tables("forecast", keys=KEYS))
    for twice in sorted({one.id for one in asked if sum(one.id == other.id for other in asked) > 1}):
        whole.fault("forecast", f"{shown(twice)} stands here twice", "an id names one question")
    faults.raise_if_any()
    return asked


def _units(programme: Programme) -> Mapping[str, set[str]]:
    """measure -> units in which a figure of it was ever used."""
    found: dict[str, set[str]] = {}
    for one in reconcile(programme).observations:
        found.setdefault(one.measure, set()).add(one.unit)
    return found


def _question(entry: Entry, programme: Programme, units: Mapping[str, set[str]]) -> Question:
    entry.text("why")
    measure = entry.choice("measure", programme.measures, what="measure")
    if measure in untold_measures(programme):
        entry.fault("measure", f"{measure} is never told, and never forecast", "leave the question out")
    elif measure and measure not in units:
        entry.fault("measure", f"no figure of {measure} is used by the fit", "ask for one that the model reads")
    host = entry.choice("host", [host for host in programme.hosts if host != "WW"], what="host")
    if measure in rules_of(programme).focus_only and host not in ("", programme.focus.id):
        entry.fault(
            "host", f"{measure} is read in {programme.focus.id} only", "reconcile.toml, [[focus_only]], says why"
        )
    unit = entry.choice("unit", sorted(units.get(measure, ())), what="unit") if measure in units else entry.text("unit")
    start, end, expected_by = _days(entry, programme)
    return Question(
        id=entry.identifier(),
        words=entry.text("words"),
        measure=measure,
        host=host,
        asserter_class=entry.choice("asserter_class", programme.asserter_classes, what="class"),
        unit=unit,
        start=start,
        end=end,
        within_days=entry.whole("within_days", low=0, high=366),
        expected_by=expected_by,
    )


def _days(entry: Entry, programme: Programme) -> tuple[date, date, date]:
    """The window, which lies in the programme's years and AHEAD more, and the last day on which a figure counts."""
    start, end, by = (entry.day(key) or date.min for key in ("start", "end", "expected_by"))
    first, last = ahead(programme).window
    if start > end:
        entry.fault("end", f"{end} lies before the start", "earliest first")
    elif start > date.min and not first <= start.year <= end.year <= last:
        entry.fault("start", f"{start} to {end} lies outside {first} to {last}", "ask for what the model can reach")
    if by < start:
        entry.fault("expected_by", f"{by} lies before the window", "a figure is published after what it counts")
    return start, end, by


def observation_of(question: Question, programme: Programme, known: Iterable[Observation]) -> Observation:
    """The question as the model sees it: an observation of a claim that does not exist.

    Its figure is read by nothing but the scatter of a small count, so it is the last one of its measure in that host,
    or of its measure.
    """
    is_flow = programme.measures[question.measure].kind == FLOW
    return Observation(
        claim=f"forecast {question.id}",
        origin=f"forecast {question.id}",
        measure=question.measure,
        kind="point",
        low=None,
        point=_usual(question, known),
        high=None,
        unit=question.unit,
        host=question.host,
        start=question.start,
        end=question.end,
        asserter_class=question.asserter_class,
        region="",
        sector="",
        undated=not is_flow and question.start < question.end,
    )


def _usual(question: Question, known: Iterable[Observation]) -> float:
    of_measure = [one for one in known if (one.measure, one.unit) == (question.measure, question.unit)]
    last = max(of_measure, key=lambda one: (one.host == question.host, one.kind in NUMBERED, one.end, one.claim))
    return next(value for value in (last.point, last.low, last.high) if value is not None)


def answer_of(question: Question, after: date, programme: Programme, account: Account) -> Observation | None:
    """The figure that answers a question frozen on the day `after`; None as long as there is none.

    A figure counts from the first day on which it, its origin or a copy can have been said, as at a cut of the
    backtest: what somebody had printed by the freezing was known, whoever's row of it the account uses.
    """
    heard = first_heard(account, programme)
    later = [one for one in account.observations if after < heard[one.claim] <= question.expected_by]
    found = [one for one in later if is_of(question, one, programme)]
    return min(found, key=lambda one: (heard[one.claim], one.claim), default=None)


def is_of(question: Question, one: Observation, programme: Programme) -> bool:
    """Whether a figure speaks of what is asked, whenever it was said."""
    asked = (question.measure, question.host, question.asserter_class, question.unit)
    if (one.measure, one.host, one.asserter_class, one.unit) != asked or one.kind not in NUMBERED or one.sample:
        return False
    slack = timedelta(days=question.within_days)
    if programme.measures[one.measure].kind == FLOW:
        return abs(one.start - question.start) <= slack and abs(one.end - question.end) <= slack
    return question.start - slack <= middle_of(one) <= question.end + slack
