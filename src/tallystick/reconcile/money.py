"""Money of the period in US dollars, and US dollars of one stated year.

Both are kept, because they answer different questions: what the state could buy then, and how sums years apart
compare. A sum is converted at the mean rate of the year that it speaks of, never at today's. A year without a rate
is an error that names currency and year; the nearest year would be a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from tallystick.evidence.quantities import currency_of
from tallystick.vocab.errors import TallystickError
from tallystick.vocab.programme import ExchangeRate, PriceLevel, Programme

USD = "USD"
RATES_FILE, PRICES_FILE = "exchange_rates.toml", "price_index.toml"


def is_money(unit: str) -> bool:
    """Whether the unit names a currency."""
    return bool(currency_of(unit))


def in_usd(value: float, unit: str, year: int, programme: Programme) -> float:
    """`value`, given in the currency of `unit`, in US dollars at the mean rate of `year`."""
    currency = currency_of(unit)
    if not currency:
        raise TallystickError(f"{unit!r} is no unit of money", hint="it begins with a currency code, as in RUB/month")
    return value if currency == USD else value / _rate(currency, year, programme.rates)


def constant_usd(value: float, year: int, programme: Programme) -> float:
    """`value` US dollars of `year` in dollars of `programme.constant_usd_year`, by US consumer prices."""
    then, base = (_level(at, programme.prices) for at in (year, programme.constant_usd_year))
    return value * base / then


def _rate(currency: str, year: int, rates: tuple[ExchangeRate, ...]) -> float:
    found = _rates(rates).get((currency, year))
    if found is None:
        hint = f"add a [[rate]] for {currency} and {year} with its source to {RATES_FILE}"
        raise TallystickError(f"no exchange rate of {currency} to {USD} for {year}", hint=hint)
    return found


def _level(year: int, prices: tuple[PriceLevel, ...]) -> float:
    found = _levels(prices).get(year)
    if found is None:
        hint = f"add a [[level]] for {year} with its source to {PRICES_FILE}"
        raise TallystickError(f"no level of {USD} consumer prices for {year}", hint=hint)
    return found


@lru_cache(maxsize=8)
def _rates(rates: tuple[ExchangeRate, ...]) -> Mapping[tuple[str, int], float]:
    return {(rate.currency, rate.year): rate.per_usd for rate in rates}


@lru_cache(maxsize=8)
def _levels(prices: tuple[PriceLevel, ...]) -> Mapping[int, float]:
    return {level.year: level.index for level in prices}
