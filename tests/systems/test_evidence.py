"""Systems of knowing: history, networks that report, copies and broken phrases, forecasts."""

from __future__ import annotations

import json
import tomllib
from dataclasses import FrozenInstanceError, replace
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from tallystick.brief.chapters.systems import STATES
from tallystick.evidence.programme import SHIPPED
from tallystick.reconcile.account import fit_input_hash, reconcile
from tallystick.reconcile.chronology import compatible, in_order, narrowed
from tallystick.reconcile.standing import class_of_statement, doubted_by, weight_of_claim, weight_of_class
from tallystick.vocab.records import Event
from tests.reconcile.test_fingerprint import with_claims
from tests.systems.described import row
from tests.systems.real import account, programme

FORECASTS = {  # by id, what day, wording and test of each come to: a forecast is never edited, a new one gets an id
    "shells_gone_2023": "a6453080ba8dc6dc",
    "flow_goes_on": "f5d021c24e5ca2a9",
    "above_50000": "c5ddd3832aae6b7c",
    "kursk_5000": "9593ae0c88ca9832",
    "occupied_regions": "cb7555448567bdac",
    "after_the_fighting": "70c033b35d9f83eb",
    "scouts_then_10000": "500a054d9e13751a",
    "engine_teaches_little": "b3d09244a55132c3",
}
COPIED = ("bbc_esc22", "bbc_hours18", "ap22copy_hours")


@row("History since the 1940s", system="history", uses="E01 E02")
def test_history_since_the_1940s() -> None:
    """Order the events in time with their precision; show 1948 against the late 1940s as compatible."""
    events = {event.id: event for event in programme().events}
    ordered = in_order(programme().events)
    starts = [event.start or date.min for event in ordered]
    assert starts == sorted(starts)
    assert len(ordered) == len(events) - 1
    assert events["E31"] not in ordered  # a prediction is no event
    assert {event.precision for event in ordered} >= {"day", "month", "quarter", "year", "decade part", "range"}
    late_forties, of_1948 = events["E01"], events["E02"]
    assert (late_forties.precision, of_1948.precision) == ("decade part", "year")
    assert compatible(late_forties, of_1948)
    (both,) = account().datings
    assert (both.events, both.start, both.end) == (("E01", "E02"), date(1948, 1, 1), date(1948, 12, 31))
    assert not compatible(late_forties, events["E03"])
    with pytest.raises(ValueError, match="E01 and E03 share no day"):
        narrowed(late_forties, events["E03"])
    assert compatible(replace(late_forties, end=None), events["E03"])
    said = {each.id: each for each in programme().statements}
    assert (said["perspective18_s01"].period, said["rsis23_s24"].period) == ("1948", "late 1940s-2023")


@row("Reporting networks and intelligence", system="reporting", uses="K3")
def test_reporting_networks_and_intelligence() -> None:
    """Weigh an outlet, an agency and a repeat differently; a claim on jobs falls when the source says that it could
    not confirm it."""
    claims = {claim.id: claim for claim in programme().claims}
    inside = next(claims[name] for name in ("dnk_take_civ", "asiapress25_nis800") if _used(name, "testimony", claims))
    agency = next(claim for name, claim in claims.items() if _used(name, "government", claims))
    weights = [weight_of_claim(name, programme(), account()) for name in (inside.id, agency.id, "fuels25_esc22")]
    assert len(set(weights)) == 3
    assert weights[2] == 0  # a repeat was counted with its origin
    rows = {each.id: each for each in programme().statements}
    jobs, early, other = rows["asiapress25_s11"], rows["asiapress25_s13"], rows["rsis23_s38"]
    assert doubted_by(jobs, programme()) == ("asiapress25_s01",)
    assert (early.kind, early.paragraph) == (jobs.kind, "")
    for paragraph in ("", "6"):  # the remark reaches paragraphs 11 to 13
        assert doubted_by(replace(early, paragraph=paragraph), programme()) == ()
    assert doubted_by(other, programme()) == ()  # and no other report
    sure = tuple(each for each in programme().statements if each.id != "asiapress25_s01")
    confirmed = replace(programme(), statements=sure)
    stands, falls = (class_of_statement(jobs, each) for each in (confirmed, programme()))
    assert (stands, falls) == ("media", "unsourced")
    assert weight_of_class(falls, programme()) < weight_of_class(stands, programme())
    assert class_of_statement(replace(jobs, asserted_by="nobody who was judged"), confirmed) == ""


def _used(name: str, of_class: str, claims: dict[str, Any]) -> bool:
    known = claims.get(name)
    return known is not None and known.asserter_class == of_class and account().observation_of(name) is not None


@row("Syndication and machine translation", system="syndication", uses="K3 K7")
def test_syndication_and_machine_translation() -> None:
    """Count a BBC or AP copy once; adding ten copies does not narrow an interval; show a broken phrase as broken."""
    before = fit_input_hash(account(), programme())
    for number, name in enumerate(COPIED):
        original = programme().claim(name)
        copies = tuple(
            replace(original, id=f"{name}_copy_{at}", url=f"https://copy-{at}.example", row=10_000 + 100 * number + at)
            for at in range(10)
        )
        copied = with_claims(programme(), programme().claims + copies)
        again = reconcile(copied)
        assert fit_input_hash(again, copied) == before, name  # the same fit, so the same interval
        assert len(again.origins) == len(account().origins)
        assert {again.origin_of(copy.id).id for copy in copies} == {account().origin_of(name).id}
        assert not any(again.observation_of(copy.id) for copy in copies)
    broken = [each for each in account().dispositions if each.disposition == "garbled"]
    assert len(broken) > 5
    for each in broken:
        chain = next(chain for chain in account().chains_of(each.claim) if chain.kind_of_each[each.claim] == "garbles")
        assert chain.lost[each.claim], each.claim
    split_in_two = account().chains_of("newsyou_13")[0]
    assert split_in_two.kind_of_each["newsyou_13"] == "garbles"
    assert "13" in split_in_two.lost["newsyou_13"]
    said = {each.id: each.statement for each in programme().statements}
    assert "Broken phrases" in said["ap22copy_s45"]
    assert "translates it by program" in said["ap22copy_s47"]


def _fingerprint(forecast: dict[str, Any], keys: tuple[str, ...]) -> str:
    """A forecast's day, wording and test, in so few signs that a change cannot go unseen."""
    text = json.dumps({key: str(forecast.get(key)) for key in (*keys, "due")}, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:16]


@row("Predictions", system="predictions", uses="K3 V2 builders")
def test_predictions() -> None:
    """Keep date, wording and test fixed; score held, failed or still open without editing the forecast."""
    file = SHIPPED / "dprk" / "predictions.toml"
    written = tomllib.loads(file.read_text(encoding="utf-8"))["prediction"]
    told = list(programme().tables["predictions"]["prediction"])
    assert len(told) == 8
    fixed = ("id", "name", "wording", "said_by", "said_earliest", "said_latest", "check", "evidence")
    for wrote, says in zip(written, told, strict=True):
        assert {key: wrote[key] for key in fixed} == {key: says[key] for key in fixed}, wrote["id"]
        assert "state" not in wrote  # its state is judged in a file of its own
        assert wrote["said_earliest"] <= wrote["said_latest"]
    judged = {each["id"]: each for each in programme().hand["predictions"]}
    assert set(judged) == {each["id"] for each in written}
    assert {each["state"] for each in judged.values()} <= set(STATES)
    assert all(each["reason"] and each["judged_by"] and each["judged_on"] for each in judged.values())
    assert {
        each["id"]: _fingerprint(each, fixed) for each in written
    } == FORECASTS  # as it was last written down: CORRECTIONS.md has every change
    for each in written:  # nobody judges a forecast before the day that it speaks of
        due = each.get("due")
        assert due is None or judged[each["id"]]["state"] == "open" or judged[each["id"]]["judged_on"] > f"{due}"
    event = Event(
        id="E", start=None, end=None, precision="year", title="", actors=(), place="", report="", paragraph="", note=""
    )  # fmt: skip
    with pytest.raises(FrozenInstanceError):
        event.title = "edited"  # type: ignore[misc]  # what is read stays as it was read
