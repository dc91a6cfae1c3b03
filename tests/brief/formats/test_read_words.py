"""Promise: what a program read takes its words, the copy's hash, offsets and who accepted it into every format."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from followthemoney import model
from prov.model import ProvDocument

from tallystick.brief.formats.claimreview import claimreview
from tallystick.brief.formats.ftm import ftm
from tallystick.brief.formats.prov import prov
from tallystick.brief.formats.shown import Shown, shown
from tallystick.evidence.programme import load_programme
from tallystick.evidence.read_notes import read_note
from tallystick.reconcile.account import reconcile

WORDS, COPY = "some 4,321 loaders", "ab" * 32
JUDGED = "accepted by ana on 2024-04-03"


@pytest.fixture(scope="module")
def copied() -> str:
    """A claim that is reviewed: it repeats another."""
    programme = load_programme("dprk")
    account = reconcile(programme)
    return next(
        one.id
        for one in programme.claims
        if one.derived_from and account.disposition_of(one.id).disposition == "repeat"
    )


@pytest.fixture(scope="module")
def read(copied: str) -> Shown:
    """The evidence with that claim as a program read it."""
    programme = load_programme("dprk")
    note = read_note("grammar 1", "ana", date(2024, 4, 3), proposed=False, document="d01", corrected=("low, by ben",))
    claims = tuple(replace(one, note=note) if one.id == copied else one for one in programme.claims)
    quote = {"claim": copied, "quote": WORDS, "passage": f"There were {WORDS}.", "place": "page 3", "start": "11",
             "end": "29", "document": COPY}  # fmt: skip
    changed = replace(programme, claims=claims, hand={**programme.hand, "quotes": (quote,)})
    return shown(changed, reconcile(changed))


def _of_ftm(told: Shown, claim: str) -> str:
    lines = map(json.loads, ftm(told).splitlines())
    (note,) = [one for one in lines if one["properties"].get("name") == [f"Claim {claim}"]]
    (text,) = note["properties"]["description"]
    description = model.get("Note").get("description")  # type: ignore[union-attr]
    assert description is not None
    assert description.type.clean(text) == text
    return str(text)


def _of_prov(told: Shown, claim: str) -> str:
    written = prov(told, "9.9.9")
    assert ProvDocument.deserialize(content=written, format="json").get_records()
    return json.dumps(json.loads(written)["entity"][f"claim:{claim}"])


def _of_claimreview(told: Shown, claim: str) -> str:
    written = json.loads(claimreview(told, "9.9.9"))
    schema = json.loads(Path(__file__).with_name("claimreview.schema.json").read_text(encoding="utf-8"))
    assert [fault.message for fault in jsonschema.Draft202012Validator(schema).iter_errors(written)] == []
    (review,) = [one for one in written["@graph"] if one["@id"].endswith(f":{claim}")]
    return json.dumps(review["itemReviewed"])


@pytest.mark.parametrize("export", [_of_ftm, _of_prov, _of_claimreview])
def test_words_hash_offsets_and_who_accepted_them_go_with_the_claim(
    read: Shown, copied: str, told: Shown, export: Callable[[Shown, str], str]
) -> None:
    for said in (WORDS, COPY, "11", "29", JUDGED):
        assert said in export(read, copied), said
    for said in (WORDS, COPY, "ccepted by"):
        assert said not in export(told, copied), said
