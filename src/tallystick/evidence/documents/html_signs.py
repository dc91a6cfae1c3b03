"""The visible signs of a page's source, each with its place, so that main text can be laid back onto the page.

This is not a parser of HTML: it only skips tags, comments and what is never shown, and opens character references.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from html import unescape

from tallystick.evidence.documents.letters import words

NEVER_SHOWN = ("script", "style", "noscript", "template", "head", "svg", "textarea", "iframe", "object")
TAG = re.compile(r"[a-zA-Z][a-zA-Z0-9]*")
BREAKS = words("p div br li ul ol tr table h1 h2 h3 h4 h5 h6 section article header footer nav blockquote td th")
REFERENCE = re.compile(r"&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
LOWERED = {high: low for low, high in RAISED.items()} | {ord("⁻"): ord("-"), ord("−"): ord("-")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """`text` is what is visible; `squeezed` the same without spaces; `places`, `ends` where its signs stand."""

    text: str
    squeezed: str
    places: array[int]
    ends: array[int]

    def find(self, line: str, after: int) -> tuple[int, int, int] | None:
        """Where a squeezed line stands: its end among the squeezed signs, its first and last offset in the source."""
        if not line:
            return None
        at = self.squeezed.find(line, after)
        if at < 0:
            at = self.squeezed.find(line)
        if at < 0:
            return None
        return at + len(line), self.places[at], self.ends[at + len(line) - 1]


def squeezed(text: str) -> str:
    """`text` without white space, superscripts as digits: what page and main text must agree on."""
    return "".join(text.translate(LOWERED).split())


def visible_signs(source: str) -> Signs:
    """Walk the source once; each step goes forward, so that no page takes more than linear time."""
    shown: list[str] = []
    kept: list[str] = []
    places, ends = array("I"), array("I")
    at, gone = 0, set[str]()
    folded = source.lower()
    folded = folded if len(folded) == len(source) else source  # "İ" folds to two signs, and offsets must hold
    while at < len(source):
        tag = source.find("<", at)
        stop = tag if tag >= 0 else len(source)
        _take(source, at, stop, shown, kept, places, ends)
        at = stop if tag < 0 else _after_tag(folded, tag, shown, gone)
        if at == tag:  # a "<" that opens nothing
            _take(source, tag, tag + 1, shown, kept, places, ends)
            at = tag + 1
    lines = (" ".join(line.split()) for line in "".join(shown).splitlines())
    return Signs(text="\n".join(line for line in lines if line), squeezed="".join(kept), places=places, ends=ends)


def _take(
    source: str, at: int, stop: int, shown: list[str], kept: list[str], places: array[int], ends: array[int]
) -> None:
    """Add the signs of a run between two tags."""
    while at < stop:
        amp = source.find("&", at, stop)
        end = amp if amp >= 0 else stop
        run = source[at:end]
        shown.append(run.replace("\n", " "))
        _keep(run, range(at, end), kept, places, ends)
        at = end
        if amp >= 0:
            found = REFERENCE.match(source, amp, stop)
            after = found.end() if found else amp + 1
            sign = unescape(source[amp:after])
            shown.append(sign)
            for each in squeezed(sign):
                kept.append(each)
                places.append(amp)
                ends.append(after)
            at = after


def _keep(run: str, offsets: range, kept: list[str], places: array[int], ends: array[int]) -> None:
    for found in re.finditer(r"\S+", run):
        kept.append(found.group().translate(LOWERED))
        first = offsets.start + found.start()
        places.extend(range(first, first + len(found.group())))
        ends.extend(range(first + 1, first + 1 + len(found.group())))


def _after_tag(source: str, tag: int, shown: list[str], gone: set[str]) -> int:
    """The offset behind the tag, comment or unseen element that starts at `tag`; `tag` itself when none does.

    `source` is in lower case here. `gone` remembers what has no end in the rest of the source, so that it
    is not searched for again.
    """
    if source.startswith("<!--", tag):
        return _behind(source, "-->", tag + 4, gone, otherwise=len(source))
    if source.startswith(("<!", "<?", "</"), tag):
        if source.startswith("</", tag):
            shown.append(_break(TAG.match(source, tag + 2)))
        return _behind(source, ">", tag, gone, otherwise=len(source))
    name = TAG.match(source, tag + 1)
    if name is None:
        return tag
    shown.append(_break(name))
    close = _behind(source, ">", tag, gone, otherwise=len(source))
    word = name.group().lower()
    if word not in NEVER_SHOWN or source.startswith("/>", close - 2):
        return close
    return _behind(source, f"</{word}", close, gone, otherwise=close)


def _behind(source: str, end: str, at: int, gone: set[str], *, otherwise: int) -> int:
    if end in gone:
        return otherwise
    found = source.find(end, at)
    if found < 0:
        gone.add(end)
        return otherwise
    return found + len(end) if end[:2] != "</" else found


def _break(name: re.Match[str] | None) -> str:
    return "\n" if name and name.group().lower() in BREAKS else ""
