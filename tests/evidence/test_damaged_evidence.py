"""Bad evidence is refused with one clear error that names file, row and field, whatever was done to it."""

from __future__ import annotations

from collections import Counter

import pytest

from tallystick.evidence.programme import load_programme
from tallystick.vocab.errors import EvidenceFaults
from tests.evidence.damage import LAST, Copy, Damage
from tests.evidence.damaged_claims import ASSERTERS, CLAIMS, DATES
from tests.evidence.damaged_context import ROWS, SETTINGS
from tests.evidence.damaged_files import FILES

DAMAGES = (*FILES, *CLAIMS, *DATES, *ASSERTERS, *ROWS, *SETTINGS)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_one_break_leaves_one_fault_that_names_its_place(damage: Damage, copy: Copy) -> None:
    copy.withhold_some()
    row = copy.row_of(damage.file, damage.row) if isinstance(damage.row, str) else damage.row
    damage.make(copy)
    row = len(copy.rows(damage.file)) - 1 if row == LAST else row
    with pytest.raises(EvidenceFaults, match=damage.match) as caught:
        load_programme(copy.folder)
    assert len(caught.value.faults) == 1, [str(fault) for fault in caught.value.faults]
    fault = caught.value.faults[0]
    assert (fault.file, fault.row, fault.field) == (damage.file, row, damage.field), str(fault)
    assert fault.hint, str(fault)


def test_every_kind_of_damage_has_its_own_name() -> None:
    assert len(DAMAGES) >= 45
    assert [name for name, times in Counter(damage.name for damage in DAMAGES).items() if times > 1] == []


def test_an_unbroken_copy_loads(copy: Copy) -> None:
    assert load_programme(copy.folder).evidence_root == load_programme("dprk").evidence_root
