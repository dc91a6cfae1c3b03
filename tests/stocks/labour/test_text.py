"""The text itself: it passes every check for any shape, says what it rests on, and keeps inside what is internal."""

from __future__ import annotations

import pytest

from tallystick.evidence.programme import load_programme
from tallystick.stocks.check import checked
from tallystick.stocks.labour.assumptions import elements_of, parameters_of, rebuilding_of
from tallystick.stocks.labour.fields import Parameters
from tallystick.stocks.labour.shape import Shape
from tallystick.stocks.labour.text import ELEMENTS, build
from tallystick.vocab.errors import ModelError
from tallystick.vocab.programme import VisaClass
from tests.stocks.labour.made import SAID, SHAPE

WORK = VisaClass(id="work", name="work", authorises_work=True)
SEASON = VisaClass(id="season", name="season", authorises_work=True)
GUEST = VisaClass(id="guest", name="guest", authorises_work=False)
SHAPES = {
    "three hosts": SHAPE,
    "two hosts, two classes": Shape(focus="A", elsewhere=("B",), visa_classes=(WORK, GUEST)),
    "one host, two classes": Shape(focus="A", elsewhere=(), visa_classes=(WORK, GUEST)),
    "one host, one class": Shape(focus="A", elsewhere=(), visa_classes=(WORK,)),
    "two that authorise": Shape(focus="A", elsewhere=("B",), visa_classes=(WORK, SEASON, GUEST), rebuilding=("east",)),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_text_passes_every_check_for_any_shape(shape: Shape) -> None:
    assert len(checked(build(shape, SAID)).strata) >= 10


def test_a_single_host_with_one_class_has_a_text_too() -> None:
    graph = checked(build(SHAPES["one host, one class"], SAID))
    assert {flow.id for flow in graph.text.flows}.isdisjoint({"redirect", "depart_elsewhere", "relabel", "redeploy"})
    assert sum(stratum.startswith("abroad/") for stratum in graph.strata) == 3


def test_the_text_of_the_shipped_programme_passes_and_cites_its_rows() -> None:
    programme = load_programme()
    table = programme.tables["system"]
    shape = Shape(
        focus=programme.focus.id,
        elsewhere=tuple(id for id, host in programme.hosts.items() if not host.focus and id != "WW"),
        visa_classes=tuple(programme.visa_classes.values()),
        rebuilding=rebuilding_of(table),
    )
    elements = elements_of(table)
    graph = checked(build(shape, elements))
    groups = (programme.claims, programme.statements, programme.law)
    rows = {row.id for group in groups for row in group}
    for flow in graph.text.flows:
        assert flow.evidence == elements[flow.symbol].evidence
        assert set(flow.evidence) <= rows
        assert flow.evidence or elements[flow.symbol].status == "assumed"
    assert set(parameters_of(table)) == set(Parameters._fields)


def test_a_programme_that_says_nothing_of_an_element_is_told_which() -> None:
    said = {id: element for id, element in SAID.items() if id not in ("F4", "B7")}
    with pytest.raises(ModelError, match="nothing is said of F4, B7"):
        build(SHAPE, said)


def test_the_map_is_there_whole() -> None:
    symbols = {f"K{n}" for n in (1, 2, 3, 6, 7, 8, 9)} | {"M1", "M2", "M3"} | {f"V{n}" for n in range(1, 5)}
    flows = {f"F{n}" for n in range(1, 20)}
    assert symbols | flows <= set(ELEMENTS)
    text = build(SHAPE, SAID)
    moved = {each.symbol for group in (text.flows, text.postings, text.carriages) for each in group}
    drifting = {"F18": "knowledge", "F19": "vacancies"}  # flows into levels: their change is the level's own
    assert flows - moved == set(drifting)
    assert set(drifting.values()) <= {level.id for level in text.levels}


def test_flight_recapture_hiding_and_control_are_marked_internal() -> None:
    text = build(SHAPE, SAID)
    assert {flow.id for flow in text.flows if flow.is_internal} == {"flee", "recapture"}
    assert {stock.id for stock in text.stocks if stock.is_internal} == {"hiding"}
    assert {level.id for level in text.levels if level.is_internal} == {"control"}
    assert {loop.id for loop in text.loop_list if loop.is_internal} == {"B2", "R5", "R6", "R8"}


def test_a_shape_without_work_visas_is_refused() -> None:
    with pytest.raises(ModelError, match="no visa class authorises work"):
        Shape(focus="A", elsewhere=(), visa_classes=(GUEST,))


def test_the_word_for_an_unreported_region_names_no_region() -> None:
    with pytest.raises(ModelError, match="a region is called 'unknown'"):
        Shape(focus="A", elsewhere=(), visa_classes=(WORK,), rebuilding=("unknown",))
