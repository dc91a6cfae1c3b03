"""Whether there is a rate and a price level for every sum of money that may inform an estimate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tallystick.evidence.claim_rows import CLAIMS
from tallystick.evidence.faults import Faults
from tallystick.evidence.quantities import currency_of
from tallystick.evidence.settings import PRICES, RATES, Frame
from tallystick.vocab.programme import ExchangeRate, Measure, PriceLevel
from tallystick.vocab.records import Claim

DOLLAR = "USD"


def money_year(claim: Claim) -> int:
    """The year whose money a claim speaks of: where its period ends, else the first year it can have been said."""
    return (claim.end or claim.start or claim.asserted_earliest).year


def check_money(
    claims: Sequence[Claim],
    measures: Mapping[str, Measure],
    rates: Sequence[ExchangeRate],
    prices: Sequence[PriceLevel],
    frame: Frame,
    faults: Faults,
) -> None:
    """Fault each sum in a currency and year without a rate, and a price index without the year of constant dollars."""
    if prices and frame.constant_usd_year not in {level.year for level in prices}:
        problem = f"has no level for {frame.constant_usd_year}, the year of constant dollars"
        faults.add(problem, file=PRICES, field="level.year", hint="add the year, or change constant_usd_year")
    known = {(rate.currency, rate.year) for rate in rates}
    for claim in claims:
        measure = measures.get(claim.measure)
        currency = currency_of(claim.unit)
        if measure is None or claim.unit not in measure.units or currency in ("", DOLLAR) or not rates:
            continue
        if (currency, money_year(claim)) not in known:
            problem = f"no rate for {currency} in {money_year(claim)}"
            hint = f"add it to {RATES}, with its source"
            faults.add(problem, file=CLAIMS, row=claim.row, field="unit", hint=hint)
