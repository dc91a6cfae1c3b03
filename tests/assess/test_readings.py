"""A damaged obligations file gives one error that names the field, and never a quiet finding."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tallystick.assess.assessment import assess
from tallystick.assess.obligations import readings
from tallystick.reconcile.account import Account
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme


def damaged(dprk: Programme, change: Callable[[dict[str, Any]], Any]) -> Programme:
    table = copy.deepcopy(dict(dprk.tables["obligations"]))
    change(table)
    return replace(dprk, tables={**dprk.tables, "obligations": table})


def firms(table: dict[str, Any]) -> dict[str, Any]:
    """The row left out that is said to firms, with further law."""
    found: dict[str, Any] = next(row for row in table["left_out"] if "also_law" in row)
    return found


DAMAGE: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "unknown law row": (lambda t: t["obligation"][0].update(law=["L99"]), "unknown 'L99'"),
    "unknown period": (lambda t: t["obligation"][0].update(periods=["never"]), "unknown 'never'"),
    "unknown measure": (lambda t: t["obligation"][0].update(measures={"direct": ["hats"]}), "unknown 'hats'"),
    "unknown statement": (lambda t: t["obligation"][0].update(statements=["s0"]), "unknown 's0'"),
    "no reading": (lambda t: t["obligation"][0].pop("reading"), "reading is missing"),
    "bad addressee": (lambda t: t["obligation"][0].update(binds="everybody"), "binds is 'everybody'"),
    "two of one id": (lambda t: t["obligation"].append(t["obligation"][0]), "the id stands twice"),
    "law row dropped": (lambda t: t["left_out"].pop(), "neither read nor left out"),
    "left out that is not there": (lambda t: t["left_out"].append({"law": "L99", "why": ""}), "unknown 'L99'"),
    "bad kind of position": (lambda t: t["position"][0].update(kind="rumour"), "kind is 'rumour'"),
    "position on nothing": (lambda t: t["position"][0].update(obligations=["nothing"]), "unknown 'nothing'"),
    "a chance above one": (lambda t: t["assumption"][0].update(high=1.5), "a chance runs from 0 to 1"),
    "ends swapped": (lambda t: t["assumption"][1].update(low=0.99), "a chance runs from 0 to 1"),
    "no date": (lambda t: t["period"][0].update(start="long ago"), "start is missing or no date"),
    "a text for a list": (lambda t: t["obligation"][0].update(left_open="much"), "is not a list of texts"),
    "no addressee among firms": (
        lambda t: firms(t).update(for_firms="Ask who is paid."),
        "whom it asks what: found 'Ask",
    ),
    "nothing asked of firms": (
        lambda t: firms(t).update(for_firms="Firms here: . Look."),
        "whom it asks what: found 'Fi",
    ),
    "no text for firms": (lambda t: firms(t).update(for_firms=3), "for_firms is missing or no str: found 3"),
    "further law that is not there": (lambda t: firms(t).update(also_law=["L99"]), "L55.also_law: unknown 'L99'"),
    "further law of an obligation": (
        lambda t: t["obligation"][0].update(for_firms="Firms: ask.", also_law=["L99"]),
        "also_law: unknown 'L99'",
    ),
    "further law that is told nowhere": (lambda t: firms(t).pop("for_firms"), "told with for_firms alone"),
    "a table for a list": (lambda t: t.update(position={}), "is not a list of tables"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_named(dprk: Programme, kind: str) -> None:
    change, said = DAMAGE[kind]
    with pytest.raises(EvidenceError, match=said) as raised:
        readings(damaged(dprk, change))
    assert raised.value.file == "obligations.toml"


def test_an_unknown_rule_is_named_with_those_there_are(
    dprk: Programme, account: Account, planted: Callable[..., Any]
) -> None:
    broken = damaged(dprk, lambda t: t["obligation"][0].update(rule="guess"))
    with pytest.raises(EvidenceError, match="no rule is called 'guess'") as raised:
        assess(broken, account, planted(dprk, cohorts={}, visas={}))
    assert "income_earners_remain" in raised.value.hint


def test_a_programme_without_the_file_says_so(dprk: Programme) -> None:
    bare = replace(dprk, tables={name: table for name, table in dprk.tables.items() if name != "obligations"})
    with pytest.raises(EvidenceError, match="is missing"):
        readings(bare)


def test_a_missing_part_is_named(dprk: Programme, account: Account, planted: Callable[..., Any]) -> None:
    draws = planted(dprk, cohorts={}, visas={})
    for part in ("forced_labour", "conditions"):

        def drop(table: dict[str, Any], part: str = part) -> Any:
            return table.pop(part)

        with pytest.raises(EvidenceError, match="is missing") as raised:
            assess(damaged(dprk, drop), account, draws)
        assert raised.value.field == part
