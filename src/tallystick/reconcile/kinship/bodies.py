"""Outlets, offices and monitors that a text names, each under one name whatever the language.

하루신문 and Haru Daily are one body, which no spelling shows. That a text names a body makes the body
neither the source of its numbers nor right; what was read of sources, number by number, is `tallystick.claims`.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tallystick.vocab.errors import EvidenceError

LANGUAGES = ("en", "ru", "ko")
FILE = "reading/bodies.toml"
START = re.compile(r"(?<![^\W\d_])[\w«\"]")
STRAIGHT = str.maketrans("’‘“”\u00a0", "''\"\" ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """The known bodies.

    wires    those that carry what everybody says
    recalls  for each language, how a sentence begins that recalls what was reported before
    by_head  for each language, the expressions of names by the two letters that they begin with
    """

    wires: frozenset[str] = frozenset()
    recalls: Mapping[str, tuple[re.Pattern[str], ...]] = field(default_factory=dict, repr=False)
    by_head: Mapping[str, Mapping[str, tuple[tuple[re.Pattern[str], str], ...]]] = field(
        default_factory=dict, repr=False
    )

    def named(self, text: str, language: str) -> dict[str, int]:
        """The bodies that a text names, each with the letter at which it first does."""
        plain = text.translate(STRAIGHT)
        names = self.by_head.get(language, self.by_head.get("en", {}))
        found: dict[str, int] = {}
        for start in map(re.Match.start, START.finditer(plain)):
            for pattern, body in names.get(plain[start : start + 2].lower(), ()):
                if body not in found and pattern.match(plain, start):
                    found[body] = start
        return found

    def opens_recall(self, text: str, start: int, language: str) -> bool:
        """Whether the sentence that starts there recalls earlier news, or turns to another matter."""
        return any(pattern.match(text, start) for pattern in self.recalls.get(language, ()))


@cache
def read_bodies(programme_folder: Path) -> Bodies:
    """The bodies that a programme lists; a Russian or Korean text may also use the English name of one."""
    path = programme_folder / FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as fault:
        raise EvidenceError(
            f"cannot be read: {fault}", file=FILE, hint="a programme that reads reports names the bodies here"
        ) from fault
    return bodies(table["body"], table["recalls"])


def bodies(rows: Iterable[Mapping[str, Any]], recalls: Mapping[str, Sequence[str]]) -> Bodies:
    """From rows with `name`, the names in each language and perhaps `wire`, and beginnings of sentences that recall."""
    listed = tuple(rows)
    return Bodies(
        wires=frozenset(row["name"] for row in listed if row.get("wire")),
        recalls={language: tuple(map(_expression, recalls.get(language, ()))) for language in LANGUAGES},
        by_head={language: _by_head(listed, language) for language in LANGUAGES},
    )


def _by_head(rows: Iterable[Mapping[str, Any]], language: str) -> Mapping[str, tuple[tuple[re.Pattern[str], str], ...]]:
    found: dict[str, list[tuple[re.Pattern[str], str]]] = defaultdict(list)
    for row in rows:
        for term in (*row["en"], *(row[language] if language != "en" else ())):
            straight = term.translate(STRAIGHT)
            found[straight[:2].lower()].append((_expression(straight), row["name"]))
    return {head: tuple(names) for head, names in found.items()}


def _expression(term: str) -> re.Pattern[str]:
    """Whole words, without regard to capitals unless it is all capitals.

    Korean joins particles to its words, so a Korean name ends where it likes.
    """
    body = re.escape(term).replace(r"\ ", r"\s+").replace(r"\*", r"\w*")
    bound = "" if "가" <= term[-1] <= "힣" or not term[-1].isalnum() else r"(?![a-zA-Zа-яА-ЯёЁ\d])"
    return re.compile(body + bound, 0 if term.isupper() else re.IGNORECASE)
