"""What the reports say would change the matter: their words, not an effect that a model has measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tallystick.brief.document import Block, Bullets, Spans
from tallystick.brief.facts import Facts
from tallystick.brief.prose import join, para, refs, strong, tell
from tallystick.brief.words.grammar import stop

INTRODUCTION = (
    "What follows is what the reports say, each with its evidence. No model stands behind it: this account estimates "
    "what was, not what a measure would do."
)


def reports_say(facts: Facts) -> tuple[Block, ...]:
    levers = facts.told("levers", "lever")
    if not levers:
        return (para("By this day no report says what would change it."),)
    return para(INTRODUCTION), Bullets(tuple(_lever(facts, lever) for lever in levers))


def _lever(facts: Facts, lever: Mapping[str, Any]) -> Spans:
    evidence = list(lever["evidence"])
    assumed = " (assumed: no report says it)" if lever["status"] == "assumed" else ""
    ends = join(" [", refs(facts, evidence), "]") if evidence else ()
    return join(strong(lever["name"] + ": "), tell(stop(lever["says"])), assumed, ends)
