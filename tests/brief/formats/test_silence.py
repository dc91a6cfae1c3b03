"""Promise: a withheld row says nothing in any export, not even that it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tallystick.brief.formats.bibtex import bibtex
from tallystick.brief.formats.claimreview import claimreview
from tallystick.brief.formats.ftm import ftm
from tallystick.brief.formats.prov import prov
from tallystick.brief.formats.shown import Shown, json_text, shown
from tallystick.evidence.withheld import LEFT_OUT
from tests.brief.formats.conftest import told_of
from tests.evidence.damage import Copy

EXPORTS: dict[str, Callable[[Shown], str]] = {
    "ftm": ftm,
    "prov": lambda told: prov(told, "9.9.9"),
    "claimreview": lambda told: claimreview(told, "9.9.9"),
    "bibtex": bibtex,
}
ALONE = "io_500k"  # the only claim of its page
COPIED = "deaths_40"  # an origin with copies
EVENT, STATEMENT = "E12", "fuels25_s37"
every_export = pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS)


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    copy = Copy(tmp_path_factory.mktemp("copy") / "programme")
    for name in (ALONE, COPIED):
        copy.withhold(name, "claim")
    copy.withhold(EVENT, "event")
    copy.withhold(STATEMENT)
    return told_of(copy.folder)


def _page(told: Shown, claim: str) -> str:
    return told.page_of[claim].id


def _spellings(claim: str) -> tuple[str, ...]:
    return claim, claim.replace("_", "."), claim.replace("_", r"\_")


@every_export
def test_no_export_names_a_withheld_row(export: Callable[[Shown], str], told: Shown, silent: Shown) -> None:
    written = export(silent)
    title = next(event.title for event in told.programme.events if event.id == EVENT)
    for word in (
        *_spellings(ALONE),
        *_spellings(COPIED),
        f'"dprk-{EVENT}-Event"',
        STATEMENT,
        LEFT_OUT,
        title,
        _page(told, ALONE),
    ):
        assert word not in written
    assert "figure of up to 0" not in written


def test_what_is_not_withheld_is_named(told: Shown) -> None:
    """Or the promise above would hold of an export that says nothing at all."""
    named = {
        "ftm": (ALONE.replace("_", "."), COPIED.replace("_", "."), f'"dprk-{EVENT}-Event"', _page(told, ALONE)),
        "prov": (ALONE, COPIED, _page(told, ALONE)),
        "bibtex": (ALONE.replace("_", r"\_"), COPIED.replace("_", r"\_"), _page(told, ALONE)),
    }
    for kind, words in named.items():
        written = EXPORTS[kind](told)
        assert [word for word in words if word not in written] == []


def test_an_origin_whose_first_claim_is_withheld_goes_by_another(told: Shown, silent: Shown) -> None:
    copies = [claim for claim in told.claims if COPIED in claim.derived_from]
    assert copies
    assert told.account.origin_of(COPIED).id == COPIED
    for claim in copies:
        assert silent.origin(claim) != COPIED
        assert silent.reason(claim) == ""
        assert silent.parents(claim) == ()
        assert told.reason(claim) != ""


@every_export
def test_rows_in_another_order_move_no_byte(export: Callable[[Shown], str], told: Shown) -> None:
    programme = told.programme
    turned = replace(
        programme, claims=programme.claims[::-1], events=programme.events[::-1], entities=programme.entities[::-1]
    )
    assert export(shown(turned, told.account)) == export(told)


def test_what_steers_a_terminal_or_hides_its_order_is_taken_out() -> None:
    assert json_text({"a\u202e": ["b\x1b[0m\u200b"]}) == '{"a": ["b[0m"]}'


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text({"a": float("nan")})


def test_the_programme_of_another_state_can_be_exported(told: Shown) -> None:
    other = told_of(Path(__file__).parents[2] / "programmes" / "vessany")
    for export in EXPORTS.values():
        assert other.programme.id in export(other) or export is bibtex
    assert told.programme.id not in ftm(other)
