"""Promise: what a figure would be without an origin is never told where it cannot be known."""

from __future__ import annotations

import json
from dataclasses import replace

from tallystick.brief.build import brief_json, data_tables
from tallystick.brief.cards import claim_cards
from tallystick.brief.chapters.answers_sure import how_sure
from tallystick.brief.chapters.method import diagnostics
from tallystick.brief.chapters.trust import trust
from tallystick.brief.document import Chapter, Chart, Paragraph, Table, plain
from tallystick.brief.facts import Facts
from tallystick.brief.leading import UNANSWERED, interval_of, large, leans_on, unanswered
from tallystick.brief.prose import alternative
from tests.brief.trusted import opened, table_of, words_of


def test_what_weights_cannot_tell_has_no_number_stands_last_and_is_counted(asked: Facts, chapter: Chapter) -> None:
    """The synthetic answers have one such origin, whose weighed move is the third largest."""
    lost = next(one for one in asked.silenced if not one.reliable)
    rows = table_of(chapter, "trust-leans").rows
    starts = [at for at, row in enumerate(rows) if row[0]]
    assert len(starts) == len(large(asked))
    for first, after in zip(starts, [*starts[1:], len(rows)], strict=True):
        mine = [[plain(cell) for cell in row[3:]] for row in rows[first:after]]
        assert mine[-1] == [UNANSWERED, "\u2013", "\u2013"]
        assert {row[2] for row in mine[:-1]} == {"worked out in full", "estimated"}
        assert opened(rows[after - 1][2]) == set(lost.claims)
    assert "; for one more it fails too, and no other fit was made: " in words_of(chapter)
    assert "did not settle" not in words_of(chapter)
    tried = [replace(one, how="refit") if one.origin == lost.origin else one for one in asked.silenced]
    said = words_of(trust(replace(asked, silenced=tried)))
    assert "; for one more the other fit did not settle: " in said
    assert "no other fit was made" not in said
    front = " ".join(plain(block.spans) for block in how_sure(asked) if isinstance(block, Paragraph))
    assert "a single origin (what they would be without one other is not known): without" in front


def test_a_median_that_is_an_end_of_its_own_interval_is_no_answer(asked: Facts) -> None:
    """One draw carries all, whatever the weights say of themselves."""
    figure, e = large(asked)[0]
    first = leans_on(asked, figure)[0]
    for end in ("lower_80", "upper_80"):
        bare = [replace(one, **{end: one.median}) if one is first else one for one in asked.silenced]
        facts = replace(asked, silenced=bare)
        assert first.origin not in {one.origin for one in leans_on(facts, figure)}
        assert first.origin in {one.origin for one in unanswered(facts, figure)}
        told = trust(facts)
        assert told is not None
        said = {plain(row[3]) for row in table_of(told, "trust-leans").rows}
        assert plain(alternative(e, interval_of(first))) not in said


def test_no_file_has_a_number_of_what_cannot_be_told(asked: Facts) -> None:
    lost = {one.claims for one in asked.silenced if not one.reliable}
    rows = [row for row in data_tables(asked)["leave-one-out"] if row["reliable"] == "no"]
    assert {tuple(row["claims"].split("; ")) for row in rows} == lost
    numbers = ("median", "lower_80", "upper_80", "of_80_width")
    assert {row[name] for row in rows for name in numbers} == {None}
    whole = json.loads(brief_json(asked))
    mine = [one for row in whole["influence"] for one in row["without"] if not one["reliable"]]
    assert len(mine) == len(whole["influence"])
    assert not any(name in one for one in mine for name in numbers)
    weak = [one["influence"] for one in whole["claims"] if one.get("influence") and not one["influence"]["reliable"]]
    assert weak
    assert all(one == {"reliable": False} for one in weak)


def test_no_mark_and_no_count_of_the_chart_is_of_what_cannot_be_told(asked: Facts) -> None:
    def chart(facts: Facts) -> Chart:
        made = trust(facts)
        assert made is not None
        return next(block for one in made.sections for block in one.blocks if isinstance(block, Chart))

    figures = len(large(asked))
    known = chart(replace(asked, silenced=[one for one in asked.silenced if one.reliable]))
    assert "not known" not in known.subtitle
    shown = chart(asked)
    assert f"; {figures} more are not known and not drawn." in shown.subtitle
    assert shown.spec["layer"][2] == known.spec["layer"][2]


def test_among_the_claims_that_weigh_most_those_that_weights_cannot_tell_stand_last_without_a_number(
    facts: Facts,
) -> None:
    (table,) = (block for one in diagnostics(facts).sections for block in one.blocks
                if isinstance(block, Table) and block.id == "influence")  # fmt: skip
    said = [plain(row[4]) for row in table.rows]
    weak = said.index(UNANSWERED)
    assert 0 < weak < len(said)
    assert set(said[weak:]) == {UNANSWERED}
    assert {plain(row[5]) for row in table.rows[weak:]} == {"\u2013"}
    numbers = [float(one) for one in said[:weak]]
    assert numbers == sorted(numbers, reverse=True)


def test_a_claim_that_weights_cannot_tell_opens_without_a_number(facts: Facts) -> None:
    told = {card.id: card.influence for card in claim_cards(facts)}
    weak = [fit.claim for fit in facts.fits if not fit.influence_reliable and facts.shows_influence(fit)]
    assert weak
    assert {told[id] for id in weak} <= {UNANSWERED, ""}
    assert UNANSWERED in told.values()
    rows = {row["id"]: row for row in data_tables(facts)["claims"]}
    assert {rows[id]["influence"] for id in weak} == {None}
