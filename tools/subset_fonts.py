"""Cut the fonts that a brief needs out of full Noto fonts; run by a person, never by Tallystick.

    python tools/subset_fonts.py NOTO_SANS_DIR NOTO_SERIF_DIR NOTO_SANS_KR_DIR

Each directory is an unpacked npm package of @expo-google-fonts (noto-sans 0.4.2, noto-serif 0.4.2,
noto-sans-kr 0.4.3; fonts under the SIL Open Font License 1.1). Needs `fonttools` and `brotli`.
Korean is the 2,350 syllables of KS X 1001 with the letters; all 11,172 would be five times as large
and no report that we hold needs one outside. Kana come whole, Han characters where the evidence that
ships has them. `coverage.txt` lists what the result can draw.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset

PACKAGE = Path(__file__).parents[1] / "src" / "tallystick"
OUT = PACKAGE / "brief" / "fonts"
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum", "sups", "subs", "frac"]
LATIN = [(0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x2BC, 0x2BC), (0x1EA0, 0x1EF9), (0x3B1, 0x3C4)]
CYRILLIC = [(0x400, 0x45F), (0x490, 0x491), (0x4AE, 0x4B1)]
SIGNS = [
    *[(0x2002, 0x2003), (0x2009, 0x200A), (0x202F, 0x202F)],  # spaces
    *[(0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030)],
    *[(0x2032, 0x2033), (0x2039, 0x203A), (0x2044, 0x2044), (0x2070, 0x2089)],
    *[(0x20A9, 0x20A9), (0x20AC, 0x20AC), (0x20BD, 0x20BD), (0x2116, 0x2116), (0x2122, 0x2122)],
    *[(0x2190, 0x2193), (0x2197, 0x2197), (0x2212, 0x2213), (0x221E, 0x221E), (0x2248, 0x2248)],
    *[(0x2260, 0x2260), (0x2264, 0x2265), (0x25A0, 0x25CF), (0xFFFD, 0xFFFD)],
]
LETTERS = [(0x3000, 0x3002), (0x3008, 0x3011), (0x3131, 0x3163)]
KANA = [(0x3041, 0x3096), (0x30A1, 0x30FC)]


def syllables() -> Iterator[int]:
    """The syllables of KS X 1001, by way of the encoding that holds just those."""
    for lead in range(0xB0, 0xC9):
        for trail in range(0xA1, 0xFF):
            yield ord(bytes([lead, trail]).decode("euc_kr"))


def han() -> set[int]:
    """Han characters in the evidence that ships."""
    files = [path for path in (PACKAGE / "data").rglob("*") if path.suffix in {".csv", ".toml"}]
    return {ord(c) for path in files for c in path.read_text("utf-8") if "\u4e00" <= c <= "\u9fff"}


def points(ranges: Iterable[tuple[int, int]]) -> list[int]:
    return [point for first, last in ranges for point in range(first, last + 1)]


def cut(source: Path, name: str, wanted: list[int]) -> set[int]:
    """Write `name`.ttf and .woff2 with the wanted characters; return those that the font really has."""
    options = subset.Options(
        layout_features=FEATURES, hinting=False, name_IDs=["*"], notdef_outline=True, recalc_timestamp=False
    )
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    font.save(str(OUT / f"{name}.ttf"))
    had = set(font.getBestCmap())
    font.flavor = "woff2"
    font.save(str(OUT / f"{name}.woff2"))
    return had


def main(sans: Path, serif: Path, korean: Path) -> None:
    western = points([*LATIN, *CYRILLIC, *SIGNS])
    had = cut(sans / "400Regular" / "NotoSans_400Regular.ttf", "NotoSans-Regular", western)
    cut(sans / "400Regular_Italic" / "NotoSans_400Regular_Italic.ttf", "NotoSans-Italic", western)
    cut(sans / "600SemiBold" / "NotoSans_600SemiBold.ttf", "NotoSans-SemiBold", western)
    cut(serif / "600SemiBold" / "NotoSerif_600SemiBold.ttf", "NotoSerif-SemiBold", western)
    korean_needs = [*syllables(), *points(LETTERS), *points(KANA), *sorted(han())]
    had |= cut(korean / "400Regular" / "NotoSansKR_400Regular.ttf", "NotoSansKR-Regular", korean_needs)
    (OUT / "coverage.txt").write_text("\n".join(ranges_of(had)) + "\n", encoding="ascii")


def ranges_of(characters: set[int]) -> Iterator[str]:
    """Runs of code points as "AC00-AC01", in order."""
    first = last = -2
    for point in [*sorted(characters), -1]:
        if point == last + 1:
            last = point
            continue
        if first >= 0:
            yield f"{first:04X}-{last:04X}"
        first = last = point


def unpacked(argument: str) -> Path:
    """The folder with the fonts, whether the package's own folder or the one around it was named."""
    inner = Path(argument) / "package"
    return inner if inner.is_dir() else Path(argument)


if __name__ == "__main__":
    main(*map(unpacked, sys.argv[1:4]))
