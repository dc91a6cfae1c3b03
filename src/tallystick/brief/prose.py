"""Sentences made of spans: numbers that open what they rest on, and words.

Three ways for digits to enter a sentence, and no fourth:

    est(...), fig(...)      a number of ours: opens the estimate
    said(...)               a published number: opens its claim
    tell(...)               a text from the evidence: digits in it open the claims given, or are marked as what they are
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tallystick.brief.document import Emph, Figure, Foreign, Neutral, Paragraph, Ref, RefKind, Span, Spans, Text
from tallystick.brief.document import spans as make
from tallystick.brief.facts import NOT_SHOWN, Facts, card_id
from tallystick.brief.words import dates, units
from tallystick.brief.words.claims import claim_number, claim_quantity
from tallystick.brief.words.estimates import Said, say
from tallystick.brief.words.grammar import capital
from tallystick.brief.words.numbers import count
from tallystick.vocab.estimate import Estimate, Interval
from tallystick.vocab.records import Claim

_DIGITS = re.compile(r"\d+(?:[.,:/\u2013-]\d+)*(?: ?%)?")
_YEAR = re.compile(r"(?:1[89]|20)\d\d(?:[-/\u2013](?:\d\d|(?:1[89]|20)\d\d))*$")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_SCRIPTS = re.compile(
    "(?P<ko>[\uac00-\ud7a3\u1100-\u11ff][\uac00-\ud7a3\u1100-\u11ff ]*)"
    "|(?P<ru>[\u0400-\u04ff][\u0400-\u04ff -]*)"
    "|(?P<zh>[\u4e00-\u9fff]+)"
)
_DATE = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(_MONTHS)})(?: \d{{4}})?\b")

EIGHTY = Neutral("80 %", "method")


def para(*parts: str | Span | Spans) -> Paragraph:
    """One paragraph from words, spans and runs of spans."""
    return Paragraph(join(*parts))


def join(*parts: str | Span | Spans) -> Spans:
    """Words, spans and runs of spans as one run."""
    flat: list[str | Span] = []
    for part in parts:
        flat.extend(part) if isinstance(part, tuple) else flat.append(part)
    return make(*flat)


def listed(parts: Iterable[Spans], word: str = "and", mark: str = ", ") -> Spans:
    """Runs of spans as a list in a sentence: A, B and C."""
    runs = list(parts)
    if not runs:
        raise ValueError("a list in a sentence needs parts")
    out: Spans = runs[0]
    for run in runs[1:-1]:
        out = join(out, mark, run)
    return join(out, f" {word} ", runs[-1]) if len(runs) > 1 else out


def date_of(text: str) -> Neutral:
    """Words that name a date; digits in them rest on the calendar."""
    return Neutral(text, "date")


def how_many(number: int, noun: str, plural: str = "", *, start: bool = False) -> Neutral:
    """A count of our own rows: "one claim", "1,204 claims"; `start` for the start of a sentence."""
    words = count(number, noun, plural)
    return Neutral(capital(words) if start else words, "count")


def method(text: str) -> Neutral:
    """Digits of our own method: a threshold, a diagnostic, a share of a width."""
    return Neutral(text, "method")


def strong(text: str) -> Spans:
    """Words that carry weight; digits among them are marked as labels."""
    return tuple(Emph(span.text, strong=True) if isinstance(span, Text) else span for span in tell(text))


def names(text: str) -> Spans:
    """Text in which runs of another script are marked with their language."""
    out: list[Span] = []
    position = 0
    for match in _SCRIPTS.finditer(text):
        out.extend(tell(text[position : match.start()]))
        out.append(Foreign(match.group().strip(), "ko" if match["ko"] else "ru" if match["ru"] else "zh"))
        position = match.end()
    return (*out, *tell(text[position:]))


def refs(facts: Facts, ids: Iterable[str]) -> Spans:
    """Evidence rows as links, claims and others, in order: "c1, s2, L3"; rows that are not in this run are left out.

    A row that protects people is not named: it is said that there is one.
    """
    out: Spans = ()
    known = [id for id in ids if facts.knows(id)]
    for id in facts.shown(known):
        kind: RefKind = "claim" if id in facts.claims else "entry"
        out = join(out, ", " if out else "", Ref(id, kind, id))
    return join(out, "; " if out else "", NOT_SHOWN) if not facts.withheld.isdisjoint(known) else out


def tell(text: str, claims: tuple[str, ...] = ()) -> Spans:
    """A text from the evidence; its numbers open `claims` where given, dates and labels are marked as such."""
    out: list[Span] = []
    position = 0
    for start, end, is_date in _number_places(text):
        if start > position:
            out.append(Text(text[position:start]))
        out.append(_digit_span(text[start:end], claims, is_date))
        position = end
    if position < len(text):
        out.append(Text(text[position:]))
    return tuple(out)


def _number_places(text: str) -> list[tuple[int, int, bool]]:
    places = [(m.start(), m.end(), True) for m in _DATE.finditer(text)]
    taken = [range(start, end) for start, end, _ in places]
    rest = (m for m in _DIGITS.finditer(text) if not any(m.start() in span for span in taken))
    places += [(m.start(), m.end(), bool(_YEAR.match(m.group()))) for m in rest]
    return sorted(places)


def _digit_span(token: str, claims: tuple[str, ...], is_date: bool) -> Span:
    if is_date:
        return Neutral(token, "date")
    return Figure(token, claims) if claims else Neutral(token, "label")


# Our numbers ------------------------------------------------------------------------------------------------


def fig(estimate: Estimate, text: str, title: str = "") -> Figure:
    """A number of ours that opens its estimate."""
    return Figure(text, estimate=card_id(estimate), title=title or "our estimate")


def inside(interval: str, median: str) -> str:
    """The interval without a currency that the median has just named."""
    currency = median.split(" ", 1)[0]
    return interval.removeprefix(currency + " ") if currency.isalpha() and currency.isupper() else interval


def est(estimate: Estimate, *, noun: str | None = None) -> Spans:
    """ "4,600 persons (80 % interval 3,600 to 5,900)"; `noun` replaces the unit's own noun and period."""
    said = say(estimate.interval, estimate.unit)
    unit = units.parse(estimate.unit)
    tail = noun if noun is not None else units.complete("", unit, 2).strip()
    if said.low == said.high == said.median:
        return join(fig(estimate, said.median), f" {tail}" if tail else "")
    return join(
        fig(estimate, said.median),
        f" {tail}" if tail else "",
        " (",
        EIGHTY,
        " interval ",
        fig(estimate, inside(said.interval, said.median)),
        ")",
    )


def est_range(estimate: Estimate) -> Spans:
    """Only the 80 % interval, as a figure: "3,600 to 5,900"."""
    return (fig(estimate, say(estimate.interval, estimate.unit).interval, "80 % interval of our estimate"),)


def cell(estimate: Estimate | None) -> Spans:
    """Median and interval for a table cell; a dash where there is no estimate."""
    if estimate is None:
        return make("\u2013")
    said = say(estimate.interval, estimate.unit)
    if said.interval == said.median:
        return (fig(estimate, said.median),)
    return join(fig(estimate, said.median), " (", fig(estimate, inside(said.interval, said.median)), ")")


def alternative(estimate: Estimate, interval: Interval) -> Spans:
    """The answer of a named other choice; it opens the same estimate, where all choices stand."""
    said: Said = say(interval, estimate.unit)
    return join(fig(estimate, said.median), " (", fig(estimate, inside(said.interval, said.median)), ")")


# Published numbers ------------------------------------------------------------------------------------------


def said(claim: Claim, *, short: bool = False) -> Figure:
    """A claim's quantity as stated, which opens the claim."""
    text = claim_number(claim) if short else claim_quantity(claim)
    return Figure(text, (claim.id,), title=f"published claim: {claim.asserted_by}")


def attributed(claim: Claim) -> Spans:
    """The claim with its asserter: "13,221 crossings (the border service, 2024)"."""
    period = dates.stated_period(claim.start, claim.end)
    return join(said(claim), " (", tell(claim.asserted_by), ", ", date_of(period), ")")


def claim_ref(claim: Claim) -> Ref:
    return Ref(claim.id, "claim", claim.id)


def source_ref(facts: Facts, claim: Claim) -> Span:
    """The page a claim was read on, as a link to its source card."""
    source = facts.source_of.get(claim.id)
    return Ref(claim.published_by, "source", source) if source else Text(claim.published_by)
