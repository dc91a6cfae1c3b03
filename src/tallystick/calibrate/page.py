"""The kept result of the recovery check as a page for a reader."""

from __future__ import annotations

import numpy as np

from tallystick.calibrate.coverage import BINS, CONFIDENCE, JUDGED, Curves, Pooled, Verdict
from tallystick.calibrate.fit import R_HAT_LIMIT
from tallystick.calibrate.kept import Kept
from tallystick.calibrate.recovery import LEVELS, RANKS

CLOSE = 1.05  # an R-hat that short runs of a simulated data set should meet


def page_of(kept: Kept, verdict: Verdict) -> str:
    """Markdown. Everything on it follows from the kept figures and the verdict on them."""
    parts = (_head(kept), _answer(kept, verdict), _estimands(verdict), _quantities(kept, verdict), _sampler(kept))
    return "\n\n".join((*parts, _repeat(kept))) + "\n"


def _head(kept: Kept) -> str:
    return (
        "# Do the intervals hold the truth as often as they say?\n\n"
        f"This page is written by `make statistics`{f' on {kept.date}' if kept.date else ''}; do not edit it. "
        "The figures behind it are in `calibration.json` beside it.\n\n"
        f"The question needs a truth that is known, so {len(kept.rank)} are invented. Each is drawn from what the "
        "model assumes before it sees a claim; the claims that the programme's sources would then have made are "
        "simulated, errors and all, with the same periods, asserters, tables and wordings as the real ones; the model "
        "is fitted to them as it is to the real ones; and each interval is asked whether it holds the planted truth. "
        "It tests the arithmetic and the sampler, from the density to the quantiles. It cannot tell whether the "
        "model's assumptions are right about the world: simulated sources err exactly as the model says that "
        "sources err."
    )


def _answer(kept: Kept, verdict: Verdict) -> str:
    rows = [
        f"| {100 * level:.0f} % | {_percent(one.share)} | {_range(one)} | {_percent(read_off)} |"
        for level, one, read_off in zip(LEVELS, verdict.overall, verdict.read_off, strict=True)
    ]
    low, high = (int(end) for end in verdict.band)
    return (
        f"## Answer: {'passed' if verdict.passed else 'FAILED'}\n\n"
        f"{len(kept.labels)} quantities, {verdict.sets} data sets.\n\n"
        f"| interval | truths held, all quantities, by ranks | {100 * CONFIDENCE:.0f} % band by chance | read off all "
        "draws (not judged) |\n| --- | --- | --- | --- |\n" + "\n".join(rows) + "\n\n"
        f"By ranks: of the truth among {RANKS} draws, thinned so that they are nearly independent where the least "
        f"effective sample size reaches {RANKS}; at most {_unreached(kept)} of {len(kept.ess)} fits ended before "
        "that. An interval that is read off n effective draws holds its level times (n - 1) / (n + 1), which is too "
        "little by some thousandths where a data set gets a few hundred; the last column shows it (decision 19).\n\n"
        f"For one quantity, an 80 % interval that is right holds the truth in {low} to {high} of {verdict.sets} data "
        f"sets (exact binomial band of {100 * CONFIDENCE:.0f} %). **Of {len(kept.labels)} quantities, "
        f"{verdict.outside} {'lies' if verdict.outside == 1 else 'lie'} outside**; {verdict.outside_expected:.1f} are "
        f"expected by chance, and in one check out of a hundred more than {verdict.outside_limit}. These numbers are "
        "not binomial, because quantities of one data set move together; they come from drawing ranks again that are "
        "uniform and move together as the observed ones do. The check passes when no more quantities lie outside than "
        "that and the three shares above lie in their bands.\n\n"
        f"Ranks of the truth among the draws, in {BINS} equal bins: the chi-square p-value is below 0.01 for "
        f"{int((verdict.uneven < 0.01).sum())} of the quantities, where {len(kept.labels) / 100:.1f} are expected; the "
        f"smallest is {verdict.uneven.min():.2g}.\n\n" + _curves(kept, verdict.curves)
    )


def _unreached(kept: Kept) -> int:
    """Fits that were stopped while some quantity mixed too slowly."""
    return sum(drawn >= kept.size.most for drawn in kept.draws)


def _curves(kept: Kept, curves: Curves) -> str:
    oddest = int(curves.odd.argmin())
    return (
        "The whole distribution of ranks is laid against the band that a uniform one stays in at every point at once "
        "(Säilynoja, B\u00fcrkner and Vehtari 2022, doi:10.1007/s11222-022-10090-6). "
        f"**{curves.outside} of {len(kept.labels)} curves leave their {100 * CONFIDENCE:.0f} % band**; "
        f"{curves.outside_expected:.1f} do by chance, and at most {curves.outside_limit} in "
        f"{100 * CONFIDENCE:.0f} checks of 100. Of all curves the oddest is that of "
        f"`{kept.labels[oddest]}`, with a point of two-sided probability {curves.odd[oddest]:.2g}; among so many "
        f"curves that move together as these do, the oddest point falls below {curves.family:.2g} in one check of 100. "
        f"So **{_beyond(curves)} outside the {100 * CONFIDENCE:.0f} % band of the family**. That band is what is "
        "judged, and not that no curve leaves its own: of so many curves that are right some do, by chance "
        "(decision 19)."
    )


def _beyond(curves: Curves) -> str:
    number = int((curves.odd < curves.family).sum())
    return "no curve lies" if number == 0 else "1 curve lies" if number == 1 else f"{number} curves lie"


def _estimands(verdict: Verdict) -> str:
    rows = [
        f"| `{name}` | {_percent(one.share)} | {_range(one)} | {'yes' if one.band.holds(one.share) else '**no**'} |"
        for name, one in verdict.by_estimand.items()
    ]
    beyond = sum(not one.band.holds(one.share) for one in verdict.by_estimand.values())
    return (
        "## By estimand\n\nTruths held by the 80 % intervals, all hosts, classes, cohorts and periods of the estimand "
        f"together. To look at, and not part of the verdict: {beyond} of {len(rows)} outside, where "
        f"{len(rows) / 100:.1f} are expected by chance. A share above its band speaks for intervals wider than "
        "they need to be, one below it for intervals that are too narrow.\n\n"
        "| estimand | held | 99 % band by chance | inside |\n| --- | --- | --- | --- |\n" + "\n".join(rows)
    )


def _quantities(kept: Kept, verdict: Verdict) -> str:
    rows = [
        f"| `{label}` | {' | '.join(str(held) for held in verdict.held[:, at])} | {_mean(kept, at)} | "
        f"{verdict.uneven[at]:.2f} | {'' if verdict.band.holds(verdict.held[JUDGED, at]) else '**outside**'} | "
        f"{verdict.curves.chance[at]:.2f} | {'**outside**' if verdict.curves.odd[at] < verdict.curves.limit else ''} |"
        for at, label in enumerate(kept.labels)
    ]
    return (
        "## By quantity\n\nIn how many data sets each interval held the truth; the mean rank of the truth among the "
        "draws, from 0 to 1 (a half when estimates lean neither way); the chi-square p-value of its ranks; how often a "
        "uniform curve of ranks is at least as odd at its oddest point, and whether this one leaves its "
        f"{100 * CONFIDENCE:.0f} % band.\n\n"
        "| quantity | 50 % | 80 % | 95 % | mean rank | p | 80 % | curve | band |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n" + "\n".join(rows)
    )


def _mean(kept: Kept, at: int) -> str:
    return f"{(kept.rank[:, at].mean() + 0.5) / 100:.2f}"


def _sampler(kept: Kept) -> str:
    r_hat, ess = np.array(kept.r_hat), np.array(kept.ess)
    still = sum(number == 0 for number in kept.divergences)
    return (
        f"## The sampler\n\n{_shortened(kept)} The worst R-hat of a fit's quantities is at most {R_HAT_LIMIT} in "
        f"{(r_hat <= R_HAT_LIMIT).sum()} fits and at most {CLOSE} in {(r_hat <= CLOSE).sum()} of {len(r_hat)} (largest "
        f"{r_hat.max():.2f}); the smallest effective sample size of a fit is {np.median(ess):.0f} in the median and "
        f"{ess.min():.0f} at worst; {still} fits had no divergent draw (all together {sum(kept.divergences)}). "
        "Badly mixed fits are counted with all others: leaving them out would choose by outcome."
    )


def _shortened(kept: Kept) -> str:
    size, drawn = kept.size, np.array(kept.draws)
    return (
        f"What is shortened against a real fit: each has {size.chains} chains of {size.warmup} unkept and at first "
        f"{size.draws} kept draws; they go on by {size.draws} until the least effective sample size of all quantities "
        f"reaches {RANKS}, to {size.most} at most ({drawn.mean():.0f} on average, {_unreached(kept)} of "
        f"{len(drawn)} fits to the end). The truth is ranked among {RANKS} of the draws, evenly spaced. The model is "
        "compiled once for all data sets; each has its own mode, coordinates and warm-up."
    )


def _repeat(kept: Kept) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in kept.versions.items())
    return (
        f"## To repeat it\n\n```text\n{kept.command}\n```\n\n"
        f"Seed {kept.seed}; {versions}; code and evidence `{kept.code[:16]}`. The number of worker processes moves no "
        f"figure. It took {sum(kept.cpu_seconds) / len(kept.rank):.0f} seconds of processor time a data set, and "
        f"{kept.wall_seconds / 60:.0f} minutes in all with {kept.workers} workers."
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _range(one: Pooled) -> str:
    return f"{100 * one.band.low:.1f} to {100 * one.band.high:.1f} %"
