"""The figures that the brief leads with, each with what it hangs on: read off what calibration hands on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import takewhile
from typing import Any

from tallystick.brief.facts import Facts
from tallystick.brief.periods import WORLD
from tallystick.vocab.estimate import Estimate, Interval
from tallystick.vocab.trust import Answer, Errors, Leading, Silenced, Worth

OBTAINABLE = "obtainable"
LEAST = 0.03  # of a figure's variance: what takes away less is not worth asking for on its account
NARROWER = 0.01  # of the width of its 80 % interval, likewise
UNANSWERED = "cannot be told without another fit"  # what a figure would be without an origin
LEANING = 0.2  # of an 80 % width: an origin that moves a figure by as much is named beside it
CAUTION = (
    "Only what an office has published or publishes by its own rule, and totals that States give to a body of States. "
    "Ask from outside the country, and through an institution: whoever asks inside can be tried for it. Do not ask who "
    "holds or deports people to count them anew: look in the yearly tables. Ask no worker, family, helper or partner; "
    "do not publish by region, firm or site. A new count can lead to raids and forced return."
)


def leading(facts: Facts) -> tuple[tuple[Leading, Estimate], ...]:
    """The leading figures that this brief has an estimate of, in the programme's order."""
    asked = (*(one.figure for one in facts.silenced), *(one.figure for one in facts.worth))
    found = dict.fromkeys(asked)
    pairs = ((figure, facts.find(figure.id, figure.host, figure.period, figure.part)) for figure in found)
    return tuple((figure, e) for figure, e in pairs if e is not None and facts.is_over(figure.period))


def large(facts: Facts) -> list[tuple[Leading, Estimate]]:
    """The leading figures of estimands that the front page sets large; all where it sets none of them so."""
    ids = {e.id for _, e in fronted(facts)}
    return [pair for pair in leading(facts) if pair[0].id in ids] or list(leading(facts))


def others(facts: Facts) -> list[tuple[Leading, Estimate]]:
    """The leading figures of all other headline estimands."""
    first = large(facts)
    return [pair for pair in leading(facts) if pair not in first]


def is_answered(one: Silenced) -> bool:
    """Whether it is known what the figure would be: not where one draw is both the median and an end of it."""
    return one.reliable and one.lower_80 < one.median < one.upper_80


def leans_on(facts: Facts, figure: Leading) -> list[Silenced]:
    """Every origin without which the figure is known, the largest move first."""
    mine = (one for one in facts.silenced if one.figure == figure and is_answered(one))
    return sorted(mine, key=lambda one: -abs(one.move))


def unanswered(facts: Facts, figure: Leading) -> list[Silenced]:
    """Every origin without which it cannot be told, short of another fit, what the figure would be."""
    return [one for one in facts.silenced if one.figure == figure and not is_answered(one)]


def unanswered_anywhere(facts: Facts) -> list[Silenced]:
    """Each origin without which it cannot be told what some leading figure would be, once."""
    return list({one.origin: one for figure, _ in leading(facts) for one in unanswered(facts, figure)}.values())


def heaviest(facts: Facts) -> tuple[Estimate, Silenced] | None:
    """The figure of the front page's estimands that one origin moves most, and that origin."""
    every = [(e, one) for figure, e in large(facts) for one in leans_on(facts, figure)]
    return max(every, key=lambda pair: abs(pair[1].move), default=None)


def weightiest(facts: Facts, e: Estimate) -> Silenced | None:
    """The origin that moves an estimate most, of those that can be told; None where none moves it by LEANING."""
    every = [one for figure, mine in leading(facts) if mine == e for one in leans_on(facts, figure)]
    return next((one for one in every if abs(one.move) >= LEANING), None)


def is_among(one: Silenced, e: Estimate) -> bool:
    """Whether an origin is one of those that an estimate's claims go back to; another moves it through the model."""
    return bool(set(one.claims) & set(e.claims))


def fronted(facts: Facts) -> tuple[tuple[str, Estimate], ...]:
    """The estimates that the front page sets large, each with what it is called there."""
    month, year = facts.headline_month, facts.headline_year
    wanted = (
        ("Workers ", "workers_present", facts.focus, month, None),
        ("Workers ", "workers_present", WORLD, month, None),
        ("Kept by the state from workers ", "programme_revenue", facts.focus, year, None),
        ("Kept by the state from workers ", "programme_revenue", WORLD, year, None),
        ("The state\u2019s share of pay ", "state_take_share", facts.focus, year, None),
        ("Present ", "worker_months_after_deadline", facts.focus, year, "all"),
    )
    found = ((label, facts.find(id, host, period, part)) for label, id, host, period, part in wanted)
    return tuple((label, e) for label, e in found if e is not None)


def narrows(facts: Facts, figure: Leading) -> list[Worth]:
    """Every observation that could be had, by how much narrower it would make the figure's 80 % interval."""
    return sorted((one for one in facts.worth if one.figure == figure), key=lambda one: (-one.width, -one.variance))


def worth_asking(facts: Facts, figure: Leading) -> list[Worth]:
    """Those that would narrow it by enough; neither a page nor a data file lists what would not."""
    return [one for one in narrows(facts, figure) if one.variance >= LEAST and one.width >= NARROWER]


def obtainable(facts: Facts) -> dict[str, Mapping[str, Any]]:
    """The observations of which something is said, by id."""
    rows: Sequence[Mapping[str, Any]] = facts.programme.tables.get(OBTAINABLE, {}).get("observation", ())
    known = {one.observation for one in facts.worth}
    return {str(row["id"]): row for row in rows if row["id"] in known}


def answers(facts: Facts, figure: Leading) -> dict[str, Answer]:
    """The figure under each other choice, by the choice's id."""
    return {one.id: answer for one in facts.choices if one.id for answer in one.answers if answer.figure == figure}


def torn(facts: Facts) -> list[Silenced]:
    """The origins on which the choices differ most, as far as any could not be asked of all choices.

    In order of the largest difference, down to the first origin that was asked. Of those that were not, weights tell
    too little for a number, and enough for a warning.
    """
    told = [one for choice in facts.choices if choice.reliable for one in choice.foretold]
    apart: dict[str, float] = {}
    for one in told:
        apart[one.origin] = max(apart.get(one.origin, 0.0), abs(one.difference))
    asked, known = {one.origin for one in told if one.compared}, {one.origin: one for one in facts.silenced}
    ranked = sorted(apart.keys() & known.keys(), key=lambda name: (-apart[name], name))
    return [known[name] for name in takewhile(lambda name: name not in asked, ranked)]


def interval_of(one: Silenced | Answer) -> Interval:
    """The figure without an origin or under a choice; only its median and its 80 % are known."""
    low, high = one.lower_80, one.upper_80
    return Interval(
        median=one.median, lower_50=low, upper_50=high, lower_80=low, upper_80=high, lower_95=low, upper_95=high
    )


def origin_counts(facts: Facts) -> tuple[int, int, int]:
    """How many origins were left out by weighing draws, how many by another fit, and how many without an answer."""
    by_origin = {one.origin: one for one in facts.silenced}.values()
    unsure = {one.origin for one in unanswered_anywhere(facts)}
    refitted = sum(one.how == "refit" and one.origin not in unsure for one in by_origin)
    return len(by_origin) - refitted - len(unsure), refitted, len(unsure)


def percent(share: float) -> str:
    """A share as it is printed."""
    return f"{100 * share:.0f} %"


def influence_rows(facts: Facts) -> Iterator[dict[str, Any]]:
    """One plain row for each leading figure and origin, the largest move first; last, without numbers, the rest."""
    for figure, _ in leading(facts):
        for one in leans_on(facts, figure):
            yield {
                **key_of(figure), "claims": one.claims, "median": one.median, "lower_80": one.lower_80,
                "upper_80": one.upper_80, "of_80_width": one.move, "how": one.how, "reliable": True,
                **(errors_of(one.errors) if one.errors else {}),
            }  # fmt: skip
        for one in unanswered(facts, figure):
            yield {**key_of(figure), "claims": one.claims, "how": one.how, "reliable": False}


def errors_of(errors: Errors) -> dict[str, float]:
    """Monte Carlo errors as plain values, in the figure's own unit."""
    return {f"{name}_error": value for name, value in asdict(errors).items()}


def key_of(figure: Leading) -> dict[str, Any]:
    """The key of an estimate, its part left out where it has none."""
    key = {"id": figure.id, "host": figure.host, "period": figure.period}
    return key | ({"part": figure.part} if figure.part else {})
