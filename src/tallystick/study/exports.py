"""What a study gives to programs of others. It rests on evidence and account alone, so no fit is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tallystick.study.swap import replace_file
from tallystick.vocab.errors import BriefError
from tallystick.vocab.version import VERSION

if TYPE_CHECKING:
    from tallystick.study.study import Study

NAMES: Final = {  # what a hint may call the file
    "ftm": "account.ftm.json",
    "prov": "account.prov.json",
    "claimreview": "reviews.jsonld",
    "bibtex": "sources.bib",
}


def text_of(study: Study, kind: str) -> str:
    """The export as text; `kind` is ftm, prov, claimreview or bibtex."""
    from tallystick.brief.formats.bibtex import bibtex
    from tallystick.brief.formats.claimreview import claimreview
    from tallystick.brief.formats.ftm import ftm
    from tallystick.brief.formats.prov import prov
    from tallystick.brief.formats.shown import shown

    told = shown(study.programme, study.account)
    made = {
        "ftm": lambda: ftm(told),
        "prov": lambda: prov(told, VERSION),
        "claimreview": lambda: claimreview(told, VERSION),
        "bibtex": lambda: bibtex(told),
    }
    return made[kind]()


def write_text(study: Study, kind: str, file: Path) -> Path:
    """The export in a file, which appears whole; an earlier file of that name is replaced."""
    if file.is_dir():
        raise BriefError(f"{file}: this is a folder", hint=f"name a file, as in -o {NAMES[kind]}")
    text = text_of(study, kind)
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, text.encode())
    return file
