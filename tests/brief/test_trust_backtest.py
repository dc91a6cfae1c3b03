"""Promise: a reader sees how the account did on its own past, whoever wins, and every score opens what was scored."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from tallystick.brief.chapters.answers_sure import how_sure
from tallystick.brief.chapters.trust_backtest import PLAIN, backtest, factor, verdict
from tallystick.brief.chapters.trust_failed import last_of
from tallystick.brief.chapters.trust_last import possible, told
from tallystick.brief.chapters.trust_scored import percent, scored_in, used_lines
from tallystick.brief.contract_trust import backtest as backtest_json
from tallystick.brief.contract_trust import backtest_rows, forecast_rows
from tallystick.brief.document import Callout, Details, Figure, Paragraph, Section, Spans, Table, plain
from tallystick.brief.facts import Facts
from tallystick.brief.words import dates
from tallystick.brief.words.claims import claim_quantity
from tallystick.brief.words.units import parse
from tallystick.forecasts.kept import Kept, Line, inputs_hash, read, text_of
from tallystick.forecasts.score import Row
from tallystick.reconcile.account import Observation
from tallystick.vocab.errors import EvidenceError
from tests.brief.tried import DAYS, invented


@pytest.fixture(scope="module")
def tried(facts: Facts) -> Facts:
    return replace(facts, backtest=invented(facts), backtest_current=True)


def _section(facts: Facts) -> Section:
    section = backtest(facts)
    assert section is not None
    return section


def _table(facts: Facts, id: str) -> Table:
    return next(block for block in _section(facts).blocks if isinstance(block, Table) and block.id == id)


def test_a_programme_that_keeps_no_backtest_says_nothing_of_one(facts: Facts) -> None:
    bare = replace(facts, backtest=None)
    assert backtest(bare) is None
    assert (backtest_json(bare), list(backtest_rows(bare)), list(forecast_rows(bare))) == ([], [], [])


def test_a_backtest_of_an_earlier_model_says_so_first(tried: Facts) -> None:
    old = replace(tried, backtest_current=False)
    first = _section(old).blocks[0]
    assert isinstance(first, Callout)
    assert "22 November 2026" in plain(first.body[0].spans)  # type: ignore[union-attr]
    assert "does not vouch for the figures of this edition" in plain(first.body[0].spans)  # type: ignore[union-attr]
    assert not isinstance(_section(tried).blocks[0], Callout)
    assert {row["current"] for row in backtest_json(old)} == {False}


def test_each_plain_forecast_stands_beside_ours_with_our_miss_on_the_same_figures(tried: Facts) -> None:
    table = _table(tried, "backtest-plain")
    row = dict(zip([plain(column.title) for column in table.columns], table.rows[0], strict=True))
    whole = tried.backtest.tables["stated, all"].overall  # type: ignore[union-attr]
    for name, title in PLAIN.items():
        one = whole.comparisons[name]
        cell = row[title[0].upper() + title[1:]]
        assert plain(cell) == f"{factor(one.crps)} ({factor(one.system_crps)}; {one.n} figures)"
    held = _table(tried, "backtest-families")
    assert plain(held.rows[0][4]) == f"{100 * (whole.coverage_80 or 0):.0f} %"


def _opened(row: tuple[Spans, ...]) -> list[set[str]]:
    return [set(span.claims) for cell in row for span in cell if isinstance(span, Figure)]


def test_every_score_opens_the_figures_of_its_own_row(tried: Facts) -> None:
    for id in ("backtest-families", "backtest-ahead", "backtest-designs"):
        for row in _table(tried, id).rows:
            assert {len(claims) for claims in _opened(row)} == {int(plain(row[1]))}
    held, beside = _table(tried, "backtest-families"), _table(tried, "backtest-plain")
    whole, here, *families = [_opened(row)[0] for row in held.rows]
    assert here == {one for one in whole if tried.claims[one].host == tried.focus}
    assert 0 < len(here) < len(whole)
    assert set.union(*families) == whole
    assert sum(map(len, families)) == len(whole)
    assert [_opened(row)[0] for row in beside.rows] == [whole, *families]
    money = _opened(next(row for row in held.rows if plain(row[0]) == "money"))[0]
    measures = tried.programme.measures
    assert {measures[tried.claims[claim].measure].object for claim in money} == {"money"}


def test_scores_of_some_days_open_what_was_forecast_on_them(tried: Facts) -> None:
    kept = tried.backtest
    assert kept is not None
    gone = kept.lines[-1].claim  # forecast on the later day alone, which is a named one and no half-yearly one
    lines = tuple(one for one in kept.lines if one.claim != gone or one.cut == DAYS[1])
    rows = _table(replace(tried, backtest=msgspec.structs.replace(kept, lines=lines)), "backtest-designs").rows
    found = {plain(row[0]): gone in _opened(row)[0] for row in rows}
    assert (found["all days"], found["named days"], found["half-yearly days"]) == (True, True, False)
    assert len(found) == 6


def test_a_bound_has_no_score_to_open(tried: Facts) -> None:
    kept = tried.backtest
    assert kept is not None
    bound = kept.lines[-1].claim
    lines = tuple(msgspec.structs.replace(one, kind="up_to") if one.claim == bound else one for one in kept.lines)
    row = kept.tables["stated, all"].overall
    assert bound in scored_in(tried, kept, row)
    assert bound not in scored_in(tried, msgspec.structs.replace(kept, lines=lines), row)


@pytest.mark.parametrize("fault", [{"r_hat": 1.06}, {"divergences": 1}], ids=["apart", "astray"])
def test_a_day_whose_chains_did_not_settle_is_named(tried: Facts, fault: dict[str, float]) -> None:
    kept = tried.backtest
    assert kept is not None
    cuts = tuple(
        msgspec.structs.replace(cut, **{"r_hat": 1.05, "divergences": 0} | (fault if cut.day == DAYS[1] else {}))
        for cut in kept.cuts
    )
    section = _section(replace(tried, backtest=msgspec.structs.replace(kept, cuts=cuts)))
    caution, _ = [block for block in section.blocks if isinstance(block, Callout)]
    words = plain(caution.body[0].spans)  # type: ignore[union-attr]
    assert "On 1 June 2018 they did not quite, or a step went astray: forecasts made on that day are less" in words
    assert "2016" not in words
    assert len([block for block in _section(tried).blocks if isinstance(block, Callout)]) == 1


def test_the_table_is_printed_whoever_wins(tried: Facts, facts: Facts) -> None:
    lost = replace(tried, backtest=invented(facts, off=1.5))
    assert len(_table(lost, "backtest-families").rows) == len(_table(tried, "backtest-families").rows)
    miss = [plain(row[9]) for row in (_table(one, "backtest-families").rows[0] for one in (tried, lost))]
    assert miss[0] < miss[1]


def test_every_later_figure_stands_beside_the_last_forecast_of_it(tried: Facts) -> None:
    (fold,) = [block for block in _section(tried).blocks if isinstance(block, Details)]
    (table,) = fold.blocks
    assert isinstance(table, Table)
    assert len(table.rows) == len({line.claim for line in tried.backtest.lines})  # type: ignore[union-attr]
    assert {plain(row[1]) for row in table.rows} == {"1 June 2018"}
    held = {line.claim: line.low_80 <= line.said <= line.high_80 for line in tried.backtest.lines}  # type: ignore[union-attr]
    assert sum(plain(row[5]) == "yes" for row in table.rows) == sum(held.values())
    assert sum(plain(row[5]) == "no" for row in table.rows) == len(held) - sum(held.values()) > 0
    used = [one for one in tried.account.observations if one.claim in held]
    periods = [dates.stated_period(one.start, one.end) for one in used]
    assert all(any(plain(row[0]).endswith(f", {period}") for period in periods) for row in table.rows)


def test_the_miss_of_the_middle_is_not_the_score_and_each_figure_counts_once(tried: Facts) -> None:
    """Three forecasts of two figures, off by factors of 2 and 8 (one figure) and of 1 (the other): mean of logs 1."""
    kept = tried.backtest
    assert kept is not None
    one, other = [line for line in kept.lines if line.cut == DAYS[0]][:2]
    lines = [
        msgspec.structs.replace(line, cut=day, median=off * line.said, low_80=low * line.said, high_80=9 * line.said)
        for line, day, off, low in ((one, DAYS[0], 2, 1.5), (other, DAYS[0], 1, 0.5), (one, DAYS[1], 1 / 8, 0.1))
    ]
    few = replace(tried, backtest=msgspec.structs.replace(kept, lines=tuple(lines)))
    table = _table(few, "backtest-families")
    whole = dict(zip([plain(column.title) for column in table.columns], map(plain, table.rows[0]), strict=True))
    assert whole["Middle missed by"] == "\u00d72.00"
    assert whole["Last, in 80 %"] == "100 %"  # the first forecast did not hold, the last of each did
    assert whole["Score"] == factor(kept.tables["stated, all"].overall.crps)
    words = " ".join(plain(block.spans) for block in _section(few).blocks if isinstance(block, Paragraph))
    assert "over all figures the middles of the blend missed by \u00d72.00 on average" in words
    assert "wrong by a factor of two on average" not in words


def test_what_the_last_forecasts_held_stands_beside_what_all_did(tried: Facts) -> None:
    kept = tried.backtest
    assert kept is not None
    pairs = [pair for pair in last_of(used_lines(tried, kept)) if pair[1].host == tried.focus]
    share = sum(line.low_80 <= line.said <= line.high_80 for line, _ in pairs) / len(pairs)
    row = _table(tried, "backtest-families").rows[1]
    assert (plain(row[0]), plain(row[6])) == (f"in {tried.host_name(tried.focus)}", percent(share))


def test_a_row_none_of_whose_figures_is_used_any_more_is_not_said_to_have_held_them_all(tried: Facts) -> None:
    whole = _table(tried, "backtest-families").rows[0]
    assert all(plain(whole[at]) not in ("\u2013", "") for at in (6, 7))
    none = replace(tried, account=replace(tried.account, observations=()))
    for row in _table(none, "backtest-families").rows:
        assert (plain(row[6]), plain(row[7])) == ("\u2013", "\u2013")
    said = [plain(block.spans) for block in how_sure(none) if isinstance(block, Paragraph)]
    assert "the upper end typically" not in " ".join(said)


def test_a_miss_is_told_as_a_factor_and_a_figure_in_its_unit() -> None:
    assert factor(0.6931472) == "\u00d72.00"
    assert factor(None) == "\u2013"
    figures = [(15000.0, "persons"), (13221.0, "crossings"), (0.667, "share"), (4.4, "persons"), (511.0, "USD/month")]
    assert [told(value, parse(unit)) for value, unit in figures] == ["15,000", "13,200", "67 percent", "4", "USD 511"]


def test_no_end_passes_what_is_possible() -> None:
    assert [possible(*one) for one in ((1.6, "share"), (48.0, "hours/day"), (48.0, "persons"))] == [1.0, 24.0, 48.0]


def _row_of(facts: Facts, change: Callable[[Observation], bool]) -> list[str]:
    """The row of the first later figure that is so, if it was forecast on the later day."""
    one = next(one for one in facts.account.observations if change(one))
    line = Line(claim=one.claim, cut=DAYS[1], low_80=1.0, median=2.0, high_80=9e9, said=one.point or 1.0, kind="point")
    kept = facts.backtest
    assert kept is not None
    (fold,) = [
        block
        for block in _section(replace(facts, backtest=msgspec.structs.replace(kept, lines=(line,)))).blocks
        if isinstance(block, Details)
    ]
    (table,) = fold.blocks
    assert isinstance(table, Table)
    (row,) = table.rows
    return [plain(cell) for cell in row]


def test_what_is_left_of_a_published_figure_is_told_beside_it(tried: Facts) -> None:
    def is_rest(one: Observation) -> bool:
        claim = tried.claims[one.claim]
        return bool(one.point and claim.point and claim.unit == one.unit and claim.point > one.point)

    one = next(filter(is_rest, tried.account.observations))
    said = claim_quantity(tried.claims[one.claim])
    published = _row_of(tried, is_rest)[4]
    assert published.startswith(f"{said} ")
    assert f", of which here {told(one.point or 0, parse(one.unit))}" in published


def test_a_range_is_shown_as_it_was_published_and_a_share_never_above_one(tried: Facts) -> None:
    def is_range(one: Observation) -> bool:
        return one.kind == "range" and tried.claims[one.claim].unit == one.unit

    one = next(filter(is_range, tried.account.observations))
    published = _row_of(tried, is_range)[4]
    assert published == claim_quantity(tried.claims[one.claim])
    assert " to " in published
    assert _row_of(tried, lambda one: one.unit == "share" and bool(one.point))[2] == "100 percent"


def _callout(facts: Facts, off: float = 0.2) -> str:
    blocks = _section(replace(facts, backtest=invented(facts, off=off))).blocks
    (found,) = [block for block in blocks if isinstance(block, Callout)]
    assert found.title == "When not to use a forecast"
    return " ".join(plain(block.spans) for block in found.body)  # type: ignore[union-attr]


def test_where_the_trial_failed_is_said_by_kind_by_span_and_after_changes(tried: Facts, facts: Facts) -> None:
    words, kept = _callout(tried, off=1.5), invented(facts, off=1.5)
    row = _family(kept, "crossings and permits")
    low, high = row.intervals["coverage_80"]["shocks"]
    share = f"{percent(row.coverage_80)} of {row.n} figures on crossings and permits ({percent(low)} to {percent(high)}"
    by_lot = "in nineteen of twenty cases when whole periods are redrawn by lot"
    assert f"{share} {by_lot}; their middles missed by a factor of" in words
    off: dict[str, list[float]] = {}
    for line in (line for line in kept.lines if line.claim in scored_in(facts, kept, row)):
        off.setdefault(line.claim, []).append(abs(math.log(line.median / line.said)))
    miss = math.exp(sum(sum(each) / len(each) for each in off.values()) / len(off))
    assert f"their middles missed by a factor of {miss:.1f} on average" in words
    assert f"{math.exp(row.crps or 0):.1f}" != f"{miss:.1f}"
    assert "Do not quote our 80 % forecast of such a figure." in words
    assert "estimate" in words
    assert "Where policy or border changed between the day of the forecast" in words
    assert "held fewer than half of these" in words
    calm = _callout(tried, off=0.01)
    assert "fell short of that by 10 or more" in calm
    assert "fewer than half" not in calm


def test_what_has_too_few_figures_gets_no_verdict(tried: Facts) -> None:
    row = _family(tried.backtest, "crossings and permits")  # type: ignore[arg-type]
    few = {name: replace(one, below_figures=None, verdict="cannot be distinguished") for name, one in
           row.comparisons.items()}  # fmt: skip
    assert plain(verdict(replace(row, comparisons=few))) == "too few to judge"
    some = {**row.comparisons, "latest": few["latest"]}
    assert plain(verdict(replace(row, comparisons=some))).endswith("too few to judge: the latest figure")
    assert "cannot be distinguished" not in plain(verdict(replace(row, comparisons=some)))


def test_one_sentence_says_who_won_by_how_much_and_over_how_many(tried: Facts) -> None:
    whole = tried.backtest.tables["stated, all"].overall  # type: ignore[union-attr]
    words = " ".join(plain(block.spans) for block in _section(tried).blocks if isinstance(block, Paragraph))
    rivals = [whole.comparisons[name] for name in PLAIN]
    one = min(rivals, key=lambda one: one.crps - one.system_crps)
    assert (
        f"over {one.n} figures that both forecast, that scored {factor(one.crps)}, the blend {factor(one.system_crps)}."
        in words
    )
    alone = whole.comparisons["system"]
    scores = (
        f"The model alone scored {factor(alone.crps)}, the blend {factor(alone.system_crps)}, over {alone.n} figures"
    )
    assert scores in words
    assert "50 % the model alone" in words


def _compared(facts: Facts, change: Callable[[Row], dict[str, Any]]) -> str:
    """The words of the section where the comparisons of every row are changed so."""
    kept = facts.backtest
    assert kept is not None
    table = kept.tables["stated, all"]
    rows = {id(row): replace(row, comparisons=change(row)) for row in (table.overall, *table.groups)}
    other = replace(table, overall=rows[id(table.overall)], groups=tuple(rows[id(row)] for row in table.groups))
    changed = msgspec.structs.replace(kept, tables={**kept.tables, "stated, all": other})
    blocks = _section(replace(facts, backtest=changed)).blocks
    return " ".join(plain(block.spans) for block in blocks if isinstance(block, Paragraph))


def test_no_rival_is_called_the_nearest_over_too_few_figures(tried: Facts) -> None:
    def near(row: Row, *few: str) -> dict[str, Any]:
        closest = {"mean": {"crps": 0.0, "system_crps": 0.9}}
        return {
            name: replace(one, **closest.get(name, {}), **({"below_figures": None} if name in few else {}))
            for name, one in row.comparisons.items()
        }

    assert f"Its nearest rival is {PLAIN['mean']}" in _compared(tried, near)
    words = _compared(tried, lambda row: near(row, "mean"))
    assert "Its nearest rival is" in words
    assert f"Its nearest rival is {PLAIN['mean']}" not in words
    assert "nearest rival" not in _compared(tried, lambda row: near(row, *PLAIN))


def test_nothing_is_said_of_the_model_alone_where_it_was_not_compared_over_all_figures(tried: Facts) -> None:
    def less(row: Row, by: str) -> dict[str, Any]:
        out = "system" if row.by == by else ""
        worse = {name: replace(one, verdict="worse") for name, one in row.comparisons.items() if name == "system"}
        return {name: one for name, one in ({**row.comparisons, **worse}).items() if name != out}

    alone = "The model alone scored"
    assert alone not in _compared(tried, lambda row: less(row, "overall"))
    words = _compared(tried, lambda row: less(row, "family"))
    assert alone in words
    assert "(alone " not in words
    assert "(alone " in _compared(tried, lambda row: less(row, "nothing"))


def test_what_is_said_is_said_in_sentences(tried: Facts) -> None:
    words = [plain(block.spans) for block in _section(tried).blocks if isinstance(block, Paragraph)]
    assert words[0].count("inside") == 3
    assert "two earlier days" in words[0]


def test_a_kept_backtest_is_read_back_as_it_was_and_a_damaged_one_is_named(tried: Facts, tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "backtest.json"
    assert tried.backtest is not None
    file.write_bytes(text_of(tried.backtest))
    assert text_of(read(file)) == text_of(tried.backtest)
    file.write_bytes(text_of(tried.backtest)[:-20])
    with pytest.raises(EvidenceError, match="is no kept backtest"):
        read(file)


def test_the_inputs_of_a_backtest_change_with_its_odds_and_not_with_a_word_of_the_brief(facts: Facts) -> None:
    programme = facts.programme
    odds = {**programme.tables, "backtest": {**programme.tables["backtest"], "pool": {"system": 1.0}}}
    words = {**programme.tables, "brief": {}}
    assert inputs_hash(replace(programme, tables=odds)) != inputs_hash(programme)
    assert inputs_hash(replace(programme, tables=words)) == inputs_hash(programme)


def test_families_whose_intervals_held_nearly_all_are_named(tried: Facts, facts: Facts) -> None:
    def said(off: float) -> str:
        blocks = _section(replace(tried, backtest=invented(facts, off=off))).blocks
        return " ".join(plain(block.spans) for block in blocks if isinstance(block, Paragraph))

    assert "less sure" not in said(1.5)
    assert "100 % of the figures on crossings and permits" in said(0.05)
    assert "read the forecasts of these as less sure than they might be" in said(0.05)


def _family(kept: Kept, name: str) -> Row:
    return next(row for row in kept.tables["stated, all"].groups if row.by == "family" and row.name == name)
