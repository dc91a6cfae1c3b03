"""Promise T2 for paraphrases: a thousand rows that say a report again, in other words, weigh nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from tallystick.reconcile.account import Account, fit_input_hash, reconcile
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim

HOW_MANY = 1000
RUBLES = 64.0  # any rate: what a copy converts to is not read


def report(account: Account, programme: Programme) -> tuple[Claim, ...]:
    """Every claim of the voice that speaks with the most used figures."""
    voices = Counter(seen.voice for seen in account.observations)
    most = max(voices, key=lambda name: (voices[name], name))
    return tuple(programme.claim(seen.claim) for seen in account.observations if seen.voice == most)


def paraphrases(claims: tuple[Claim, ...], programme: Programme, how_many: int, seed: int) -> tuple[Claim, ...]:
    """Rows that repeat, round or convert a figure, under other names, by other asserters, dated before or after."""
    chance, classes = Random(seed), tuple(programme.asserter_classes)
    return tuple(_paraphrase(chance, chance.choice(claims), number, classes) for number in range(how_many))


def _paraphrase(chance: Random, original: Claim, number: int, classes: tuple[str, ...]) -> Claim:
    kind = chance.choice(["repeats", "rounds", "converts", "suspected"])
    proven = kind != "suspected"
    days = timedelta(days=chance.randint(-900, 900))
    named = f"{original.asserted_by} (via page {number})"
    return replace(
        _figure(chance, original, kind),
        id=f"{chance.choice(['aaa', 'zzz'])}_paraphrase_{number}",
        asserted_by=chance.choice([named, f"page {number}", original.asserted_by]),
        asserter_class=chance.choice(classes),
        published_by=f"page {number}",
        url=f"https://page-{number}.example",
        hedge=chance.choice(["", "about", "as is said"]),
        start=chance.choice([original.start, None]),
        end=original.end,
        region=chance.choice([original.region, ""]),
        asserted_earliest=original.asserted_earliest + days,
        asserted_latest=original.asserted_latest + days,
        link_kind=kind,  # type: ignore[arg-type]
        derived_from=(original.id,) if proven else (),
        suspected_from=() if proven else (original.id,),
        row=20_000 + number,
    )


def _figure(chance: Random, original: Claim, kind: str) -> Claim:
    """The figure as that kind of copy gives it."""
    if kind == "repeats":
        return original
    change = {"rounds": _rounded, "converts": lambda value: value * RUBLES}.get(
        kind, lambda value: value * chance.uniform(0.9, 1.1)
    )
    low, point, high = (
        None if value is None else change(value) for value in (original.low, original.point, original.high)
    )
    return replace(original, low=low, point=point, high=high)


def _rounded(value: float) -> float:
    digits = len(str(int(value))) - 1
    return float(round(value, -digits)) or value


@pytest.mark.parametrize("seed", [1, 2])
def test_a_thousand_paraphrases_of_one_report_leave_the_hash_unchanged(
    shipped: Programme, account: Account, seed: int
) -> None:
    """So they move no estimate at all: the fit is not run again. (The promise allows 1 % of an 80 % interval.)"""
    said = paraphrases(report(account, shipped), shipped, HOW_MANY, seed)
    told = replace(shipped, claims=(*shipped.claims, *said))
    again = reconcile(told)
    assert {again.disposition_of(one.id).disposition for one in said} == {"repeat"}
    assert len(again.origins) == len(account.origins)
    assert fit_input_hash(again, told) == fit_input_hash(account, shipped)


@pytest.mark.parametrize("seed", [3, 4])
def test_a_thousand_paraphrases_of_all_that_is_used_leave_the_hash_unchanged(
    shipped: Programme, account: Account, seed: int
) -> None:
    used = tuple(shipped.claim(seen.claim) for seen in account.observations)
    told = replace(shipped, claims=(*shipped.claims, *paraphrases(used, shipped, HOW_MANY, seed)))
    again = reconcile(told)
    assert len(again.origins) == len(account.origins)
    assert fit_input_hash(again, told) == fit_input_hash(account, shipped)


def test_paraphrases_of_paraphrases_fold_into_the_first(shipped: Programme, account: Account) -> None:
    """Each a copy of one of those before it: a chain that no page shows whole."""
    chance, said = Random(5), list(report(account, shipped))
    roots = len(said)
    for number in range(200):
        said.append(_paraphrase(chance, chance.choice(said), number, tuple(shipped.asserter_classes)))
    told = replace(shipped, claims=(*shipped.claims, *said[roots:]))
    assert fit_input_hash(reconcile(told), told) == fit_input_hash(account, shipped)


def test_a_paraphrase_whose_link_nobody_has_recorded_is_an_origin_of_its_own(
    shipped: Programme, account: Account
) -> None:
    """What the promise rests on: without its link a copy votes again, so that the tests above can fail."""
    original = shipped.claim("tip19")
    (one,) = paraphrases((original,), shipped, 1, 6)
    days = {"asserted_earliest": original.asserted_earliest, "asserted_latest": original.asserted_latest}
    loose = replace(one, link_kind="none", derived_from=(), suspected_from=(), asserted_by="nobody we know", **days)
    told = replace(shipped, claims=(*shipped.claims, loose))
    again = reconcile(told)
    assert again.disposition_of(loose.id).disposition == "used"
    assert fit_input_hash(again, told) != fit_input_hash(account, shipped)
