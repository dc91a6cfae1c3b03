"""The words that a model must use: the programme's own, as far as a reader of texts needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tallystick.vocab.programme import Measure, Programme

UNREAD = "text"  # measures of this kind say what a text says about a text, which no model is asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """A programme as a model is told of it.

    sender     the sending state, whose workers the claims are about
    measures   by id
    places     code -> name; a claim may name a place that is not among them
    sectors    id -> name
    """

    sender: str
    measures: Mapping[str, Measure]
    places: Mapping[str, str]
    sectors: Mapping[str, str]

    @property
    def units(self) -> frozenset[str]:
        """All that any measure may be given in."""
        return frozenset(unit for measure in self.measures.values() for unit in measure.units)


def vocabulary_of(programme: Programme) -> Vocabulary:
    """What a model is told of that programme."""
    return Vocabulary(
        sender=programme.sender,
        measures={one.id: one for one in programme.measures.values() if one.object != UNREAD},
        places={place.code: place.name for place in programme.places.values()},
        sectors=dict(programme.sectors),
    )
