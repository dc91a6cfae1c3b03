"""The brief on paper: the same document through Typst, the same bytes for the same document and time.

Words reach Typst as one JSON value and are never part of its source, so nothing in them can be code. Fonts are
the vendored ones alone, no package is fetched, and the only clock is the caller's. The file is PDF/A-2a and
PDF/UA-1: tagged, with alternative text for each chart, and readable in decades.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime

from tallystick.brief import document as doc
from tallystick.brief.paper import paper_of
from tallystick.vocab.errors import BriefError


def render(document: doc.Document, *, timestamp: datetime) -> bytes:
    """The PDF; `timestamp` is what it says of its own making."""
    return set_in_type(words_of(document), timestamp=timestamp)


def words_of(document: doc.Document) -> bytes:
    """All that stands on paper, drawings too, as JSON."""
    return json.dumps(paper_of(document), ensure_ascii=False, allow_nan=False).encode()


def set_in_type(words: bytes, *, timestamp: datetime) -> bytes:
    """The PDF of such words, made by other processes: one finds where all stands, the next links to there."""
    return _typeset(words, _typeset(words, b"null"), timestamp.isoformat())


def _typeset(words: bytes, places: bytes, *moment: str) -> bytes:
    command = [sys.executable, "-m", "tallystick.brief.typeset", *moment]
    done = subprocess.run(command, input=words + b"\n" + places, capture_output=True, check=False)
    if done.returncode != 0:
        raise BriefError(f"the PDF could not be set: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout
