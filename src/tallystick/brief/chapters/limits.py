"""What is not known, and who could be harmed by reading more into this than it says."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp
from typing import TYPE_CHECKING

from tallystick.brief.chapters.base import chapter_ref, learnt_years, where
from tallystick.brief.document import Bullets, Chapter, Section, Spans
from tallystick.brief.facts import Facts
from tallystick.brief.prose import date_of, how_many, join, listed, method, para, said, tell
from tallystick.brief.words import dates
from tallystick.brief.words.grammar import stop
from tallystick.brief.words.numbers import percent
from tallystick.vocab.records import Claim

if TYPE_CHECKING:
    from tallystick.calibrate.learning import Learning

A_TENTH = 0.1  # figures of a class that are read as so far off, or further, are told of


def limits(facts: Facts) -> Chapter:
    return Chapter(
        id="limits",
        title="What is not known, and who could be harmed",
        standfirst=join("An account is only as good as what it admits. These are the limits that matter most."),
        sections=tuple(s for s in (_numbers(facts), _evidence(facts), _escapes(facts), _harm()) if s is not None),
    )


def _numbers(facts: Facts) -> Section:
    focus = facts.focus
    items = (
        join(
            "The headcount ",
            where(facts, focus),
            " is ",
            learnt_years(facts, focus),
            ". Where it is assumption, a new count could move it out of its interval.",
        ),
        join(
            "How far each class of asserters errs starts from an assumption",
            *_moved_classes(facts),
            " (see ",
            chapter_ref("method", "method"),
            "). No single source is rated by its results.",
        ),
        *(join(facts.says(place)) for place in ("limits_pay", "limits_payout") if facts.says(place)),
        join("Money is not followed beyond the state: what it buys is asserted, never measured."),
        join(
            "The last months are a projection of the model. ",
            "Nothing of them was put on record before it was known."
            if facts.on_record is None
            else "What was forecast before it could be known stands on record, apart from them.",
        ),
        join("No estimate is made by region, sector, firm or site."),
    )
    return Section(id="limits-numbers", title="Of the numbers", blocks=(Bullets(items),))


def _moved_classes(facts: Facts) -> Spans:
    """What classes of asserters are now read as telling too little or too much, where the evidence has taught it."""
    from tallystick.calibrate.learning import SCALE

    leans = [one for one in facts.learnt if one.learnt and one.quantity != SCALE]
    said = [_read_as(facts, one) for one in leans if abs(_off(one)) >= A_TENTH]
    return join(". The evidence moved some far: it reads ", listed(said)) if said else ()


def _off(one: Learning) -> float:
    """By what part the figures of a class lie above (or below) the truth, as the fit reads them."""
    return exp(one.posterior[0]) - 1


def _read_as(facts: Facts, one: Learning) -> Spans:
    word, size = "high" if _off(one) > 0 else "low", percent(round(abs(_off(one)), 2))
    name = facts.programme.asserter_classes[one.asserter_class].name
    return join("\u201c", *tell(name), f"\u201d on {one.quantity} as about ", method(size), f" too {word}")


def _evidence(facts: Facts) -> Section:
    unknown = sum(not claim.published_on for claim in facts.programme.claims)
    undated = sum(claim.start is None and claim.end is None for claim in facts.programme.claims)
    unsourced = sum(claim.asserter_class == "unsourced" for claim in facts.programme.claims)
    items: tuple[Spans, ...] = (
        *([join(facts.says("reading"))] if facts.says("reading") else []),
        join(
            how_many(undated, "claim", start=True),
            " of ",
            how_many(len(facts.programme.claims), "claim"),
            " state no period; ",
            how_many(unknown, "claim"),
            " stand on a page without a date; ",
            how_many(unsourced, "claim"),
            " name no source.",
        ),
        join(
            "Links between claims, classes of asserters and the states of predictions are the "
            "developers\u2019 judgement, dated and not yet reviewed by anyone else."
        ),
        *(tell(stop(text)) for text in _once(facts.assessment.limits)),
    )
    return Section(id="limits-evidence", title="Of the evidence", blocks=(Bullets(items),))


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _escapes(facts: Facts) -> Section | None:
    """Yearly national totals as they were asserted, apart from all that is said of conditions."""
    claims = [claim for claim in facts.of_measure("escapes") if not claim.derived_from]
    if not claims:
        return None
    origins = len({facts.dispositions[claim.id].origin for claim in claims})
    lead = para(
        how_many(len(claims), "yearly national total", start=True),
        " as asserted, by ",
        how_many(origins, "origin"),
        ". They are not to be compared with each other, and nothing here says why one is what it is. No figure, "
        "chart or what-if here relates flight to anything. No name of a worker, escapee or helper is printed.",
    )
    title = f"Workers who reached safety after working {where(facts, facts.focus)}"
    return Section(id="limits-escapes", title=title, blocks=(lead, Bullets(tuple(map(_escape_line, claims)))))


def _escape_line(claim: Claim) -> Spans:
    named = claim.start is not None or claim.end is not None
    when = dates.stated_period(claim.start, claim.end) if named else "in a year that the source does not name"
    return join(said(claim), ", ", date_of(when), "; ", tell(claim.asserted_by))


def _harm() -> Section:
    items = (
        join(
            "Workers and their families, if a reader tried to find a site, a person or a route. Material that could "
            "narrow to people is not part of this account."
        ),
        join(
            "People who flee and those who help them, if numbers were read as a guide to which controls "
            "work. Escapes are given as yearly national totals; no table, chart or file relates them to "
            "anything."
        ),
        join(
            "Nationals of the sending state at large, if a count of workers were read as suspicion of "
            "everyone with that passport."
        ),
        join("Firms and office-holders named in the evidence, if being named were taken for a finding. It is not."),
        join(
            "Those who returned and speak, those who gave a place up, people inside who inform outlets, and partners "
            "who report: ask none of them for what is missing here."
        ),
        join("People who study, if a visa for study were read as a sign of work: some of its holders do study."),
        join(
            "Workers already abroad, if a finding against a State were used to send them back against their "
            "will: the duty to return them ends where law forbids it."
        ),
    )
    lead = para("Published figures about people under control can be turned against them. Read this before you quote.")
    return Section(id="harm", title="Who could be harmed", blocks=(lead, Bullets(items)))
