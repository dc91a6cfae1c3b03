"""Chains: the eight that people know, and every other origin that was copied."""

from __future__ import annotations

import pytest

from tallystick.reconcile.account import Account, reconcile
from tallystick.vocab.programme import Programme
from tests.reconcile.small import claim, copy_of, programme

EIGHT = {
    "border_count_2024": {"rosstat24_total", "yonhap_13221", "isw_13221", "newsyou_13", "pravda_13k", "vedomosti_7800"},
    "interviews_2025": {"fuels25_arr10k", "particle_50k", "archyde_10k", "glav_10k", "dv_isk"},
    "two_billion": {"inhl12_rev", "darusman_rev", "time_rev", "gsi_rev", "mt_2bn", "outlaw_rev", "perspective18_rev"},
    "us_estimate_2017": {"us_2017_100k", "us_2017_rev", "un17_100k", "cnn18_500m", "poe24_100k", "poe24_500m"},
    "permit_report": {"ru_permits_2017", "ru_permits_2018", "ru_repat_18533", "dbeast_20k"},
    "ambassador_2018": {"mats_peak", "mats_visas", "upi18_35_37", "elnashra_37k", "naaju_37k"},
    "agency_briefing_2024": {"nis_oct24_stock", "nis_oct24_wage", "asiapress25_nis4000", "gaze_800", "finagg_800"},
    "it_income": {"it19_1000", "it19_take", "it19_rev"},
}


@pytest.mark.parametrize("name", EIGHT)
def test_the_chains_that_people_know_are_found(account: Account, name: str) -> None:
    (chain,) = (each for each in account.chains if each.id == name)
    assert set(chain.members) >= EIGHT[name]
    assert chain.title
    assert len(chain.story.split()) > 30


@pytest.mark.parametrize("name", EIGHT)
def test_every_member_of_a_told_chain_is_linked_to_one_of_its_roots(account: Account, name: str) -> None:
    (chain,) = (each for each in account.chains if each.id == name)
    origins = {account.origin_of(root).id for root in chain.roots}
    assert {account.origin_of(member).id for member in chain.members} <= origins


def test_every_copied_origin_is_in_a_chain(account: Account) -> None:
    told = {member for chain in account.chains for member in chain.members}
    for origin in account.origins:
        if len(origin.members) > 1:
            assert set(origin.members) <= told


def test_each_copy_says_what_it_lost_and_each_root_says_nothing(account: Account) -> None:
    for chain in account.chains:
        assert set(chain.kind_of_each) == set(chain.members)
        copies = {member for member, kind in chain.kind_of_each.items() if kind != "root"}
        assert set(chain.lost) == copies
        assert all(sentence.endswith(".") for sentence in chain.lost.values())


@pytest.mark.parametrize(
    ("copy", "words"),
    [
        ("pravda_13k", "credits NIS (misattributed) instead of Rosstat"),
        ("perspective18_rev", "keeps only the upper end of USD 1.2 to 2.3 billion a year"),
        ("particle_50k", "turns workers announced or planned into workers present"),
        ("elnashra_37k", 'turns "37,000 persons" into "up to 37,000 persons"'),
        ("eduyt_visa", 'turns "3,765 crossings" into "3,765 visas"'),
        ("newsyou_13", 'turns "13,221 crossings" into "13 crossings"'),
        ("kbs_511", "turns workers present into citizens present"),
        ("poe24_500m", 'turns "at least USD 500 million a year" into "USD 500 million a year"'),
        ("ru_repat_18533", "adds no observation"),
    ],
)
def test_known_losses_are_told(account: Account, copy: str, words: str) -> None:
    assert any(words in chain.lost[copy] for chain in account.chains_of(copy)), account.chains_of(copy)


def test_a_story_whose_claims_are_not_yet_said_is_not_told() -> None:
    first, echo = claim("first"), claim("elsewhere")
    story = {"id": "s", "title": "T", "story": "S", "roots": ["first"], "members": ["not_yet"]}
    small = programme(first, echo, copy_of(first, "echo"), tables={"chains": {"chain": [story]}})
    assert [chain.id for chain in reconcile(small).chains] == ["origin-first"]


def test_no_output_names_a_claim_that_does_not_exist(shipped: Programme, account: Account) -> None:
    names = {each.id for each in shipped.claims}
    assert {member for chain in account.chains for member in (*chain.members, *chain.roots)} <= names
