"""What the reports say would change the matter: their words, not an effect that a model has measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tallystick.brief.chapters.base import chapter_ref
from tallystick.brief.document import Block, Bullets, Chapter, Spans
from tallystick.brief.facts import Facts
from tallystick.brief.prose import how_many, join, para, refs, strong, tell
from tallystick.brief.words.grammar import stop

NONE = "By this day no report says what would change it."


def in_short(facts: Facts) -> tuple[Block, ...]:
    """One line for each lever, without its evidence: for the page of answers."""
    levers = [lever for lever in facts.told("levers", "lever") if lever["status"] != "assumed"]
    if not levers:
        return (para(NONE),)
    lines = tuple(join(strong(lever["name"] + ": "), tell(_first_sentence(lever["says"]))) for lever in levers)
    lead = para(
        "Said by the reports and not by a model: this account estimates what was, not what a measure would do. "
        "In full, with the evidence: ",
        chapter_ref("what the reports say would change it", "levers"),
        ".",
    )
    return lead, Bullets(lines)


def _first_sentence(text: str) -> str:
    return stop(text.split(". ")[0].split("; ")[0])


def levers(facts: Facts) -> Chapter:
    found = facts.told("levers", "lever")
    blocks = (Bullets(tuple(_lever(facts, lever) for lever in found)),) if found else (para(NONE),)
    return Chapter(
        id="levers",
        title="What the reports say would change it",
        standfirst=join(
            how_many(len(found), "lever", start=True),
            ", each with what the reports say of it. No model stands behind any of them.",
        ),
        blocks=blocks,
    )


def _lever(facts: Facts, lever: Mapping[str, Any]) -> Spans:
    assumed = " (Assumed: no report says it.)" if lever["status"] == "assumed" else ""
    evidence = join(" [", refs(facts, lever["evidence"]), "]") if lever["evidence"] else ()
    return join(strong(lever["name"] + ": "), tell(stop(lever["says"])), assumed, evidence)
