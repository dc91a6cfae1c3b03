"""Promise: the model takes its visa classes, hosts and switches from the programme, and loses nobody for it."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tallystick.calibrate.fit import Prepared
from tallystick.calibrate.headline import after_deadline, axes_of, dataset, headline_of
from tallystick.calibrate.model import Model, model_of
from tallystick.calibrate.settings import check_model
from tallystick.calibrate.system import names_of, series_of
from tallystick.vocab.errors import EvidenceFaults
from tallystick.vocab.programme import Programme, VisaClass
from tests.calibrate import real

CLASSES: Mapping[str, Sequence[tuple[str, bool]]] = {
    "one": (("permit", True),),
    "two": (("trainee", False), ("contract", True)),
    "five": (("a", True), ("b", False), ("c", True), ("d", False), ("e", False)),
}
COVERAGE = {"name": "permit_coverage", "readings": ["permits"], "state": "complete", "why": "Assumed."}
OPERATORS = ("workers_present", "workers_arrived", "work_permits_valid", "gross_wage", "programme_revenue")
DROPPED = (
    "crossings_per_arrival", "visa_runs", "crew_crossings", "private_crossings", "transit_crossings",
    "tourist_crossings", "official_crossings", "crossings_closed", "business_crossings", "visas_per_work_arrival",
    "relabel_study", "reported_returns", "promised_over_net",
    "visas_per_study_arrival", "visas_per_other_stay", "true_visitors", "true_students", "true_student_visas",
    "nationals_not_workers", "hours_a_day", "rest_days", "shortage", "pull", "rescue_level", "rescue_slope",
    "employer_markup",
)  # fmt: skip
SWITCHED = {
    "closed": ("term_after", "term_elsewhere", "leak", "reopen_return"),
    "ordered": ("ordered_RU", "ordered_CN", "ordered_OTHER", "relabel_RU"),
    "last_call": ("last_call_RU",),
    "barred": ("barred_RU", "barred_CN", "barred_OTHER"),
    "refused": ("admitted", "redirected"),
}


def invented(classes: str, spans: Sequence[str]) -> Programme:
    """The real programme with other visa classes, few tables, and only these of its spans."""
    programme, kinds = real.programme(), CLASSES[classes]
    table: dict[str, Any] = copy.deepcopy(dict(programme.tables["model"]))
    chain = [name for name, works in kinds if works] + [name for name, works in kinds if not works]
    others = [name for name, works in kinds if not works]
    gone = {*DROPPED, *(name for span, names in SWITCHED.items() if span not in spans for name in names)}
    gone |= set() if others else {"term_unauthorised", "relabel_RU"}
    odds = {"median": [2.0, 1.0], "sd": [0.5, 0.5]}
    table["unknown"] = [one for one in table["unknown"] if one["name"] not in gone]
    table["driver"] = [one for one in table["driver"] if one.get("when") in spans]
    if "ordered" in spans:
        shares = {"transform": "logit", "median": 0.4, "sd": 0.5, "why": "Assumed."}
        table["unknown"] += [{"name": f"relabel_{name}", **shares} for name in others[:-1]]
    table["calendar"] = {key: months for key, months in table["calendar"].items() if key in (*spans, *KEPT)}
    table["split"] = {"from": ["2010-01", "2018-01"], "why": "Assumed.", **dict.fromkeys(chain[:-1], odds)}
    table["reading"] = [{"id": "permits", "terms": [{"of": [f"present_{chain[0]}"]}]}]
    table["coverage"] = [COVERAGE]
    table["operators"] = {name: table["operators"][name] for name in OPERATORS}
    if "closed" not in spans:
        for host in table["arrivals"].values():
            del host["after"]
    del table["alternative"], table["speaks_of"]
    visas = {name: VisaClass(id=name, name=name, authorises_work=works) for name, works in kinds}
    return replace(programme, visa_classes=visas, tables={**programme.tables, "model": table})


KEPT = ("deadline", "basis_of_state")
ALL = tuple(SWITCHED)
CASES = [("one", ALL), ("two", ALL), ("five", ALL), ("two", ()), ("two", ("ordered",)), ("five", ("ordered",))]


@pytest.fixture(params=CASES, ids=[f"{one[0]}-{'+'.join(one[1]) or 'nothing'}" for one in CASES])
def programme(request: pytest.FixtureRequest) -> Programme:
    return invented(*request.param)


def at(programme: Programme, seed: int) -> tuple[Model, dict[str, Any], dict[str, Any]]:
    """Model, values at a draw of its prior, and its series there."""
    model = model_of(programme, (), 0)
    z = np.random.default_rng(seed).standard_normal(model.layout.size)
    values = model.layout.values(z, *model.layout.priors(), np)
    return model, values, series_of(values, model, np)


def test_the_file_needs_what_the_equations_read_and_no_more(programme: Programme) -> None:
    class Watched(dict[str, Any]):
        def __getitem__(self, name: str) -> Any:
            read.add(name)
            return super().__getitem__(name)

    read: set[str] = set()
    check_model(programme)
    model, values, _ = at(programme, 1)
    series_of(Watched(values), model, np)
    assert read | {"class_scale", "class_bias", "part_weight", "report_error"} == set(values)


def test_classes_and_cohorts_add_up_to_everybody_and_nobody_is_lost(programme: Programme) -> None:
    model, values, series = at(programme, 2)
    place = model.hosts.index(model.focus)
    everybody = series["present"][place]
    close(sum(series[f"present_{visa}"] for visa in model.visas.all), everybody)
    close(sum(series[f"arrived_{visa}"] for visa in model.visas.all), series["arrived"][place])
    since = model.grid.index(f"{programme.deadline:%Y-%m}")
    close(sum(series[cohort] for cohort in model.cohorts)[since:], everybody[since:])
    before = np.append(values[f"start_{model.focus}"], everybody[:-1])
    close(before + series["arrived"][place] - series["left"][place], everybody)


def test_nobody_is_stranded_where_no_border_closed(programme: Programme) -> None:
    closed = "closed" in programme.tables["model"]["calendar"]
    model, _, series = at(programme, 3)
    assert ("stranded" in model.cohorts) == ("stranded" in series) == closed


def test_every_series_has_a_name_and_the_headline_its_labels(programme: Programme) -> None:
    model, values, series = at(programme, 4)
    assert len(set(names_of(model, series))) == len(names_of(model, series))
    draw = headline_of(values, model, after_deadline(model, programme.deadline), np)
    assert set(draw) == set(axes_of(model))
    labelled = dataset({name: np.asarray(each)[None] for name, each in draw.items()}, model)
    assert set(labelled["visa_class"].values) == {*model.visas.all, "all"}
    assert not {"shortage_filled", "hours_worked", "kept_per_hour", "escapes_to_safety"} & set(labelled.data_vars)


def test_relabelling_moves_people_out_of_classes_that_authorise_work_alone() -> None:
    programme = invented("five", ("ordered",))
    model, values, _ = at(programme, 5)
    few, many = (series_of(values | {f"relabel_{model.focus}": rate}, model, np) for rate in (0.001, 0.2))
    month = model.grid.index("2019-12")
    for visa in model.visas.authorised:
        assert many[f"present_{visa}"][month] < few[f"present_{visa}"][month]
    for visa in model.visas.others:
        assert many[f"present_{visa}"][month] > few[f"present_{visa}"][month]
    close(sum(many[f"relabelled_{visa}"] for visa in model.visas.others).sum(), moved_of(many, few, model))


def moved_of(many: Mapping[str, Any], few: Mapping[str, Any], model: Model) -> Any:
    """What relabelling by shares comes to: the same flow, whichever way it is shared out."""
    first, *rest = (many[f"relabelled_{visa}"] for visa in model.visas.others)
    assert few["relabelled_b"].sum() < first.sum()
    return first.sum() + sum(each.sum() for each in rest)


def test_two_groups_of_places_share_out_their_own_claims_alone() -> None:
    """Weights of places add up to one within each group that they belong to."""
    base = real.programme()
    places = dict(base.places)
    places["KW"] = replace(places["KW"], host="CN")
    model = model_of(replace(base, places=places), ("KW", "PL", "QA"), 0)
    weights = np.array([1.0, 2.0, 3.0, 4.0, 5.0])  # KW, PL, QA, rest of CN, rest of OTHER
    shares = weights / (model.together @ weights)
    assert shares.tolist() == [1 / 5, 2 / 10, 3 / 10, 4 / 5, 5 / 10]


def test_an_unknown_of_a_switch_that_is_not_there_is_idle() -> None:
    programme = invented("two", ("ordered",))
    leak = {"name": "leak", "transform": "log", "median": 0.01, "sd": 0.5, "why": "Assumed."}
    table = {**programme.tables["model"], "unknown": [*programme.tables["model"]["unknown"], leak]}
    with pytest.raises(EvidenceFaults, match="no equation reads"):
        check_model(replace(programme, tables={**programme.tables, "model": table}))


def close(found: Any, wanted: Any) -> None:
    np.testing.assert_allclose(found, wanted, rtol=1e-12, atol=1e-12 * np.abs(wanted).max())


def test_the_real_programme_is_one_of_many() -> None:
    ready: Prepared = real.ready()
    assert ready.model.visas == (("work",), ("study", "other"))
    assert ready.model.cohorts == ("holdover", "stranded", "arrived_later")
