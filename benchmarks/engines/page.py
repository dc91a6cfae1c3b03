"""The figures as Markdown: the table that is printed, and the page with its JSON and picture."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.engines import problem
from benchmarks.engines.entries import POWERS, RUNS, SETS
from benchmarks.engines.measure import power
from benchmarks.engines.peers.common import SHORTEST
from benchmarks.engines.picture import picture

Found = dict[str, Any]
TITLES = {
    "ensemble": f"{RUNS:,} runs with chance, every month kept",
    "individuals": f"{problem.PEOPLE:,} persons, each followed, {problem.MONTHS} months, one run",
    "sets": f"{SETS:,} parameter sets without chance, every month kept",
    "full": f"Tallystick's full model, {RUNS:,} runs to the end of 2030",
}
SECTION = {"fast": "ensemble", "halves": "ensemble", "means": "sets"}  # tasks that stand in another's table
SAID = {
    "chance": "{far:.1f} standard errors from the known end (limit {limit})",
    "sets": "{far:.0e} from the known ends (limit {limit:.0e})",
    "always": "continuous time: differs by design; {far:.0e} from its own known end (limit {limit:.0e})",
    "people": "nobody lost; its own tests hold the rest",
}
INTRODUCTION = """# How fast the engines are

`make bench-engines` measures it and writes this page: libraries that others use, and ours, on one invented problem of
{stocks} stocks, {flows} flows, {months} months and {people:,} people, in words and numbers in
[problem.py](../../benchmarks/engines/problem.py). Every library is written as its authors would write it
([scripts](../../benchmarks/engines/peers)), runs in a locked environment of its own, and has to reach the known end
state: within {z} standard errors where there is chance, and nobody lost where whole people are kept. The figures are
also there [as JSON](engines.json).

"""
READING = """
*Time* is the median of the turns, with its range; the libraries take turns, so that a noise of the machine hits all
alike, and a ratio is the median of the ratios turn by turn. It is the time of the run alone, without imports, without
compiling and without making agents; a run of less than {shortest} s is repeated until that has passed, and its mean
counts. *Scaled* rows ran fewer times (or months) and are multiplied up. *ns a draw* is
processor time over binomial draws, {draws:,} a run. Ratios say how many times as fast as the other ours is.
"""


def table(found: Found) -> str:
    """What goes to stdout, and into the page."""
    return "\n".join([*_machine(found["machine"]), *_ratios(found["ratios"]), *_sections(found["rows"]), *_rest(found)])


def page(found: Found) -> str:
    """The whole page."""
    from benchmarks.engines.peers.common import Z_LIMIT

    sizes = {"stocks": len(problem.STOCKS), "flows": len(problem.FLOWS), "months": problem.MONTHS}
    head = INTRODUCTION.format(**sizes, people=problem.PEOPLE, z=Z_LIMIT)
    image = "\n![Time of the exact ensemble against runs and against persons](engines.svg)\n" if found["curves"] else ""
    return head + table(found) + "\n" + image + READING.format(draws=problem.DRAWS_A_RUN, shortest=SHORTEST)


def write(folder: Path, found: Found) -> None:
    """Page, JSON and picture, each whole or not at all."""
    _put(folder / "engines.json", json.dumps(found, indent=1, sort_keys=True) + "\n")
    if found["curves"]:
        _put(folder / "engines.svg", picture(found["curves"]))
    _put(folder / "engines.md", page(found))


def _put(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def _machine(on: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"Measured on {on['day']}: {on['processor']}, {on['cores_used']} of {on['cores']} cores, "
        f"Python {on['python']}, {on['system']}; load {on['load_before']} before it began."
    )
    yield ""


def _ratios(ratios: list[Found]) -> Iterator[str]:
    if not ratios:
        return
    yield "| ours against | times as fast | range | turns | promised | kept |"
    yield "|---|---|---|---|---|---|"
    for each in ratios:
        yield (
            f"| {each['title']} | {each['times']:.3g} | {each['least']:.3g} to {each['most']:.3g} | {each['turns']} "
            f"| {each['at_least']:.3g} | {'yes' if each['is_kept'] else '**no**'} |"
        )
    yield ""


def _sections(rows: Mapping[str, Found]) -> Iterator[str]:
    for section, title in TITLES.items():
        those = [row for row in rows.values() if SECTION.get(row["task"], row["task"]) == section]
        if not those:
            continue
        yield f"## {title}"
        yield ""
        yield "| library | version | time, s | range, s | processor, s | ns a draw | end state | remarks |"
        yield "|---|---|---|---|---|---|---|---|"
        yield from (_row(row) for row in sorted(those, key=lambda row: row["wall_s"]))
        yield ""


def _row(row: Found) -> str:
    check, scaled = row["check"], "" if row["scale"] == 1 else f"scaled from {row['ran']:,}; "
    draw = f"{row['ns_a_draw']:.3g}" if row["ns_a_draw"] else ""
    said = (
        SAID[check["kind"]].format(**check)
        if check["agrees"]
        else f"**WRONG**: {check['far']} (limit {check['limit']})"
    )
    return (
        f"| {row['title']} | {row['version']} | {row['wall_s']:.3g} | {row['wall_least_s']:.3g} to "
        f"{row['wall_most_s']:.3g} | {row['cpu_s']:.3g} | {draw} | {said} | {scaled}{row['note']} |"
    )


def _rest(found: Found) -> Iterator[str]:
    for name, reason in found["failed"].items():
        yield f"- **{name}** was not measured; {reason}"
    if found["failed"]:
        yield ""
    yield from _per_flow(found["rows"])
    curves = found["curves"]
    if curves:
        yield "## Runs and persons"
        yield ""
        yield f"The exact ensemble takes {_growth(curves['runs'], 'runs')}; {_growth(curves['people'], 'people')}."


def _per_flow(rows: Mapping[str, Found]) -> Iterator[str]:
    """The full model against the bare problem: processor time for each route and month of a run."""
    full, bare = rows.get("tallystick full"), rows.get("tallystick ensemble")
    if not full or not bare:
        return
    one = full["cpu_s"] / (RUNS * full["routes"] * full["months"])
    other = bare["cpu_s"] / (RUNS * len(problem.FLOWS) * problem.MONTHS)
    yield (
        f"The full model has {full['routes']} routes between strata and runs {full['months']} months: {one * 1e9:.3g} "
        f"ns of processor time for each route and month of a run, {one / other:.3g} times the bare problem's "
        f"{other * 1e9:.3g}."
    )
    yield ""


def _growth(points: list[Found], of: str) -> str:
    first, last = points[0], points[-1]
    more, longer = last[of] / first[of], last["wall_s"] / first["wall_s"]
    names = {"runs": "runs", "people": "persons"}
    return (
        f"{longer:.3g} times as long for {more:,.0f} times as many {names[of]} ({first[of]:,} to {last[of]:,}): time "
        f"grows as their number to the power {power(points, of):.2g}, promised {' to '.join(map(str, POWERS[of]))}"
    )
