"""A TOML file written by hand, read table by table: every fault names the file, the key, what was found, a way out."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from tallystick.vocab.errors import ScenarioError

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
LARGEST = sys.float_info.max
SHOWN = 60  # characters of a faulty value
QUOTED = 'texts and months stand in quotation marks, as "2026-07"'


def parsed(file: Path) -> tuple[str, dict[str, Any]]:
    """The text of a file, and its tables."""
    try:
        text = file.read_bytes().decode("utf-8")
        return text, tomllib.loads(text)
    except OSError as error:
        raise ScenarioError(f"cannot be read: {error.strerror}", file=str(file), hint="check the path") from None
    except UnicodeDecodeError:
        raise ScenarioError("is not UTF-8", file=file.name, hint="save it as UTF-8") from None
    except ValueError as error:  # of TOML, and of a number with thousands of digits
        raise ScenarioError(f"is no TOML: {error}", file=file.name, hint=f"mend that line; {QUOTED}") from None


class Entry:
    """One table of a file; every fault names the file and the key, and `within` which of several tables."""

    def __init__(self, file: str, values: Mapping[str, Any], within: str = "") -> None:
        self.file, self.values, self.within = file, values, within

    def fault(self, key: str, problem: str, hint: str) -> ScenarioError:
        """The error to raise about a key."""
        return ScenarioError(problem, file=self.file, key=f"{self.within}, {key}" if self.within else key, hint=hint)

    def only(self, keys: Sequence[str]) -> None:
        """Refuse any other key."""
        for key in self.values:
            if key not in keys:
                near = get_close_matches(key, keys, n=1)
                raise self.fault(key, "unknown key", f"did you mean {near[0]}?" if near else f"keys: {', '.join(keys)}")

    def text(self, key: str, *, required: bool = True) -> str:
        """A text, "" where none is given and none is required."""
        value = self.values.get(key, "")
        if not isinstance(value, str) or (required and not value.strip()):
            if key not in self.values:
                raise self.fault(key, "is missing", f'write {key} = "..."')
            if isinstance(value, str):
                raise self.fault(key, "is blank", f'write {key} = "..."')
            raise self.fault(key, f"is {shortened(value)}, not a text", "put it in quotation marks")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.fault(key, f"is {value!r}, not a list of texts", 'write ["one", "two"]')
        return tuple(value)

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        """All tables of that name."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.fault(key, "is not a list of tables", f"write [[{key}]] above each")
        return value

    def number(self, key: str, *, required: bool = True) -> float:
        """A finite number, 0 where none is given and none is required."""
        value = self.values.get(key, None if required else 0)
        if not _is_number(value):
            if key not in self.values:
                raise self.fault(key, "is missing", f"write {key} = and a number")
            raise self.fault(key, f"is {shortened(value)}, not a number", "write it without quotation marks")
        return float(value)

    def numbers(self, key: str, count: int) -> tuple[float, ...]:
        """So many finite numbers, none where none are given."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or len(value) != count or not all(map(_is_number, value)):
            raise self.fault(key, f"is {shortened(value)}, not {count} numbers", "write [0, 5]")
        return tuple(map(float, value))

    def month(self, key: str, *, required: bool = True, such_as: str = "2026-07") -> str:
        """A month, "" where none is given and none is required."""
        value = self.values.get(key, "")
        if value == "" and not required:
            return ""
        if isinstance(value, date):  # TOML has days, and no months
            raise self.fault(key, f"is {value:%Y-%m-%d}, a day and no month", f'write "{value:%Y-%m}"')
        if not isinstance(value, str) or not MONTH.fullmatch(value):
            found = f"{shortened(value)}, which is no month" if key in self.values else "missing"
            raise self.fault(key, f"is {found}", f'write "{such_as}"')
        return value


def _is_number(value: object) -> bool:
    """A finite one that a float can hold."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= LARGEST


def shortened(value: object) -> str:
    """As it stands in the file, cut where it is long."""
    said = repr(value)
    return said if len(said) <= SHOWN else f"{said[:SHOWN]}..."
