"""What the signs of a picture mean, as a line of samples that wraps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from tallystick.brief.diagrams import look
from tallystick.brief.diagrams.look import Look
from tallystick.brief.diagrams.measure import LEADING, width_of, wrapped
from tallystick.brief.diagrams.scene import Box, Point, Scene, Words

SAMPLE: Final = Box(0, 0, 30, 16)  # room of a sample
APART: Final = 18.0
LINE: Final = 24.0


class Entry(NamedTuple):
    """A sample, drawn into the box it is given, and what it stands for."""

    draw: Callable[[Box], Sequence[str]]
    words: str


def draw_legend(scene: Scene, entries: Sequence[Entry], top: float, wanted: Look) -> float:
    """Draw the entries from left to right in as many lines as needed; how far down they reach."""
    x, y = look.MARGIN, top
    for entry in entries:
        long = SAMPLE.width + 7 + width_of(entry.words, wanted.small)
        if x > look.MARGIN and x + long > scene.width - look.MARGIN:
            x, y = look.MARGIN, y + LINE
        scene.over += entry.draw(SAMPLE.moved(x, y))
        at = Point(x + SAMPLE.width + 7, y + 12)
        scene.words.append(Words(text=entry.words, at=at, size=wanted.small, colour=look.QUIET_WORDS))
        x += long + APART
    return y + LINE


def draw_note(scene: Scene, note: str, top: float, wanted: Look) -> float:
    """A few sentences across the canvas; how far down they reach."""
    lines = wrapped(note, wanted.small, min(scene.width, 620) - 2 * look.MARGIN)
    for number, line in enumerate(lines):
        at = Point(look.MARGIN, top + number * wanted.small * LEADING + wanted.small)
        scene.words.append(Words(text=line, at=at, size=wanted.small, colour=look.QUIET_WORDS))
    return top + len(lines) * wanted.small * LEADING + 4
