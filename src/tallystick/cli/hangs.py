"""What effects, and the order of scenarios, hang on: `simulate --sensitivity`, and lines below `simulate --levers`.

Lines are at most as wide as a terminal of 80 characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING

from tallystick.brief.words.runs import NOUNS, percent_of
from tallystick.cli.options import WIDTH, Format, one_of
from tallystick.cli.output import write_json, write_rows
from tallystick.vocab.cells import printable

if TYPE_CHECKING:
    from pathlib import Path

    from tallystick.scenarios.alone import Alone
    from tallystick.scenarios.sensitivity import Index, Ranking, Sensitivity
    from tallystick.scenarios.what_if import WhatIf
    from tallystick.study.study import Study

TOP = 3  # factors named for each scenario
SHOWN = 0.01  # of the variance, at least
RIVALS = 5  # named as not told apart
TOO_FEW = "{} samples are too few: half or more of these shares are not told from nought (?). Ask for more."
USUAL = "workers_present"  # the outcome that is told of when none is asked for
NAME = 26
COLUMNS = ("scenario", "outcome", "factor", "first", "first_error", "total", "total_error", "why")
WORDS = (
    "In brackets: 95 % half widths. ?: a share that these samples do not tell from nought. ~: two shares whose "
    "intervals overlap, so that they do not tell which is larger. What numbers do together counts for each of them, so "
    "that shares add up to more than 1."
)
UNTOLD = "no share is told of"
CAUTION = (
    "Sizes of loops and levers are assumed: a share says what to find out first, not what is true. What each number is "
    "and why it was assumed stands in the programme's system.toml and scenarios.toml."
)


def sensitivity(
    study: Study, names: Sequence[str | Path] | None, samples: int | None, until: str | None,
    outcomes: Sequence[str], year: int | None, shape: Format, *, levers: bool = False,
) -> WhatIf:  # fmt: skip
    """Run the design, and write what was found to stdout; levers : of each lever pulled alone. Says what was asked."""
    from tallystick.cli.figures import fitted
    from tallystick.cli.meter import running
    from tallystick.study.forward import outcome_ids
    from tallystick.study.hangs import sensitivity_of, sensitivity_question
    from tallystick.study.places import places_of

    asked = sensitivity_question(study, names, samples, year, until, levers=levers)  # faults are told before the fit
    for each in outcomes:
        one_of("outcome", each, outcome_ids(asked[0]))
    fitted(study)
    with running() as hear:
        found = sensitivity_of(study, *asked, progress=partial(hear, "points"))
    known = [each.outcome for each in found.rankings]
    chosen = [str(one_of("outcome", each, known)) for each in outcomes]
    write_sensitivity(found, chosen, shape, places_of(asked[0].programme))
    return asked[0]


def write_sensitivity(
    found: Sensitivity, outcomes: Sequence[str], shape: Format, places: Mapping[str, str]
) -> None:  # fmt: skip
    """Tables of these outcomes, or all numbers of them for other programs; of all outcomes when none is named."""
    import sys

    import msgspec

    indices = [each for each in found.indices if not outcomes or each.outcome in outcomes]
    rankings = [each for each in found.rankings if not outcomes or each.outcome in outcomes]
    if shape is Format.json:
        write_json({**msgspec.to_builtins(found), "indices": _plain(indices), "rankings": _plain(rankings)})
    elif shape is Format.csv:
        rows = [{name: getattr(each, name) for name in COLUMNS} for each in indices]
        write_rows(list(COLUMNS), rows, shape, whole=rows)
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines_of(found, outcomes or [USUAL], places))


def _plain(rows: Sequence[object]) -> list[object]:
    import msgspec

    return [msgspec.to_builtins(each) for each in rows]


def lines_of(found: Sensitivity, outcomes: Sequence[str], places: Mapping[str, str]) -> Iterator[str]:
    """For each outcome the order, each scenario's weightiest factors, and what the order hangs on.

    places : by outcome, where it is. Of one scenario there is no order.
    """
    for ranking in found.rankings:
        if ranking.outcome in outcomes:
            some = len(ranking.places) > 1
            yield from _order(ranking, _named_in(ranking, places), str(found.year))
            if some:
                yield from wrap(f"{_changes(ranking)} {found.points:,} points", WIDTH)
            yield ""
            yield "Share of each effect's variance that a number makes, with all others"
            ids = [place.scenario for place in ranking.places]
            weightiest = {id: _weightiest(found.of(id, ranking.outcome)) for id in ids}
            yield from _by_scenario({id: _shares(indices) for id, indices in weightiest.items()})
            if _too_few([each for indices in weightiest.values() for each in indices]):
                yield from wrap(TOO_FEW.format(found.samples), WIDTH)
            yield ""
            if some:
                yield "Share of the variance of how far the order moves from the usual one"
                said = _hangs(found.of("", ranking.outcome))
                yield from wrap(said, WIDTH, initial_indent="  ", subsequent_indent="  ")
                yield ""
    yield from wrap(
        f"{found.points:,} points ({found.samples} samples) of a design over everything assumed, without chance; seed "
        f"{found.seed}. {WORDS} {CAUTION}",
        WIDTH,
    )


def lines_alone(found: Alone, places: Mapping[str, str]) -> Iterator[str]:
    """For each outcome that shares were taken of, what the effects hang on. places : by outcome, where it is."""
    from tallystick.scenarios.alone import FEWEST

    if found.draws < FEWEST:
        yield from wrap(
            f"What each change hangs on is not told: {found.draws} draws are too few for shares of its variance. Ask "
            f"for {FEWEST} runs or more.",
            WIDTH,
        )
        return
    for ranking in found.rankings:
        name = _named_in(ranking, places)
        yield from wrap(
            f"{name}, {found.year}: share of each change's variance that one assumed number makes alone", WIDTH
        )
        by_size = sorted(ranking.places, key=lambda each: -abs(each.median_effect))
        shares = {each.scenario: found.of(each.scenario, ranking.outcome)[:TOP] for each in by_size}
        yield from _by_scenario(
            {id: [f"{each.factor} {each.share:.2f} ({each.error:.2f})" for each in some] for id, some in shares.items()}
        )
        yield ""
    yield from wrap(
        f"From {found.draws} draws without chance; 95 % half widths; shares that chance might make are not told. What "
        "is left of each is what the evidence leaves open, how plans wander, and what numbers do together. On what "
        f"their order hangs: add --sensitivity. {CAUTION}",
        WIDTH,
    )


def _named_in(ranking: Ranking, places: Mapping[str, str]) -> str:
    place = places.get(ranking.outcome, "")
    return printable(ranking.name) + (f", {place}" if place else "")


def _order(ranking: Ranking, name: str, when: str) -> Iterator[str]:
    yield from wrap(f"Effects on {name}, {when}: the lowest first", WIDTH)
    yield f"{'place':>5}  {'scenario':<{NAME}}{f'median effect ({_unit(ranking)})':>30}{'comes first':>13}"
    for place in ranking.places:
        number, first = _number(place.median_effect), percent_of(place.first_share)
        yield f"{place.usual:>5}  {place.scenario:<{NAME}}{number:>30}{first:>13}"


def _unit(ranking: Ranking) -> str:
    return ranking.unit if ranking.unit == "share" else NOUNS.get(ranking.unit, ranking.unit)


def _number(value: float) -> str:
    """To three digits: half widths support no more."""
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 100 or not rounded else f"{rounded:g}"


def _changes(ranking: Ranking) -> str:
    return f"{ranking.places[0].scenario} does not come first, or not alone, at {percent_of(ranking.first_changes)} of"


def _by_scenario(shares: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Those of which a share is told, each by itself, then the names of the others."""
    for scenario, some in shares.items():
        if some:
            yield from _named(scenario, some)
    untold = [scenario for scenario, some in shares.items() if not some]
    if untold:
        yield from _named(UNTOLD, untold)


def _named(scenario: str, shares: Sequence[str]) -> Iterator[str]:
    words = ", ".join(shares).replace("~,", " ~")
    yield from wrap(words, WIDTH, initial_indent=f"  {scenario:<{NAME}}", subsequent_indent=" " * (NAME + 2))


def _weightiest(indices: Sequence[Index]) -> list[Index]:
    return [each for each in indices if each.total >= SHOWN][:TOP]


def _too_few(shown: Sequence[Index]) -> bool:
    """Whether half of what is shown, or more, is not told from nought."""
    return bool(shown) and 2 * sum(not each.is_told for each in shown) >= len(shown)


def _shares(some: Sequence[Index]) -> list[str]:
    """Each marked where it is not told from nought, or not apart from the next."""
    near = [not each.is_apart_from(after) for each, after in pairwise(some)]
    return [_share(each) + "~" * is_near for each, is_near in zip(some, [*near, False], strict=False)]


def _share(each: Index) -> str:
    return f"{each.factor} {each.total:.2f} ({each.total_error:.2f})" + "?" * (not each.is_told)


def _hangs(indices: Sequence[Index]) -> str:
    """What the order hangs on most; of what is assumed, where that is not the same."""
    if not indices:
        return "The order is the same at every point."
    said = [f"The order hangs most on {_share(indices[0])}{_rivals(indices)}."]
    assumed = [each for each in indices if each.why]
    if assumed and assumed[0] != indices[0]:
        said.append(f"Of what is assumed, it hangs most on {_share(assumed[0])}{_rivals(assumed)}.")
    if not indices[0].is_told:
        said.append("These samples are too few to tell on what it hangs: ask for more.")
    said.extend(f"{each.factor}: {printable(each.why)}" for each in assumed[:1])
    return " ".join(said)


def _rivals(indices: Sequence[Index]) -> str:
    """The others whose intervals reach into that of the first."""
    first, *others = indices
    near = [each.factor for each in others if each.is_told and not first.is_apart_from(each)]
    more = f" and {len(near) - RIVALS} more" if len(near) > RIVALS else ""
    return f", not told apart from {', '.join(near[:RIVALS])}{more}" if near else ""
