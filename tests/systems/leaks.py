"""What no output may say of flight: anything below a year or a State, or beside a control, a lever or an assumption.

Looked for in what is structured (rows, outcomes, factors, charts) by what they are, and in running text by sentences
that bring a number of flight together with a month, a region or a control. A yearly national total is none of these,
and neither is a sentence without a number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tallystick.scenarios.outcomes import Outcome
from tallystick.stocks.graph import Graph

FLIGHT = re.compile(
    r"\b(escap\w+|fle[ed]\w*|flight|rescu\w+|reached? safety|to[ _]safety|in hiding|recaptur\w+|defect\w*)\b", re.I
)
CONTROL = re.compile(
    r"\b(control\w*|minder\w*|surveill\w+|outings?|seclu\w+|phones?|telephones?|pledge\w*|hostage\w*|vetting|booked pay"
    r"|watch\w*|SIGN_ONLY)\b",
    re.I,
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
MONTH = re.compile(rf"\b(?:{MONTHS})\b|\b\d{{4}}-\d{{2}}\b|\b(?:a|each|per|every) month\b|\bmonthly\b")
NUMBER = re.compile(
    r"(?<![\w.-])(?!(?:19|20)\d\d\b)\d[\d,.]*(?![\w-]*_)|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozen)\b",
    re.I,
)
KEYS = ("id", "measure", "outcome", "estimand", "factor", "of", "series", "name")
PARTS = ("region", "sector", "visa_class", "cohort")
WHOLE_YEAR = re.compile(r"\d{4}|\d{4}-01-01/\d{4}-12-31|(\.\.|\d{4}-01-01)?/(\.\.|\d{4}-12-31)?|")
# Those who got out are also named as the source of other figures ("USD 100 a month, escaped workers"): no count.
SPEAKERS = re.compile(r"(?:\bby|[,;:|\n]) ?escaped workers(?: and experts)?(?: \([^)]*\))?", re.I)
WHOLE = re.compile(rf"\bthe year before (?:{MONTHS}) \d{{4}}|\bfrom January \d{{4}} on\b")
INSIDE = ("flee", "rescue", "recapture", "hiding_ref", "control_lag", "helpers", "control", "SIGN_ONLY")
ANY = re.compile(rf"{FLIGHT.pattern}|\b(?:{'|'.join(name.replace('_', ' ') for name in INSIDE)})\b", re.I)


def hidden_of(graph: Graph) -> frozenset[str]:
    """Everything of a model that tells of flight: what is internal, what comes out of it, and what that alone fills."""
    text = graph.text
    inside = {each.id for group in (text.stocks, text.flows, text.levels) for each in group if each.is_internal}
    inside |= {flow.id for flow in text.flows if flow.source in inside}
    inside |= {each.id for each in text.carriages if each.flow in inside}
    into = {stock.id: {flow.id for flow in text.flows if flow.target == stock.id} for stock in text.stocks}
    return frozenset(inside | {id for id, flows in into.items() if flows and flows <= inside})


def in_outcomes(graph: Graph, outcomes: Iterable[Outcome]) -> list[str]:
    """Outcomes that sum anything hidden."""
    hidden = hidden_of(graph)
    return [
        one.id for one in outcomes if hidden & {each.of for each in (*one.sums, *one.per)} or FLIGHT.search(one.name)
    ]


def in_factors(factors: Iterable[str]) -> list[str]:
    """Factors of a sensitivity, or drivers of a lever, that bear on flight or control."""
    return [name for name in factors if name in INSIDE or FLIGHT.search(name.replace("_", " "))]


def in_rows(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Rows of flight that are not the total of a year and a whole State, or that stand beside something else."""
    return [json.dumps(row, default=str)[:200] for row in rows if _speaks(row) and _is_leak(row)]


def rows_in(node: Any) -> Iterator[Mapping[str, Any]]:
    """Every record in a tree of plain values, however deep."""
    if isinstance(node, Mapping):
        yield node
        node = list(node.values())
    if isinstance(node, list | tuple):
        for each in node:
            yield from rows_in(each)


def _speaks(row: Mapping[str, Any]) -> bool:
    return _is_assumption(row) or any(FLIGHT.search(str(row.get(key, "")).replace("_", " ")) for key in KEYS)


def _is_assumption(row: Mapping[str, Any]) -> bool:
    """Whether a row gives a number to something that is inside the model as a sign alone."""
    return ("transform" in row or "factor" in row) and bool({row.get("name"), row.get("factor")} & set(INSIDE))


def _is_leak(row: Mapping[str, Any]) -> bool:
    if "outcome" in row or _is_assumption(row):  # no outcome of a run and no assumption tells of flight, in any period
        return True
    days = row.get("period", row.get("year", row.get("month", "")))
    if not WHOLE_YEAR.fullmatch(str(days or "")) or "month" in row:
        return True
    beside = [row.get(key) for key in (*PARTS, "scenario", "lever", "factor", "alternatives", "influence")]
    return any(value not in (None, "", "all", [], (), 0, 0.0) for value in beside)


def in_runs(text: str) -> list[str]:
    """Every word of flight and every name of what is inside the model: what a run of any kind writes has none."""
    return [text[max(0, found.start() - 40) : found.end() + 40] for found in ANY.finditer(text.replace("_", " "))]


def in_charts(specs: Iterable[tuple[str, Any]]) -> list[str]:
    """Charts that draw anything about flight: no brief has one."""
    return [id for id, spec in specs if FLIGHT.search(f"{id} {json.dumps(spec, default=str)}".replace("_", " "))]


def in_words(text: str, regions: Iterable[str] = ()) -> list[str]:
    """Sentences, cells and lines that put a number of flight beside a month, a region or a control."""
    names = re.compile("|".join(map(re.escape, regions)) or r"(?!)")
    text = WHOLE.sub("", SPEAKERS.sub("", text))
    return [one for one in _sentences(text) if FLIGHT.search(one) and _numbered(one) and _beside(one, names)]


INLINE = re.compile(r"</?(?:a|abbr|b|button|code|em|i|small|span|strong|sub|sup)\b[^<>]*>")  # within a sentence


def _sentences(text: str) -> Iterator[str]:
    text = INLINE.sub("", text)
    for line in re.split(r"</?[a-zA-Z!][^<>]*>|[\n|]+|\s{2,}", text):
        yield from re.split(r"(?<=[.!?;])\s+", line)


def _numbered(sentence: str) -> bool:
    return bool(NUMBER.search(sentence))


def _beside(sentence: str, regions: re.Pattern[str]) -> bool:
    return any(found.search(sentence) for found in (CONTROL, MONTH, regions))


def words_of(node: Any) -> Iterator[str]:
    """Every text in a tree of records, mappings and tuples, each paragraph joined as a reader meets it."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from words_of(value)
    elif isinstance(node, (list, tuple, set, frozenset)):
        parts = [list(words_of(each)) for each in node]
        if node and all(hasattr(each, "text") for each in node):  # spans of one paragraph
            yield "".join(str(each.text) for each in node)
        else:
            yield from (word for part in parts for word in part)
    elif hasattr(node, "__dataclass_fields__"):
        for name in node.__dataclass_fields__:
            yield from words_of(getattr(node, name))
