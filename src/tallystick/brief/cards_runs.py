"""What opens behind a number of the model: the number itself, the what-if, the model, and what it assumes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from math import exp, log

from tallystick.brief.chapters.base import where
from tallystick.brief.document import AssumptionCard, ModelCard, RunCard, ScenarioCard
from tallystick.brief.facts import Facts, card_id
from tallystick.brief.simulated import HEAD, MODEL, Kind, Simulated, interval_of, run_id
from tallystick.brief.words import dates
from tallystick.brief.words.assumed import assumption_name
from tallystick.brief.words.changes import POINTS, say_change, say_level, unit_of
from tallystick.brief.words.estimates import Said, noun_for
from tallystick.brief.words.grammar import capital, stop
from tallystick.brief.words.numbers import count, percent, plain, plural_of
from tallystick.brief.words.rounding import significant
from tallystick.scenarios.assumed import assumed_of
from tallystick.scenarios.results import Row
from tallystick.scenarios.scenario import Drive, Pull, Scenario, Span
from tallystick.scenarios.summary import Spread
from tallystick.stocks.labour.assumptions import Assumed
from tallystick.vocab.estimate import Estimate, Interval

SHARE_80 = 1.2816  # standard deviations that hold the central 80 % of a normal
CITED = re.compile(r"\s*\[([A-Za-z0-9_, -]+)\]")  # ids of rows within a reason
UNITS = {"1/month": " a month", "USD": " USD"}


def run_cards(facts: Facts) -> tuple[RunCard, ...]:
    """A card for each level and effect."""
    return () if facts.simulated is None else tuple(_of_rows(facts, facts.simulated))


def _of_rows(facts: Facts, what: Simulated) -> Iterator[RunCard]:
    for (kind, scenario, outcome, year), row in what.rows.items():
        printed = said(kind, interval_of(row.figures.all), row.unit)
        yield RunCard(
            id=run_id(kind, scenario, outcome, year),
            title=_title(facts, what, kind, row),
            median=printed.median,
            unit=_noun(kind, row),
            levels=tuple(_levels(kind, interval_of(row.figures.all), row.unit)),
            parts=tuple(_parts(kind, row)),
            scenario=scenario,
            note=_sure(row) if kind == "effect" else "",
        )


def said(kind: Kind, interval: Interval, unit: str) -> Said:
    """A level in its unit; a change with its sign, of a share in percentage points."""
    return say_level(interval, unit) if kind == "level" else say_change(interval, unit)


def _noun(kind: Kind, row: Row) -> str:
    return POINTS if row.unit == "share" and kind == "effect" else noun_for(unit_of(row.unit))


def _title(facts: Facts, what: Simulated, kind: Kind, row: Row) -> str:
    against = f", against {what.scenarios[what.baseline].name}" if kind == "effect" else ""
    return f"{capital(outcome_name(facts, row))}, {row.year}: {what.scenarios[row.scenario].name}{against}"


def outcome_name(facts: Facts, row: Row) -> str:
    """The name of an outcome; the number present in another host or a region gets the name of that place."""
    place = place_of(facts, row.outcome)
    return f"workers present {place}" if place else row.name


def place_of(facts: Facts, outcome: str) -> str:
    """Where an outcome counts those present: "in X" for another host or a region of the map, "" for all others."""
    place = outcome.removeprefix(f"{HEAD}_")
    if place in facts.programme.hosts:
        return where(facts, place)
    regions = {each["id"]: each["name"] for each in facts.programme.tables["system"].get("region", [])}
    return f"in {regions[place]}" if place in regions else ""


def _levels(kind: Kind, i: Interval, unit: str) -> Iterator[tuple[str, str, str]]:
    """The 50, 80 and 95 % intervals, each rounded beside the same median."""
    ends = {"50 %": (i.lower_50, i.upper_50), "80 %": (i.lower_80, i.upper_80), "95 %": (i.lower_95, i.upper_95)}
    for name, (low, high) in ends.items():
        printed = said(kind, replace(i, lower_80=low, upper_80=high), unit)
        yield name, printed.low, printed.high


def _parts(kind: Kind, row: Row) -> Iterator[tuple[str, str, str]]:
    parts: tuple[tuple[str, Spread | None], ...] = (
        ("parameters alone, 80 % around the mean", row.figures.parameters),
        ("chance alone, 80 % around the mean", row.figures.chance),
    )
    for name, spread in parts:
        if spread is not None:
            printed = said(kind, interval_of(spread), row.unit)
            yield name, printed.low, printed.high


def _sure(row: Row) -> str:
    share = row.figures.same_sign
    return "" if share is None else f"{sure_words(share)} of the draws have its sign."


def sure_words(share: float) -> str:
    """ "97 percent", never all of them: draws are a sample."""
    return "over 99 percent" if share > 0.99 else percent(round(share, 2))


# What runs rest on ------------------------------------------------------------------------------------------


def scenario_cards(facts: Facts) -> tuple[ScenarioCard, ...]:
    what = facts.simulated
    if what is None:
        return ()
    run = [what.scenarios[id] for id in (what.baseline, *what.ordered)]
    return tuple(
        ScenarioCard(
            id=each.id,
            name=each.name,
            question=each.question,
            pulled=moves_of(what, each),
            says=each.says,
            belief=each.belief,
            caution=each.caution,
            evidence=tuple(id for id in each.evidence if facts.knows(id)),
            model=MODEL,
        )
        for each in run
    )


def moves_of(what: Simulated, scenario: Scenario) -> tuple[str, ...]:
    """Every lever that a what-if pulls, then every driver that it sets."""
    return (*(pulled(what, each) for each in scenario.pulls), *(driven(each) for each in scenario.drives))


def pulled(what: Simulated, pull: Pull) -> str:
    """ "listing of firms: 80 percent from July 2026, growing evenly over 6 months"."""
    lever = what.levers[pull.lever]
    size = percent(pull.strength) if lever.unit == "1" else f"{plain(pull.strength)} {plural_of(lever.unit)}"
    return f"{lever.name}: {size} {_span(pull)}"


def driven(drive: Drive) -> str:
    """ "demand of the war: 0.5 times what it would be from January 2027 to December 2027"."""
    if drive.is_factor:
        return f"{drive.name}: {drive.level:g} times what it would be {_span(drive)}"
    if drive.unit == "1":
        return f"{drive.name}: {drive.level:g} {_span(drive)}"
    return f"{drive.name}: {plain(drive.level)} {_in_words(drive.unit)} {_span(drive)}"


def _span(span: Span) -> str:
    until = f" to {month(span.until)}" if span.until else ""
    over = f", growing evenly over {count(span.over_months, 'month')}" if span.over_months else ""
    return f"from {month(span.start)}{until}{over}"


def month(iso: str) -> str:
    """ "July 2026"."""
    return dates.month(date(int(iso[:4]), int(iso[5:]), 1))


def model_card(facts: Facts) -> ModelCard | None:
    what = facts.simulated
    if what is None:
        return None
    found, start = what.results, facts.programme.tables["scenarios"]["run"]["start"]
    draws = f"{count(found.draws, 'draw')} of what is fitted and assumed"
    return ModelCard(
        id=MODEL,
        text=found.model,
        seed=found.seed,
        runs=f"{found.draws * found.repeats:,} of each what-if: {draws}, each with {count(found.repeats, 'course')} of "
        "chance; all what-ifs on the same random numbers",
        starts=f"what was estimated for {dates.period_words(start)}",
        estimates=tuple(card_id(e) for e in starts(facts, start)),
        assumptions=tuple(shown_assumptions(facts)),
        command=what.command,
    )


def starts(facts: Facts, month: str) -> tuple[Estimate, ...]:
    """The headcounts that runs start from: of the month itself, or of the last one before it that was estimated."""
    known = [e.period for e in facts.estimates if e.id == HEAD and e.host == facts.focus and e.period <= month]
    if not known:
        return ()
    hosts = [host for host in facts.hosts_of(HEAD) if host != "WW"]
    found = (facts.find(HEAD, host, max(known)) for host in hosts)
    return tuple(e for e in found if e is not None)


def shown_assumptions(facts: Facts) -> dict[str, Assumed]:
    """What has a prior. What bears on control or flight has none and is never shown; what is fitted is not assumed."""
    return {name: one for name, one in assumed_of(facts.programme.tables).items() if one.has_prior}


def assumption_cards(facts: Facts) -> tuple[AssumptionCard, ...]:
    if facts.simulated is None:
        return ()
    return tuple(
        AssumptionCard(
            id=name,
            name=assumption_name(name),
            prior=prior_words(one),
            why=why_words(one),
            evidence=tuple(id for id in evidence_of(one) if facts.knows(id)),
        )
        for name, one in shown_assumptions(facts).items()
    )


def why_words(one: Assumed) -> str:
    """The reason without the ids of the rows that it leans on."""
    return stop(CITED.sub("", one.why))


def evidence_of(one: Assumed) -> tuple[str, ...]:
    """Ids of the rows that a reason names."""
    return tuple(dict.fromkeys(id.strip() for found in CITED.findall(one.why) for id in found.split(",")))


def prior_words(one: Assumed) -> str:
    """ "0.4 (80 % interval 0.16 to 1)", before any run, with its unit."""
    if one.is_sign_only:
        return "a sign alone: its size is not shown"
    low, high = (_bound(one, sign * SHARE_80) for sign in (-1, 1))
    unit = "" if one.unit == "1" else UNITS.get(one.unit) or f" {_in_words(one.unit)}"
    return f"{_short(one.median)}{unit} (80 % interval {_short(low)} to {_short(high)})"


def _in_words(unit: str) -> str:
    """ "rounds a month"."""
    thing, _, per = unit.partition("/")
    return (thing if thing.isupper() else plural_of(thing)) + (f" a {per}" if per else "")


def _short(value: float) -> str:
    return plain(significant(value, 2))


def _bound(one: Assumed, z: float) -> float:
    if one.transform == "log":
        value = one.median * exp(one.sd * z)
    else:
        value = 1 / (1 + exp(-(log(one.median / (1 - one.median)) + one.sd * z)))
    return min(max(value, one.low), one.high)
