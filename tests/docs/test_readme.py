"""Promise: what the README says of the evidence is true of the rows that ship."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import Account, reconcile
from tallystick.vocab.programme import Programme
from tests.docs.pages import ROOT

README = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
# The numbers of the second paragraph in their order: the origin of each, and what it counts.
ORIGINS = {
    "4,000": ("nis_oct24_stock", "workers_present"),
    "8,000": ("msmt_8000", "workers_arrived"),
    "13,221": ("rosstat24_total", "entries_total"),
    "15,000": ("nis_apr25_stock", "workers_arrived"),
    "50,000": ("belenets_50k", "workers_planned"),
}


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_programme()


@pytest.fixture(scope="module")
def account(programme: Programme) -> Account:
    return reconcile(programme)


def test_the_numbers_that_one_meets_are_originals_of_what_it_says(programme: Programme, account: Account) -> None:
    told = re.search(r"meets ([\d, and]+) workers in one host country. They are five originals that count four", README)
    assert told is not None
    assert re.findall(r"\d+,\d+", told[1]) == list(ORIGINS)
    assert len({measure for _, measure in ORIGINS.values()}) == 4
    origins = {each.id for each in account.origins}
    for number, (id, measure) in ORIGINS.items():
        claim = programme.claim(id)
        assert id in origins
        assert (claim.host, claim.measure) == (programme.focus.id, measure)
        assert float(number.replace(",", "")) in (claim.point, claim.high)


def test_as_many_figures_go_back_to_them_as_it_says(account: Account) -> None:
    named = {id for id, _ in ORIGINS.values()}
    copies = [len(each.members) - 1 for each in account.origins if each.id in named]
    assert f"{sum(copies)} more figures go back to four of them" in README
    assert sum(count > 0 for count in copies) == 4
    uses = {each.claim: each.disposition for each in account.dispositions}
    assert {uses["newsyou_13"], uses["particle_50k"]} == {"garbled"}


def test_the_last_count_of_the_largest_host_is_one_of_its_day(account: Account) -> None:
    counts = [each for each in account.observations if (each.host, each.measure) == ("CN", "workers_present")]
    last = [each.claim for each in counts if each.end >= date(2020, 1, 1)]
    assert last == ["rfa23_cn100k"]
    assert "one unnamed source's, of December 2023" in README
