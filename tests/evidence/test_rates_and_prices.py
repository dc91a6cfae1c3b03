"""Exchange rates and US prices: each with a citation, each made again from months, each near what claims imply.

Months below were read on 21 November 2026 in the public files that the TOML names: monthly means of the Bank of
Russia's official daily rate (4 decimals), the Federal Reserve's monthly H.10 means, CPI-U by month.
"""

from __future__ import annotations

import csv
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import pytest

DATA = files("tallystick") / "data" / "dprk"
PARTIAL = {("RUB", 2026), ("CPI", 2025), ("CPI", 2026)}
PUBLIC_FILE = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+/blob/[0-9a-f]{40}/\S+\.(csv|zip)")


def table(name: str, kind: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((DATA / name).read_text(encoding="utf-8"))[kind])


RATES = {(row["currency"], row["year"]): row for row in table("exchange_rates.toml", "rate")}
LEVELS = {row["year"]: row for row in table("price_index.toml", "level")}
ENTRIES = {**RATES, **{("CPI", year): row for year, row in LEVELS.items()}}
CLAIMS = {row["id"]: row for row in csv.DictReader((DATA / "claims.csv").read_text(encoding="utf-8").splitlines())}


@pytest.mark.parametrize("key", ENTRIES, ids=lambda key: f"{key[0]}-{key[1]}")
def test_every_entry_says_who_published_it_where_it_was_read_and_how(key: tuple[str, int]) -> None:
    entry = ENTRIES[key]
    assert len(entry["source"]) > 20
    assert PUBLIC_FILE.fullmatch(entry["url"]), entry["url"]
    assert len(entry["how_read"]) > 40
    assert entry["how_read"].startswith("Partial year:") == (key in PARTIAL)


def test_no_year_stands_twice() -> None:
    assert len(RATES) == len(table("exchange_rates.toml", "rate"))
    assert len(LEVELS) == len(table("price_index.toml", "level"))


def test_the_years_that_the_headers_promise_are_held() -> None:
    held = {currency: sorted(year for code, year in RATES if code == currency) for currency, _ in RATES}
    assert held == {
        "RUB": list(range(2003, 2027)),
        "CNY": list(range(2010, 2026)),
        "KRW": list(range(2010, 2026)),
        "ISK": [2025],
    }
    assert sorted(LEVELS) == list(range(2000, 2027))


def year_of(claim: dict[str, str]) -> str:
    """The year in which a sum is converted; empty when the claim names no day at all."""
    return (claim["period_end"] or claim["period_start"] or claim["published_on"])[:4]


IN_OTHER_CURRENCY = [row for row in CLAIMS.values() if re.match("RUB|CNY|KRW|ISK", row["unit"])]


@pytest.mark.parametrize("claim", [row for row in IN_OTHER_CURRENCY if year_of(row)], ids=lambda claim: claim["id"])
def test_every_dated_claim_in_another_currency_has_its_rate_and_price_level(claim: dict[str, str]) -> None:
    assert (claim["unit"][:3], int(year_of(claim))) in RATES
    assert int(year_of(claim)) in LEVELS


def test_at_most_one_claim_in_another_currency_names_no_day_at_all() -> None:
    """It cannot be converted as it stands: a comparable wage, undated in the text read."""
    assert {claim["id"] for claim in IN_OTHER_CURRENCY if not year_of(claim)} <= {"msu_ca"}


# Monthly means, January first. The year's rate is their mean, as the World Bank reckons it.
MONTHS = {
    ("RUB", 2012): "31.2383 29.8855 29.3319 29.4909 30.8044 32.8784 32.5251 31.9568 31.5177 31.1157 31.3988 30.7373",
    ("RUB", 2024): "88.6803 91.5183 91.7316 92.9586 90.6072 87.7569 87.4916 89.1602 91.2345 96.1602 100.6874 102.2596",
    ("RUB", 2025): "100.4121 92.7423 86.0234 83.4256 80.2048 78.6679 78.7724 80.1278 82.9708 80.9214 80.3438 78.4016",
    ("RUB", 2026): "77.2150 76.9278 80.5037 76.8898 72.8112 73.5829 77.8817 83.1745 85.1103",
    ("CPI", 2003): "181.7 183.1 184.2 183.8 183.5 183.7 183.9 184.6 185.2 185.0 184.5 184.3",
    ("CPI", 2015): "233.707 234.722 236.119 236.599 237.805 238.638 238.654 238.316 237.945 237.838 237.336 236.525",
    ("CPI", 2024): "308.417 310.326 312.332 313.548 314.069 314.175 314.540 314.796 315.301 315.664 315.493 315.605",
    ("CPI", 2025): "317.671 319.082 319.799 320.795 321.465 322.561 323.048 323.976 324.800 324.122 324.054",
}


@pytest.mark.parametrize("key", MONTHS, ids=lambda key: f"{key[0]}-{key[1]}")
def test_the_mean_of_the_months_gives_the_year_to_its_last_decimal(key: tuple[str, int]) -> None:
    entry = ENTRIES[key]
    mean = fmean(float(month) for month in MONTHS[key].split())
    last = 0.0005 if key[0] == "CPI" else 0.0001  # CPI is kept to 3 decimals, the rouble to 4
    assert entry.get("per_usd", entry.get("index")) == pytest.approx(mean, abs=last)


# H.10: the published year is a mean of days, so a mean of months may differ, but hardly.
H10_MONTHS = {
    ("CNY", 2024): "7.1707 7.1935 7.2015 7.2374 7.2327 7.2547 7.2609 7.1475 7.0760 7.0881 7.2063 7.2807",
    ("KRW", 2015): (
        "1088.1300 1101.4605 1112.9005 1084.6709 1092.6365 1112.8832 "
        "1146.5468 1178.1438 1184.3300 1143.1990 1153.4721 1169.9464"
    ),
}


@pytest.mark.parametrize("key", H10_MONTHS, ids=lambda key: f"{key[0]}-{key[1]}")
def test_the_mean_of_the_months_comes_within_a_thousandth_of_a_published_mean_of_days(key: tuple[str, int]) -> None:
    mean = fmean(float(month) for month in H10_MONTHS[key].split())
    assert RATES[key]["per_usd"] == pytest.approx(mean, rel=0.001)


# The euro reference rates of the European Central Bank, crossed: mean of days, until the bank stopped quoting.
CROSSED = {2010: 30.3867, 2012: 31.1016, 2015: 61.3392, 2017: 58.3625, 2019: 64.7180, 2021: 73.6798}


@pytest.mark.parametrize("year", CROSSED)
def test_a_second_central_bank_gives_the_same_rouble_within_one_percent(year: int) -> None:
    assert RATES["RUB", year]["per_usd"] == pytest.approx(CROSSED[year], rel=0.01)


class Implied(NamedTuple):
    """A claim that says one sum in two currencies, and how far its rate may be from the year's mean."""

    claim: str
    words: str  # what its note says
    units: float
    usd: float
    rate: tuple[str, int]
    tolerance: float


IMPLIED = [
    Implied("indian_wage2", "50,000 roubles", 50_000, 841, ("RUB", 2017), 0.03),
    Implied("aif22_cost", "60,000 roubles", 60_000, 1_000, ("RUB", 2022), 0.15),
    Implied("ru15_avg", "645 USD", 33_205, 645, ("RUB", 2015), 0.20),
    Implied("kbsid_rev", "dollar range", 1.3e12, 1.2e9, ("KRW", 2015), 0.05),
    Implied("kbsid_rev", "dollar range", 2.6e12, 2.3e9, ("KRW", 2015), 0.05),
    Implied("dv_isk", "100-200 USD", 13_000, 100, ("ISK", 2025), 0.02),
    Implied("dv_isk", "100-200 USD", 26_000, 200, ("ISK", 2025), 0.02),
]


@pytest.mark.parametrize("implied", IMPLIED, ids=lambda implied: f"{implied.claim}-{implied.units:g}")
def test_a_sum_that_sources_give_in_two_currencies_is_near_the_mean_rate(implied: Implied) -> None:
    """The rouble swung by half within a year; the others did not, and are held much closer."""
    row = CLAIMS[implied.claim]
    assert implied.words in row["note"]
    stated = {float(row[field]) for field in ("value_low", "value_point", "value_high") if row[field]}
    assert {implied.units, implied.usd} & stated
    assert implied.units / implied.usd == pytest.approx(RATES[implied.rate]["per_usd"], rel=implied.tolerance)


@pytest.mark.parametrize(
    ("units", "usd", "rate_then", "tolerance"),
    [
        pytest.param(60_000, 1_000, 59.8215, 0.01, id="september-2022-bank-of-russia"),
        pytest.param(100, 1.25, 79.9609, 0.001, id="3-may-2023-bank-of-russia"),
        pytest.param(33_205, 645, 52.6382, 0.03, id="april-2015-ecb-crossed"),
    ],
)
def test_where_the_year_misses_a_claim_its_own_month_does_not(
    units: float, usd: float, rate_then: float, tolerance: float
) -> None:
    """33,205 roubles is the wage of March 2015, but 645 USD is at the rate of the April in which it was printed.

    March stood at 60.11 (crossed), which would make 552 USD: the source did not convert at the period's rate.
    """
    assert units / usd == pytest.approx(rate_then, rel=tolerance)


def test_prices_rise_but_for_the_year_after_the_crash() -> None:
    fell = [year for year in sorted(LEVELS)[1:] if LEVELS[year]["index"] < LEVELS[year - 1]["index"]]
    assert fell == [2009]


def test_the_worked_example_of_the_method_page_follows_from_the_tables() -> None:
    page = (Path(__file__).parents[2] / "docs" / "methods" / "money.md").read_text(encoding="utf-8")
    usd = 60_000 / RATES["RUB", 2022]["per_usd"]
    constant = usd * LEVELS[2024]["index"] / LEVELS[2022]["index"]
    assert f"| {usd:.0f} USD | {RATES['RUB', 2022]['per_usd']} roubles per dollar" in page
    assert f"| {constant:.0f} USD | price level {LEVELS[2024]['index']} against {LEVELS[2022]['index']} |" in page
