"""A short scorer of our own for the annotated texts: value and measure, host and year, source.

It is stricter than the annotation's own scorer: names of one source in other words are matched by shared words alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

NEAR = 0.01
SMALL_WORDS = frozenset(
    ["the", "of", "a", "an", "s", "us", "in", "and", "to", "for", "by", "from", "its", "according", "report", "reports"]
)


def f1(gold: Sequence[Mapping[str, Any]], read: Mapping[str, Sequence[Mapping[str, Any]]], criterion: str) -> float:
    right = many = missed = 0
    for row in gold:
        left = list(read[row["doc_id"]])
        required = [claim for claim in row["claims"] if not claim.get("optional")]
        for claim in required:
            match = next((one for one in left if _matches(claim, one, criterion)), None)
            if match is None:
                missed += 1
            else:
                left.remove(match)
                right += 1
        optional = [claim for claim in row["claims"] if claim.get("optional")]
        many += sum(one["measure"] != "other_relevant" and not any(_values(c, one) for c in optional) for one in left)
    return 2 * right / (2 * right + many + missed)


def _matches(claim: Mapping[str, Any], one: Mapping[str, Any], criterion: str) -> bool:
    if not _values(claim, one) or one["measure"] not in (claim["measure"], *claim.get("measure_accept", ())):
        return False
    if criterion == "b":
        return one["host_country"] in (claim["host_country"], *claim.get("host_accept", ())) and _years(claim, one)
    return criterion == "a" or _source(claim, one)


def _values(claim: Mapping[str, Any], one: Mapping[str, Any]) -> bool:
    names = ("value_low", "value_point", "value_high")
    left, right = (sorted({float(x[n]) for n in names if x.get(n) is not None}) for x in (claim, one))
    if len(left) != len(right):
        return False
    return all(abs(a - b) <= NEAR * max(abs(a), abs(b)) for a, b in zip(left, right, strict=True))


def _years(claim: Mapping[str, Any], one: Mapping[str, Any]) -> bool:
    wanted, read = (_span(x.get("period") or "") for x in (claim, one))
    return not wanted or bool(wanted & read)


def _span(period: str) -> set[int]:
    years = [int(year) for year in re.findall(r"(?:19|20)\d\d", period)]
    return set(range(min(years), max(years) + 1)) if years else set()


def _source(claim: Mapping[str, Any], one: Mapping[str, Any]) -> bool:
    accepted = [name for name in (claim.get("asserted_by"), *claim.get("asserted_by_accept", ())) if name]
    if not claim.get("asserted_by") and not one["asserted_by"]:
        return True
    read = _names(one["asserted_by"] or "")
    return any(_alike(_names(name), read) for name in accepted)


def _names(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.lower())) - SMALL_WORDS


def _alike(left: frozenset[str], right: frozenset[str]) -> bool:
    return bool(left & right) and (len(left & right) * 2 >= len(left | right) or left <= right or right <= left)
