"""Promise: no number and no reference of a document leads nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tallystick.brief.document import Chapter, Chart, Column, Figure, Paragraph, Ref, Table, spans
from tallystick.vocab.errors import BriefError
from tests.brief.demo import claim, demo, estimate, stock_chart


def _chapter(*parts: object) -> Chapter:
    return Chapter(id="extra", title="Extra", blocks=(Paragraph(spans(*parts)),))  # type: ignore[arg-type]


def test_a_number_without_claim_or_estimate_cannot_be_written() -> None:
    with pytest.raises(BriefError, match="the figure '4,000' names neither a claim nor an estimate"):
        Figure("4,000")


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        (Figure("4", ("ghost",)), "figure '4' points at claim ghost"),
        (Figure("4", (), "ghost"), "figure '4' points at estimate ghost"),
        (Ref("there", "entry", "ghost"), "reference 'there' points at entry ghost"),
        (Ref("there", "chapter", "ghost"), "reference 'there' points at chapter ghost"),
    ],
)
def test_what_leads_nowhere_is_named(part: Figure | Ref, fault: str) -> None:
    with pytest.raises(BriefError, match=fault):
        demo(chapters=(_chapter(part),))


def test_cards_may_not_lead_nowhere_either() -> None:
    with pytest.raises(BriefError, match="estimate present-2024 points at claim ghost"):
        demo(estimates=(replace(estimate(), claims=("ghost",)),))
    with pytest.raises(BriefError, match="claim lone points at claim ghost"):
        demo(claims=(*demo().claims, claim("lone", origin="ghost")))


def test_an_id_given_twice_is_named() -> None:
    with pytest.raises(BriefError, match="claim courier24 appears 2 times"):
        demo(claims=(*demo().claims, claim("courier24")))


def test_many_faults_are_told_in_one_error_and_the_rest_counted() -> None:
    figures = [Figure(str(number), (f"ghost{number}",)) for number in range(15)]
    with pytest.raises(BriefError, match=r"ghost0, .*ghost11, .*; and 3 more"):
        demo(chapters=(_chapter(*figures),))


def test_a_row_has_one_cell_per_column() -> None:
    with pytest.raises(BriefError, match="table 't', row 1: 1 cells for 2 columns"):
        Table(id="t", columns=(Column(title="a"), Column(title="b")), rows=((spans("x"),),))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [({"claims": (), "estimates": ()}, "names neither claims nor estimates"), ({"alt": " "}, "cannot see it")],
)
def test_a_chart_says_what_it_rests_on_and_what_it_shows(changes: dict[str, object], fault: str) -> None:
    fields = {name: getattr(stock_chart(), name) for name in Chart.__dataclass_fields__}
    with pytest.raises(BriefError, match=fault):
        Chart(**(fields | changes))  # type: ignore[arg-type]
