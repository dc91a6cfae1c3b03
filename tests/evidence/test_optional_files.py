"""Files that a programme may leave out: without one, what it would say is absent; a needed one is missed by name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tallystick.evidence.programme import load_programme
from tallystick.vocab.errors import EvidenceFaults
from tests.programmes import VESSANY

LEFT_OUT = ("drivers.toml", "systems.toml", "predictions.toml", "hand/predictions.csv", "hand/withheld.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(VESSANY, tmp_path / "programme"))


def test_what_a_programme_leaves_out_is_no_table_of_it() -> None:
    assert not [file for file in LEFT_OUT if (VESSANY / file).exists()]
    found = load_programme(VESSANY)
    assert not {"drivers", "systems", "predictions"} & set(found.tables)
    assert {"levers", "obligations", "model"} <= set(found.tables)


def test_predictions_need_their_states(folder: Path) -> None:
    (folder / "predictions.toml").write_text(
        '[[prediction]]\nid = "soon"\nname = "Soon"\nwording = "Soon."\nsaid_by = "Quay Watch"\n'
        'check = "It comes."\nevidence = ["quay22_s06"]\n'
    )
    with pytest.raises(EvidenceFaults, match='prediction "soon" is not judged'):
        load_programme(folder)


def test_states_need_their_predictions(folder: Path) -> None:
    (folder / "hand" / "predictions.csv").write_text(
        "id,state,reason,evidence,judged_by,judged_on\nsoon,open,Not yet.,,nobody,2026-11-21\n"
    )
    with pytest.raises(EvidenceFaults, match='no prediction is called "soon"'):
        load_programme(folder)


@pytest.mark.parametrize("file", ["claims.csv", "legal.csv", "measures.toml", "programme.toml", "hand/asserters.csv"])
def test_a_file_that_every_programme_needs_is_missed_by_name(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(EvidenceFaults, match=f"{file}: the file is missing"):
        load_programme(folder)
