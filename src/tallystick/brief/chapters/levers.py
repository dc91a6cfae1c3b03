"""What the reports say would change the matter: their words, not an effect that a model has measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tallystick.brief.chapters.base import chapter_ref
from tallystick.brief.document import Block, Bullets, Chapter, Spans
from tallystick.brief.facts import Facts
from tallystick.brief.prose import how_many, join, para, refs, strong, tell
from tallystick.brief.words.grammar import agree, stop

SHORT = 4  # lines on the page of answers
NO_EFFECT = "No statement of effect"
NONE = "By this day no report says what would change it."


def in_short(facts: Facts, most: int = SHORT) -> tuple[Block, ...]:
    """The levers that most reports speak of, one line each and each attributed: for the page of answers."""
    levers = [lever for lever in facts.told("levers", "lever") if lever["status"] != "assumed" and not _silent(lever)]
    chosen = sorted(levers, key=lambda lever: -len(_reports(facts, lever)))[:most]
    if not chosen:
        return (para(NONE),)
    lines = tuple(
        join(strong(lever["name"] + ": "), _by(facts, lever), tell(_first_sentence(lever["says"]))) for lever in chosen
    )
    lead = para(
        "What reports say of levers, apart from the model and measured by nobody; all, with evidence: "
        if facts.simulated is not None
        else "Reports say so, no model does: this account estimates what was, not what a measure would do. All, with "
        "evidence: ",
        chapter_ref("what the reports say would change it", "levers"),
        ".",
    )
    return lead, Bullets(lines)


def _reports(facts: Facts, lever: Mapping[str, Any]) -> frozenset[str]:
    """The reports whose statements stand behind a lever."""
    return frozenset(facts.statements[id].report for id in lever["evidence"] if id in facts.statements)


def _by(facts: Facts, lever: Mapping[str, Any]) -> Spans:
    number = len(_reports(facts, lever))
    return join(how_many(number, "report", start=True), f" {agree(number, 'says', 'say')}: ") if number else ()


def _silent(lever: Mapping[str, Any]) -> bool:
    """Whether the data say that no effect of this lever is told: what bears on reaching safety is not printed."""
    return str(lever["says"]).startswith(NO_EFFECT)


def _first_sentence(text: str) -> str:
    return stop(text.split(". ")[0].split("; ")[0])


def levers(facts: Facts) -> Chapter | None:
    if "levers" not in facts.programme.tables:
        return None
    found = facts.told("levers", "lever")
    blocks = (Bullets(tuple(_lever(facts, lever) for lever in found)),) if found else (para(NONE),)
    return Chapter(
        id="levers",
        title="What the reports say would change it",
        standfirst=join(
            how_many(len(found), "lever", start=True),
            ", each with what the reports say of it. No model stands behind any of these lines, and none is advice: "
            "nobody may be returned to torture or other grave harm, whoever asks for it.",
        ),
        blocks=blocks,
    )


def _lever(facts: Facts, lever: Mapping[str, Any]) -> Spans:
    assumed = " (No report says what it would do.)" if lever["status"] == "assumed" else ""
    by = () if assumed or _silent(lever) else _by(facts, lever)
    says = stop(lever["says"])
    evidence = join(" [", refs(facts, lever["evidence"]), "]") if lever["evidence"] else ()
    return join(strong(lever["name"] + ": "), by, tell(says), assumed, evidence)
