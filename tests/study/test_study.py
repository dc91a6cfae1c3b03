"""One repeatable run: what moves the fit, what does not, and what a reader of a study meets."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

import tallystick as ts
from tallystick.evidence.programme import SHIPPED
from tallystick.study.notebook import table
from tallystick.study.study import Study
from tallystick.vocab.version import VERSION


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    """A copy of the programme that ships, free to change."""
    return Path(shutil.copytree(SHIPPED / "dprk", tmp_path / "programme"))


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _add_copies(programme: Path, report: str, times: int) -> None:
    """Pages that repeat every figure of a report word for word, each linked to the row that it copies."""
    claims, dates = _rows(programme / "claims.csv"), _rows(programme / "assertion_dates.csv")
    copied = [row for row in claims if row["id"].startswith(f"{report}_")]
    assert copied
    for number in range(times):
        for row in copied:
            name = f"copy{number}_{row['id']}"
            own = {"id": name, "link_kind": "repeats", "derived_from": row["id"], "suspected_from": ""}
            claims.append(
                row | own | {"published_by": f"Copy {number}", "url": f"https://copy{number}.example/{row['id']}"}
            )
            dates += [each | {"id": name} for each in dates if each["id"] == row["id"]]
    _write(programme / "claims.csv", claims)
    _write(programme / "assertion_dates.csv", dates)


@pytest.mark.parametrize("report", ["rsis23", "fuels25", "nis"])
def test_exact_copies_of_a_report_leave_the_fit_as_it_is(programme: Path, report: str, tmp_path: Path) -> None:
    """T2 on the level of claims: the evidence is another, the fit's key is not."""
    before = Study(programme, cache=tmp_path)
    unchanged = before.fit_key
    _add_copies(programme, report, times=10)
    after = Study(programme, cache=tmp_path)
    assert len(after.programme.claims) > len(before.programme.claims)
    assert after.programme.evidence_root != before.programme.evidence_root
    assert after.fit_key == unchanged


def test_another_figure_is_another_fit(programme: Path, tmp_path: Path) -> None:
    before = Study(programme, cache=tmp_path)
    unchanged = before.fit_key
    used = next(seen for seen in before.account.observations if seen.kind == "point")
    claims = _rows(programme / "claims.csv")
    for row in claims:
        if row["id"] == used.claim:
            row["value_point"] = str(float(row["value_point"]) * 1.1)
    _write(programme / "claims.csv", claims)
    assert Study(programme, cache=tmp_path).fit_key != unchanged


def test_another_assumption_is_another_fit(programme: Path, tmp_path: Path) -> None:
    before = Study(programme, cache=tmp_path).fit_key
    model = programme / "model.toml"
    model.write_text(model.read_text().replace("outlier_share = 0.1", "outlier_share = 0.2"))
    assert Study(programme, cache=tmp_path).fit_key != before


def test_another_seed_or_day_is_another_fit(tmp_path: Path) -> None:
    keys = {
        Study(cache=tmp_path).fit_key,
        Study(cache=tmp_path, seed=0).fit_key,
        Study(cache=tmp_path, as_of=date(2023, 12, 31)).fit_key,
    }
    assert len(keys) == 3


def test_the_order_of_rows_changes_nothing(programme: Path, tmp_path: Path) -> None:
    before = Study(programme, cache=tmp_path)
    _ = before.fit_key
    _write(programme / "claims.csv", _rows(programme / "claims.csv")[::-1])
    after = Study(programme, cache=tmp_path)
    assert (after.fit_key, after.programme.evidence_root) == (before.fit_key, before.programme.evidence_root)


def test_a_study_shows_itself_without_a_fit(tmp_path: Path) -> None:
    study = ts.Study(cache=tmp_path)
    shown = study._repr_html_()
    assert study.programme.evidence_root in shown
    assert "Not fitted yet" in shown
    assert not study.is_fitted
    assert repr(study) == f"Study('dprk', seed={study.seed}, as_of=None)"


def test_a_notebook_counts_separate_origins_as_the_estimates_do(tmp_path: Path) -> None:
    """A table or a briefing holds many figures and speaks once; figures nobody used speak not at all."""
    study = ts.Study(cache=tmp_path)
    seen = study.account.observations
    voices = {one.report or one.origin for one in seen}
    assert len(voices) < len({one.origin for one in seen}) < len(study.account.origins)
    assert f"claims, {len(seen)} used, from {len(voices)} separate origins" in study._repr_html_()


def test_a_notebook_table_escapes_what_sources_wrote() -> None:
    assert "<script>" not in table(("<script>",), [("<script>alert(1)</script>",)])


def test_the_package_offers_study_and_version_and_nothing_else() -> None:
    assert ts.__version__ == VERSION
    with pytest.raises(AttributeError, match="no attribute 'study_of'"):
        _ = ts.study_of


# With the real fit -----------------------------------------------------------------------------------------


def test_a_fitted_study_shows_its_answers(study: Study) -> None:
    shown = study._repr_html_()
    assert study.is_fitted
    assert "workers_present" in shown
    assert "80 % interval" in shown


def test_draws_have_labelled_axes_with_draw_first(study: Study) -> None:
    focus = study.programme.focus.id
    present = study.posterior["workers_present"]
    assert present.dims[0] == "draw"
    assert float(present.sel(host=focus, month="2024-12").min()) >= 0


def test_the_file_of_draws_opens_in_arviz(brief_folder: Path) -> None:
    import arviz

    idata = arviz.from_netcdf(str(brief_folder / "posterior.nc"))
    assert {"posterior", "log_likelihood"} <= set(idata.groups())
    assert "created_at" not in idata.posterior.attrs


def test_the_published_draws_tell_nothing_of_a_claim_that_is_shown_alone(study: Study, brief_folder: Path) -> None:
    """T3: what each draw makes of a figure of escapes would tie it to every other unknown."""
    import arviz

    idata = arviz.from_netcdf(str(brief_folder / "posterior.nc"))
    apart = {one.claim for one in study.account.observations if one.measure == "escapes"}
    told = [set(idata[group].claim.values.tolist()) for group in idata.groups() if "claim" in idata[group].coords]
    assert apart
    assert len(told) == 2
    assert not any(apart & each for each in told)


def test_an_estimate_is_found_by_what_it_says(study: Study) -> None:
    found = study.estimate("workers_present", host=study.programme.focus.id, period="2024-12")
    assert found.interval.lower_95 <= found.interval.median <= found.interval.upper_95
    assert found.claims
    with pytest.raises(KeyError, match="no estimate"):
        study.estimate("workers_present", host="XX", period="2024-12")


def test_every_estimate_rests_on_claims_that_exist(study: Study) -> None:
    known = {claim.id for claim in study.programme.claims}
    for each in study.estimates:
        assert set(each.claims) <= known


def test_the_document_of_a_brief_is_what_export_writes(study: Study, brief_folder: Path, tmp_path: Path) -> None:
    assert study.as_json() == (brief_folder / "brief.json").read_text(encoding="utf-8")
    assert json.loads(study.export_json(tmp_path / "account.json").read_text())["programme"] == "dprk"
    tables = study.export_tables(tmp_path / "tables")
    assert {file.name for file in tables} <= {file.name for file in (brief_folder / "data").iterdir()}
