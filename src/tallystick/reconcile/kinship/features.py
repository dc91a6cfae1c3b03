"""What speaks for and against one claim going back to another, as numbers from 0 to 3 and words for a person.

Each feature is a fact about two rows that anyone can check. What each is worth is in `kinship.weights`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2

from tallystick.reconcile.kinship.numbers import Relation, counts_of
from tallystick.reconcile.kinship.sighting import Sighting, both_say, disjoint, names_in, scripts_of

SOON, MONTH, YEAR = 4, 40, 400  # days
FAR_APART = 800  # days; an open bound that leaves more than two years open says nothing of how long lay between
MANY_RUNS = 12
SAME_SCOPE = ("", "mixed")


@dataclass(frozen=True, slots=True)
class Shared:
    """What the documents of two claims have in common beyond these two: other numbers, and runs of words."""

    numbers: int = 0
    runs: int = 0
    before: int = 0


def features(child: Sighting, parent: Sighting, relation: Relation, shared: Shared) -> dict[str, float]:
    """The features of a pair by name; one that is not there is 0."""
    gap = days_between(child, parent)
    near = _is_known(child, parent)
    return {
        "end": float(relation.kind == "end"),
        "rounds": float(relation.kind == "rounds"),
        "converts": float(relation.kind == "converts"),
        "separator": float(relation.kind == "separator"),
        "scale": float(relation.kind == "scale"),
        "span": float(relation.kind == "same" and len(child.numbers) > 1),
        "odd": relation.odd,
        "odd_measure": relation.odd * (child.measure == parent.measure),
        "measure": float(child.measure == parent.measure),
        "kind": float(child.measure != parent.measure and (child.unit == parent.unit or bool(counts_of(child)))),
        "host": float(child.host == parent.host),
        "place": _apart(child.region, parent.region),
        "sector": _apart(child.sector, parent.sector),
        "period": float(_same_period(child, parent)),
        "other_period": float(disjoint(child, parent)),
        "source": float(bool(_same_source(child, parent))),
        "other_source": float(_other_source(child, parent)),
        "silent": float(not child.named),
        "soon": float(near and gap <= SOON),
        "month": float(near and SOON < gap <= MONTH),
        "late": float(_is_late(child, parent)),
        "numbers": float(min(3, shared.numbers)),
        "before": min(2.0, log2(1 + shared.before) / 2),
        "runs": min(1.0, shared.runs / MANY_RUNS),
    }


def reasons(child: Sighting, parent: Sighting, relation: Relation, shared: Shared) -> tuple[str, ...]:
    """The same facts in words, those that speak for the link first."""
    gap, known = days_between(child, parent), _is_known(child, parent)
    named = sorted(_same_source(child, parent))
    told = (
        (relation.words, bool(relation.words)),
        ("the same measure", child.measure == parent.measure),
        (f"names {', '.join(named)} too", bool(named)),
        ("the same period", _same_period(child, parent)),
        (f"asserted within {gap} days", known and gap <= MONTH),
        (f"{shared.numbers} other numbers of its document are in the other's too", shared.numbers > 0),
        (f"{shared.runs} rare runs of five words shared", shared.runs > 0),
        (f"but measures {child.measure}, not {parent.measure}", child.measure != parent.measure),
        (_other_host(child, parent), child.host != parent.host),
        (f"but of {child.region}, not {parent.region}", _apart(child.region, parent.region) == 1),
        (f"but of {child.sector}, not {parent.sector}", _apart(child.sector, parent.sector) == 1),
        ("but of another period", disjoint(child, parent)),
        ("but names another source", _other_source(child, parent)),
        (f"but asserted {gap} days later", _is_late(child, parent)),
        ("how soon after it is not known", not known and not _is_late(child, parent)),
    )
    return tuple(words for words, holds in told if holds)


def days_between(child: Sighting, parent: Sighting) -> int:
    """The fewest days from the parent's assertion to the child's; 0 where the two may be of one day."""
    return max(0, (child.earliest - parent.latest).days, (parent.earliest - child.latest).days)


def _other_host(child: Sighting, parent: Sighting) -> str:
    read = "" if both_say("host", child, parent) else "read as "
    return f"but {read}of {child.host}, not {parent.host}"


def _is_known(child: Sighting, parent: Sighting) -> bool:
    """Whether it can be said how long after the parent the child was asserted: open bounds meet by themselves."""
    if child.dated and parent.dated:
        return True
    begun = child.has_begin and parent.has_begin
    return begun and (child.dated or parent.dated) and _most_days(child, parent) <= FAR_APART


def _is_late(child: Sighting, parent: Sighting) -> bool:
    """Bounds say it too, unless nothing says since when the child was there."""
    return child.has_begin and days_between(child, parent) > YEAR


def _most_days(child: Sighting, parent: Sighting) -> int:
    return max((child.latest - parent.earliest).days, (parent.latest - child.earliest).days)


def _apart(one: str, other: str) -> float:
    """1 where both name something and it differs, a half where one of them is silent."""
    if one == other:
        return 0.0
    return 0.5 if one in SAME_SCOPE or other in SAME_SCOPE or one in other or other in one else 1.0


def _same_period(one: Sighting, other: Sighting) -> bool:
    return both_say("period", one, other) and (one.start, one.end) == (other.start, other.end) != (None, None)


def _same_source(child: Sighting, parent: Sighting) -> frozenset[str]:
    """Names for the child that are those of the parent, or of who printed the parent."""
    return child.sources & (parent.sources | names_in(parent.published_by))


def _other_source(child: Sighting, parent: Sighting) -> bool:
    """Whether both name somebody, in one script, and nobody whom both name: a translated name is no other name."""
    ours, theirs = (scripts_of("".join(names)) for names in (child.named, parent.sources))
    named = both_say("source", child, parent)
    return named and bool(ours & theirs) and not _same_source(child, parent)


def signatures(sightings: Mapping[str, list[Sighting]]) -> dict[str, frozenset[tuple[str, float]]]:
    """The numbers of each document with what they measure."""
    return {
        name: frozenset((one.measure, v) for one in those for v in one.numbers) for name, those in sightings.items()
    }
