"""What opens behind a number of a forecast on record: its intervals, when it was frozen, the figures known by then."""

from __future__ import annotations

from tallystick.brief.document import EstimateCard
from tallystick.brief.facts import Facts
from tallystick.brief.words import dates
from tallystick.brief.words.estimates import Said, noun_for, say, say_levels
from tallystick.brief.words.grammar import capital
from tallystick.forecasts.answered import Answer
from tallystick.forecasts.quantiles import at
from tallystick.vocab.estimate import Interval

LEVELS = {
    "median": 0.5, "lower_50": 0.25, "upper_50": 0.75, "lower_80": 0.1, "upper_80": 0.9, "lower_95": 0.025,
    "upper_95": 0.975,
}  # fmt: skip


def forecast_cards(facts: Facts) -> tuple[EstimateCard, ...]:
    """A card for each forecast that the page shows."""
    return tuple(_card(facts, one) for one in shown(facts))


def shown(facts: Facts) -> tuple[Answer, ...]:
    """The last forecast that was frozen of each question, in the order of the record."""
    last = {one.forecast.asked.id: one for one in (facts.on_record.answers if facts.on_record else ())}
    return tuple(last.values())


def forecast_id(one: Answer) -> str:
    """The id under which a forecast opens."""
    return f"forecast.{one.number}.{one.forecast.asked.id}"


def interval_of(one: Answer) -> Interval:
    """Its quantiles as those of an estimate."""
    return Interval(**{name: at(one.forecast.quantiles, level) for name, level in LEVELS.items()})


def said_of(one: Answer) -> Said:
    """Median and 80 % interval in the words of its unit."""
    return say(interval_of(one), one.forecast.asked.unit)


def _card(facts: Facts, one: Answer) -> EstimateCard:
    asked, said = one.forecast.asked, said_of(one)
    return EstimateCard(
        id=forecast_id(one),
        title=capital(asked.words),
        median=said.median,
        unit=noun_for(asked.unit),
        levels=tuple((f"{level} %", *ends) for level, ends in say_levels(interval_of(one), asked.unit).items()),
        claims=_known(facts, one),
        note="What the figure was forecast to say, errors of its source and all. Frozen on "
        f"{dates.day(one.frozen_on)}, in entry {one.number} of the record. Listed are figures of the same kind that "
        "were known by then; the forecast rests on all evidence of that day.",
    )


def _known(facts: Facts, one: Answer) -> tuple[str, ...]:
    """The used figures of the same measure that had been published, of the same host where there are any."""
    asked = one.forecast.asked
    of_measure = [
        seen
        for seen in facts.account.observations
        if seen.measure == asked.measure and facts.claims[seen.claim].asserted_earliest <= one.frozen_on
    ]
    here = [seen for seen in of_measure if seen.host == asked.host]
    return facts.shown(seen.claim for seen in here or of_measure)
