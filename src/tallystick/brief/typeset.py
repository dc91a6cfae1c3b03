"""Typst in a process of its own: `brief.pdf` gives it the paper and takes the PDF.

What Typst set it keeps as long as its process lives. A link to a label would nearly double that (decision 21): it
speaks of the page that its label is on, so all that holds one is set again once pages are known. Hence two runs: the
first tells where each label stands, the second links to those places.

    (cat paper.json; printf '\\nnull') | python -m tallystick.brief.typeset > places.json
    (cat paper.json; echo; cat places.json) | python -m tallystick.brief.typeset MOMENT > brief.pdf
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import as_file, files
from typing import Any


def main() -> int:
    """Set the document on stdin; 1 with Typst's own words on stderr where it cannot be set."""
    words, _, places = sys.stdin.buffer.read().decode().partition("\n")
    try:
        with _given({"places": places, "document": words}) as given:
            sys.stdout.buffer.write(_paper(given, sys.argv[1]) if len(sys.argv) > 1 else _places(given))
    except RuntimeError as error:  # a query raises it plain, a compilation as TypstError, with where it happened
        sys.stderr.write(str(getattr(error, "diagnostic", None) or error))
        return 1
    return 0


@contextmanager
def _given(inputs: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The template, the fonts that it may use, and its inputs."""
    with as_file(files("tallystick.brief")) as package:
        yield {
            "input": package / "templates" / "brief.typ",
            "font_paths": [package / "fonts"],
            "ignore_system_fonts": True,
            "sys_inputs": inputs,
        }


def _places(given: dict[str, Any]) -> bytes:
    """Page, and distance from its left and upper edge in points, of each label, as JSON."""
    import typst

    found: str = typst.query(selector="<places>", field="value", one=True, **given)
    return found.encode()


def _paper(given: dict[str, Any], moment: str) -> bytes:
    """The PDF; `moment` is what it says of its own making."""
    import typst

    when = datetime.fromisoformat(moment)
    paper: bytes = typst.compile(pdf_standards=["ua-1", "a-2a"], timestamp=when, **given)
    return paper


if __name__ == "__main__":
    sys.exit(main())
