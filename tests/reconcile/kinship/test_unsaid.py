"""A change is laid to a source only where both texts say what changed; what our reading put there accuses nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tallystick.reconcile.kinship.damage import damages
from tallystick.reconcile.kinship.edges import Edge, edges
from tallystick.reconcile.kinship.modals import speaks_of_what_may_come
from tallystick.reconcile.kinship.numbers import NONE, relation
from tallystick.reconcile.kinship.sighting import FIELDS, Sighting
from tallystick.vocab.programme import Programme
from tests.reconcile.kinship.test_edges import DAY, ROOT, only, printed, sighting

YEAR_OF_ROOT = {"start": date(2023, 1, 1), "end": date(2023, 12, 31)}
LATER = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}


def broken(child: Sighting, parent: Sighting, programme: Programme) -> tuple[str, ...]:
    return damages(child, parent, relation(child, parent, programme), programme)


@pytest.mark.parametrize(
    ("field", "changed", "damage"),
    [
        ("host", {"host": "CN"}, "scope slip: RU became CN"),
        ("sector", {"sector": ""}, "scope slip: logging became all sectors"),
        ("period", LATER, "year slip: it names another time than the figure speaks of"),
        ("measure", {"measure": "nationals_present"}, "measure slip: workers_present became nationals_present"),
    ],
)
def test_a_field_that_the_document_does_not_say_is_no_damage(
    field: str, changed: dict[str, object], damage: str, shipped: Programme
) -> None:
    root = replace(ROOT, sector="logging")
    said = printed(root, "copy", **changed)
    assert broken(said, root, shipped) == (damage,)
    assert broken(replace(said, unsaid=frozenset({field})), root, shipped) == ()
    assert broken(said, replace(root, unsaid=frozenset({field})), shipped) == ()
    assert field in FIELDS


def test_a_time_or_source_that_was_only_assumed_speaks_neither_for_nor_against(shipped: Programme) -> None:
    copy = printed(ROOT, "copy", asserted_by="Union of Smiths", **LATER)
    told = only(edges([copy], [ROOT], programme=shipped), "copy").reasons
    assert "but of another period" in told
    assert "but names another source" in told
    assumed = replace(copy, unsaid=frozenset({"period", "source"}))
    untold = only(edges([assumed], [ROOT], programme=shipped), "copy").reasons
    assert "but of another period" not in untold
    assert "but names another source" not in untold
    alike = replace(printed(ROOT, "copy"), unsaid=frozenset({"period"}))
    assert "the same period" not in only(edges([alike], [ROOT], programme=shipped), "copy").reasons


def test_another_host_that_was_only_read_so_is_told_as_our_reading(shipped: Programme) -> None:
    copy = printed(ROOT, "copy", host="CN", unsaid=frozenset({"host"}))
    assert "but read as of CN, not RU" in only(edges([copy], [ROOT], programme=shipped), "copy").reasons


@pytest.mark.parametrize(
    ("passage", "turned"),
    [
        ("13,417 have arrived.", True),
        ("The number could exceed 13,417.", False),
        ("Officials project that 13,417 come.", False),
        ("Могут приехать 13 417 рабочих.", False),
        ("1만3417명을 파견할 계획이다.", False),
    ],
)
def test_who_still_speaks_of_what_may_come_has_turned_no_plan_into_a_fact(
    passage: str, turned: bool, shipped: Programme
) -> None:
    plan = replace(ROOT, measure="workers_planned")
    found = broken(printed(ROOT, "copy", measure="workers_arrived", passage=passage), plan, shipped)
    assert any("forecast turned stock" in one for one in found) is turned
    assert speaks_of_what_may_come(passage) is not turned


def test_who_prints_both_ends_has_lost_no_bound(shipped: Programme) -> None:
    root = replace(ROOT, low=13_417.0, point=None, high=21_350.0)
    copy = printed(root, "copy", low=None, point=21_350.0, high=None)
    assert broken(replace(copy, passage="Up to 21,350 are there."), root, shipped)
    assert broken(replace(copy, passage=r"Between 13\,417 and 21,350, or 13,417-21,350."), root, shipped) == ()


def test_half_a_range_and_another_measure_need_more_than_a_plain_number(shipped: Programme) -> None:
    told = {"earliest": date(2021, 1, 1), "latest": date(2021, 1, 1), "published": None, "dated": False}
    span = sighting("span", low=20_000.0, high=30_000.0, **told)
    end = printed(sighting("end", point=30_000.0), "end", days=9, dated=False)
    assert edges([end], [span], programme=shipped) == ()
    both = (replace(span, asserted_by="Harbour Institute"), replace(end, asserted_by="Harbour Institute"))
    assert only(edges([both[1]], [both[0]], programme=shipped), "end").parents == ("span",)
    plan = sighting("plan", "workers_planned", point=10_000.0, **told)
    sent = printed(sighting("sent", "workers_arrived", point=10_000.0), "sent", days=9, dated=False)
    many = [replace(plan, id=f"plan{n}", document=f"https://plan{n}.example") for n in range(5)]
    assert edges([sent], many, origin_of={one.id: "plan0" for one in many}, programme=shipped) == ()


def known_root(**told: object) -> Sighting:
    return sighting("known", **{"low": 1_200.0, "region": "Kursk", **YEAR_OF_ROOT, **told})


@pytest.mark.parametrize("changed", [{"host": "CN"}, {"region": ""}, {"sector": "logging"}, LATER])
def test_ten_times_the_number_of_another_scope_is_another_figure(
    changed: dict[str, object], shipped: Programme
) -> None:
    ten = printed(known_root(), "ten", low=12_000.0)
    assert relation(ten, known_root(), shipped).kind == "scale"
    assert relation(replace(ten, **changed), known_root(), shipped) is NONE  # type: ignore[arg-type]


def test_of_a_range_no_end_alone_slips_by_a_nought(shipped: Programme) -> None:
    known = sighting("known", "contract_length", low=12.0, high=24.0, unit="months")
    assert relation(printed(known, "other", low=60.0, high=120.0), known, shipped) is NONE
    assert relation(printed(known, "slip", low=120.0, high=240.0), known, shipped).kind == "scale"


def test_what_a_text_has_beside_the_figure_did_not_become_it(shipped: Programme) -> None:
    slip = printed(ROOT, "slip", days=0, point=134_170.0)
    beside = replace(slip, id="beside", point=13_417.0)
    assert only(edges([slip], [ROOT], programme=shipped), "slip").parents == ("root",)
    assert {one.claim for one in edges([slip, beside], [ROOT], programme=shipped)} == {"beside"}


def test_unlike_measures_are_linked_by_an_odd_number_alone(shipped: Programme) -> None:
    trade = sighting("trade", "china_trade_share", low=0.9, unit="share")
    take = printed(trade, "take", measure="state_take_share", low=None, high=0.9)
    assert relation(take, trade, shipped) is NONE
    odd = replace(take, high=0.937)
    assert relation(odd, replace(trade, low=0.937), shipped).kind == "same"
    permits = printed(ROOT, "permits", measure="work_permits_valid", unit="permits", point=50_000.0)
    assert relation(permits, replace(ROOT, point=50_000.0), shipped).kind == "same"


def test_a_multiple_of_pay_is_no_quotient_of_people(shipped: Programme) -> None:
    more, less = (sighting(n, "entries_total", point=v, unit="crossings", document="a") for n, v in
                  (("more", 13_221.0), ("less", 1_117.0)))  # fmt: skip
    times = sighting("times", "entries_growth_factor", point=11.8, unit="ratio", document="a")
    assert only(edges([times], [more, less], programme=shipped), "times").parents == ("more", "less")
    for measure in ("", "bribe_growth_factor", "productivity_ratio"):
        assert edges([replace(times, measure=measure)], [more, less], programme=shipped) == ()


def test_a_figure_is_not_computed_from_one_that_it_is_in_already(shipped: Programme) -> None:
    def told(wanted: float, **of: float) -> tuple[Edge, ...]:
        plans = [sighting(n, "workers_planned", point=v, document="a") for n, v in of.items()]
        return edges([sighting("sent", "workers_arrived", low=wanted, document="a")], plans, programme=shipped)

    assert only(told(45_000.0, all=50_000.0, part=5_000.0), "sent").parents == ("all", "part")
    assert told(50_000.0, all=50_000.0, part=5_000.0) == ()
    assert told(50_000.0, all=54_000.0, part=5_000.0) == ()  # alone it would be told as fifty thousand


def test_how_soon_is_said_only_where_it_is_known(shipped: Programme) -> None:
    wide = {"earliest": date(2019, 1, 1), "latest": date(2024, 6, 1), "dated": False}
    of_one_day = replace(ROOT, point=900.0)
    root, copy = replace(of_one_day, **wide), printed(of_one_day, "copy")  # type: ignore[arg-type]
    known, open_root = (only(edges([copy], [one], programme=shipped), "copy") for one in (of_one_day, root))
    both = only(edges([replace(copy, **wide)], [root], programme=shipped), "copy")  # type: ignore[arg-type]
    assert "asserted within 2 days" in known.reasons
    for edge in (open_root, both):
        assert not any("asserted within" in reason for reason in edge.reasons)
        assert edge.score < known.score
    narrow = replace(root, earliest=DAY.replace(month=2))
    assert "asserted within 0 days" in only(edges([copy], [narrow], programme=shipped), "copy").reasons


def test_an_undated_text_that_names_no_time_is_never_said_to_be_late(shipped: Programme) -> None:
    read = DAY.replace(year=2030)
    copy = replace(printed(ROOT, "copy"), earliest=read, latest=read, published=None)
    assert any("days later" in reason for reason in only(edges([copy], [ROOT], programme=shipped), "copy").reasons)
    undated = only(edges([replace(copy, dated=False)], [ROOT], programme=shipped), "copy")
    assert not any("days later" in reason for reason in undated.reasons)
    assert "how soon after it is not known" in undated.reasons


def test_what_an_earlier_copy_broke_is_not_laid_to_who_copies_it_faithfully(shipped: Programme) -> None:
    root = replace(ROOT, low=13_417.0, point=None, high=21_350.0)
    cut = printed(root, "cut", days=1, low=None, point=21_350.0, high=None)
    copy = printed(cut, "copy", days=2)
    found = edges([copy], [root, cut], origin_of={"root": "root", "cut": "root"}, programme=shipped)
    assert (only(found, "copy").kind, only(found, "copy").parents) == ("repeats", ("cut",))
    assert only(edges([copy], [root], programme=shipped), "copy").kind == "garbles"
