"""Promise: a damaged model.toml gives one clear error that names the field, and no assumption is silently dropped."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import Any

import pytest

from tallystick.calibrate.settings import OPTIONAL, _covers, _needed, _relabelling, check_model
from tallystick.calibrate.system import series_of
from tallystick.evidence.programme import SHIPPED
from tallystick.vocab.errors import EvidenceError, EvidenceFaults
from tests.calibrate import real

TEXT = (SHIPPED / "dprk" / "model.toml").read_text(encoding="utf-8")
HOURS = 'name = "hours_a_day"\ntransform = "log"\nmedian = 12\nsd = 0.2'
START = 'name = "start_RU"\ntransform = "log"\nmedian = 20000'
DAMAGE = [
    ('transform = "log"', 'transform = "lgo"', "unknown transform", "unknown.transform"),
    ('name = "start_RU"', 'name = ["start_RU"]', "is not a text", "unknown.name"),
    (START, START.replace("20000", "-20000"), "not a number above 0", "unknown.median"),
    (START, START.replace("20000", '"20000"'), "is not a number", "unknown.median"),
    (HOURS, HOURS.replace("0.2", "0"), "not a number above 0", "unknown.sd"),
    ("median = 0.93", "median = 1.93", "is no share", "state.complete.median"),
    ("median = 0.88", "median = 1.88", "is no share", "coverage.median"),
    ("[state.partial]", "[state.partly]", 'unknown key "partly"', "state.partly"),
    ('state = "withheld"', 'state = "hidden"', "unknown state", "coverage.state"),
    ('readings = ["counted"]', 'readings = ["count"]', "unknown reading", "coverage.readings"),
    ('readings = ["counted"]\n', 'readings = ["permits"]\nunless = "ordered"\n', "has a row for these months already",
     "coverage.readings"),
    ('name = "others_coverage_2025"', 'name = "true_students"', "is an [[unknown]] too", "coverage"),
    ('name = "leak"', 'name = "leek"', "no equation reads", "unknown.name"),
    ('name = "leak"', 'name = "harm"', "stands here twice", "unknown.name"),
    ('name = "leak"', 'name = "leek"', "lacks leak", "unknown"),
    ("step_sd = 0.15", "step = 0.15", "unknown key", "unknown.step"),
    ('closed = ["2020-02", "2023-08"]', 'closed = ["2023-08", "2020-02"]', "not in order", "calendar.closed"),
    ('closed = ["2020-02", "2023-08"]', 'closed = ["2020-02"]', "holds 1 months", "calendar.closed"),
    ('closed = ["2020-02", "2023-08"]', 'closed = ["2020-13", "2023-08"]', "is no month", "calendar.closed"),
    ('deadline = "2019-12"', 'deadline = "2099-12"', "outside the programme's years", "calendar.deadline"),
    ("alternatives_shown = [2019, 2023]", "alternatives_shown = [2023, 2019]", "is no span",
     "calendar.alternatives_shown"),
    ("alternatives_shown = [2019, 2023]", "alternatives_shown = 2019", "no pair of years",
     "calendar.alternatives_shown"),
    ("outlier_share = 0.1", "outlier_share = 1.1", "is no share", "likelihood.outlier_share"),
    ("outlier_widen = 4.0", "outlier_widen = 0.4", "not a number above 1", "likelihood.outlier_widen"),
    ("report_share = 0.8", "", "is missing", "likelihood.report_share"),
    ("step_sd = [0.3, 0.3, 0.3, 0.3, 0.3]", "step_sd = [0.3, 0.3]", "no list of 5", "arrivals.CN.before.step_sd"),
    ("step_sd = [0.3, 0.3, 0.3, 0.3, 0.3]", "step_sd = [0.3, 0.3, 0.3, 0.4, -1]", "above 0",
     "arrivals.CN.before.step_sd"),
    ("[arrivals.CN]", "[arrivals.CM]", 'unknown key "CM"', "arrivals.CM"),
    ("[arrivals.CN]", "[arrivals.CM]", "is missing", "arrivals.CN"),
    ('from = ["2010-01", ', 'from = ["2011-01", ', "have no regime", "split.from"),
    ("sd = [0.4, 0.7, 0.9, 1.0, 1.0, 1.2]", "sd = [0.4, 0.7, 0.9, 1.0, 1.0]", "no list of 6", "split.work.sd"),
    ('visas_work = { series = "visas_work", take = "sum" }', 'visas_work = { series = "visas_work", take = "total" }',
     "unknown way to take", "operators.visas_work.take"),
    ("varies = 0.5", "varies = 0", "not a number above 0", "operators.entries_transport.varies"),
    ("hours_per_day = {", "hours_per_night = {", "unknown measure", "operators.hours_per_night"),
    ("mats_sept19 =", "mats_sept20 =", "unknown claim", "speaks_of"),
    ('leave_out_classes = ["unsourced"]', 'leave_out_classes = ["unsource"]', "unknown class",
     "alternative.leave_out_classes"),
    ('leave_out_measures = ["state_take_share"', 'leave_out_measures = ["state_share"', "unknown measure",
     "alternative.leave_out_measures"),
    ("set = { permit_coverage_2018 =", "set = { permit_cover_2018 =", "no unknown of one number",
     "alternative.set.permit_cover_2018"),
    ("set = { permit_coverage_2018 = { median = 0.98, sd = 0.3 }, count", "set = { permit_coverage_2018 = 0.98, count",
     "is no table", "alternative.set.permit_coverage_2018"),
    ('leave_out_classes = ["unsourced"]', "", "changes nothing", "alternative.set"),
    ("[headline.hours_worked]", "[headline.hours_slept]", "no estimand", "headline.hours_slept"),
    ("years = [2025, 2025]", "years = [2025, 2035]", "is no span", "headline.hours_worked.years"),
    ('measures = ["escapes"]', 'measures = ["escapees"]', "unknown measure", "headline.escapes_to_safety.measures"),
    ('last_call = ["2019-11"', 'last_cal = ["2019-11"', "nothing happens in these months", "calendar.last_cal"),
    ('last_call = ["2019-11"', 'last_cal = ["2019-11"', "no equation reads", "unknown.name"),
    ('when = "withheld"', 'when = "witheld"', "unknown span", "coverage.when"),
    ('hosts = ["CN", "RU"]', 'hosts = ["CN", "RO"]', "unknown host", "reading.hosts"),
    ('hosts = ["CN", "RU"]', 'hosts = ["CN", "RU"]\neverywhere = true', "beside `everywhere`", "reading.hosts"),
    ('terms = [{ of = ["left"]', 'terms = [{ of = ["permits"]', "unknown series", "reading.sent_home.terms.of"),
    ('{ of = ["arrived_work"], times', '{ of = ["arrived_wrok"], times', "unknown series",
     "reading.visas_work.terms.of"),
    ('id = "counted"', 'id = "present"', "there is a series present already", "reading.id"),
    ('times = ["true_students"] }]', 'times = ["false_students"] }]', "lacks false_students", "unknown"),
    ('terms = [{ times = ["true_students"] }]', "terms = [{ a_year = true }]", "adds nothing",
     "reading.students.terms.of"),
    ('when = "closed" }', 'when = "closed", unless = "closed" }', "beside `when`",
     "reading.entries_transport.terms.unless"),
    ('name = "rescue_slope"', 'name = "rescue_slop"', "lacks rescue_slope", "unknown"),
    ('follows = "shortage"', 'follows = "hours_a_day"', "does not go in steps", "driver.follows"),
    ('follows = "shortage"', 'follows = "shortfall"', "unknown unknown", "driver.follows"),
    ('follows = "shortage"', 'follows = "shortage"\nwhen = "barred"', "follows an unknown", "driver.when"),
    ('reference = "2010-07"', 'reference = "2009-07"', "is no month", "driver.reference"),
    ('effect = "barred_CN"', 'effect = "shortage"', "unknown unknown", "driver.effect"),
    ('effect = "admitted"', 'effect = "barred_RU"', "may leave 0 to 1", "driver.effect"),
    ('sent = "redirected"', 'sent = "directed"', "unknown unknown", "driver.sent"),
    ('sent = "redirected"', 'sent = ["redirected"]', "is not a text", "driver.sent"),
    ('sent = "redirected"', 'sent = { of = "redirected" }', "is not a text", "driver.sent"),
    ('effect = "admitted"', 'effect = ["admitted"]', "is not a text", "driver.effect"),
    ('sent = "redirected"', 'sent = "harm"', "may leave 0 to 1", "driver.sent"),
    ('sent_to = "RU"', 'sent_to = "RO"', "unknown host", "driver.sent_to"),
    ('id = "ban_china"', 'id = "ban_focus"', "stands here twice", "driver.id"),
    ('when = "refused"', 'follows = "shortage"', "nobody is turned away", "driver.when"),
    ("[likelihood]", "[likelyhood]", 'unknown key "likelyhood"', "likelyhood"),
]  # fmt: skip


def check(text: str) -> None:
    programme = real.programme()
    check_model(replace(programme, tables={**programme.tables, "model": tomllib.loads(text)}))


@pytest.mark.parametrize(("old", "new", "problem", "field"), DAMAGE, ids=[f"{one[2]}-{one[3]}" for one in DAMAGE])
def test_each_damage_names_its_field(old: str, new: str, problem: str, field: str) -> None:
    assert old in TEXT, "the shipped file no longer holds what this test breaks"
    with pytest.raises(EvidenceFaults, match=r"model\.toml") as caught:
        check(TEXT.replace(old, new, 1))
    assert [fault for fault in caught.value.faults if fault.field == field and problem in fault.problem]
    assert all(fault.hint for fault in caught.value.faults)


def test_the_shipped_file_has_no_fault() -> None:
    check(TEXT)


def test_without_the_file_there_is_no_model() -> None:
    with pytest.raises(EvidenceError, match=r"model\.toml: the file is missing"):
        check_model(replace(real.programme(), tables={}))


def test_the_unknowns_asked_for_are_those_that_the_equations_read() -> None:
    """Neither one too few, which would be a bare KeyError, nor one too many, which would be an idle assumption."""

    class Watched(dict[str, Any]):
        def __getitem__(self, name: str) -> Any:
            read.add(name)
            return super().__getitem__(name)

    read: set[str] = set()
    model = real.ready().model
    series_of(Watched(real.values_at(real.middle())), model, real.np)
    by_the_file = {name for name in read if not name.startswith(("arrivals_", "split_"))}
    programme = real.programme()
    named = {*OPTIONAL, *_relabelling(programme), *_covers(programme.tables["model"])}
    assert _needed(programme) | named == by_the_file


def test_a_claim_that_was_not_yet_said_is_no_fault() -> None:
    early = replace(real.programme(), as_of=real.programme().deadline, claims=())
    check_model(early)
