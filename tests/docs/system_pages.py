"""The pictures of the model and the table of its elements, made from the text that runs: `make docs` writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tallystick.brief.diagrams import causal_loops_svg, stock_and_flow_svg
from tallystick.brief.diagrams.alternative import loop_words
from tallystick.brief.diagrams.elements import Element, Wording, shown_loops, status_of, wording_of
from tallystick.evidence.programme import load_programme
from tallystick.scenarios.start import shape_of
from tallystick.stocks.labour.assumptions import elements_of
from tallystick.stocks.labour.text import build
from tallystick.stocks.text import Carriage, Posting, Text
from tallystick.vocab.programme import Programme
from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "reference" / "system-elements.md"
IMAGES = ROOT / "docs" / "images"
METHOD = ROOT / "docs" / "methods" / "system.md"
TOP = """# The elements of the system

Made from the model that runs by `make docs`; a test compares them. The pictures of it, and how to read them, are in
[the system](../methods/system.md). *Rests on* names claims, statements and articles of law; an element that is assumed
rests on none, or on a hint. What is marked *inside the model* serves its equations and appears in no output.
"""
LEFT_OUT = "left out to protect people"
UNTOLD = ("F12",)  # its rows tell how people get out: their names do not stand beside it
INSIDE = "inside the model"


def system_text(programme: Programme) -> Text:
    """The model of a programme, as every engine runs it."""
    return build(shape_of(programme), elements_of(programme.tables["system"]))


def pictures(text: Text, wording: Wording) -> dict[Path, str]:
    """Each picture by the file it goes to; those for a phone end in "-narrow"."""
    return {
        IMAGES / "system-people.svg": stock_and_flow_svg(text, wording, shows=("people", "conditions")),
        IMAGES / "system-money.svg": stock_and_flow_svg(text, wording, shows=("money",)),
        IMAGES / "system-loops.svg": causal_loops_svg(text, wording),
        IMAGES / "system-narrow.svg": stock_and_flow_svg(text, wording, narrow=True),
        IMAGES / "system-loops-narrow.svg": causal_loops_svg(text, wording, narrow=True),
    }


def elements_page(text: Text, wording: Wording) -> str:
    """The whole page of tables."""
    heads = ("id", "what", "unit", "evidence", "rests on")
    loops = ((loop.id, _loop(loop.id, text, wording), "", *_grounds(loop, wording)) for loop in text.loop_list)
    parts = [
        TOP,
        "## Stocks of people\n",
        _table(heads, (_row(each, each.unit, wording) for each in text.stocks)),
        "## Flows of people\n",
        _table(heads, (_row(each, "person/month", wording) for each in text.flows)),
        "## Accounts\n",
        _table(heads, (_row(each, each.unit, wording) for each in text.accounts)),
        "## Payments\n",
        _table(heads, (_row(each, "USD/month", wording) for each in _payments(text))),
        "## Levels\n",
        _table(heads, (_row(each, each.unit, wording) for each in text.levels)),
        "## Loops\n",
        _table(heads, loops),
    ]
    return "\n".join(parts)


def _payments(text: Text) -> list[Posting | Carriage]:
    """All but what leavers carry by a flow that is internal."""
    inside = {flow.id for flow in text.flows if flow.is_internal}
    return [*text.postings, *(each for each in text.carriages if each.flow not in inside)]


def _loop(id: str, text: Text, wording: Wording) -> str:
    """A loop as a sentence; of one that is internal nothing but that it is there."""
    loop = next(loop for loop in text.loop_list if loop.id == id)
    if loop in shown_loops(text):
        return loop_words(loop, wording).removeprefix(f"{id} ")
    return LEFT_OUT


def _row(element: Element, unit: str, wording: Wording) -> tuple[str, ...]:
    symbol = getattr(element, "symbol", "")
    name = wording.of(element.id, symbol)
    inside = f"; {INSIDE}" if getattr(element, "is_internal", False) else ""
    return f"{symbol} `{element.id}`", name + inside, unit, *_grounds(element, wording)


def _grounds(element: Element, wording: Wording) -> tuple[str, str]:
    """Status, and the rows that an element rests on."""
    if getattr(element, "is_internal", False) or getattr(element, "symbol", "") in UNTOLD:
        return INSIDE, ""
    found = getattr(element, "evidence", ()) or wording.evidence.get(getattr(element, "symbol", ""), ())
    return status_of(element, wording), ", ".join(f"`{row}`" for row in found)


def _table(heads: Sequence[str], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def made() -> dict[Path, str]:
    """Every file that this command writes, with its content."""
    programme = load_programme()
    wording = wording_of(programme.tables["pictures"], programme.tables["system"])
    text = system_text(programme)
    return pictures(text, wording) | {PAGE: elements_page(text, wording)}


if __name__ == "__main__":
    for path, content in made().items():
        path.write_text(content, encoding="utf-8")
