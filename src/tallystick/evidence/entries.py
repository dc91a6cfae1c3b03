"""TOML tables turned into values: what must be there, of which type, and nothing that nobody reads."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any

from tallystick.evidence.cells import ADDRESS, IDENTIFIER, known, unseen_sign
from tallystick.evidence.faults import Faults, shown

NUMBER_HINT = "write it without quotation marks"
TEXT_HINT = "put it in quotation marks"
LIST_HINT = 'write ["one", "two"]'


class Entry:
    """One table of a TOML file. `position` counts from 1 in an array of tables; None is the file itself."""

    def __init__(
        self, file: str, position: int | None, values: Mapping[str, Any], faults: Faults, kind: str = ""
    ) -> None:
        self.file, self.position, self.values, self._faults = file, position, values, faults
        self._kind = kind

    def fault(self, key: str, problem: str, hint: str = "") -> None:
        """Note a fault at this key."""
        field = f"{self._kind}.{key}" if self._kind else key
        self._faults.add(problem, file=self.file, row=self.position, field=field, hint=hint)

    def only(self, keys: Collection[str]) -> None:
        """Fault every key that nobody reads: mostly a name that was mistyped."""
        for key in sorted(set(self.values) - set(keys)):
            self.fault(key, f"unknown key {shown(key)}", "keys here are " + ", ".join(keys))

    def text(self, key: str, *, required: bool = True) -> str:
        """A text; line breaks are allowed, other unseen signs are not."""
        value = self._typed(key, str, "a text", required, TEXT_HINT)
        if not isinstance(value, str):
            return ""
        return self._readable(key, value, required)

    def identifier(self, key: str = "id") -> str:
        """A name that rows of other files can point at."""
        value = self.text(key)
        if value and not IDENTIFIER.fullmatch(value):
            self.fault(key, f"{shown(value)} is no id", "use letters without accents, digits and underscores")
        return value

    def choice(self, key: str, allowed: Collection[str], *, what: str) -> str:
        """One of `allowed`."""
        value = self.text(key)
        if value and value not in allowed:
            self.fault(key, f"unknown {what} {shown(value)}", known(allowed))
        return value

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """A list of texts."""
        values = self._typed(key, list, "a list of texts", required, LIST_HINT)
        if not isinstance(values, list):
            return ()
        if any(not isinstance(value, str) for value in values):
            self.fault(key, "holds something that is no text", LIST_HINT)
            return ()
        return tuple(self._readable(key, value, True) for value in values)

    def choices(self, key: str, allowed: Collection[str], *, what: str, required: bool = True) -> tuple[str, ...]:
        """A list of texts, each one of `allowed`."""
        values = self.texts(key, required=required)
        unknown = [value for value in values if value and value not in allowed]
        if unknown:
            self.fault(key, f"unknown {what} {', '.join(map(shown, unknown))}", known(allowed))
        return values

    def number(self, key: str, *, above: float | None = None) -> float:
        """A finite number, greater than `above`."""
        value = self._typed(key, (int, float), "a number", True, NUMBER_HINT)
        if value is None:
            return 1.0
        if not isfinite(value) or (above is not None and value <= above):
            limit = "" if above is None else f" above {above:g}"
            self.fault(key, f"{shown(value)} is not a number{limit}", "look at the sign and at the source")
            return 1.0
        return float(value)

    def whole(self, key: str, *, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        value = self._typed(key, int, "a whole number", True, NUMBER_HINT)
        if value is None:
            return low
        if not low <= value <= high:
            self.fault(key, f"{value} is not between {low} and {high}", "look at the digits")
            return low
        return int(value)

    def flag(self, key: str) -> bool:
        """true or false."""
        return self._typed(key, bool, "true or false", True, "write true or false, without quotation marks") is True

    def day(self, key: str, *, required: bool = True) -> date | None:
        """A day in TOML's own spelling."""
        value = self._typed(key, date, "a day", required, "write 2019-12-22, without quotation marks")
        return value if isinstance(value, date) else None

    def address(self, key: str, *, required: bool = True) -> str:
        """A web address."""
        value = self.text(key, required=required)
        if value and not ADDRESS.fullmatch(value):
            self.fault(key, f"{shown(value)} is no address", "it begins with https:// or http://")
        return value

    def tables(self, key: str, *, keys: Collection[str], required: bool = True) -> Iterator[Entry]:
        """The tables of an array `[[key]]`, in the order of the file, each with `keys` and no other."""
        values = self._typed(key, list, f"an array of tables [[{key}]]", required, f"begin each with [[{key}]]")
        for number, value in enumerate(values if isinstance(values, list) else [], start=1):
            if not isinstance(value, dict):
                self.fault(key, f"entry {number} is no table", f"begin it with [[{key}]]")
                continue
            entry = Entry(self.file, number, value, self._faults, kind=key)
            entry.only(keys)
            yield entry

    def _typed(self, key: str, kind: type | tuple[type, ...], name: str, required: bool, hint: str = "") -> Any:
        """The value if it is of that kind; None and, where it is missing or of another kind, a fault."""
        value = self.values.get(key)
        if value is None:
            if required:
                self.fault(key, "is missing", f"it is {name}")
            return None
        boolean_mistaken = isinstance(value, bool) and kind is not bool  # True is an int to Python, not to a reader
        if not isinstance(value, kind) or boolean_mistaken or isinstance(value, datetime):
            self.fault(key, f"{shown(value)} is not {name}", hint)
            return None
        return value

    def _readable(self, key: str, value: str, required: bool) -> str:
        unseen = unseen_sign(value.replace("\n", " "))
        if unseen:
            self.fault(key, f"holds the unseen sign U+{ord(unseen):04X}", "type the text again without it")
        elif required and not value.strip():
            self.fault(key, "is blank", "it is a text")
        return value
