"""The derived texts that a workspace keeps, and where in the document something of them lies."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tallystick.evidence.documents.derived import Stretch
from tallystick.study.workspace.records import Document
from tallystick.study.workspace.workspace import Workspace


class _Kept(msgspec.Struct, frozen=True):
    text: str
    stretches: tuple[Stretch, ...]


def stretches_of(workspace: Workspace, document: Document) -> tuple[str, tuple[Stretch, ...]]:
    """A document's text, and where each stretch of it comes from; opened with the key where it is restricted."""
    kept = msgspec.json.decode(_clear(workspace, document, document.text), type=_Kept)
    return kept.text, kept.stretches


def bytes_of(workspace: Workspace, document: Document) -> bytes:
    """The document as it was read."""
    return _clear(workspace, document, document.copy)


def origin_of(workspace: Workspace, document: Document) -> str:
    """The address or the file's name that a document was read from, as far as the key opens it; "" where it does not.

    A file's name may tell of somebody, so it lies sealed of a document in clear, too.
    """
    own = (entry for id in workspace.state.all_ids_of(document.id) for entry in workspace.ledger.about(id))
    told = ((workspace.key.opened(entry.content) or {}).get("origin") for entry in own if entry.content)
    return document.origin or next((str(name) for name in told if name), "")


def place_of(stretches: Sequence[Stretch], start: int) -> str:
    """The part of the source in which that sign of the text lies ("page 3"); "" where a document has no parts."""
    return next((stretch.part for stretch in stretches if stretch.start <= start < stretch.end), "")


def _clear(workspace: Workspace, document: Document, name: str) -> bytes:
    data = workspace.copies.read(name)
    return data if document.public else workspace.key.open(data)
