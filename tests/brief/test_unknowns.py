"""Promise: a reader meets each number that the model does not know by its meaning, and sees which side it has taken."""

from __future__ import annotations

from dataclasses import replace
from math import exp

import numpy as np
import pytest

from tallystick.brief.chapters.answers import answers
from tallystick.brief.chapters.answers_law import _other_sums
from tallystick.brief.chapters.arrivals import arrivals
from tallystick.brief.chapters.limits import limits
from tallystick.brief.chapters.stock import side_taken, stock
from tallystick.brief.chapters.trust_choices import choices as choices_section
from tallystick.brief.chapters.trust_learnt import MOVED, learnt
from tallystick.brief.document import Chapter, Details, Table, plain
from tallystick.brief.facts import Facts
from tallystick.brief.targets import spans_of
from tallystick.brief.unknowns import meaning, side_beside, sides
from tallystick.calibrate.fit import model_for
from tallystick.calibrate.learning import Learning, Narrowed, Spread, narrowed
from tallystick.vocab.estimate import Alternative, Estimate
from tallystick.vocab.trust import Choice
from tests.brief.factory import moved
from tests.brief.trusted import trusted


def share(unknown: str, *, prior: Spread, posterior: Spread) -> Narrowed:
    return Narrowed(unknown=unknown, part=1, parts=1, prior=prior, posterior=posterior, ratio=0.6)


PRIOR = Spread(0.22, 0.5, 0.78)
LOW = share("count_coverage_2020", prior=PRIOR, posterior=Spread(0.07, 0.12, 0.25))
BETWEEN = share("permit_coverage_2018", prior=Spread(0.72, 0.88, 0.95), posterior=Spread(0.67, 0.85, 0.94))
PART = "The host's counts of 2018 to 2020 see only part"
CUT = share("entries_coverage_2025", prior=Spread(0.02, 0.1, 0.34), posterior=Spread(0.02, 0.04, 0.07))


def words(chapter: Chapter) -> str:
    return " ".join(plain(tuple(spans_of(block))) for section in chapter.sections for block in section.blocks)


def test_every_unknown_of_the_model_has_a_meaning_and_every_meaning_an_unknown(facts: Facts) -> None:
    layout = model_for(facts.programme, facts.account.observations).layout
    middle = layout.values(np.zeros(layout.size), *layout.priors(), np)
    draws = {name: np.broadcast_to(value, (3, *np.shape(value))) for name, value in middle.items()}
    told = {one.unknown for one in narrowed(facts.programme, facts.account, draws)}
    assert told == set(facts.programme.tables["brief"]["means"])
    assert len({meaning(facts, one) for one in told}) == len(told)


def test_an_unknown_without_a_meaning_has_the_name_that_the_model_gives_it(facts: Facts) -> None:
    assert meaning(facts, "ordered_RU_late") == f"Ordered {facts.host_name('RU')} late"


def test_what_has_left_the_range_assumed_is_marked_and_named_though_it_reads_learnt(facts: Facts) -> None:
    wide = replace(LOW, unknown="ordered_OTHER", ratio=1.1)
    inside = replace(LOW, unknown="relabel_study", posterior=PRIOR)
    section = learnt(replace(facts, narrowed=[LOW, wide, inside]))
    assert section is not None
    (table,) = (b for block in section.blocks if isinstance(block, Details) for b in block.blocks)
    assert isinstance(table, Table)
    assert [plain(row[3]) for row in table.rows] == [f"yes {MOVED}", f"not learnt {MOVED}", "yes"]
    said = plain(tuple(spans_of(section.blocks[1])))
    assert "Of two numbers" in said
    assert "share of those left behind whom the host's counts of 2020 see, from 0.5 (0.22 to 0.78) to 0.12" in said
    untouched = learnt(replace(facts, narrowed=[inside]))
    assert untouched is not None
    assert len(untouched.blocks) == 2


def test_the_side_that_the_account_has_taken_is_said_beside_the_choices(facts: Facts) -> None:
    """A host whose report is read as seeing one in eight must hear it from us."""
    made = replace(trusted(facts), narrowed=[LOW, BETWEEN])
    (said,) = (plain(one.spans) for one in side_taken(made))
    assert said.startswith(f"On one of the two numbers that \u201c{PART}\u201d sets, the evidence comes out near it. ")
    assert ": 12 percent (7 to 25 percent), where 50 percent (22 to 78 percent) was assumed; " in said
    assert "are complete\u201d 97 percent and" in said
    assert ": 85 percent (67 to 94 percent), where 88 percent (72 to 95 percent) was assumed; " in said
    assert f"are complete\u201d 98 percent and \u201c{PART}\u201d 70 percent (medians)." in said
    assert "70 percent (medians)." in said.partition("So read are ")[2]
    assert "about 1,000 persons" in said or "1,000 persons" in said
    assert said in words(stock(made))
    listed = tuple(
        replace(e, alternatives=tuple(replace(one, name=PART) for one in e.alternatives)) for e in made.estimates
    )
    assert "sets, the evidence comes out near it: share" in words(answers(replace(made, estimates=listed)))
    assert "sets, the evidence comes out near it" not in words(answers(replace(made, estimates=listed, narrowed=[])))
    assert side_taken(replace(made, narrowed=[replace(LOW, posterior=PRIOR)])) == ()
    high = replace(LOW, posterior=Spread(0.9, 0.96, 0.99))
    assert "numbers that \u201cThe host's counts of 2018 to 2020 are complete\u201d sets" in plain(
        side_taken(replace(made, narrowed=[high]))[0].spans
    )


@pytest.mark.parametrize(("level", "near"), [(0.063, True), (0.061, False), (0.156, True), (0.157, False)])
def test_no_side_is_named_unless_the_number_lies_where_the_choice_puts_it(
    facts: Facts, level: float, near: bool
) -> None:
    """The choice fixes it at 0.1 with a spread of 0.4 of log odds: its central 80 % is 0.062 to 0.1565."""
    found = replace(LOW, posterior=Spread(0.9 * level, level, 1.1 * level))
    assert [name for _, name in sides(replace(facts, narrowed=[found]))] == [PART] * near


def test_a_side_is_named_only_where_its_choice_is_listed_and_with_the_number_that_it_is_of(facts: Facts) -> None:
    made, e = replace(facts, narrowed=[LOW]), facts.find("workers_present", facts.focus, "2020-12")
    assert e is not None
    rows = facts.programme.tables["model"]["alternative"]
    each = [Alternative(id=row["id"], name=row["name"], interval=e.interval) for row in rows]
    said = plain(side_beside(made, replace(e, alternatives=tuple(each))))
    assert said == (
        f"On one of the two numbers that \u201c{PART}\u201d sets, the evidence comes out near it: share of those "
        "left behind whom the host's counts of 2020 see, 12 percent (7 to 25 percent)."
    )
    rest = tuple(one for one in each if one.name != PART)
    assert side_beside(made, replace(e, alternatives=rest)) == ()


def test_a_sum_says_nothing_of_a_side_whose_choice_is_not_among_its_own(facts: Facts) -> None:
    sums = facts.series("worker_months_after_deadline", facts.focus, "all")
    rows = facts.programme.tables["model"]["alternative"]
    each = [Alternative(id=row["id"], name=row["name"], interval=sums[-1].interval) for row in rows]

    def said(names: set[str]) -> str:
        e = replace(sums[-1], alternatives=tuple(one for one in each if one.name in names))
        of = tuple(e if one == sums[-1] else replace(one, alternatives=()) for one in facts.estimates)
        return plain(_other_sums(replace(facts, narrowed=[LOW], estimates=of), e))

    last = str(rows[-1]["name"])
    assert "Under other choices" in said({last})
    assert "the evidence comes out near it" not in said({last})
    assert "the evidence comes out near it" in said({last, PART})


def test_where_the_likeliest_choice_is_another_the_counts_that_were_not_asked_are_named(facts: Facts) -> None:
    """No reader may take the comparison for an answer about counts that it leaves out."""
    made = replace(trusted(facts), narrowed=[LOW])
    none = [replace(one, weight=None, foretold=tuple(replace(each, compared=False) for each in one.foretold))
            for one in made.choices]  # fmt: skip
    told = "sets, the evidence comes out near it, and the counts behind that are not among the origins asked: "

    def said(choices: list[Choice], nearest: str) -> str:
        of = [replace(one, difference=1.5 if one.name == nearest else 0.0) for one in choices]
        section = choices_section(replace(made, choices=of))
        assert section is not None
        return " ".join(plain(tuple(spans_of(block))) for block in section.blocks)

    complete = "The host's counts of 2018 to 2020 are complete"
    after = said(none, complete).partition(told)[2]
    assert "1,000 persons" in after[:80]
    assert "511 persons" in after[:200]
    assert told not in said(none, PART)
    asked = [replace(one, foretold=tuple(replace(each, compared=True) for each in one.foretold)) for one in none]
    assert told not in said(asked, complete)


def test_how_little_of_the_passages_a_cut_table_is_taken_to_show_stands_under_arrivals(facts: Facts) -> None:
    said = words(arrivals(replace(facts, narrowed=[CUT])))
    assert "show since 2025: 4 percent (2 to 7 percent), where 10 percent (2 to 34 percent) was assumed" in said
    assert "were the tables complete, there were in the first quarter of 2025 at most 300 crossings" in said
    assert "were the tables complete" not in words(arrivals(facts))


@pytest.mark.parametrize(("times", "flagged"), [(1.0, True), (0.9, False)])
def test_years_with_as_many_arrivals_as_crossings_are_not_to_be_cited(
    facts: Facts, times: float, flagged: bool
) -> None:
    def sized(e: Estimate) -> Estimate:
        wanted = 21_000 * times if (e.period, e.visa_class) == ("2019", "all") else 1.0
        return replace(e, interval=moved(e.interval, wanted / e.interval.median))

    ours = ("workers_arrived", facts.focus)
    made = replace(facts, estimates=tuple(sized(e) if (e.id, e.host) == ours else e for e in facts.estimates))
    said = words(arrivals(made))
    assert ("Do not cite these." in said) is flagged
    assert ("against 21,000 crossings" in said) is flagged


def test_what_classes_are_read_as_is_said_where_the_evidence_moved_them(facts: Facts) -> None:
    """Once the table of classes shows what was learnt, no page may say that nothing was."""

    def lean(kind: str, quantity: str, mean: float, sd: float) -> Learning:
        return Learning(asserter_class=kind, quantity=quantity, prior=(0.0, 0.25), posterior=(mean, sd))

    kinds = list(facts.programme.asserter_classes)
    rows = [lean(kinds[1], "money", -0.2, 0.1), lean(kinds[2], "people", 0.5, 0.25), lean(kinds[3], "money", 0.01, 0.1),
            lean(kinds[4], "scale", -0.9, 0.1)]  # fmt: skip
    said = words(limits(replace(facts, learnt=rows)))
    names = [facts.programme.asserter_classes[id].name for id in kinds]
    low = f"{100 * (1 - exp(-0.2)):.0f} percent too low"
    assert f"it reads \u201c{names[1]}\u201d on money as about {low} (see" in said
    assert names[2] not in said.partition("it reads")[2].partition("(see")[0]
    assert "The evidence moved some far" not in words(limits(facts))
    assert "No single source is rated by its results" in said
