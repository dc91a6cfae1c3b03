"""Promise: the figures that the changelog calls published are those of the account, and so is the evidence it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tallystick.brief.words.estimates import say
from tallystick.brief.words.runs import scale_for, show
from tallystick.evidence.programme import load_programme
from tests.docs.pages import ROOT, pages, shows
from tests.docs.reference import command_names

if TYPE_CHECKING:
    from tallystick.study.study import Study

NEWEST = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split("\n## ")[1]
CORRECTIONS = ROOT / "src/tallystick/data/dprk/CORRECTIONS.md"
MONTE_CARLO = 0.1  # of a figure: another kind of processor draws other numbers
# The rows of the newest table in their order: estimand, host, period.
FIGURES = (
    ("workers_present", "RU", "2024-12"),
    ("workers_present", "CN", "2024-12"),
    ("workers_present", "WW", "2024-12"),
    ("workers_arrived_by_host", "RU", "2024"),
    ("gross_wage", "RU", "2024"),
    ("state_take", "RU", "2024"),
    ("state_take_share", "RU", "2024"),
    ("programme_revenue", "RU", "2024"),
    ("programme_revenue", "WW", "2024"),
    ("booked_pay_owed", "RU", "2024"),
    ("worker_months_after_deadline", "RU", "2024"),
    ("hours_worked", "RU", "2025"),
    ("kept_per_hour", "RU", "2024"),
    ("shortage_filled", "RU", "2024"),
)


def rows() -> list[list[str]]:
    """Median and interval of each row of the table, as it prints them."""
    lines = [line for line in NEWEST.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("|").split("|")][1:] for line in lines]


def test_the_evidence_is_that_which_ships() -> None:
    named = re.search(r"evidence root `(\w+)`", NEWEST)
    assert named is not None
    assert load_programme().evidence_root.startswith(named[1]), "write the root, and which figures moved"


def test_it_counts_what_ships() -> None:
    known = load_programme()
    counts = {
        "claims": known.claims, "statements": known.statements, "events": known.events, "entities": known.entities,
        "rows of law": known.law, "indicators": known.indicators,
    }  # fmt: skip
    flat = " ".join(NEWEST.split())
    assert [(word, len(rows)) for word, rows in counts.items() if f"{len(rows)} {word}" not in flat] == []


def test_every_table_begins_with_its_header() -> None:
    """A blank line within a table makes plain words of the rows below it."""
    headed = re.compile(r"\|.*\n\|(?: ?:?-+:? ?\|)+")
    found = [each for page in (*pages(), CORRECTIONS) for each in page.read_text(encoding="utf-8").split("\n\n")]
    tables = [each.lstrip("\n") for each in found if each.lstrip("\n").startswith("|")]
    assert len(tables) > 50
    assert [each for each in tables if not headed.match(each)] == []


def test_every_page_that_counts_all_claims_counts_what_ships() -> None:
    told = {page.name: set(re.findall(r"\b(\d{3}) claims\b", page.read_text(encoding="utf-8"))) for page in pages()[2:]}
    assert {"reconcile.md", "words.md"} <= {name for name, counts in told.items() if counts}
    assert set().union(*told.values()) == {str(len(load_programme().claims))}


def test_it_names_every_command() -> None:
    told = re.search(r"^- \*Commands\* (.+?),\s+and `tallystick.Study`", NEWEST, re.MULTILINE | re.DOTALL)
    assert told is not None
    assert set(re.findall(r"`(\w+)`", told[1])) == set(command_names())


def test_whatever_a_page_says_to_make_can_be_made() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = {name for page in pages() for name in re.findall(r"`make ([\w-]+)`", page.read_text(encoding="utf-8"))}
    assert {"brief", "statistics"} <= told <= targets


def test_every_figure_is_looked_up() -> None:
    assert len(rows()) == len(FIGURES)


def test_the_figures_are_those_of_the_account(study: Study) -> None:
    every = {(each.id, each.host, each.period): each for each in study.estimates if _is_whole(each)}
    for key, (median, interval) in zip(FIGURES, rows(), strict=True):
        said = say(every[key].interval, every[key].unit)
        assert shows(median, said.median_full, tolerance=MONTE_CARLO), key
        assert shows(interval, said.interval, tolerance=MONTE_CARLO), key


def _is_whole(estimate: object) -> bool:
    return all(getattr(estimate, name) in (None, "", "all") for name in ("visa_class", "cohort"))


def test_the_run_in_which_nothing_is_changed_ends_where_it_says(study: Study) -> None:
    told = re.search(r"has ([\d,]+) workers in Russia at the end of 2030 \(80 % interval ([^)]+)\)", NEWEST)
    assert told is not None
    found = study.simulate()
    figures = found.level(found.baseline, "workers_present", 2030)
    shown = show(figures.all, scale_for([figures.all], "person"))
    assert shows(told[1], shown.median, tolerance=MONTE_CARLO)
    assert shows(told[2], shown.interval, tolerance=MONTE_CARLO)
