"""What the levers of a what-if act through: the assumed numbers between them and people, and where they act at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tallystick.brief.cards_runs import prior_words, shown_assumptions
from tallystick.brief.chapters.base import where
from tallystick.brief.document import Ref, Spans
from tallystick.brief.facts import Facts
from tallystick.brief.prose import join, method, strong
from tallystick.brief.simulated import HEAD, Simulated
from tallystick.brief.words.assumed import assumption_name
from tallystick.brief.words.grammar import capital, lower_first
from tallystick.brief.words.numbers import percent
from tallystick.brief.words.rounding import significant

EXPORTS: Final = ("export_share", "complying_share", "leak_share")  # what buyers who keep to sanctions can touch
MARKETS: Final = (*EXPORTS, "drop_speed", "rehired")
ORDERS: Final = "strength_orders"  # from stronger sanctions to ordered return
THROUGH: Final[Mapping[str, tuple[str, ...]]] = {  # by what a lever acts on; sizes of loops are not among them
    "compliance": ("comply_speed",),
    "listing": MARKETS,
    "buyers_checks": MARKETS,
    "council": ("council_strength", ORDERS),
    "lightening": ("lightening_strength",),
    "refusal": ("redirect_share",),
    "publicity": ("publicity_strength", "publicity_rate", ORDERS),
    "news": ("news_rate",),
    "demand_fall": ("pull",),
    "direct_pay": ("direct_cut",),
    "in_kind": ("kind_food", "kind_fuel"),
    "devaluation": ("local",),
    "close_visa": ("visa_relabelled",),
    "region": ("moved",),
    "builders": ("builders_term",),
}
FOCUS_ALONE: Final = ("listing", "buyers_checks", "close_visa")  # other hosts have the like, and the model has not


def through(facts: Facts, found: Simulated, id: str) -> tuple[str, ...]:
    """The assumed numbers that what a what-if does goes through, in the order of its levers."""
    shown = shown_assumptions(facts)
    each = (name for kind in kinds(found, id) for name in THROUGH[kind] if name in shown)
    return tuple(dict.fromkeys(each))


def kinds(found: Simulated, id: str) -> tuple[str, ...]:
    """What its levers act on, without the region, site or class that they name."""
    return tuple(found.levers[pull.lever].acts.partition(":")[0] for pull in found.scenarios[id].pulls)


def in_focus_alone(found: Simulated, id: str) -> bool:
    """Whether it acts in the focus host alone on what other hosts have, too: there it was not run."""
    return bool(kinds(found, id)) and all(kind in FOCUS_ALONE for kind in kinds(found, id))


def not_run(facts: Facts, found: Simulated, id: str, outcome: str) -> bool:
    """Whether an outcome is of another host, in which a what-if was not run."""
    host = outcome.removeprefix(f"{HEAD}_")
    return host != outcome and host in facts.programme.hosts and in_focus_alone(found, id)


def where_it_acts(facts: Facts, found: Simulated, id: str) -> Spans:
    """That it acts in the focus host alone, where it does; of other hosts it tells nothing."""
    if not in_focus_alone(found, id):
        return ()
    return join(
        strong("Where. "), f"{capital(where(facts, facts.focus))} alone. The model has nothing of the kind in other "
        "hosts: the what-if was not run there, and tells nothing about them.",
    )  # fmt: skip


def assumed_for(facts: Facts, found: Simulated, id: str) -> Spans:
    """Each assumed number with its range, and what those of exports make together."""
    names = through(facts, found, id)
    if not names:
        return ()
    shown = shown_assumptions(facts)
    said = {name: lower_first(assumption_name(name)) for name in names} | {names[0]: assumption_name(names[0])}
    each = ((Ref(said[name], "assumption", name), ": ", method(prior_words(shown[name])), "; ") for name in names)
    *spans, _ = (span for spans in each for span in spans)
    return join(
        strong("Assumed for it, beside the sizes of loops. "), *spans, ". ",
        *_reach(facts, names), "What is told below hangs on it.",
    )  # fmt: skip


def _reach(facts: Facts, names: tuple[str, ...]) -> Spans:
    """The part of what workers make that listing and buyers can touch at all, at the medians."""
    if not set(EXPORTS) <= set(names):
        return ()
    shown = shown_assumptions(facts)
    export, complying, leak = (shown[name].median for name in EXPORTS)
    reach = significant(export * complying * (1 - leak), 2)
    return join(
        "At the medians of the first three, listing and buyers can touch ", method(percent(reach)),
        " of what workers make; a larger share of exports gives another answer. ",
    )  # fmt: skip


def assumed_names(facts: Facts, found: Simulated, id: str) -> Iterator[Spans]:
    """The same without their numbers, each opening its own card."""
    for name in through(facts, found, id):
        yield (Ref(lower_first(assumption_name(name)), "assumption", name),)
