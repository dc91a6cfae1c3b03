"""Plain text as a reader may see it, and the names that links go by.

Text from evidence can carry characters that draw nothing and change how the rest is read (bidi controls,
zero-width joiners, the soft hyphen). None of them reaches a page. Numbers are never normalised.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby

from tallystick.vocab.cells import printable

_SAFE = re.compile(r"[^A-Za-z0-9_-]")
_WORTH_LINKING = re.compile(r"https?://[^\s\"'<>\\]+\Z")


def drawable(text: str) -> str:
    """The text as the vendored fonts can draw it: where none holds a script, "[Arabic]" stands for its run.

    Letters are composed (NFC), which leaves numbers alone; NFKC would make 10³ into 103.
    """
    plain = unicodedata.normalize("NFC", printable(text))
    if plain.isascii():
        return plain
    runs = groupby(plain, lambda character: "" if ord(character) in coverage() else _script(character))
    named = [(script, "".join(run)) for script, run in runs]
    return "".join(run if not script else f"[{script}]" for script, run in _joined(named))


def _script(character: str) -> str:
    """ARABIC LETTER SEEN as "Arabic"; a character without a name by its number."""
    return unicodedata.name(character, f"U+{ord(character):04X} ").split(" ")[0].capitalize().replace("Cjk", "CJK")


def _joined(runs: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Runs, less those that say the same script again after nothing but a space."""
    last = ""
    for place, (script, run) in enumerate(runs):
        following = runs[place + 1][0] if place + 1 < len(runs) else ""
        if (script and script == last) or (last and not run.strip() and following == last):
            continue
        last = script
        yield script, run


@cache
def coverage() -> frozenset[int]:
    """Code points that at least one vendored font draws."""
    lines = files("tallystick.brief").joinpath("fonts/coverage.txt").read_text("ascii").split()
    ends = [[int(end, 16) for end in line.split("-")] for line in lines]
    return frozenset(point for first, last in ends for point in range(first, last + 1))


def anchor(kind: str, name: str) -> str:
    """What a link to that claim, estimate, chapter, ... is called; distinct names stay distinct."""
    return f"{kind}-" + _SAFE.sub(lambda found: f".{ord(found[0]):x}.", name)


def linkable(url: str) -> str:
    """The address when a reader can open it in a browser, else ""."""
    return url if _WORTH_LINKING.match(printable(url)) and printable(url) == url else ""
