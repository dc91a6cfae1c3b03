"""Promise: pictures of a model are drawn from its text, can be read at any width, and show nothing that is internal."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import product
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from tallystick.brief.charts import _fonts
from tallystick.brief.diagrams import (
    causal_loops_scene,
    causal_loops_svg,
    look,
    networks,
    stock_and_flow_scene,
    stock_and_flow_svg,
)
from tallystick.brief.diagrams.causal import winds
from tallystick.brief.diagrams.elements import (
    LEFT_OUT,
    Part,
    Wording,
    conditions,
    money,
    people,
    shown_loops,
    wording_of,
)
from tallystick.brief.diagrams.measure import width_of, wrapped
from tallystick.brief.diagrams.pushes import MARK, pushes_of
from tallystick.brief.diagrams.scene import Box, Line, Point, Scene, Solid, Words, faults
from tallystick.evidence.programme import load_programme
from tallystick.stocks.text import Account, Carriage, Flow, Level, Loop, Posting, Route, Stock, Text
from tests.docs.system_pages import system_text

A4 = 160 / 25.4 * 72  # pt of a page's width that a picture can have
SVG = "{http://www.w3.org/2000/svg}"


class Nothing(NamedTuple):
    """A text needs classes; a picture reads none of them."""


def never(*_: object) -> float:
    raise AssertionError("a picture runs no equation")


def flow(id: str, symbol: str, source: str, target: str, **more: object) -> Flow:
    return Flow(id=id, symbol=symbol, source=source, target=target, rate=never, **({"evidence": ("x",)} | more))  # type: ignore[arg-type]


def stock(id: str, symbol: str, **more: object) -> Stock:
    return Stock(id=id, symbol=symbol, doc="reported", **more)  # type: ignore[arg-type]


def level(id: str, symbol: str, **more: object) -> Level:
    return Level(id=id, symbol=symbol, unit="1", doc="", change=never, **({"evidence": ("x",)} | more))  # type: ignore[arg-type]


def loop(id: str, *path: tuple[str, str], **more: object) -> Loop:
    sign = "-" if id.startswith("B") else "+"
    return Loop(id=id, name=f"loop {id}", sign=sign, path=path, doc="", **({"evidence": ("x",)} | more))  # type: ignore[arg-type]


SMALL = Text(
    id="small",
    stocks=[
        stock("public", "P", is_boundary=True),
        stock("waiting", "K1"),
        stock("away", "K2", strata=("A.early", "A.late", "B")),
        stock("canary_hiding", "K6", is_internal=True),
        stock("safe", "K7"),
        stock("home", "K8"),
    ],
    flows=[
        flow("apply", "F1", "public", "waiting"),
        flow("withdraw", "F3", "waiting", "public", evidence=()),
        flow("depart", "F5", "waiting", "away"),
        flow("move", "F10", "away", "away", routes=(Route("A.early", "A.late"), Route("A.early", "B"))),
        flow("end", "F7", "away", "home"),
        flow("canary_flight", "F11", "away", "canary_hiding", is_internal=True),
        flow("rescue", "F12", "canary_hiding", "safe"),
        flow("canary_recapture", "F13", "canary_hiding", "home", is_internal=True),
    ],
    accounts=[
        Account(id="employers", symbol="employers", doc="reported", is_boundary=True),
        Account(id="state", symbol="M3", doc="reported"),
        Account(id="booked", symbol="M1", doc="reported", held_by="away"),
        Account(id="paid", symbol="M4", doc="size assumed"),
        Account(id="kept", symbol="M5", doc="reported"),
    ],
    postings=[
        Posting(id="take", symbol="F16", source="employers", target="state", per="away", amount=never, evidence=("x",)),
        Posting(id="book", symbol="F15", source="employers", target="booked", per="away", amount=never),
    ],
    carriages=[
        Carriage(id="payout", symbol="F17", account="booked", flow="end", target="paid", share=never, rest="kept"),
        Carriage(id="canary_loss", symbol="F17", account="booked", flow="canary_flight", target="kept"),
        Carriage(id="along", symbol="F17", account="booked", flow="move", target="booked"),
    ],
    levels=[
        level("jobs", "V1"),
        level("canary_control", "control", is_internal=True),
        level("mood", "mood", evidence=()),
    ],
    loop_list=[
        loop("B1", ("jobs", "+"), ("departures", "+"), ("workers", "-")),
        loop("R1", ("workers", "+"), ("taxes", "+"), ("war", "+"), ("jobs", "+"), ("departures", "+")),
        loop("R7", ("debt", "+"), ("stay", "+"), evidence=()),
        loop("B2", ("canary_flight", "+"), ("canary_control", "-"), is_internal=True),
    ],
    now=Nothing, outside=Nothing, parameters=Nothing, group=Nothing, moved=Nothing, loops=Nothing, signal=Nothing,
    signals=never, readings={},
)  # fmt: skip
PARTS = Wording(parts={"away": (Part("a", "K2a", "away in A", ("A.*",)), Part("b", "K2b", "away in B", ("B",)))})
SIZES = {"apply": 1000.0, "depart": 250.0, "end": 100.0, "rescue": 5000.0, "take": 3e6, "book": 1e6}


def shipped() -> tuple[Text, Wording]:
    programme = load_programme()
    return system_text(programme), wording_of(programme.tables["pictures"], programme.tables["system"])


REAL = shipped()
SCENES = {
    f"{name} {kind} {width}": scene
    for name, (text, wording) in {"small": (SMALL, Wording()), "in parts": (SMALL, PARTS), "shipped": REAL}.items()
    for width, narrow in (("wide", False), ("narrow", True))
    for kind, scene in {
        "stocks": stock_and_flow_scene(text, wording, narrow=narrow),
        "sized": stock_and_flow_scene(text, wording, sizes=SIZES, narrow=narrow),
        "people": stock_and_flow_scene(text, wording, shows=("people",), narrow=narrow),
        "money": stock_and_flow_scene(text, wording, shows=("money",), narrow=narrow),
        "loops": causal_loops_scene(text, wording, narrow=narrow),
    }.items()
}


@pytest.mark.parametrize("name", SCENES)
def test_no_word_lies_on_anything_and_all_stay_on_the_canvas(name: str) -> None:
    assert faults(SCENES[name]) == ()


@pytest.mark.parametrize("name", SCENES)
def test_words_are_large_enough_on_a_page_and_on_a_phone(name: str) -> None:
    scene = SCENES[name]
    smallest = min(said.size for said in scene.words)
    if name.endswith("narrow"):
        assert (scene.width, smallest) == (340, 11)
    else:
        assert smallest * A4 / scene.width >= 5.8, "points on A4"
        assert smallest * 700 / scene.width >= 9, "px on a tablet of 768, less its margins"


@pytest.mark.parametrize("name", SCENES)
def test_a_picture_is_plain_svg_that_leads_nowhere(name: str) -> None:
    root = ElementTree.fromstring(SCENES[name].svg())
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert kinds <= {"svg", "title", "desc", "rect", "path", "polygon", "circle", "text"}
    names = {key for element in root.iter() for key in element.attrib}
    assert not names & {"style", "href", "id", "class", "onload"}
    assert root.attrib["role"] == "img"


def test_words_can_be_told_from_the_paper() -> None:
    """A contrast of 4.5 to 1 (WCAG 2.2, 1.4.3), for every colour of words and on every ground they stand on."""
    colours = {said.colour for scene in SCENES.values() for said in scene.words}
    grounds = (look.PAPER, look.PEOPLE_WASH, look.MONEY_WASH, look.WASH)
    low = {(one, ground): round(contrast(one, ground), 2) for one in colours for ground in grounds}
    # Money's ink stands on white and on its own wash, and so on: the worst pair of all is still above 4.
    assert min(contrast(one, look.PAPER) for one in colours) >= 4.5
    assert min(low.values()) >= 4, low


def contrast(one: str, other: str) -> float:
    """(L1 + 0.05) / (L2 + 0.05) of relative luminances, WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_same_text_gives_the_same_bytes() -> None:
    assert stock_and_flow_svg(SMALL, PARTS, sizes=SIZES) == stock_and_flow_svg(SMALL, PARTS, sizes=SIZES)
    assert causal_loops_svg(SMALL) == causal_loops_svg(SMALL)


@pytest.mark.parametrize("name", SCENES)
def test_nothing_internal_is_drawn_or_named(name: str) -> None:
    """Canaries are everything of the small text that is internal, and what hangs on it."""
    svg = SCENES[name].svg().lower()
    assert "canary" not in svg
    assert not re.search(r"\b(f11|f13|k6|b2|r5|r6|r8)\b", svg.replace(look.PAPER, ""))
    for word in ("flee", "flight", "hiding", "recapture", "misery", "loyal"):
        assert word not in svg


def test_a_canary_would_be_seen_if_it_were_not_internal() -> None:
    """The guard of the test above: without the marks, the same text shows them."""
    told = replace(
        SMALL,
        stocks=[replace(one, is_internal=False) for one in SMALL.stocks],
        flows=[replace(one, is_internal=False) for one in SMALL.flows],
        levels=[replace(one, is_internal=False) for one in SMALL.levels],
        loop_list=[replace(one, is_internal=False) for one in SMALL.loop_list],
    )
    assert {"canary_hiding", "canary_flight", "canary_control"} <= drawn(told)
    assert "canary flight" in causal_loops_svg(told).lower()


def drawn(text: Text) -> set[str]:
    network, levels = people(text, Wording(), {}), conditions(text, Wording())
    said = {one.name.replace(" ", "_") for move in network.moves for one in move.said}
    return {item.id for item in (*network.items, *levels)} | said


def test_who_reached_safety_comes_from_nowhere_and_has_no_width() -> None:
    moves = people(SMALL, Wording(), SIZES).moves
    rescue = next(move for move in moves if move.target == "safe")
    assert (rescue.source, rescue.size) == (LEFT_OUT, None)
    assert networks.thickness(rescue, 1000) == networks.thickness(replace(rescue, size=None), 1000)


def test_arrows_are_as_wide_as_their_flows_are_large() -> None:
    moves = {move.said[0].name: move for move in people(SMALL, Wording(), SIZES).moves}
    wide = {name: networks.thickness(moves[name], 1000) for name in ("apply", "depart", "end")}
    assert wide["apply"] == networks.THICKEST
    assert wide["depart"] == pytest.approx(wide["apply"] / 4)
    assert wide["end"] == pytest.approx(wide["apply"] / 10)
    assert "1,000 a month" in stock_and_flow_svg(SMALL, sizes=SIZES)


def test_every_element_that_may_be_shown_is() -> None:
    text, wording = REAL
    picture, loops = stock_and_flow_svg(text, wording), causal_loops_svg(text, wording)
    levels = [one for one in text.levels if not one.is_internal]
    symbols = {one.symbol for one in (*text.stocks, *text.flows, *levels) if not getattr(one, "is_internal", False)}
    symbols |= {one.symbol for one in (*text.accounts, *text.postings)}
    numbered = {symbol for symbol in symbols if re.fullmatch(r"[A-Z]\d+", symbol)}
    assert sorted(symbol for symbol in numbered if f">{symbol}<" not in picture) == []
    assert [one.id for one in shown_loops(text) if f">{one.id}<" not in loops] == []


def test_alternative_words_name_every_box_every_arrow_and_every_loop() -> None:
    text, wording = REAL
    said = stock_and_flow_scene(text, wording).description
    for network in (people(text, wording, {}), money(text, wording, {})):
        names = [item.name for item in network.items]
        names += [one.name for move in network.moves for one in move.said]
        assert [name for name in names if name not in said] == []
    loops = causal_loops_scene(SMALL).description
    assert (
        "B1 loop B1, holds itself back: jobs up, departures up; departures up, workers up; workers up, jobs down."
        in loops
    )


def test_a_stock_in_parts_keeps_each_way_that_the_flow_has() -> None:
    ways = {(move.source, move.target) for move in people(SMALL, PARTS, {}).moves}
    assert {("waiting", "a"), ("waiting", "b"), ("a", "home"), ("b", "home"), ("a", "a"), ("a", "b")} <= ways
    assert ("b", "a") not in ways


def test_a_stratum_that_no_part_names_keeps_its_box() -> None:
    only = Wording(parts={"away": (Part("a", "K2a", "away in A", ("A.*",)),)})
    assert {"a", "away"} <= {item.id for item in people(SMALL, only, {}).items}


def test_what_is_assumed_is_broken_and_what_is_reported_is_not() -> None:
    moves = {move.said[0].name: move.is_assumed for move in people(SMALL, Wording(), {}).moves}
    assert (moves["withdraw"], moves["apply"]) == (True, False)
    items = {item.id: item.is_assumed for item in (*money(SMALL, Wording(), {}).items, *conditions(SMALL, Wording()))}
    assert (items["paid"], items["state"], items["mood"], items["jobs"]) == (True, False, True, False)
    by_data = Wording(statuses={"F1": "assumed", "state": "reported, size assumed"})
    assert next(move for move in people(SMALL, by_data, {}).moves if move.target == "waiting").is_assumed
    assert next(item for item in money(SMALL, by_data, {}).items if item.id == "state").is_assumed


def test_money_that_stays_in_its_account_is_not_drawn() -> None:
    ways = {(move.source, move.target) for move in money(SMALL, Wording(), {}).moves}
    assert ways == {("employers", "state"), ("employers", "booked"), ("booked", "paid"), ("booked", "kept")}


def test_each_mark_of_a_loop_stands_within_the_loop() -> None:
    """By the winding number of the way along the loop's own arrows."""
    for (text, wording), narrow in product(((SMALL, Wording()), REAL), (False, True)):
        scene = causal_loops_scene(text, wording, narrow=narrow)
        marks = {solid.name: solid.box for solid in scene.solids if solid.name.startswith("mark ")}
        for one in shown_loops(text):
            box = marks[f"mark {one.id}"]
            at = Point(box.x + MARK, box.y + MARK)
            assert winds(outline(scene, one), at), one.id


def outline(scene: Scene, one: Loop) -> list[Point]:
    """A loop that stands alone is drawn as a ring, and its quantities are called by its id too."""
    boxes = {solid.name: solid.box for solid in scene.solids}
    ways = {(line.source, line.target): line.points for line in scene.lines}
    called = f"{one.id} " if f"{one.id} {one.path[0][0]}" in boxes else ""
    corners: list[Point] = []
    for (name, _), (after, _) in zip(one.path, [*one.path[1:], one.path[0]], strict=True):
        box = boxes[called + name]
        corners += [Point(box.x + box.width / 2, box.y + box.height / 2), *ways[called + name, called + after]]
    return corners


def test_an_arrow_of_two_loops_is_drawn_once() -> None:
    pushes = pushes_of(shown_loops(SMALL), Wording())
    shared = [push for push in pushes if (push.source, push.target) == ("departures", "workers")]
    assert [push.loops for push in shared] == [("B1", "R1")]


def said(text: str, x: float, y: float, inside: str = "") -> Words:
    return Words(text=text, at=Point(x, y), size=12, colour="#000000", inside=inside)


CROSSING = Line("a", "b", (Point(0, 16), Point(90, 16)), 2)


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        ({"words": [said("one", 10, 20), said("two", 12, 22)]}, "'one' lies on 'two'"),
        ({"words": [said("gone", -5, 20)]}, "'gone' leaves the canvas"),
        ({"words": [said("one", 10, 20)], "solids": [Solid("box", Box(0, 0, 40, 40))]}, "'one' lies on box"),
        ({"solids": [Solid("a", Box(0, 0, 9, 9)), Solid("b", Box(5, 5, 9, 9))]}, "a lies on b"),
        ({"words": [said("one", 10, 20, "box")], "solids": [Solid("box", Box(8, 8, 9, 20))]}, "'one' leaves box"),
        ({"words": [said("one", 10, 20)], "lines": [CROSSING]}, "the line from a to b runs through 'one'"),
        ({"solids": [Solid("c", Box(9, 9, 9, 12))], "lines": [CROSSING]}, "the line from a to b runs through c"),
    ],
)
def test_the_check_finds_each_kind_of_fault(added: dict[str, list[object]], fault: str) -> None:
    scene = Scene("x", "t", "d", 100, 100)
    assert faults(scene) == ()
    for name, things in added.items():
        getattr(scene, name).extend(things)
    assert fault in faults(scene)


def test_words_are_as_wide_as_the_vendored_font_draws_them() -> None:
    """Against pixels: the ink of a line between two bars, drawn by another program with the same font file."""
    import vl_convert
    from PIL import Image

    _fonts()
    for is_bold in (False, True):
        words = "Stranded by the closed border"
        wide = width_of(words, 40, is_bold=is_bold)
        weight = ' font-weight="600"' if is_bold else ""
        svg = (
            f'<svg xmlns="{SVG[1:-1]}" width="900" height="60"><rect width="900" height="60" fill="#fff"/>'
            f'<text x="10" y="45" font-size="40" font-family="Noto Sans"{weight}>{words}</text></svg>'
        )
        picture = Image.open(BytesIO(vl_convert.svg_to_png(svg, scale=1))).convert("L").point(lambda ink: 255 - ink)
        left, _, right, _ = picture.getbbox()  # type: ignore[misc]
        assert right - left == pytest.approx(wide, rel=0.02)


def test_lines_of_words_fit_their_room_and_are_even() -> None:
    lines = wrapped("Stranded by the closed border", 13, 100)
    assert lines == ("Stranded by the", "closed border")
    assert max(width_of(line, 13) for line in lines) <= 100
    assert wrapped("Unbreakably", 13, 10) == ("Unbreakably",)
