"""A document in which every word from outside tries to become something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from tallystick.brief.document import Document
from tests.brief.demo import demo

ATTACK = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(2)><a href=javascript:alert(3)>{{7*7}}{%x%}"
    "</style></title>-->]]>&lt;b&gt; \u202e#panic(1)\\ $x$ @ref <label> *b* _i_ `raw` [c] // /* ${alert(4)} "
)
IDENTITIES = {
    "id", "claims", "estimates", "estimate", "to", "origin", "source", "lineage", "run", "scenario", "model",
    "evidence", "assumptions",
}  # fmt: skip
FIXED = {"kind", "align", "tone", "lang", "as_of", "disposition", "evidence_root", "targets", "spec", "wide", "narrow"}


def poisoned() -> Document:
    """The demo document with the attack in every text and in every id that evidence may bring."""
    return _poison(demo(), "")  # type: ignore[no-any-return]


def _poison(node: Any, name: str) -> Any:
    if name in FIXED or _is_chapter_id(node, name):
        return _poison_rows(node) if name == "spec" else node
    if isinstance(node, str):
        return _word(node, name)
    if isinstance(node, tuple):
        return tuple(_poison(child, name) for child in node)
    if is_dataclass(node) and not isinstance(node, type):
        known = [field for field in fields(node) if field.init]
        return type(node)(**{field.name: _poison(getattr(node, field.name), field.name) for field in known})
    return node


def _word(word: str, name: str) -> str:
    """An id grows a hostile tail, the same wherever it stands; other words grow the attack."""
    if name == "lineage" and " " in word:
        return word + ATTACK
    return word + '"><script>' if name in IDENTITIES and word else word + ATTACK


def _is_chapter_id(node: Any, name: str) -> bool:
    """Ids of chapters, charts and tables are the developers' own, and name files."""
    ours = {"answers", "chains", "pay-section", "stock", "pay", "claims-by-year", "years"}
    ours |= {"what-if", "model-picture", "changes"}
    return name in IDENTITIES and isinstance(node, str) and node in ours


def _poison_rows(node: Any) -> Any:
    """The words in a spec's data rows."""
    if isinstance(node, Mapping):
        return {key: _rows(child) if key == "values" else _poison_rows(child) for key, child in node.items()}
    return [_poison_rows(child) for child in node] if isinstance(node, list) else node


def _rows(rows: Any) -> Any:
    spoiled = {"who"}
    return [{key: value + ATTACK if key in spoiled else value for key, value in row.items()} for row in rows]
