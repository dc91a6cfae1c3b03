"""A copy leads to what it was copied from, however reworded; an unrelated figure that happens to be equal does not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tallystick.reconcile.kinship.edges import Edge, edges, score_of, together
from tallystick.reconcile.kinship.sighting import Sighting, names_in, sighting_of
from tallystick.reconcile.kinship.weights import BIAS, JUDGED, LIKELY, SUSPECTED, WEIGHTS
from tallystick.reconcile.money import in_usd
from tallystick.vocab.programme import Programme

DAY = date(2024, 3, 4)


def sighting(name: str, measure: str = "workers_present", **told: object) -> Sighting:
    """Of a document of its own, asserted on DAY unless told otherwise."""
    usual: dict[str, object] = {
        "low": None,
        "point": None,
        "high": None,
        "unit": "persons",
        "host": "RU",
        "earliest": DAY,
        "latest": DAY,
        "published": DAY,
        "document": f"https://{name}.example",
        "published_by": f"{name} daily",
    }
    return Sighting(id=name, measure=measure, **{**usual, **told})  # type: ignore[arg-type]


def printed(one: Sighting, name: str, days: int = 2, **changed: object) -> Sighting:
    """The same, printed by another paper some days later."""
    usual: dict[str, object] = {
        "id": name,
        "document": f"https://{name}.example",
        "published_by": f"{name} post",
        "earliest": DAY + timedelta(days),
        "latest": DAY + timedelta(days),
        "published": DAY + timedelta(days),
    }
    return replace(one, **{**usual, **changed})  # type: ignore[arg-type]


ROOT = sighting("root", point=13_417.0, asserted_by="Harbour Institute", start=date(2023, 1, 1), end=date(2023, 12, 31))


def only(found: tuple[Edge, ...], name: str) -> Edge:
    """The likeliest edge of a claim."""
    return next(edge for edge in found if edge.claim == name)


def test_a_reprint_repeats_and_says_why(shipped: Programme) -> None:
    edge = only(edges([printed(ROOT, "copy")], [ROOT], programme=shipped), "copy")
    assert (edge.kind, edge.parents, edge.damage) == ("repeats", ("root",), ())
    assert edge.score > LIKELY
    assert "the same number" in edge.reasons
    assert "names harbour, hi, institute too" in edge.reasons
    assert "asserted within 2 days" in edge.reasons


def test_a_rounded_number_leads_to_the_exact_one(shipped: Programme) -> None:
    edge = only(edges([printed(ROOT, "copy", point=None, low=13_000.0)], [ROOT], programme=shipped), "copy")
    assert (edge.kind, edge.parents) == ("rounds", ("root",))
    assert "13,000 is 13,417 rounded" in edge.reasons


def test_a_sum_in_another_currency_leads_to_the_one_it_was_made_of(shipped: Programme) -> None:
    root = sighting("root", "worker_net_pay", low=120.0, high=240.0, unit="USD/month", asserted_by="Harbour Institute")
    rate = 1 / in_usd(1, "KRW/month", 2024, shipped)
    told = {"low": round(120 * rate, -3), "high": round(240 * rate, -3), "unit": "KRW/month"}
    edge = only(edges([printed(root, "copy", **told)], [root], programme=shipped), "copy")
    assert (edge.kind, edge.parents) == ("converts", ("root",))


@pytest.mark.parametrize(
    ("changed", "damage"),
    [
        ({"point": 417.0}, "separator lost: 417 is a piece of 13,417"),
        ({"point": 134_170.0}, "scale slip: 134,170 and 13,417 differ by noughts alone"),
        ({"sector": "logging"}, "scope slip: it speaks of logging alone"),
        ({"start": date(2021, 1, 1), "end": date(2021, 12, 31)}, "year slip"),
        ({"measure": "entries_total", "unit": "crossings"}, "measure slip: workers_present became entries_total"),
    ],
)
def test_a_broken_copy_is_found_and_its_damage_named(
    changed: dict[str, object], damage: str, shipped: Programme
) -> None:
    edge = only(edges([printed(ROOT, "copy", days=0, **changed)], [ROOT], programme=shipped), "copy")
    assert edge.parents == ("root",)
    assert edge.kind in ("garbles", "suspected")
    assert any(one.startswith(damage) for one in edge.damage)


@pytest.mark.parametrize(("start", "slips"), [(date(2023, 10, 1), False), (date(2024, 1, 9), True)])
def test_another_day_of_the_year_is_no_slip(start: date, slips: bool, shipped: Programme) -> None:
    root = replace(ROOT, start=date(2023, 9, 30), end=date(2023, 9, 30))
    copy = printed(root, "copy", days=0, start=start, end=start)
    (edge,) = edges([copy], [root], programme=shipped)
    assert any(one.startswith("year slip") for one in edge.damage) is slips


def test_a_forecast_that_became_a_stock_is_garbled(shipped: Programme) -> None:
    plan = replace(ROOT, measure="workers_planned")
    edge = only(edges([printed(ROOT, "copy")], [plan], programme=shipped), "copy")
    assert edge.kind == "garbles"
    assert edge.damage == ("forecast turned stock: workers_planned became workers_present",)


def test_a_range_of_which_one_end_is_left_lost_its_bound(shipped: Programme) -> None:
    root = replace(ROOT, low=13_417.0, point=None, high=21_350.0)
    edge = only(edges([printed(root, "copy", low=None, point=21_350.0, high=None)], [root], programme=shipped), "copy")
    assert (edge.kind, edge.damage) == ("garbles", ("bound lost: one end of the range stands for the whole",))


def test_a_difference_a_product_and_a_sum_lead_to_their_inputs(shipped: Programme) -> None:
    before = sighting("before", "work_permits_valid", point=30_417.0, unit="permits", document="a")
    after = sighting("after", "work_permits_valid", point=11_208.0, unit="permits", document="a")
    gone = sighting("gone", "workers_repatriated", point=19_209.0, document="a")
    heads = sighting("heads", point=2_300.0, document="b")
    take = sighting("take", "state_take_per_worker", point=710.0, unit="USD/month", document="b")
    revenue = sighting("revenue", "programme_revenue", point=19_596_000.0, unit="USD/year", document="b")
    here, there = (
        sighting(n, point=v, host=h, document="c") for n, v, h in (("h", 4_310.0, "RU"), ("t", 2_125.0, "CN"))
    )
    both = sighting("both", point=6_435.0, host="WW", document="c")
    found = edges([gone, revenue, both], [before, after, heads, take, here, there], programme=shipped)
    assert {edge.claim: (edge.kind, edge.parents) for edge in found} == {
        "gone": ("computes_from", ("before", "after")),
        "revenue": ("computes_from", ("heads", "take")),
        "both": ("computes_from", ("h", "t")),
    }
    assert "30,417 - 11,208 is told as this figure" in only(found, "gone").reasons


def test_of_a_claim_that_was_asked_about_before_only_what_is_new_counts(shipped: Programme) -> None:
    copy, between = printed(ROOT, "copy", days=9), printed(ROOT, "between")
    assert edges([ROOT], [copy, between], programme=shipped) == ()
    found = edges([ROOT], [copy, between], later={"copy"}, programme=shipped)
    assert {edge.claim: edge.parents for edge in found} == {"copy": ("root",)}
    assert edges([sighting("new", point=911.0)], [ROOT, copy], later={"copy"}, programme=shipped) == ()


def test_a_sum_that_was_read_before_its_parts_is_computed_from_them(shipped: Programme) -> None:
    here, there = (
        sighting(n, point=v, host=h, document="c") for n, v, h in (("h", 4_310.0, "RU"), ("t", 2_125.0, "CN"))
    )
    both = sighting("both", point=6_435.0, host="WW", document="c")
    asked = {"later": {"both"}, "programme": shipped}
    assert only(edges([there], [here, both], **asked), "both").parents == ("h", "t")  # type: ignore[arg-type]
    unlike = sighting("new", point=911.0)
    assert edges([unlike], [here, there, both], **asked) == ()  # type: ignore[arg-type]


def test_a_round_sum_that_chance_explains_is_no_computation(shipped: Programme) -> None:
    inputs = [sighting(f"in{n}", point=1_000.0 * n, host=host, document="d") for n, host in enumerate("ABCDEFG", 1)]
    assert edges([sighting("sum", point=9_000.0, host="WW", document="d")], inputs, programme=shipped) == ()


def test_no_computation_is_offered_beside_a_likely_copy(shipped: Programme) -> None:
    here, there = (
        sighting(n, point=v, host=h, document="c") for n, v, h in (("h", 4_310.0, "RU"), ("t", 2_125.0, "CN"))
    )
    both = sighting("both", point=6_435.0, host="WW", document="c", asserted_by="Harbour Institute")
    told = replace(both, id="told", document="a", published_by="told post")
    (found,) = (one for one in edges([both], [here, there, told], programme=shipped) if one.score >= LIKELY)
    assert found.parents == ("told",)
    assert [one.kind for one in edges([both], [here, there], programme=shipped)] == ["computes_from"]


def goods(name: str, measure: str, point: float, unit: str) -> Sighting:
    """A figure of one of two reports: the first letter of its name says of which."""
    return sighting(name, measure, point=point, unit=unit, document=name[0])


def test_a_rate_is_common_only_where_other_numbers_show_it(shipped: Programme) -> None:
    box, shells = goods("a box", "shell_containers", 200.0, "containers"), ("shells_supplied", "rounds")
    told = goods("a shells", shells[0], 100_000.0, shells[1])
    same = [goods("b box", "shell_containers", 200.0, "containers"), goods("b shells", shells[0], 100_000.0, shells[1])]
    other = [goods("c box", "shell_containers", 6_700.0, "containers"), goods("c shells", shells[0], 3e6, shells[1])]
    by_rate = "500 for each of 200, as in other documents is told as this figure"
    assert not any("for each of" in one.reasons[0] for one in edges([told], [box, *same], programme=shipped))
    assert any(one.reasons[0] == by_rate for one in edges([told], [box, *other], programme=shipped))


def test_a_name_in_another_script_does_not_speak_against_a_copy(shipped: Programme) -> None:
    known = sighting("known", point=13_417.0, asserted_by="Harbour Institute")
    told = {
        name: edges([printed(known, "new", days=2, asserted_by=name)], [known], programme=shipped)[0]
        for name in ("항만연구소", "Union of Smiths")
    }
    assert "but names another source" in told["Union of Smiths"].reasons
    assert "but names another source" not in told["항만연구소"].reasons
    assert told["항만연구소"].score > told["Union of Smiths"].score


def test_one_round_number_of_another_source_and_time_is_a_new_origin(shipped: Programme) -> None:
    known = sighting("known", point=50_000.0, asserted_by="Harbour Institute")
    other = printed(known, "other", days=300, asserted_by="Union of Smiths", host="CN")
    assert edges([other], [known], programme=shipped) == ()


def test_figures_of_one_document_are_no_copies_of_each_other(shipped: Programme) -> None:
    twin = replace(ROOT, id="twin")
    assert edges([twin], [ROOT], programme=shipped) == ()


def test_the_later_claim_leads_to_the_earlier_whichever_is_new(shipped: Programme) -> None:
    later = printed(ROOT, "later")
    assert edges([ROOT], [later], programme=shipped) == ()
    assert only(edges([later, ROOT], [], programme=shipped), "later").parents == ("root",)


def test_shared_wording_speaks_for_a_link_that_fields_alone_leave_open(shipped: Programme) -> None:
    known = sighting("known", point=900.0, asserted_by="Harbour Institute")
    copy = printed(known, "copy", days=90, asserted_by="")
    rng = random.Random(2)
    words = " ".join("".join(rng.choices("abcdefghik", k=6)) for _ in range(200))
    bare = {edge.score for edge in edges([copy], [known], programme=shipped)} or {0.0}
    texts = {known.document: words, copy.document: f"By our staff. {words}"}
    edge = only(edges([copy], [known], texts, programme=shipped), "copy")
    assert edge.score > max(bare)
    assert any("rare runs of five words shared" in reason for reason in edge.reasons)


def test_several_copies_of_one_origin_speak_for_it_together() -> None:
    assert together([0.3]) == pytest.approx(0.3)
    assert 0.3 < together([0.3, 0.3, 0.3]) < 1 - 0.7**3


def paraphrases(count: int, programme: Programme) -> Iterator[Sighting]:
    """Copies as papers make them: reprinted, rounded, bounded, converted, cut from a range, credited to a middleman."""
    rng = random.Random(11)
    rate = 1 / in_usd(1, "KRW/month", 2024, programme)
    for number in range(count):
        days = rng.randint(0, 30)
        credit = rng.choice(["Harbour Institute", "Harbour Institute (via Post)", "the Institute of the Harbour"])
        asserted = {"asserted_by": credit, "days": days, "sector": rng.choice(["", "construction"])}
        yield printed(HEADS, f"heads{number}", **asserted, **rng.choice(HEADS_TOLD))
        won = {"low": round(310 * rate, -3), "high": round(460 * rate, -3), "unit": "KRW/month"}
        yield printed(PAY, f"pay{number}", **asserted, **rng.choice([{}, {"hedge": "about"}, won]))


HEADS = sighting("heads", point=13_417.0, asserted_by="Harbour Institute", sector="construction")
PAY = sighting("pay", "worker_net_pay", low=310.0, high=460.0, unit="USD/month", asserted_by="Harbour Institute")
HEADS = replace(HEADS, document="report")
PAY = replace(PAY, document="report", sector="construction")
HEADS_TOLD: list[dict[str, object]] = [
    {},
    {"hedge": "about"},
    {"point": 13_000.0, "hedge": "about"},
    {"point": None, "low": 13_000.0, "hedge": "more than"},
    {"point": 13_400.0},
]


def test_a_thousand_paraphrases_of_one_report_all_lead_to_it(shipped: Programme) -> None:
    new = [replace(one, document=f"paper{number // 2}") for number, one in enumerate(paraphrases(500, shipped))]
    found = edges(new, [HEADS, PAY], programme=shipped)
    parent = {edge.claim: edge.parents[0] for edge in reversed(found)}
    roots = {one.id: one.id for one in (HEADS, PAY)}
    for one in sorted(new, key=lambda one: (one.earliest, one.id)):
        name = one.id
        while name in parent:
            name = parent[name]
        roots[one.id] = name
    assert {root for name, root in roots.items() if name.startswith("heads")} == {"heads"}
    assert {root for name, root in roots.items() if name.startswith("pay")} == {"pay"}


def test_unrelated_claims_with_the_same_round_number_stay_their_own(shipped: Programme) -> None:
    root = sighting("root", point=50_000.0, asserted_by="Harbour Institute")
    hosts = ["CN", "MN", "KW", "QA", "PL", "MY", "AE", "OM"]
    others = [
        printed(root, f"other{n}", days=500 + 450 * n, host=host, asserted_by=f"Guild{'abcdefgh'[n] * 4}")
        for n, host in enumerate(hosts)
    ]
    assert edges(others, [root], programme=shipped) == ()


def test_united_nations_and_un_are_one_name() -> None:
    assert "un" in names_in("United Nations") & names_in("UN Panel")
    assert not names_in("unnamed source of the agency")


def test_every_feature_has_a_weight_and_the_marks_are_in_order(shipped: Programme) -> None:
    from tallystick.reconcile.kinship.features import Shared, features
    from tallystick.reconcile.kinship.numbers import relation

    names = features(printed(ROOT, "copy"), ROOT, relation(printed(ROOT, "copy"), ROOT, shipped), Shared())
    assert set(WEIGHTS) == {BIAS, *names}
    assert set(JUDGED) < set(WEIGHTS)
    assert 0 < SUSPECTED < LIKELY < 1
    assert score_of(dict.fromkeys(names, 0.0), WEIGHTS) < 0.01


def test_no_recorded_link_is_carried_by_a_sighting(shipped: Programme) -> None:
    linked = next(claim for claim in shipped.claims if claim.derived_from)
    bare = replace(linked, derived_from=(), suspected_from=(), link_kind="none", note="", title="")
    assert sighting_of(linked) == sighting_of(bare)
