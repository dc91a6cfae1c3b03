"""What leading figures hang on, as plain values: for brief.json by its contract, and as flat tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from tallystick.brief.facts import Facts
from tallystick.brief.leading import (
    CAUTION,
    errors_of,
    influence_rows,
    key_of,
    leading,
    obtainable,
    worth_asking,
)
from tallystick.brief.unknowns import left_range, meaning
from tallystick.brief.words.rounding import exact, significant
from tallystick.vocab.trust import Choice

Json = dict[str, Any]
DIGITS = 4
SMALLEST = 0.01  # of an 80 % width: smaller moves stand only in the flat table
NUMBERS = ("median", "lower_80", "upper_80")
ERRORS = tuple(f"{name}_error" for name in NUMBERS)


def influence(facts: Facts) -> list[Json]:
    """Each leading figure with the origins that move it."""
    out: list[Json] = []
    rows = list(influence_rows(facts))
    for figure, _ in leading(facts):
        key = key_of(figure)
        mine = [row for row in rows if {name: row.get(name) for name in key} == key]
        moved = [_short(row, key) for row in mine if abs(row.get("of_80_width", SMALLEST)) >= SMALLEST]
        out += [{**key, "without": moved}] if moved else []
    return out


def _short(row: Json, key: Json) -> Json:
    rest = {name: value for name, value in row.items() if name not in key}
    return rest | _rounded(rest) | _errors(rest) | {"claims": list(rest["claims"])}


def _rounded(row: Json) -> Json:
    """The figure without the origin; nothing where it cannot be told."""
    if not row["reliable"]:
        return {}
    return {name: exact(row[name]) for name in NUMBERS} | {"of_80_width": significant(row["of_80_width"], DIGITS)}


def _errors(row: Json) -> Json:
    """Monte Carlo errors, where the row has them."""
    return {name: significant(row[name], DIGITS) for name in ERRORS if name in row}


def choices(facts: Facts) -> list[Json]:
    """The model and each named choice, with weights where the evidence can tell them apart."""
    shown = {figure for figure, _ in leading(facts)}
    return [
        {
            **(
                {"id": one.id, "name": one.name}
                if one.id
                else {"id": "as_it_stands", "name": "The account as it stands"}
            ),
            "answers": [
                {
                    **key_of(answer.figure),
                    **{name: exact(getattr(answer, name)) for name in NUMBERS},
                    **_errors(errors_of(answer.errors)),
                }
                for answer in one.answers
                if answer.figure in shown
            ],
            "compared": one.compared,
            **_difference(one),
            "reliable": one.reliable,
            **(
                {
                    "weight": significant(one.weight, DIGITS),
                    "lower_80": significant(one.lower or 0.0, DIGITS),
                    "upper_80": significant(one.upper or 0.0, DIGITS),
                }
                if one.weight is not None
                else {}
            ),
        }
        for one in facts.choices
    ]


def _difference(one: Choice) -> Json:
    """Nothing of a choice that did not settle: it was not compared."""
    if one.difference is None or one.error is None:
        return {}
    return {
        "log_score_difference": significant(one.difference, DIGITS),
        "difference_error": significant(one.error, DIGITS),
    }


def choices_table(facts: Facts) -> Iterator[Json]:
    """A row for each choice and leading figure."""
    for one in choices(facts):
        said = {name: value for name, value in one.items() if name not in ("id", "answers")}
        said["reliable"] = "yes" if one["reliable"] else "no"
        for answer in one["answers"]:
            yield {"choice": one["id"], **said, "part": None, **answer}


def foretold_table(facts: Facts) -> Iterator[Json]:
    """A row for each choice and origin that it hears: how much likelier it makes what that origin says."""
    known = {one.origin: one for one in facts.silenced}
    for choice in facts.choices:
        for one in (one for one in choice.foretold if one.origin in known):
            yield {
                "choice": choice.id,
                "claims": "; ".join(known[one.origin].claims),
                "compared": "yes" if one.compared else "no",
                "log_density_difference": significant(one.difference, DIGITS) if one.compared else None,
                "difference_error": significant(one.error, DIGITS) if one.compared else None,
            }


def value_of_information(facts: Facts) -> list[Json]:
    """Each observation that could be had and is worth it, with how much it would narrow each leading figure."""
    rows, figures = obtainable(facts), [figure for figure, _ in leading(facts)]
    worth = {(one.observation, figure): one for figure in figures for one in worth_asking(facts, figure)}
    out = []
    for id, row in rows.items():
        said = {name: row[name] for name in ("id", "name", "publisher")}
        said |= {"why_no_worker_is_asked": row["asks_nothing"], "caution": CAUTION}
        said |= {name: row[name] for name in ("asserter_class", "wording")}
        given = [{name: _plain(value) for name, value in one.items()} for one in row["figure"]]
        narrowed = [
            {
                **key_of(figure),
                "variance": significant(one.variance, DIGITS),
                "variance_error": significant(one.error, DIGITS),
                "width": significant(one.width, DIGITS),
                "width_error": significant(one.width_error, DIGITS),
            }
            for figure in figures
            if (one := worth.get((id, figure))) is not None
        ]
        out += [{**said, "figures": given, "narrows": narrowed}] if narrowed else []
    return out


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def influence_table(facts: Facts) -> Iterator[Json]:
    """A row for each leading figure and origin."""
    for row in influence_rows(facts):
        told: Json = dict.fromkeys((*NUMBERS, "of_80_width")) | _rounded(row)
        key = {name: value for name, value in row.items() if name not in told}
        yield {"part": None, **key, "claims": "; ".join(row["claims"]), **told, **dict.fromkeys(ERRORS), **_errors(row),
               "reliable": "yes" if row["reliable"] else "no"}  # fmt: skip


def value_table(facts: Facts) -> Iterator[Json]:
    """A row for each observation that could be had and leading figure."""
    for row in value_of_information(facts):
        said = {name: value for name, value in row.items() if name not in ("figures", "narrows")}
        said["measures"] = "; ".join(one["measure"] for one in row["figures"])
        for one in row["narrows"]:
            yield {**{f"observation_{name}" if name == "id" else name: value for name, value in said.items()},
                   "part": None, **one}  # fmt: skip


def learnt_table(facts: Facts) -> Iterator[Json]:
    """A row for each unknown of the model, or part of one, but those that are told by the class of asserters."""
    for one in facts.narrowed:
        ends = {
            f"{name}_{end}": exact(value)
            for name, spread in (("prior", one.prior), ("posterior", one.posterior))
            for end, value in spread._asdict().items()
        }
        yield {
            "unknown": one.unknown, "meaning": meaning(facts, one.unknown), "part": one.part, "parts": one.parts,
            **ends,
            "sd_over_prior": significant(one.ratio, DIGITS), "learnt": "yes" if one.learnt else "no",
            "left_range": "yes" if left_range(one) else "no",
        }  # fmt: skip
