"""What is read as one thing and is two stands in the brief as two, each number with the claims it rests on."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tallystick.assess.controls import controls as controls_of
from tallystick.brief.build import data_tables
from tallystick.brief.chapters.apart import permits, places, regions
from tallystick.brief.chapters.arrivals import arrivals
from tallystick.brief.chapters.conditions import conditions
from tallystick.brief.chapters.forced_labour import forced_labour
from tallystick.brief.chapters.stock import stock
from tallystick.brief.chapters.systems import events
from tallystick.brief.document import Bullets, Chapter, Figure, Paragraph, Section, Spans, Table, plain
from tallystick.brief.facts import Facts
from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import reconcile
from tallystick.vocab.errors import EvidenceError


def table_of(chapter: Chapter, id: str) -> Table:
    blocks = [*chapter.blocks, *(block for section in chapter.sections for block in section.blocks)]
    return next(block for block in blocks if isinstance(block, Table) and block.id == id)


def opened(cell: Spans) -> set[str]:
    return {claim for span in cell if isinstance(span, Figure) for claim in span.claims}


def test_a_fall_in_permits_bounds_no_departures_and_only_visas_of_its_own_period_bound_stays(facts: Facts) -> None:
    (row,) = table_of(arrivals(facts), "permits-fall").rows
    assert [plain(cell) for cell in row[1:]] == ["18,533", "at most 4,645", "13,888 to 18,533"]
    assert opened(row[2]) == {"visas18_stud", "visas18_tour"}
    assert opened(row[3]) == {"ru_permits_2017", "ru_permits_2018", "visas18_stud", "visas18_tour"}
    told, table = permits(facts)
    assert isinstance(told, Paragraph)
    assert plain(told.spans) == (
        "Permits in force fell by 18,533, net of new ones. How many people left is not bounded by it. By the end of "
        "2018 at most 4,645 can have stayed on a student or tourist visa of that year; some may have done so on visas "
        "of 2019."
    )
    assert isinstance(table, Table)
    assert all("(permits)" in column.title or "(persons)" in column.title for column in table.columns[1:])
    assert "if no permit was new" in table.columns[3].title
    assert "only if no permit was new and nobody stayed without such a visa" in plain(table.note)


def test_plans_forecasts_and_sightings_stand_in_columns_of_their_own_with_others_than_workers_apart(
    facts: Facts,
) -> None:
    rows = {plain(row[0]): row for row in table_of(arrivals(facts), "places-planned").rows}
    kursk, occupied = rows["Kursk region"], rows["occupied regions of Ukraine"]
    assert [plain(cell) for cell in kursk[1:5]] == ["\u2013", "\u2013", "\u2013", "none"]
    assert opened(kursk[5]) == {"shoigu_builders", "shoigu_sappers", "nis_nov25_1000"}
    assert "about 1,000 sappers (NIS" in plain(kursk[5])
    assert "5,000 military builders (Sergei Shoigu, in June 2025)" in plain(kursk[5])
    assert plain(rows["region not stated"][5]).startswith("said to have come or to be on the way: 5,000 military")
    assert opened(occupied[2]) == {"ap22copy_donbas", "ap22copy_mobilisable"}
    assert "100 to 200 at first, who could in time become 10,000" in plain(occupied[2])
    assert "no number given, read as at least 200" in plain(occupied[2])
    assert plain(occupied[1]) == "\u2013"
    assert "300 to 500 soldiers and police (Daily NK, in January to February 2023)" in plain(occupied[5])
    assert plain(occupied[4]) == "none"


def test_every_figure_at_a_place_says_when_it_was_said(facts: Facts) -> None:
    cells = [cell for row in table_of(arrivals(facts), "places-planned").rows for cell in (*row[1:4], row[5])]
    told = [each for cell in cells for each in plain(cell).split("; ") if "(" in each]
    assert len(told) == 10
    assert all(re.search(r"20[12][0-9][^(]*\)$", each) for each in told), told


def test_a_count_of_a_region_stands_beside_the_nearest_end_of_year(facts: Facts) -> None:
    rows = {plain(row[0]): row for row in table_of(stock(facts), "stock-regions").rows}
    assert set(rows) == {"2017", facts.headline_month[:4]}
    assert opened(rows["2017"][2]) == {"mats_primorye", "mt18_primorye"}
    assert "January 2018" in plain(rows["2017"][2])
    low, high = (float(end.replace(",", "")) for end in plain(rows["2017"][3]).split(" to "))
    ends = re.search(r"\(([0-9,]+) to ([0-9,]+)\)", plain(rows["2017"][1]))
    assert ends is not None
    least, most = (float(end.replace(",", "")) for end in ends.groups())
    assert (low, high) == (max(least - 12_000, 0), most - 10_000)  # by the printed ends, to the last digit
    assert "by sector everybody is unknown" in plain(_paragraph(regions(facts)))


def test_what_is_said_of_a_region_and_is_no_count_is_listed_with_its_time(facts: Facts) -> None:
    section = regions(facts)
    assert section is not None
    lines = [plain(line) for block in section.blocks if isinstance(block, Bullets) for line in block.items]
    assert lines[0] == "Primorye: 0, January 2019 (Primorye law-enforcement coordination department): a denial"
    assert lines[1].startswith("Vladivostok: at least 2,000, May 2019 (Asia Times): \u201cthousands\u201d")
    assert "no time named; said in April to December 2021" in lines[2]
    assert len(lines) == 3


def _paragraph(section: Section | None) -> Spans:
    assert section is not None
    return section.blocks[0].spans  # type: ignore[union-attr]


def test_hours_a_year_come_from_one_asserter_and_leave_spans_out(facts: Facts) -> None:
    table = table_of(conditions(facts), "hours-a-year")
    rows = table.rows
    assert plain(table.caption).startswith("Arithmetic of claims, not hours worked")
    assert "names no period for a day off, the number of days a year is our assumption" in plain(table.note)
    by_claim = {frozenset(opened(row[4])): plain(row[4]) for row in rows}
    assert by_claim[frozenset({"belenets_hours", "yeni_rest"})] == "3,760 to 5,010"
    assert by_claim[frozenset({"bbc_hours18", "bbc_rest2"})] == "at least 6,540"
    assert by_claim[frozenset({"darusman_hours", "darusman_rest"})] == "up to 6,360"
    told = {frozenset(opened(row[4])): (plain(row[1]), plain(row[5])) for row in rows}
    assert told[frozenset({"state_hours", "state_rest"})][0] == "the world; no sector stated; in 2017"
    where, how = told[frozenset({"belenets_hours", "yeni_rest"})]
    assert where.endswith("with no period stated")
    assert "no period named" in how
    assert not any("kharon_hours" in claims for claims in by_claim)
    assert not any("bbc_span20" in claims for claims in by_claim)


def test_hours_are_told_for_the_last_year_estimated_whichever_that_is(facts: Facts) -> None:
    """A programme may ask for hours of one year alone, which need not be the headline year."""
    later = str(int(facts.headline_year) + 1)
    one = replace(facts, estimates=tuple(e for e in facts.estimates if e.id != "hours_worked" or e.period == later))
    assert one.find("hours_worked", one.focus, one.headline_year) is None
    told = next(each for each in conditions(one).sections if each.id == "conditions-hours").blocks[0]
    assert isinstance(told, Paragraph)
    figures = {span.estimate for span in told.spans if isinstance(span, Figure)}
    assert f"hours_worked.{one.focus}.{later}" in figures


def test_controls_name_rows_cells_and_indicators_and_no_size(facts: Facts) -> None:
    rows = table_of(forced_labour(facts), "controls-by-kind").rows
    assert {ref for row in rows for ref in re.findall("FL[0-9]", plain(row[3]))} == {"FL5", "FL6"}
    assert all(re.search("Menace of a penalty: (work and life|leaving) [(]FL[56][)]", plain(row[3])) for row in rows)
    assert {"I03", "I04", "I06"} <= {ref for row in rows for ref in re.findall("I[0-9]{2}", plain(row[4]))}
    assert not any(isinstance(span, Figure) for row in rows for cell in row for span in cell)


def test_a_control_without_an_indicator_has_a_dash(facts: Facts) -> None:
    bare = tuple(replace(each, indicators=()) for each in facts.assessment.controls)
    silent = replace(facts, assessment=replace(facts.assessment, controls=bare))
    section = next(each for each in forced_labour(silent).sections if each.id == "forced-labour-controls")
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    assert {plain(row[4]) for row in table.rows} == {"\u2013"}


def test_each_control_is_one_line_for_each_group_and_counts_origins_as_the_cells_do(facts: Facts) -> None:
    controls = facts.assessment.controls
    rows = [row for each in controls for row in each.statements]
    assert len(rows) == len(set(rows))  # no row comes again
    assert len({(each.id, each.group) for each in controls}) == len(controls) > 9
    cells = {(cell.id, cell.cohort): cell for cell in facts.assessment.forced_labour.cells}
    in_groups = [each for each in controls if each.group]
    assert {each.group for each in in_groups} == {"before_deadline", "since_reopening"}
    for each in in_groups:
        for id in each.cells:
            assert each.origins <= cells[id, each.group].origins_for, each
            assert set(each.statements) <= set(cells[id, each.group].statements)
    assert {row for each in controls if not each.group for row in each.statements} == {"ap22copy_s24"}
    watched = {each.group: each.origins for each in controls if each.id == "surveillance"}
    assert watched == {"before_deadline": 1, "since_reopening": 1, "": 1}
    assert "asiapress25_s40" not in rows  # it leaves the cell open


def test_what_is_said_of_control_leaves_open_whether_it_was_a_penalty(facts: Facts) -> None:
    section = next(each for each in forced_labour(facts).sections if each.id == "forced-labour-controls")
    lead = plain(_paragraph(section))
    assert lead.startswith("What is said of control")
    assert "Whether any of it was a penalty for refusing or leaving is left open" in lead


def test_a_row_that_two_controls_name_is_a_fault() -> None:
    programme = load_programme("dprk")
    twice = [{"id": id, "name": id, "statements": ["fuels25_s55"]} for id in ("one", "other")]
    with pytest.raises(EvidenceError, match="names fuels25_s55 twice"):
        controls_of(programme, {}, twice)
    (kind,) = {each.id for each in controls_of(programme, {}) if "fuels25_s55" in each.statements}
    assert kind == "surveillance"  # a row that no control names is known by its kind


def test_a_row_that_is_withheld_describes_no_control() -> None:
    programme = load_programme("dprk")
    silent = replace(programme, hand={**programme.hand, "withheld": ({"id": "fuels25_s55"},)})
    rows = {one: {row for each in controls_of(each_of, {}) for row in each.statements}
            for one, each_of in (("whole", programme), ("silent", silent))}  # fmt: skip
    assert rows["whole"] - rows["silent"] == {"fuels25_s55"}


def test_events_are_in_order_without_what_was_predicted(facts: Facts) -> None:
    _, table = events(facts).blocks
    assert isinstance(table, Table)
    read_in = [plain(row[2]) for row in table.rows]
    assert read_in[0] == "E01"
    assert "E31" not in read_in
    assert plain(table.note) == "E01 and E02 do not contradict each other: both can be right, in 1948."


def test_the_same_stands_in_tables_of_its_own(facts: Facts) -> None:
    tables = data_tables(facts)
    (fall,) = tables["permits"]
    assert (fall["permits_net"], fall["relabelled_at_most"], fall["visas_of_the_period"]) == (18_533, 4645, 4645)
    assert "departed_low" not in fall  # a bound on departures would need the number of new permits
    assert fall["departed_low_if_no_new_permit"] == 13_888
    occupied = next(row for row in tables["places"] if row["id"] == "occupied")
    assert (occupied["others"], occupied["sightings"], occupied["confirmed"]) == ("dnr_300", "", 0)
    assert {row["kind"]: row["given_by"] for row in tables["exchange"]}["cover"] == "Russia"
    hours = {row["day"]: (row["low"], row["high"]) for row in tables["hours"]}
    assert (hours["belenets_hours"], hours["bbc_hours18"]) == ((3760, 5010), (6540, None))
    numbers = {name for row in tables["controls"] for name, value in row.items() if isinstance(value, (int, float))}
    assert numbers == {"origins"}


def test_a_programme_that_names_nothing_of_it_has_no_such_part(facts: Facts) -> None:
    bare = replace(facts, account=replace(facts.account, falls=(), places=(), datings=()))
    assert permits(bare) == ()
    assert places(bare) is None
    assert plain(events(bare).blocks[1].note) == ""  # type: ignore[union-attr]


def test_a_row_that_never_existed_is_a_fault_of_the_file() -> None:
    programme = load_programme("dprk")
    fall = dict(programme.tables["apart"]["fall"][0]) | {"before": "ru_permits_1917"}
    wrong = replace(programme, tables={**programme.tables, "apart": {"fall": [fall]}})
    with pytest.raises(EvidenceError, match=r"apart.toml, row 1: no row is called ru_permits_1917"):
        reconcile(wrong)
    for table in (
        {"uncounted": [{"claim": "prim1917"}]},
        {"in_words": {"prim1917": ""}},
        {"not_workers": ["prim1917"]},
    ):
        wrong = replace(programme, tables={**programme.tables, "apart": table})
        with pytest.raises(EvidenceError, match=r"apart.toml, row 1: no row is called prim1917"):
            reconcile(wrong)
