"""What names a machine's kind: equal bytes are promised within one, and a cache is shared within one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.study.hashes import processor_family

CORE = "processor\t: {}\nvendor_id\t: {}\ncpu family\t: 6\nflags\t\t: fpu sse2 {}\n\n"


@pytest.mark.parametrize(
    ("flags", "ends"),
    [
        ("avx avx2", "Maker family 6, avx2"),
        ("avx2 avx512f avx512bw", "Maker family 6, avx512f"),
        ("avx", "Maker family 6"),
    ],
)
def test_processors_of_one_family_with_other_instructions_are_told_apart(tmp_path: Path, flags: str, ends: str) -> None:
    told = tmp_path / "cpuinfo"
    told.write_text(CORE.format(0, "Maker", flags) + CORE.format(1, "Other", "avx512f"))
    assert processor_family(told).endswith(ends)


def test_where_nothing_tells_of_processors_there_is_still_a_name(tmp_path: Path) -> None:
    assert ", " in processor_family(tmp_path / "none")
