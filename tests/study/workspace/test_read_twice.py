"""A page that the programme was coded from, read again in a workspace, brings no second voice."""

from __future__ import annotations

from pathlib import Path

from tallystick.evidence.ledger.seal import make_identity
from tallystick.reconcile.kinship.same_document import SAME
from tallystick.study.workspace.records import Link
from tallystick.study.workspace.relate import relate
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.records import Claim
from tests.study.workspace.invented import TEXT
from tests.study.workspace.test_erase import _begun, opened, read_in


def begun(folder: Path) -> Workspace:
    make_identity(folder / "identity.txt", workspace=folder / "cases")
    return opened(_begun(folder / "cases", folder / "identity.txt", folder / "identity.txt"), folder / "identity.txt")


def links(workspace: Workspace) -> list[Link]:
    return [link for held in workspace.state.held.values() for link in held.links if SAME in link.reasons]


def test_a_reading_of_a_page_that_the_programme_cites_is_the_row_that_was_coded_from_it(tmp_path: Path) -> None:
    with begun(tmp_path) as workspace:
        row = next(one for one in workspace.programme.claims if is_a_count_at_an_address(one))
        figure = {"low": row.low, "point": row.point, "high": row.high, "start": row.start, "end": row.end}
        read_in(workspace, public=True, text=TEXT, url=row.url, measure=row.measure, unit=row.unit, **figure)
        relate(workspace, by="ana")
        (link,) = links(workspace)
        assert (link.to, link.kind, link.score) == (row.id, "repeats", 1.0)


def test_a_page_and_its_version_for_print_are_one_document(tmp_path: Path) -> None:
    with begun(tmp_path) as workspace:
        for page in ("", "?print"):
            read_in(workspace, public=True, text=f"{TEXT} {page}", url=f"https://harbour.example/ships{page}")
            relate(workspace, by="ana")
        assert len(workspace.state.held) == 2
        (link,) = links(workspace)
        assert link.to in workspace.state.held


def is_a_count_at_an_address(claim: Claim) -> bool:
    """One that nothing on its page is easily taken for."""
    return claim.measure == "workers_present" and claim.host == "RU" and "://" in claim.url
