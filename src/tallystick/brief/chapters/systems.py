"""The systems that the reports describe, the predictions with their state, dated events and names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tallystick.brief.document import Card, Cards, Chapter, Column, Emph, Neutral, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.prose import date_of, how_many, join, listed, names, para, refs, strong, tell
from tallystick.brief.words import dates
from tallystick.brief.words.grammar import stop
from tallystick.reconcile.chronology import in_order
from tallystick.reconcile.records import Dating

STATES = ("held", "failed", "open")


def systems(facts: Facts) -> Chapter | None:
    if "systems" not in facts.programme.tables:
        return None
    rows = facts.told("systems", "system")
    return Chapter(
        id="systems",
        title="The systems that the reports describe",
        standfirst=join(
            how_many(len(rows), "system", start=True),
            ", each with what can be said of it from what was published, and what cannot.",
        ),
        blocks=(Cards(tuple(_system(facts, row) for row in rows)),),
    )


def _system(facts: Facts, row: Mapping[str, Any]) -> Card:
    claims = tuple(id for id in row["evidence"] if id in facts.claims)
    evidence = (para("Evidence: ", refs(facts, row["evidence"]), "."),) if row["evidence"] else ()
    return Card(
        title=tell(row["name"]),
        body=(
            para(strong("Can be said. "), tell(stop(row["can_say"]), claims)),
            para(strong("Not said here. "), tell(stop(row["cannot_say"]), claims)),
            *evidence,
        ),
        id=f"system-{row['id']}",
    )


def predictions(facts: Facts) -> Chapter | None:
    if "predictions" not in facts.programme.tables:
        return None
    rows = facts.told("predictions", "prediction")
    states = [str(row["state"]) for row in rows]
    counts = listed([join(how_many(states.count(state), "prediction"), f" {state}") for state in STATES])
    columns = (
        Column(title="Prediction", width=1.5),
        Column(title="As said, and by whom", width=2.4),
        Column(title="Test", width=1.8),
        Column(title="State", width=0.7),
        Column(title="Why", width=2.2),
    )
    judged = sorted({(str(row["judged_by"]), row["judged_on"]) for row in rows})
    note = (
        listed([join(tell(by), ", ", date_of(dates.day(on) if isinstance(on, date) else str(on))) for by, on in judged])
        if judged
        else ()
    )
    return Chapter(
        id="predictions",
        title="Predictions and their state",
        standfirst=join("Forecasts of the reports, kept as they were made: ", counts, "."),
        blocks=(
            para(
                "A forecast is held or failed only where dated evidence decides the test that its wording sets; "
                "otherwise it "
                "stays open. The state is the developers\u2019 unreviewed judgement",
                join(" (", note, ")") if note else "",
                ".",
            ),
            Table(id="predictions-list", columns=columns, rows=tuple(_prediction(facts, row) for row in rows)),
        ),
    )


def _prediction(facts: Facts, row: Mapping[str, Any]) -> tuple[Spans, ...]:
    said_when = dates.stated_period(row.get("said_earliest"), row.get("said_latest"))
    evidence = refs(facts, [*row["evidence"], *row.get("evidence_of_state", [])])
    return (
        tell(row["name"]),
        join(tell(stop(row["wording"])), " ", tell(row["said_by"]), ", ", date_of(said_when), " [", evidence, "]"),
        tell(stop(row["check"])),
        (Emph(str(row["state"]), strong=row["state"] != "open"),),
        tell(stop(row["reason"])),
    )


def events(facts: Facts) -> Section:
    """The dated events, in order, each with the precision of its row."""
    rows = in_order(facts.programme.events)
    columns = (
        Column(title="When", width=1.2),
        Column(title="What", width=3.4),
        Column(title="Read in", width=1),
        Column(title="Note", width=2),
    )
    cells = tuple(
        (
            (date_of(dates.event_date(e.start, e.end, e.precision)),),
            tell(stop(e.title)),
            refs(facts, [e.id]),
            tell(stop(e.note)) if e.note else (),
        )
        for e in rows
    )
    table = Table(id="events-list", columns=columns, rows=cells, note=_datings(facts))
    lead = para("As precise as the texts are, and no more. What was only predicted is no event and stands elsewhere.")
    return Section(id="events", title="Dated events", blocks=(lead, table))


def _datings(facts: Facts) -> Spans:
    """Pairs of datings that can both hold, with the days that are left; where nobody names a pair, nothing."""
    out: Spans = ()
    for each in facts.account.datings:
        both = listed([refs(facts, [id]) for id in each.events])
        out = join(
            out, " " if out else "", both, " do not contradict each other: both can be right, ", _days(each), "."
        )
    return out


def _days(dating: Dating) -> Neutral:
    return date_of(dates.stated_period(dating.start, dating.end))


def entities(facts: Facts) -> Section:
    """States, offices, firms and public bodies that the evidence names; never a worker, escapee or helper."""
    columns = (
        Column(title="Name", width=1.6),
        Column(title="Also written", width=2.2),
        Column(title="Kind", width=1),
        Column(title="Role in the reports", width=2.6),
    )
    cells = tuple(
        (tell(e.name), names("; ".join(e.aliases)), tell(e.kind), tell(e.role)) for e in facts.programme.entities
    )
    lead = para(
        "Public bodies, firms and office-holders as the reports name them, each as announced on the day of the source; "
        "status since not followed. Not a screening list, and no finding against anyone."
    )
    return Section(id="names", title="Names", blocks=(lead, Table(id="names", columns=columns, rows=cells)))
