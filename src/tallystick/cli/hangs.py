"""The table of `simulate --sensitivity`: what effects, and the ranking of scenarios, hang on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tallystick.cli.options import Format
from tallystick.cli.output import write_json, write_rows

if TYPE_CHECKING:
    from tallystick.scenarios.sensitivity import Index, Sensitivity

TOP = 3  # factors named for each scenario
COLUMNS = ("scenario", "outcome", "factor", "first", "first_error", "total", "total_error", "why")


def write_sensitivity(found: Sensitivity, shape: Format) -> None:
    """To stdout: the ranking and what it hangs on, or every index for other programs."""
    import sys

    import msgspec

    if shape is Format.json:
        write_json(msgspec.to_builtins(found))
    elif shape is Format.csv:
        rows = [{name: getattr(each, name) for name in COLUMNS} for each in found.indices]
        write_rows(list(COLUMNS), rows, shape, whole=rows)
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines_of(found))


def lines_of(found: Sensitivity) -> Iterator[str]:
    """The ranking, each scenario's three weightiest factors, and the assumption that the ranking hangs on."""
    yield f"Scenarios by their effect on {found.outcome}, end of {found.year}; lowest first"
    yield f"{found.points:,} points of a design over everything assumed, without chance; seed {found.seed}"
    yield ""
    yield f"{'place':>5}  {'scenario':<28}{'median effect':>16}{'comes first':>13}"
    for place in found.ranking:
        yield f"{place.usual:>5}  {place.scenario:<28}{place.median_effect:>16,.0f}{place.first_share:>12.0%} "
    yield ""
    yield "Share of the variance of each effect that a factor makes, with all others (95 % half width)"
    for scenario in [place.scenario for place in found.ranking]:
        named = [f"{each.factor} {each.total:.2f} ({each.total_error:.2f})" for each in _top(found, scenario)]
        yield f"  {scenario:<28}{', '.join(named) or 'moves nothing'}"
    yield ""
    most = found.hangs_on
    if most is None:
        yield "The ranking is the same at every point."
        return
    yield f"The ranking hangs most on: {most.factor}, {most.total:.2f} ({most.total_error:.2f}) of how far it moves."
    if most.why:
        yield f"  {most.why}"
    yield "Sizes of loops and levers are assumed; an index says what to find out first, not what is true."


def _top(found: Sensitivity, scenario: str) -> list[Index]:
    here = [each for each in found.indices if each.scenario == scenario and each.outcome == found.outcome]
    return sorted(here, key=lambda each: -each.total)[:TOP]
