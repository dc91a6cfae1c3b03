"""The page of the backtest says what its file comes to."""

from __future__ import annotations

import re
from datetime import date
from math import exp, inf, log
from statistics import fmean

from scipy.special import ndtr

from tallystick.evidence.programme import load_programme, programme_folder
from tallystick.forecasts.figures import NUMBERED
from tallystick.forecasts.kept import FILE, read
from tallystick.forecasts.odds import Break
from tallystick.forecasts.odds_table import odds_of
from tests.docs.pages import ROOT

ROW = re.compile(r"^\| (\d{4}-\d\d-\d\d) \|(.*)\|$", re.MULTILINE)
TRIED = re.compile(  # what the changelog says of the trial: stated priors, then generic ones
    r"80 % intervals held (\d+) % of (\d+) figures .+? 95 % intervals (\d+) %; its score \(CRPS of logs ([\d.]+)\)"
    r".+? Its middles missed by a factor of ([\d.]+) .+? With an outsider's priors: (\d+) %, (\d+) %, ([\d.]+)\."
    r" The model alone scores ([\d.]+);"
)
COLUMNS = ("closure", "order", "turn", "withheld")


def _within_a_year(one: Break) -> int:
    """Chance in percent that it begins; over the Gamma of a counted rate, or at the stated one."""
    never = exp(-one.rate) if one.shape == inf else (one.years / (one.years + 1)) ** one.shape
    return round(100 * (1 - never))


def _a_year_more(one: Break, elapsed: int) -> int:
    """Chance in percent that a span which has lasted `elapsed` months lasts twelve more."""
    median, sd = one.months
    beyond = [1 - float(ndtr((log(months) - log(median)) / sd)) for months in (elapsed, elapsed + 12)]
    return round(100 * beyond[1] / beyond[0])


def test_the_odds_at_each_cut_are_those_of_the_file() -> None:
    odds = odds_of(load_programme("dprk"))
    closed = odds.known["closed"]
    rows = ROW.findall((ROOT / "docs" / "methods" / "backtest.md").read_text(encoding="utf-8"))
    assert {date.fromisoformat(day) for day, _ in rows} >= set(odds.named)
    for text, cells in rows:
        day = date.fromisoformat(text)
        breaks, shut = odds.breaks_at(day), closed.begin <= day < closed.end
        shown = [cell.strip() for cell in cells.split("|")]
        wanted = ["" if name not in breaks else str(_within_a_year(breaks[name])) for name in COLUMNS]
        elapsed = (day.year - closed.begin.year) * 12 + day.month - closed.begin.month
        assert shown[1:4] == wanted[1:], text
        assert (shown[0], shown[4]) == (
            ("", str(_a_year_more(breaks["closure"], elapsed))) if shut else (wanted[0], "")
        )


def test_the_changelog_says_of_the_trial_what_the_kept_file_does() -> None:
    told = TRIED.search(" ".join((ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split()))
    kept = read(programme_folder("dprk") / FILE)
    tables, missed = kept.tables, dict[str, list[float]]()
    for line in kept.lines:
        if line.kind in NUMBERED:
            missed.setdefault(line.claim, []).append(abs(log(line.median / line.said)))
    stated, generic = (
        [f"{one.coverage_80:.0%}", f"{one.coverage_95:.0%}", f"{one.crps:.2f}"]
        for one in (tables[f"{name}, all"].overall for name in ("stated", "generic"))
    )
    held, figures, wide, score, miss, *outsider, alone = told.groups() if told else ("",) * 9
    assert [f"{held}%", f"{wide}%", score] == stated
    assert miss == f"{exp(fmean(map(fmean, missed.values()))):.2f}"
    assert alone == f"{tables['stated, all'].overall.baselines['system']:.2f}"
    assert int(figures) == tables["stated, all"].overall.n
    assert [f"{outsider[0]}%", f"{outsider[1]}%", outsider[2]] == generic
