"""What names a machine's kind: equal bytes are promised within one, and a cache is shared within one."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from tallystick.study.hashes import PACKAGE, SMOOTHING, library_versions, processor_family

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


def test_every_library_that_a_forecast_is_made_with_is_named_with_its_version() -> None:
    """In what is frozen, in what is kept, and in the key of what the cache holds."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in (PACKAGE / "forecasts").rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    names |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    others = {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"tallystick"}
    assert "statsmodels" in others
    assert others - {"msgspec"} <= set(library_versions(*SMOOTHING))  # msgspec only reads and writes
