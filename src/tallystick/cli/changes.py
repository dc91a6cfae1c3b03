"""What a person types to correct a proposal: `field=value`, as the ledger will hold it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import Any

from tallystick.cli.workspace import check_text
from tallystick.vocab.errors import UsageError

LISTS = ("indicators", "limbs", "phases", "topics", "attribution")  # fields of several words, apart by ;
NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,12})?", re.ASCII)


def parts_of(line: str) -> dict[str, Any]:
    """`field=value field='other value'` as a correction holds it."""
    try:
        return changes_of(shlex.split(line))
    except ValueError as error:  # a quotation mark that is not closed
        raise UsageError(
            f"{line!r} cannot be read: {error}", hint="write FIELD=VALUE, as in low=4000 host=RU"
        ) from None


def changes_of(pairs: Sequence[str]) -> dict[str, Any]:
    """`field=value` as a correction holds it: numbers as numbers, a blank as none."""
    found: dict[str, Any] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise UsageError(f"{pair!r} sets nothing", hint="write FIELD=VALUE, as in low=4000 or host=RU")
        if name in found:
            raise UsageError(f"{name}: is set twice", hint="give each field once")
        found[name] = _value(name, value)
    return found


def _value(name: str, text: str) -> object:
    check_text(text, name)
    if name in LISTS:
        return [part.strip() for part in text.split(";") if part.strip()]
    if name not in ("low", "point", "high"):
        return (text or None) if name in ("start", "end") else text
    if text and not NUMBER.fullmatch(text):
        raise UsageError(f"{name}: {text!r} is no number", hint="digits and at most one point")
    return float(text) if text else None
