"""No country, place, agency or law of a programme is named in the code: all of them come from its data."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import tallystick
from tallystick.evidence.programme import SHIPPED, shipped_programmes
from tests.programmes import VESSANY
from tests.programmes.names import named_by, names_in, own_names

CODE = Path(tallystick.__file__).parent
OF_LANGUAGE = {  # what the reader of texts calls languages, and the library of seals its errors
    "claims/": ("Russian",),
    "cli/read.py": ("Russian",),
    "cli/workspace.py": ("Russian",),
    "evidence/documents/": ("Russian", "Chinese", "Ukrainian", "Decrypt"),
    "evidence/ledger/seal.py": ("Decrypt",),
    "reconcile/kinship/": ("Chinese", "Russian"),
}
PROGRAMMES = (*(SHIPPED / name for name in shipped_programmes()), VESSANY)


@cache
def own(folder: Path) -> frozenset[str]:
    return own_names(folder, [other for other in PROGRAMMES if other != folder])


@pytest.mark.parametrize("folder", PROGRAMMES, ids=lambda folder: str(folder.name))
def test_the_code_names_no_country_place_agency_or_law_of_a_programme(folder: Path) -> None:
    """Names are read from the programme's own files; one that stands in another programme's files is of the method."""
    hits = named_by(CODE, own(folder))
    found = {file: [name for name in names if not _of_language(file, name)] for file, names in hits.items()}
    assert {file: names for file, names in found.items() if names} == {}


def _of_language(file: str, name: str) -> bool:
    """Whether the name is that of a language or of a deed, in the code that reads languages or opens seals."""
    return any(file.startswith(place) and name in names for place, names in OF_LANGUAGE.items())


@pytest.mark.parametrize(
    ("folder", "kind", "line"),
    [
        (VESSANY, "sender", 'SENDER = "Vessany"'),
        (VESSANY, "demonym", "# what Tesmari hands are paid"),
        (VESSANY, "host", "def orlund() -> None: ..."),
        (VESSANY, "code of a host", 'present = draws.sel(host="XA")'),
        (VESSANY, "region", "WHERE = 'port hallin'"),
        (VESSANY, "agency", '"""As the Orlund Labour Board counts."""'),
        (VESSANY, "asserter", "BY = 'Quay Watch'"),
        (VESSANY, "law", "# the quellish accord binds hosts"),
        (SHIPPED / "dprk", "sender", "north_korea = 1"),
        (SHIPPED / "dprk", "demonym", '"""How Russian tables count."""'),
        (SHIPPED / "dprk", "host", "CHINA = 2"),
        (SHIPPED / "dprk", "group of hosts", 'if host == "OTHER":'),
        (SHIPPED / "dprk", "agency", 'KIND = "OFAC"'),
        (SHIPPED / "dprk", "law", "# paragraph 8 of resolution 2397"),
        (SHIPPED / "dprk", "law by its author", "if 'security council' in instrument:"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_a_planted_name_is_found(folder: Path, kind: str, line: str, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "planted.py").write_text(f"{line}\n", encoding="utf-8")
    (tmp_path / "clean.py").write_text("who, otherwise = 'a host', 'an agency'\n", encoding="utf-8")
    assert set(named_by(tmp_path, own(folder))) == {"deep/planted.py"}, kind


def test_what_programmes_share_is_little() -> None:
    """A name is let off only where another programme's files hold it too: the ILO's framework, the dollar."""
    shared = names_in(SHIPPED / "dprk") - own(SHIPPED / "dprk")
    assert {"ILO", "US"} <= shared
    assert len(shared) <= 10
