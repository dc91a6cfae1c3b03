"""Promise: a claim of one country is its share of the other hosts where it counts heads, else it is read whole."""

from __future__ import annotations

from tests.calibrate.real import programme, ready


def test_only_counts_of_one_country_are_shares_of_the_other_hosts() -> None:
    data, observations = ready().data, ready().observations
    kinds = {
        programme().measures[one.measure].kind for one, part in zip(observations, data.part, strict=True) if part >= 0
    }
    assert kinds == {"S", "F"}
    rates = [one for one in observations if programme().measures[one.measure].kind == "U"]
    elsewhere = [one for one in rates if one.host not in programme().hosts]
    assert elsewhere, "the evidence no longer holds a rate of a single country"
    assert all(data.part[observations.index(one)] == -1 for one in elsewhere)
