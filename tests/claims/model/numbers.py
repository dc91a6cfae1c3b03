"""A number grammar of a dozen lines, so that these tests judge the gates and not the product's grammar."""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity

NUMBER = re.compile(
    r"(?P<bound>more than |up to )?(?P<money>\$)?(?P<number>\d[\d,]*)"
    r"(?P<kind> percent| years?| days?)?(?P<per> a month)?"
)


def find(text: str, language: str) -> tuple[Quantity, ...]:
    """ "more than 1,000", "up to 70 percent", "$300 a month", "three" never."""
    assert language == "en"
    return tuple(_quantity(one) for one in NUMBER.finditer(text))


def _quantity(found: re.Match[str]) -> Quantity:
    bound, value = found["bound"] or "", float(found["number"].replace(",", ""))
    kind = {" percent": "percent", None: "money" if found["money"] else "count"}.get(found["kind"], "duration")
    return Quantity(
        start=found.start(),
        end=found.end(),
        number_start=found.start("number"),
        number_end=found.end("number"),
        low=value if bound.startswith("more") else None,
        point=None if bound else value,
        high=value if bound.startswith("up") else None,
        kind=kind,
        unit={"money": "USD", "percent": "percent", "duration": (found["kind"] or "").strip(" s")}.get(kind, ""),
        per="month" if found["per"] else "",
    )
