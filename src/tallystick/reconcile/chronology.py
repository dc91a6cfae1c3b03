"""Dated events in order, each as precise as the texts are: two datings that overlap do not contradict each other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tallystick.reconcile.records import Dating
from tallystick.vocab.records import Event

PREDICTED = "predicted"  # what was said of the future is no event


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """By first day, then by last: the more precise of two that begin together comes first. Predictions are left out."""
    happened = (event for event in events if event.precision != PREDICTED)
    return tuple(sorted(happened, key=lambda event: (event.start or date.min, event.end or date.max, event.id)))


def compatible(one: Event, other: Event) -> bool:
    """Whether both can speak of one day: their spans share at least one. An open side excludes nothing."""
    starts_in_time = one.start is None or other.end is None or one.start <= other.end
    return starts_in_time and (other.start is None or one.end is None or other.start <= one.end)


def narrowed(one: Event, other: Event) -> Dating:
    """The days left when both hold; ValueError where they cannot."""
    if not compatible(one, other):
        raise ValueError(f"{one.id} and {other.id} share no day")
    starts = [day for day in (one.start, other.start) if day is not None]
    ends = [day for day in (one.end, other.end) if day is not None]
    return Dating(events=(one.id, other.id), start=max(starts, default=None), end=min(ends, default=None))
