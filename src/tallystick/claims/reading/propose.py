"""One number with its verdict, made into a proposal that has passed both gates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tallystick.claims.proposal import Proposal
from tallystick.claims.quantity import Day, Quantity
from tallystick.claims.reading.amounts import amount
from tallystick.claims.reading.asserters import NOBODY, Asserter, Speakers
from tallystick.claims.reading.denied import denial, owner
from tallystick.claims.reading.gates import refusal
from tallystick.claims.reading.heads import head
from tallystick.claims.reading.hosts import Host, host
from tallystick.claims.reading.periods import Period, period
from tallystick.claims.reading.scene import Sentence
from tallystick.claims.reading.verdict import DENIED, Verdict
from tallystick.claims.reading.ways_out import restricted
from tallystick.claims.reading.words import Words
from tallystick.claims.statements.denials import CONTESTED, LOOK, UNSURE

_RATES = (("yearly", "year"), ("monthly", "month"), ("weekly", "week"))
_RATED = frozenset(
    {
        "gross_wage",
        "worker_net_pay",
        "state_take_per_worker",
        "programme_revenue",
        "comparable_wage",
        "promised_wage",
        "employer_cost",
        "rest_days_per_year",
    }
)
DENIED_THERE = "denied in the same text"  # stands with the claim of whomever it is wherever its words of doubt stand
_RATE_NEAR = 60
_NOUN_REACH = 60


class Setting(NamedTuple):
    """What all numbers of one text share."""

    text: str
    language: str
    published: date | None
    title: str
    sentences: Sequence[Sentence]
    speakers: Speakers
    words: Words
    latest: Day | None  # the latest day that the text names


def propose(setting: Setting, sentence: Sentence, quantity: Quantity, verdict: Verdict) -> Proposal | None:
    """The proposal for one number, or None where no quote of it passes the gates."""
    where = host(
        setting.sentences,
        sentence,
        quantity,
        setting.title,
        named=verdict.measure == "host_share",
        whole=verdict.measure == "programme_revenue",
    )
    when = period(setting.sentences, sentence, quantity, verdict, setting.published, setting.latest)
    told = _told(setting, sentence, quantity)
    if told.by is None:
        verdict = verdict._replace(status=DENIED)
    for start, end in _quotes(sentence, quantity):
        made = _made(setting, sentence, quantity, verdict, (start, end), where, when, told)
        if not refusal(made, setting.text, setting.language):
            return made
    return None


def _made(
    setting: Setting,
    sentence: Sentence,
    quantity: Quantity,
    verdict: Verdict,
    quote: tuple[int, int],
    where: Host,
    when: Period,
    told: _Told,
) -> Proposal:
    who = told.by or NOBODY
    value = amount(verdict.measure, quantity, _rate(sentence, quantity, verdict.measure))
    return Proposal(
        measure=verdict.measure,
        low=value.low,
        point=value.point,
        high=value.high,
        unit=verdict.unit or value.unit,
        host=where.code,
        region=where.region,
        start=when.start,
        end=when.end,
        asserted_by=who.name,
        attribution=who.attribution,
        hedge="; ".join(filter(None, (quantity.hedge, told.hedge))),
        status=verdict.status,
        quote=setting.text[quote[0] : quote[1]],
        quote_start=quote[0],
        quote_end=quote[1],
        passage_start=_passage_start(setting, sentence, where, who),
        passage_end=sentence.end,
        restricted=restricted(sentence, quantity),
        confidence=setting.words.confidence.get(verdict.evidence, 0.5),
        reasons=(*_reasons(verdict, where, when, who), *told.warnings),
    )


class _Told(NamedTuple):
    """Who asserts a number, nobody where it is only denied; and what a person must be told of its denial."""

    by: Asserter | None
    hedge: str = ""
    warnings: tuple[str, ...] = ()


def _told(setting: Setting, sentence: Sentence, quantity: Quantity) -> _Told:
    """Whose number it is: a denied one is that of whomever the sentence names for it, and never of who denies it."""
    words = setting.words.negations[setting.language]
    found = denial(sentence, quantity, words)
    if found is None:
        return _Told(setting.speakers.of(sentence, quantity))
    if found.judgement == UNSURE:
        return _Told(setting.speakers.of(sentence, quantity), warnings=(LOOK,))
    whose = owner(sentence, quantity, found, setting.speakers.by_sentence[sentence.index], words)
    if whose is None:
        return _Told(None)
    return _Told(Asserter(whose.name, (whose.name,), "sentence"), DENIED_THERE, (CONTESTED,))


def _reasons(verdict: Verdict, where: Host, when: Period, who: Asserter) -> tuple[str, ...]:
    return (
        f"measure: {verdict.reason} ({verdict.evidence})",
        f"host: {where.evidence}",
        f"period: {when.evidence}",
        f"source: {who.evidence}",
    )


def _rate(sentence: Sentence, quantity: Quantity, measure: str) -> str:
    """A rate that the sentence says apart from the number: "paid monthly ... $300"."""
    if quantity.per or measure not in _RATED:
        return quantity.per
    costs = [(sentence.cost(sense, quantity), rate) for sense, rate in _RATES]
    nearest, rate = min(costs)
    if nearest < _RATE_NEAR:
        return rate
    return "year" if measure == "programme_revenue" else ""


def _quotes(sentence: Sentence, quantity: Quantity) -> list[tuple[int, int]]:
    """The number with its noun where that stands close, then the number alone."""
    plain = (quantity.start, quantity.end)
    found = head(sentence, quantity) if quantity.kind == "count" else None
    if found is None or found.hit is None:
        return [plain]
    start, end = min(found.hit.start, plain[0]), max(found.hit.end, plain[1])
    wide = (start, end)
    return [wide, plain] if end - start <= quantity.end - quantity.start + _NOUN_REACH and wide != plain else [plain]


def _passage_start(setting: Setting, sentence: Sentence, where: Host, who: Asserter) -> int:
    """The sentence, and the one before it where that holds the place or the source."""
    carried = "carried" in (where.evidence, who.evidence)
    return setting.sentences[sentence.index - 1].start if carried and sentence.index else sentence.start


def distinct(made: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """A number that the text repeats is one claim, at its first place; in two hosts that it names it is two."""
    kept: list[Proposal] = []
    alike: dict[tuple[str, str, frozenset[float | None]], list[Proposal]] = {}
    for proposal in made:
        same = alike.setdefault((proposal.measure, proposal.unit, _values(proposal)), [])
        if not any(_repeats(proposal, earlier) for earlier in same):
            kept.append(proposal)
            same.append(proposal)
    return tuple(kept)


def _values(proposal: Proposal) -> frozenset[float | None]:
    return frozenset((proposal.low, proposal.point, proposal.high)) - {None}


def _repeats(later: Proposal, earlier: Proposal) -> bool:
    """Whether one of two claims of the same value of the same measure says what the other said."""
    named = "host: sentence" in later.reasons and "host: sentence" in earlier.reasons
    return later.host == earlier.host or not named
