"""Promise: of the named choices a reader learns how likely each is, on how many origins, and with what error."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tallystick.brief.build import data_tables
from tallystick.brief.chapters.trust import trust
from tallystick.brief.chapters.trust_choices import likelihood, ranged
from tallystick.brief.document import Chapter, Paragraph, plain
from tallystick.brief.facts import Facts
from tallystick.brief.leading import torn
from tests.brief.trusted import opened, table_of, words_of


def test_choices_stand_with_their_weights_and_without_where_there_are_none(asked: Facts, chapter: Chapter) -> None:
    rows = table_of(chapter, "trust-choices").rows
    assert len(rows) == len(asked.choices)
    assert plain(rows[0][2]) == "60 %"
    assert plain(rows[0][0]) == "The account as it stands"
    assert {plain(row[2]) for row in rows[2:]} == {"not weighed"}
    assert plain(rows[0][1]) == "1"
    assert (plain(rows[1][1]), plain(rows[1][2]), plain(rows[1][3])) == (
        "2,000 (1,600 to 2,400)",
        "40 %",
        "10 % to 80 %",
    )


@pytest.mark.parametrize(
    ("difference", "said"),
    [(0.0, "1"), (-0.7, "0.5"), (2.4, "11"), (-7.6, "0.0005"), (40.0, "above 10,000"), (-40.0, "below 0.0001")],
)
def test_a_difference_of_logs_is_told_as_times_as_likely(difference: float, said: str) -> None:
    assert likelihood(difference) == said


def test_where_no_choice_foretells_otherwise_the_reader_is_told_that_the_evidence_is_silent(asked: Facts) -> None:
    silent = [replace(one, weight=None, lower=None, upper=None) for one in asked.choices]
    bare = trust(replace(asked, choices=silent))
    words = words_of(bare)
    assert bare is not None
    assert [plain(column.title) for column in table_of(bare, "trust-choices").columns] == [
        "Choice",
        "The evidence is, times as likely as under the account",
    ]
    assert "on what was asked the evidence does not decide between them" in words
    assert "A difference counts only from 55 times as likely" in words
    best = max((one for one in silent if one.id), key=lambda one: abs(one.difference or 0.0))
    assert f"Nearest to it is \u201c{best.name}\u201d: {ranged(best)} times as likely." in words
    assert "the evidence does not decide between them" not in words_of(trust(asked))
    unlikely = [replace(one, difference=-3.5 if one is silent[1] else 0.8 * bool(one.id)) for one in silent]
    told = f"Nearest to it is \u201c{silent[1].name}\u201d: 0.03 (0.025 to 0.037) times as likely."
    assert told in words_of(trust(replace(asked, choices=unlikely)))
    alike = [replace(one, difference=0.0) for one in silent]
    assert "Nearest to it" not in words_of(trust(replace(asked, choices=alike)))


def test_the_choices_are_said_to_have_been_asked_of_only_some_origins_and_which_were_lost(
    asked: Facts, chapter: Chapter
) -> None:
    names = list(dict.fromkeys(one.voice for one in asked.account.observations))
    assert {one.origin for one in torn(asked)} == set(names[-2:])
    words = words_of(chapter)
    assert f"not known: {len(names) - 80} other origins could not be asked, among them those on which" in words
    (said,) = (block for block in next(one for one in chapter.sections if one.id == "trust-choices").blocks
               if isinstance(block, Paragraph) and "could not be asked" in plain(block.spans))  # fmt: skip
    known = {one.origin: one.claims for one in asked.silenced}
    assert opened(said.spans) == {claim for name in names[-2:] for claim in known[name]}
    whole = [
        replace(one, foretold=tuple(replace(each, compared=True) for each in one.foretold)) for one in asked.choices
    ]
    assert torn(replace(asked, choices=whole)) == []
    assert "seem to differ most" not in words_of(trust(replace(asked, choices=whole)))
    every = [replace(one, compared=len(names)) for one in whole]
    assert "could not be asked" not in words_of(trust(replace(asked, choices=every)))


def test_a_choice_whose_fit_did_not_settle_says_nothing_of_where_the_choices_differ(asked: Facts) -> None:
    itself, *others = asked.choices
    wild = replace(others[0], reliable=False, foretold=tuple(replace(each, difference=99.0, compared=False)
                                                             for each in others[0].foretold))  # fmt: skip
    assert torn(replace(asked, choices=(itself, wild, *others[1:]))) == torn(asked)


def test_a_data_file_says_of_each_choice_which_origins_it_was_asked_about(asked: Facts) -> None:
    rows = data_tables(asked)["choices-by-origin"]
    spoken = {one.origin for one in asked.silenced}
    assert len(rows) == sum(one.origin in spoken for choice in asked.choices for one in choice.foretold)
    assert {row["compared"] for row in rows} == {"yes", "no"}
    assert {row["difference_error"] for row in rows if row["compared"] == "yes"} == {0.05}
    assert {row["log_density_difference"] for row in rows if row["compared"] == "no"} == {None}
