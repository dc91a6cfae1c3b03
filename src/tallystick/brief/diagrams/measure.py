"""How wide words are in the vendored font, so that a picture can be laid out before anything draws it.

Widths come from the font's own table of advances. Kerning is left out: it only ever makes a line narrower here than
we take it to be.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import Final, NamedTuple

from tallystick.brief.display import drawable

FACES: Final = {False: "NotoSans-Regular.ttf", True: "NotoSans-SemiBold.ttf"}
ASCENT: Final = 0.78  # of the size: from the baseline to the top of a capital or of an ascender
DESCENT: Final = 0.22  # of the size: from the baseline to the foot of a g
LEADING: Final = 1.28  # from baseline to baseline, of the size
UNKNOWN: Final = 1.0  # em for a character that these faces lack: a Hangul syllable or a Han character is that wide


class Face(NamedTuple):
    """Advances of one face, in font units by code point."""

    units_per_em: int
    advances: dict[int, int]


@cache
def width_of(text: str, size: float, *, is_bold: bool = False) -> float:
    """Width of a line of words in px."""
    face = _face(FACES[is_bold])
    missing = UNKNOWN * face.units_per_em
    return size * sum(face.advances.get(ord(each), missing) for each in drawable(text)) / face.units_per_em


def wrapped(text: str, size: float, room: float, *, is_bold: bool = False) -> tuple[str, ...]:
    """The words in as few lines as fit `room`, and then as even as can be; a word that is wider stands alone."""
    fewest = _filled(text, size, room, is_bold)
    narrower = [room * step / 40 for step in range(40, 4, -1)]
    even = [lines for width in narrower if len(lines := _filled(text, size, width, is_bold)) == len(fewest)]
    return min([fewest, *even], key=lambda lines: max(width_of(line, size, is_bold=is_bold) for line in lines))


def _filled(text: str, size: float, room: float, is_bold: bool) -> tuple[str, ...]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or width_of(longer, size, is_bold=is_bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


@cache
def _face(name: str) -> Face:
    from fontTools.ttLib import TTFont

    with as_file(files("tallystick.brief").joinpath("fonts", name)) as path, TTFont(path, lazy=True) as font:
        metrics = font["hmtx"].metrics
        advances = {point: metrics[glyph][0] for point, glyph in font.getBestCmap().items()}
        return Face(font["head"].unitsPerEm, advances)
