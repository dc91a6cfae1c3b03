"""What a programme holds once it is read: every row, in an order of its own, quickly, and from any folder."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from tallystick.evidence.programme import SHIPPED, load_programme, shipped_programmes
from tallystick.vocab.errors import EvidenceFaults, UsageError
from tallystick.vocab.programme import Programme
from tests.evidence.damage import Copy

QUICK = 0.3  # seconds of processor time, the most that reading a programme may take


@pytest.fixture(scope="module")
def dprk() -> Programme:
    """The programme that ships."""
    return load_programme("dprk")


def test_every_row_of_every_table_is_read(dprk: Programme) -> None:
    tables = {
        "claims.csv": dprk.claims,
        "statements.csv": dprk.statements,
        "events.csv": dprk.events,
        "entities.csv": dprk.entities,
        "legal.csv": dprk.law,
        "ilo_indicators.csv": dprk.indicators,
        "forced_labour_framework.csv": dprk.framework,
    }
    lines = {file: len((SHIPPED / "dprk" / file).read_text(encoding="utf-8").splitlines()) - 1 for file in tables}
    assert {file: len(records) for file, records in tables.items()} == lines
    assert lines["claims.csv"] == 504
    assert lines["statements.csv"] == 248


def test_every_claim_has_a_class_and_days_of_first_assertion(dprk: Programme) -> None:
    for claim in dprk.claims:
        assert claim.asserter_class in dprk.asserter_classes, claim.id
        assert claim.asserted_earliest <= claim.asserted_latest <= date(2026, 11, 21), claim.id


def test_no_claim_predates_what_it_goes_back_to(dprk: Programme) -> None:
    claims = {claim.id: claim for claim in dprk.claims}
    for claim in dprk.claims:
        for origin in claim.derived_from:
            assert claims[origin].asserted_earliest <= claim.asserted_earliest, (claim.id, origin)
            assert claims[origin].asserted_earliest <= claim.asserted_latest, (claim.id, origin)


def test_the_eight_classes_have_criteria_and_reasons(dprk: Programme) -> None:
    assert list(dprk.asserter_classes) == [
        "administrative", "government", "un", "researcher", "testimony", "media", "unsourced", "unvetted",
    ]  # fmt: skip
    for kind in dprk.asserter_classes.values():
        assert min(len(kind.criteria), len(kind.why)) > 60, kind.id
    assert "unvetted" not in {claim.asserter_class for claim in dprk.claims}
    assert {row["judged_by"] for row in dprk.hand["asserters"]} == {"Tallystick developers (unreviewed)"}


def test_the_resolution_is_of_2017_and_its_deadline_of_2019(dprk: Programme) -> None:
    duty = next(row for row in dprk.law if row.id == "L03")
    assert (duty.adopted_on, duty.deadline) == (date(2017, 12, 22), date(2019, 12, 22))
    assert dprk.deadline == duty.deadline
    assert dprk.focus.id == "RU"


def test_predictions_carry_their_state_day_and_reason(dprk: Programme) -> None:
    predictions = dprk.tables["predictions"]["prediction"]
    assert len(predictions) == 8
    for prediction in predictions:
        assert prediction["state"] in ("open", "held", "failed")
        assert prediction["judged_on"] == date(2026, 11, 21)
        assert prediction["reason"]


def test_systems_and_levers_are_those_of_the_system_map(dprk: Programme) -> None:
    assert len(dprk.tables["systems"]["system"]) == 23  # section 8 of the map has 23 rows
    assert len(dprk.tables["levers"]["lever"]) == 11


def test_no_lever_or_driver_touches_flight_rescue_or_control(dprk: Programme) -> None:
    """F11 (flight), F13 (recapture) and any control stay out; F12 (rescue) is named once, without an effect."""
    acted_on = [flow for stem, key in (("levers", "lever"), ("drivers", "driver")) for row in dprk.tables[stem][key]
                for flow in row["acts_on"]]  # fmt: skip
    assert not {"F11", "F13"} & set(acted_on)
    assert acted_on.count("F12") == 1


def test_the_order_of_rows_changes_nothing(copy: Copy, dprk: Programme) -> None:
    for file in ("claims.csv", "statements.csv", "assertion_dates.csv", "hand/asserters.csv", "legal.csv"):
        header, *rows = copy.rows(file)
        copy.write(file, [header, *reversed(rows)])
    turned = load_programme(copy.folder)
    assert turned.evidence_root == dprk.evidence_root
    assert [claim.id for claim in turned.claims] == [claim.id for claim in dprk.claims]
    assert turned.statements == dprk.statements
    assert turned.law == dprk.law
    assert turned.hand == dprk.hand


def test_a_folder_without_dispositions_is_a_programme_too(copy: Copy) -> None:
    (copy.folder / "hand" / "dispositions.csv").unlink()
    assert "dispositions" not in load_programme(copy.folder).hand


def test_a_formula_in_a_text_is_text(copy: Copy) -> None:
    copy.cell("claims.csv", "nis_oct24_stock", note="=HYPERLINK(1)")
    assert load_programme(copy.folder).claim("nis_oct24_stock").note == "=HYPERLINK(1)"


def test_every_fault_is_listed_and_not_only_the_first(copy: Copy) -> None:
    copy.cell("claims.csv", "nis_oct24_stock", measure="nothing", host_country="XQ")
    copy.cell("statements.csv", "fuels25_s33", kind="gossip")
    copy.cell("legal.csv", "L01", how_read="hearsay")
    with pytest.raises(EvidenceFaults, match="unknown measure") as caught:
        load_programme(copy.folder)
    assert [(fault.file, fault.field) for fault in caught.value.faults] == [
        ("claims.csv", "measure"),
        ("claims.csv", "host_country"),
        ("statements.csv", "kind"),
        ("legal.csv", "how_read"),
    ]


@pytest.mark.parametrize("name", ["atlantis", "../dprk", "", "/nowhere/at/all"])
def test_an_unknown_programme_is_wrong_usage(name: str) -> None:
    with pytest.raises(UsageError, match="there is no programme") as caught:
        load_programme(name or "no programme")
    assert "dprk" in caught.value.hint
    assert caught.value.exit_code == 2


def test_shipped_programmes_are_found_by_name() -> None:
    assert "dprk" in shipped_programmes()
    assert load_programme(SHIPPED / "dprk").evidence_root == load_programme("dprk").evidence_root


def test_reading_is_quick() -> None:
    taken = []
    for _ in range(5):
        begin = time.process_time()
        load_programme("dprk")
        taken.append(time.process_time() - begin)
    assert min(taken) < QUICK, taken


def test_reading_loads_no_heavy_package() -> None:
    """The command line answers `show` before anybody could load a sampler."""
    code = (
        "import sys; from tallystick.evidence.programme import load_programme; load_programme('dprk');"
        "heavy = {'numpy', 'jax', 'xarray', 'arviz', 'scipy', 'pandas', 'typer', 'rich'} & set(sys.modules);"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(Path(SHIPPED).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
