"""The reference page of the model's tables, made from its data: `python -m tests.docs.model_tables` writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from tallystick.calibrate.model import model_of
from tallystick.calibrate.observe import parts_of, reports_of
from tallystick.calibrate.unknowns import Unknown
from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import reconcile
from tallystick.vocab.programme import Programme
from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "reference" / "model-tables.md"
WIDE = 1.959964  # standard deviations to either side of a central 95 %
SHOWN = 12  # a vector longer than this is shown by its first element
TOP = """# The model's tables

Made from `model.toml` and `asserter_classes.toml` by `make docs`; a test compares them. What they mean, and what they
leave out, is told in [the model](../methods/model.md).
"""


def tables_page() -> str:
    """The whole page."""
    programme = load_programme()
    model = programme.tables["model"]
    parts = [TOP]
    parts += ["## Months that something hangs on\n", _table(("name", "months"), _calendar(model["calendar"]))]
    parts += [
        "## What drives arrivals\n",
        DRIVERS,
        _table(("driver", "hosts", "acts", "unknown", "sends on", "reason"), _drivers(model)),
    ]
    parts += [
        "## What a claim of each measure reads\n",
        OPERATORS,
        _table(("measure", "series", "taken"), _operators(programme)),
    ]
    parts += [
        "## What tables would show\n",
        READINGS,
        _table(("series", "reads"), _readings(model)),
    ]
    parts += [
        "## How complete series are\n",
        COVERAGE,
        _table(("unknown", "series", "months", "state", "median", "logit sd", "reason"), _coverage(model)),
        _table(("state", "median", "logit sd", "reason"), _states(model)),
    ]
    parts += [
        "## Claims that speak of something else than their measure\n",
        _table(("claim", "series"), model["speaks_of"].items()),
    ]
    parts += [
        "## Unknowns before any claim\n",
        UNKNOWNS,
        _table(("unknown", "scale", "median", "central 95 %", "reason"), _unknowns(programme)),
    ]
    parts += [
        "## Asserter classes\n",
        CLASSES,
        _table(("class", "scale", "common lean", "reason"), _classes(programme)),
    ]
    parts += ["## Errors common to all classes\n", _table(("constant", "value"), model["likelihood"].items())]
    parts += [
        "## Named alternatives\n",
        _table(("alternative", "what it changes", "reason"), _alternatives(model["alternative"])),
    ]
    parts += [
        "## Estimands and the measures that speak to them\n",
        _table(("estimand", "unit", "years", "measures"), _headline(programme)),
    ]
    return "\n".join(parts)


DRIVERS = """Arrivals are a level with steps, times each of these. In a span the unknown multiplies those who would
come; a driver that follows an unknown acts by its elasticity. Who is turned away is sent on in part.
"""
OPERATORS = """`mean` is over the months of the claim's period, weighted by days; `sum` is over the same. The
series are defined in [the model](../methods/model.md#what-a-claim-reads).
"""
READINGS = """Persons are those of the focus host, unless it says *each host* or names hosts to sum. `traffic` is the
share of traffic that passes the border; a span in brackets is when a term counts, and *of the world* divides by the
world's own.
"""
COVERAGE = """The share of what there is that a series shows. In months without a row it shows all.
"""
UNKNOWNS = """`log` and `logit` say on which scale the prior is normal. `steps` is a level at the first node, and a
step on the log scale to each next one: the interval is that of the level, and the steps follow as standard deviations.
Of a vector that has many elements with one prior, that prior is shown once.
"""
CLASSES = """`scale` is the prior median of a figure's log standard deviation, itself uncertain by `class_scale_sd`;
`common lean` is the prior standard deviation of the log bias that all figures of the class share, one for heads, one
for money, one for time.
"""


def _table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join("| " + " | ".join(str(cell) for cell in line) + " |\n" for line in lines)


def _code(text: str) -> str:
    return f"`{text}`"


def _drivers(model: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for one in model.get("driver", ()):
        acts = f"in `{one['when']}`" if "when" in one else f"with `{one['follows']}` against {one['reference']}"
        sent = f"{one['sent_to']}: `{one['sent']}`" if "sent_to" in one else ""
        yield one["id"], ", ".join(one["hosts"]), acts, f"`{one['effect']}`", sent, one["why"]


def _calendar(months: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The months and pairs of months of a table that also holds other settings."""
    for name, value in months.items():
        shown = value if isinstance(value, list) else [value]
        if all(re.fullmatch(r"\d{4}-\d{2}", str(one)) for one in shown):
            yield _code(name), " to ".join(shown)


def _operators(programme: Programme) -> Iterator[tuple[str, ...]]:
    for measure, one in programme.tables["model"]["operators"].items():
        yield f"{programme.measures[measure].name} (`{measure}`)", _code(one["series"]), one["take"]


def _readings(model: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for one in model.get("reading", ()):
        hosts = ["each host"] if one.get("everywhere") else [" and ".join(one["hosts"])] if "hosts" in one else []
        marks = [f"*{mark}*" for mark in (*hosts, *(["of the world"] if one.get("of_world") else []))]
        yield _code(one["id"]), "; ".join([" + ".join(_term(each) for each in one["terms"]), *marks])


def _coverage(model: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for one in model.get("coverage", ()):
        prior = {**model["state"][one["state"]], **one}
        series = ", ".join(_code(name) for name in one["readings"])
        months = _months(one).strip(" ()") or "all"
        yield _code(one["name"]), series, months, one["state"], prior["median"], prior["sd"], one["why"]


def _states(model: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for name, one in model.get("state", {}).items():
        yield name, one["median"], one["sd"], one["why"]


def _term(term: dict[str, Any]) -> str:
    persons = " + ".join(_code(name) for name in term.get("of", ()))
    factors = [f"({persons})" if len(term.get("of", ())) > 1 else persons] if persons else []
    factors += [_code(name) for name in term.get("times", ())] + ["`traffic`"] * term.get("with_traffic", False)
    return " x ".join(factors) + " / 12" * term.get("a_year", False) + _months(term)


def _months(entry: dict[str, Any]) -> str:
    return f" ({entry['when']})" if "when" in entry else f" (not {entry['unless']})" if "unless" in entry else ""


def _unknowns(programme: Programme) -> Iterator[tuple[str, ...]]:
    seen = reconcile(programme).observations
    hosts = [host for host in programme.hosts if host != "WW"]
    model = model_of(programme, parts_of(seen, hosts), len(reports_of(seen)))
    for one in model.layout.unknowns:
        yield (
            _code(one.name),
            one.transform,
            *_spread(one),
            one.why + _also_fitted(one.why, {each.claim for each in seen}),
        )


def _also_fitted(why: str, used: set[str]) -> str:
    """Which of the claims that a reason cites are also observations: those speak twice."""
    cited = [name.strip() for group in re.findall(r"\[([^\]]*)\]", why) for name in group.split(",")]
    twice = [_code(name) for name in cited if name in used]
    return f" **Also fitted:** {', '.join(twice)}." if twice else ""


def _spread(one: Unknown) -> tuple[str, str]:
    """Median and central 95 % on the natural scale; each element of a short vector."""
    middle, width = np.array(one.location), np.array(one.width)
    if one.transform == "steps":
        middle, width = middle[:1], width[:1]
    elif len(width) > SHOWN:
        middle, width = np.unique(middle), np.unique(width)
    low, median, high = (_natural(one.transform, middle + side * width) for side in (-WIDE, 0, WIDE))
    intervals = [f"{_number(a)} to {_number(b)}" for a, b in zip(low, high, strict=True)]
    then = f"; steps {', '.join(_number(sd) for sd in one.width[1:])}" if one.transform == "steps" else ""
    return ", ".join(_number(value) for value in median), ", ".join(intervals) + then


def _natural(transform: str, u: Any) -> Any:
    if transform == "logit":
        return 1 / (1 + np.exp(-u))
    return u if transform == "identity" else np.exp(u)


def _number(value: float) -> str:
    """Three digits; whole numbers keep all of theirs."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _classes(programme: Programme) -> Iterator[tuple[str, ...]]:
    for one in programme.asserter_classes.values():
        yield one.name, f"{one.scale:g}", f"{one.bias_sd:g}", one.why


def _alternatives(choices: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for one in choices:
        changes = [f"`{name}`: median {to['median']:g}, sd {to['sd']:g}" for name, to in one.get("set", {}).items()]
        if "widen" in one:
            changes.append(f"priors whose reasons cite fitted claims: widths times {one['widen']:g}")
        changes += [f"without claims of class {name}" for name in one.get("leave_out_classes", ())]
        changes += [f"without `{name}`" for name in one.get("leave_out_measures", ())]
        yield _code(one["id"]), "; ".join(changes), f"{one['name']}. {one['why']}"


def _headline(programme: Programme) -> Iterator[tuple[str, ...]]:
    for name, one in programme.tables["model"]["headline"].items():
        first, last = one.get("years", programme.window)
        measures = ", ".join(_code(measure) for measure in one["measures"])
        yield _code(name), one["unit"], f"{first}" if first == last else f"{first} to {last}", measures


if __name__ == "__main__":
    PAGE.write_text(tables_page(), encoding="utf-8")
