"""Whatever is done to a file, reading ends in a programme or in faults that a terminal can show: never in a crash."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.evidence.programme import HEADERS, SETTINGS, load_programme
from tallystick.evidence.quote_rows import QUOTE_COLUMNS, QUOTES
from tallystick.vocab.errors import EvidenceFaults
from tests.evidence.damage import Copy

FILES = (*HEADERS, *SETTINGS, "drivers.toml", "levers.toml", "systems.toml", "predictions.toml")
NASTY = (b"", b"nan", b"1e400", b"\0", b"\xff", b"\xe2\x80\xae", b'"', b";", b",", b"\n", b"[[", b"= 1", b"restricted")


@pytest.fixture(scope="module")
def spare(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """One copy for all examples: each mends what it broke."""
    made = Copy(tmp_path_factory.mktemp("spare") / "programme")
    made.withhold("fuels25_s37")
    quoted = ("rsis23_wage", "so many coins", "They earn so many coins.", "page 2", "10", "23", "0f" * 32)
    made.write(QUOTES, [list(QUOTE_COLUMNS), [*quoted, "grammar", "ana", "2026-11-21"]])
    return made


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FILES), st.floats(0, 1, exclude_max=True), st.integers(0, 40), st.sampled_from(NASTY))
def test_a_passage_exchanged_for_rubbish_never_crashes_the_reader(
    spare: Copy, file: str, where: float, length: int, rubbish: bytes
) -> None:
    whole = spare.raw(file)
    at = int(where * len(whole))
    spare.bytes(file, whole[:at] + rubbish + whole[at + length :])
    try:
        load_programme(Path(spare.folder))
    except EvidenceFaults as error:
        for fault in error.faults:
            assert fault.file == file or fault.row is not None or fault.field, str(fault)
            assert fault.hint, str(fault)
            assert (str(fault) + fault.hint).isprintable()
    finally:
        spare.bytes(file, whole)
