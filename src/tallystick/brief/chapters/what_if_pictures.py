"""The model in pictures: where people are, where the money goes, what pushes what; drawn from the text that ran."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tallystick.brief.diagrams import causal_loops_scene, stock_and_flow_scene
from tallystick.brief.diagrams.elements import Wording, wording_of
from tallystick.brief.document import Picture, Section
from tallystick.brief.facts import Facts
from tallystick.brief.prose import join, para
from tallystick.brief.simulated import Simulated

ASSUMED = "A broken arrow: no report gives it. A broken box: none gives it, or none gives its size."


def pictures_section(facts: Facts, found: Simulated) -> Section:
    """Two figures of stocks and flows and one of loops."""
    lead = para(
        "Drawn from the same text that was run, so that they cannot say anything else than what was computed. It is a "
        "map of what was written, not of what is true."
    )
    words = wording_of(facts.programme.tables.get("pictures", {}), facts.programme.tables["system"])
    shown = (_people(found, words), _money(found, words), _loops(found, words))
    return Section(id="model-pictures", title="The model in pictures", blocks=(lead, *shown))


def _people(found: Simulated, words: Wording) -> Picture:
    return Picture(
        id="model-people",
        title="Where people are: everyone in one box at a time",
        subtitle="A box holds people, an arrow moves them, the bow tie on it is what the model opens and shuts",
        note=join(ASSUMED, " How anyone reaches safety is left out on purpose; who did is known as yearly totals."),
        **_stocks(found, words, "people"),
    )


def _money(found: Simulated, words: Wording) -> Picture:
    return Picture(
        id="model-money",
        title="Where the money goes: a month\u2019s pay divided without remainder",
        subtitle="What the state takes, costs, cash in hand, and what is booked until return; the debt beside it",
        note=join(ASSUMED),
        **_stocks(found, words, "money"),
    )


def _stocks(found: Simulated, words: Wording, part: str) -> Mapping[str, Any]:
    wide, narrow = (stock_and_flow_scene(found.model, words, shows=(part,), narrow=each) for each in (False, True))
    return {"alt": wide.description, "wide": wide.svg(), "narrow": narrow.svg()}


def _loops(found: Simulated, words: Wording) -> Picture:
    wide, narrow = (causal_loops_scene(found.model, words, narrow=each) for each in (False, True))
    return Picture(
        id="model-loops",
        title="What pushes what: loops that feed themselves (R) or hold themselves back (B)",
        subtitle="Plus: more of this brings more of that. Minus: more of this brings less. Signs only, no sizes",
        alt=wide.description,
        wide=wide.svg(),
        narrow=narrow.svg(),
        note=join(
            "A broken arrow: no report gives it. A broken ring: none gives it, or none gives a part of it. Of no loop "
            "does any report give the size. Loops that touch on escape are left out on purpose; those of "
            "debt and of talk are assumed signs, with no sizes.",
        ),
    )
