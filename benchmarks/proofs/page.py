"""The page of statistics: plain sentences around kept figures."""

from __future__ import annotations

from typing import Any

import numpy as np

from tallystick.calibrate.coverage import CONFIDENCE, Verdict
from tallystick.calibrate.kept import Kept
from tallystick.calibrate.newcomer import HALF

Plain = dict[str, Any]
WORLDS = {
    "honest": "sources err as the model supposes",
    "copies": "half of all figures are unseen copies of another of their series",
    "leaning class": "the class with the most figures gives twice the truth",
    "heavy tails": "errors are Student's t with two degrees of freedom",
}


def page_of(found: Plain, kept: Kept, verdict: Verdict) -> str:
    """Markdown. `found` as `measure.measured` gives it; `kept` and `verdict` of the recovery check."""
    parts = (
        _head(found), _sbc(kept, verdict), _predictive(found["predictive"]), _before(found["before"]),
        _trajectories(found["pictures"]),
        _misled(found["misled"]), _newcomers(found["newcomers"]), _planted(found), _copies(), _repeat(found),
    )  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _head(found: Plain) -> str:
    day = f" on {found['date']}" if found["date"] else ""
    judged = found["diagnostics"]
    return (
        "# Can the machine be trusted?\n\n"
        f"This page is written by `make statistics`{day}; do not edit it. Its figures are in `statistics.json` "
        "beside it, "
        "those of the first test in `calibration.json`. How the estimate is made: "
        "[estimate](../methods/estimate.md).\n\n"
        f"The fit that was asked {'meets' if judged['passed'] else '**misses**'} its diagnostics: R-hat at most "
        f"{judged['r_hat_max']:.3f}, at least {min(judged['ess_bulk_min'], judged['ess_tail_min']):.0f} effective "
        "draws "
        f"for every published quantity, {judged['divergences']} divergences."
    )


def _sbc(kept: Kept, verdict: Verdict) -> str:
    curves, percent = verdict.curves, f"{100 * CONFIDENCE:.0f} %"
    beyond = int((curves.odd < curves.family).sum())
    held = verdict.overall[1]
    oddest = kept.labels[int(curves.odd.argmin())]
    return (
        "## Is the arithmetic right? Simulation-based calibration\n\n"
        f"{verdict.sets} truths were drawn from the joint prior, the claims that the programme's sources would have "
        "made of "
        f"each were simulated, the model was fitted to them, and the truth's place among the draws noted for "
        f"{len(kept.labels)} quantities: headline quantities, every unknown of the model, and the log likelihood and "
        "log "
        "prior, which see faults that no single unknown shows (Talts and others 2018, arXiv:1804.06788; Modrák and "
        f"others 2023, doi:10.1214/23-BA1404). **{'Passed' if verdict.passed else 'FAILED'}.**\n\n"
        f"- {100 * held.share:.1f} % of the truths lay in the central 80 % of ranks (by chance "
        f"{100 * held.band.low:.1f} to {100 * held.band.high:.1f} %).\n"
        f"- Curves of ranks outside the {percent} simultaneous band of one curve: {curves.outside} of "
        f"{len(kept.labels)}; "
        f"chance gives {curves.outside_expected:.1f}, and at most {curves.outside_limit} in 99 checks of 100.\n"
        f"- Curves outside the {percent} band of the whole family: **{beyond}**. The oddest is `{oddest}`. "
        "This is judged, and not that no curve leaves its own band: [of so many that are right, some "
        "do](../decisions/0019-some-quantities-outside-their-band.md).\n"
        f"- Chi-square p-values of ranks below 0.01: {int((verdict.uneven < 0.01).sum())}, where "
        f"{len(kept.labels) / 100:.1f} are expected.\n\n"
        "Every quantity, what was shortened to run so many fits, and how the bands are made: "
        "[do the intervals hold the truth?](calibration.md).\n\n"
        "![Curves of ranks less the diagonal, with the band of one curve and that of the "
        "family](statistics-ranks.svg)\n\n"
        "The same ranks as histograms, all quantities of an estimand together: flat where intervals are right, hollow "
        "in the middle where they are too narrow, humped where too wide, sloping where medians lean. The number "
        "who reach safety has its row in the table of the other page.\n\n"
        "![Histograms of ranks by estimand, with a band of chance](statistics-histograms.svg)"
    )


def _predictive(found: Plain) -> str:
    every = found["measure"][0]
    return (
        "## Do the published figures look like the model's? Posterior predictive checks\n\n"
        "Each published figure is laid against what the model expects of such a figure from all other voices (its own "
        "left out by weighing the draws; where so much hangs on it that this cannot be told, it is left in, and "
        "counted "
        "in the last column). "
        f"Of {every['figures']} figures, {100 * every['inside'][1]:.0f} % lie inside their 80 % interval. More than 80 "
        "says that the model expects larger errors than there are: its intervals are then wider than need be. Fewer "
        "says "
        "the opposite. Groups of few figures say little; figures of one table err together.\n\n"
        + _groups("measure", found["measure"]) + "\n\n" + _groups("class", found["asserter_class"])
        + "\n\nThe mean place is 50 when figures lie evenly about what is expected, higher when they are higher.\n\n"
        "![Where figures fall in what is expected of them, in ten bins, by class](statistics-pit.svg)"
    )  # fmt: skip


def _groups(name: str, groups: list[Plain]) -> str:
    rows = [f"{_places(one)} | {one['figures'] - one['left_out']} |" for one in groups]
    head = f"| {name} | figures | in 50 % | in 80 % | in 95 % | mean place | own voice in |"
    return "\n".join((head, "| --- | --- | --- | --- | --- | --- | --- |", *rows))


def _places(one: Plain) -> str:
    name = one["name"] if one["name"] == "all" else f"`{one['name']}`"
    return f"| {name} | {one['figures']} | {' | '.join(_percent(one['inside']))} | {100 * one['mean']:.0f}"


def _percent(shares: list[float]) -> list[str]:
    return [f"{100 * share:.0f}" for share in shares]


def _before(found: Plain) -> str:
    every = found["measure"][0]
    rows = [_places(one) + " |" for one in found["measure"]]
    head = "| measure | figures | in 50 % | in 80 % | in 95 % | mean place |\n| --- | --- | --- | --- | --- | --- |\n"
    return (
        "## Did the model think such figures possible? Prior predictive checks\n\n"
        "The same figures against what the model expects of such figures before it hears any: draws of the prior, with "
        "the lean and the error of who claims, and the error of tables. "
        f"{100 * every['inside'][1]:.0f} % of the {every['figures']} figures lie inside its 80 % interval and "
        f"{100 * every['inside'][2]:.0f} % inside its 95 %. Where a prior claims little, more lie inside than "
        "its level says; figures heaped at an end would mean that it had ruled out what was then published.\n\n"
        + head + "\n".join(rows)
        + "\n\n![Where figures fall in what is expected before any is heard, in ten bins, by class]"
        "(statistics-prior-pit.svg)"
    )  # fmt: skip


def _trajectories(pictures: list[Plain]) -> str:
    images = [
        f"![{_title(one)}: prior and posterior of the quantity, and claims]"
        f"(statistics-{one['estimand']}-{one['host']}.svg)"
        for one in pictures
    ]
    return (
        "## What does the model hold of a quantity before it hears a claim? Prior against posterior\n\n"
        "The wide band is the prior, the narrow one the posterior (80 % each), the points are the claims that were "
        "used. "
        "Where the bands lie on each other, the evidence added nothing. Both are of the quantity itself and not of "
        "what would be said of it: a claim has the lean and the error of its source besides, so that points may lie "
        "outside a band that is right.\n\n" + "\n\n".join(images)
    )


def _title(one: Plain) -> str:
    return f"`{one['estimand']}`, {one['host']}"


def _misled(worlds: list[Plain]) -> str:
    rows = [
        f"| {WORLDS.get(one['world'], one['world'])} | {_share(one, '50%')} | {_share(one, '80%')} | "
        f"{_share(one, '95%')} | "
        f"{one['move_mean']:.2f} | {one['move_largest_median']:.2f} | {one['flagged']} of {one['sets']} |"
        for one in worlds
    ]
    return (
        "## What if sources err otherwise? Planted truths under misspecified noise\n\n"
        f"{worlds[0]['sets']} simulated data sets, each fitted in every world; short fits. *Held*: truths inside the "
        "intervals of that level, all headline quantities. *Moved*: how far medians lie from those under honest "
        "errors, "
        "in widths of their 80 % interval: on average, and the quantity that moves most (median over data sets; a "
        "short "
        "fit alone moves it by a tenth or two). *Flagged*: data sets with a flagged bloc of agreeing voices; where "
        "five "
        "are planted, one that holds all five.\n\n"
        "| world | held 50 % | held 80 % | held 95 % | moved, mean | moved, most | flagged |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n" + "\n".join(rows)
    )


def _share(one: Plain, level: str) -> str:
    return f"{100 * one['held'][level]:.0f} %"


def _newcomers(rows: list[Plain]) -> str:
    unvetted = [one for one in rows if not one["vetted"]]
    most = max(unvetted, key=lambda one: one["move"])
    holds = most["move"] <= HALF
    return (
        "## What can one new origin do? (T2)\n\n"
        "One more figure, from a tenth to ten times what would be expected, for each measure, host and year asked; "
        "the draws "
        "are weighed again by its likelihood, so that nothing else changes. **An origin that nobody has vetted "
        f"({most['asserter_class']}) moves no headline median by more than {most['move']:.2f} of its 80 % interval** "
        f"(promised: {HALF:g}; {'kept' if holds else 'BROKEN'}): `{most['on']}`, by a figure of `{most['measure']}` "
        "for "
        f"{most['host']} {most['year']} at {most['factor']:g} times. Whoever is classed higher by a signed judgement "
        "may "
        "move more, as it should be; the table says how much. *k* above 0.7: only a new fit could tell.\n\n"
        "| class | speaks of | moves most | by | host, year, factor | k | beyond half |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n" + "\n".join(_newcomer(one) for one in rows)
    )


def _newcomer(one: Plain) -> str:
    name = one["asserter_class"] if one["vetted"] else f"**{one['asserter_class']}**"
    return (
        f"| {name} | `{one['measure']}` | `{one['on']}` | {one['move']:.2f} | {one['host']} {one['year']}, "
        f"{one['factor']:g} | {one['k']:.2f} | {one['beyond']} of {one['asked']} |"
    )


def _planted(found: Plain) -> str:
    rows = [
        f"| {one['plot']} | {one['move']:.2f} | `{one['on']}` | {_flagged(one)} | {one['flags']} |"
        for one in found["planted"]["plots"]
    ]
    blocs, flagged = found["blocs"], [one for one in found["blocs"] if one["flagged"]]
    listed = [
        f"- {len(one['voices'])} voices, `{one['measure']}`, {one['host']}: {one['low']:,.0f} to {one['high']:,.0f} "
        f"{one['unit']}; "
        f"{one['factor']:.2g} times what the others expect; without them `{one['on']}` moves by {one['move']:.2f}"
        f"{'' if one['reliable'] else ' or more'} ({', '.join(f'`{claim}`' for claim in one['claims'])})"
        for one in flagged
    ]
    return (
        "## And several that collude? (T2)\n\n"
        "Figures planted beside the real evidence, fitted anew (short fits). A bloc is three voices or more that agree "
        "within a quarter on one quantity of one host within two years; it is flagged where a headline median hangs on "
        "it by more than half of its interval, where its figure lies outside what all others leave, where its voices "
        "agree more closely than separate ones would, or where so much hangs on it that the draws cannot tell.\n\n"
        "| planted | largest move | of | flagged | flagged blocs |\n| --- | --- | --- | --- | --- |\n" + "\n".join(rows)
        + "\n\nFlags are for blocs. Nothing here flags a class that leans as a whole, copies whose links nobody has "
        "seen, or a single figure, high or low. A brief lists for a second look the figures that lie far outside what "
        "is expected of their class; of a class that nobody has vetted ten times is not far, and one figure of it is "
        "held back by its wide error instead. Of a leaning class a brief says whether the evidence taught its lean. "
        "What those do to medians and intervals stands in the section on misspecified noise, with how often honest "
        "evidence is flagged by chance.\n\n"
        f"In the evidence as it is, the blocs that agree number {len(blocs)}; **flagged: {len(flagged)}** "
        f"({found['planted']['flagged_without']} in the short fit). Nothing is known to be planted in it, so this is "
        "the rate of false alarms, or of agreement that a reader should know of:\n\n" + "\n".join(listed or ["- none"])
    )  # fmt: skip


def _flagged(one: Plain) -> str:
    """Whether the planted bloc is; one voice is none."""
    if one["plot"].startswith("1 "):
        return "one voice is no bloc"
    return "yes" if one["flagged"] else "**no**"


def _copies() -> str:
    return (
        "## Copies and paraphrases (T2)\n\n"
        "A thousand exact copies, and a thousand rows that repeat, round, convert or are suspected to copy the figures "
        "of one report, under other names, classes, dates and asserters, leave the hash of what the fit reads "
        "unchanged. The fit is therefore the same, byte for byte: no estimate moves, and there is no Monte Carlo "
        "error. Tests hold both "
        "(`tests/reconcile/test_fingerprint.py`, `tests/reconcile/test_paraphrases.py`). A copy whose link nobody has "
        "recorded or suspected counts as an origin of its own, with the limits of the section before."
    )


def _repeat(found: Plain) -> str:
    return (
        f"## To repeat it\n\n```text\n{found['command']}\n```\n\nSeed {found['seed']}; model and evidence "
        f"`{found['code'][:16]}`. This part took {found['wall_seconds'] / 60:.0f} minutes with {found['workers']} "
        "workers."
    )


def differences(kept: Kept, ranks: int) -> Any:
    """(point, quantity) share of ranks below each point, less what is expected there."""
    points = np.arange(ranks)
    below = (kept.rank[None] <= points[:, None, None]).mean(axis=1)
    return below - ((points + 1) / (ranks + 1))[:, None]
