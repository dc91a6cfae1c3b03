"""Promise: what is restricted is handed to no other machine unasked, and never over a line that others can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.study.workspace.elsewhere import check_cluster
from tallystick.vocab.errors import UsageError
from tests.cli.workspace.conftest import Command, listed


@pytest.mark.parametrize(
    ("address", "more", "said"),
    [
        ("tcp://203.0.113.7:8786", (), "would travel there unencrypted"),
        ("203.0.113.7:8786", ("--may-leave",), "would travel there unencrypted"),
        ("ws://cluster.example:8786", ("--may-leave",), "would travel there unencrypted"),
        ("tls://cluster.example:8786", (), "that is another machine"),
        ("tcp://127.0.0.1.cluster.example:8786", (), "would travel there unencrypted"),
    ],
)
def test_a_restricted_document_is_not_handed_to_another_machine(
    command: Command, cases: str, report: Path, address: str, more: tuple[str, ...], said: str
) -> None:
    told = command("read", str(report), "--cluster", address, *more, "--workspace", cases)
    assert told.code == 2
    assert said in told.err
    assert listed(command, cases) == []


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:8786", "127.9.9.9:8786", "[::1]:8786", "tls://localhost:8786", "localhost:8786"]
)
def test_a_scheduler_of_this_machine_may_have_what_is_restricted(address: str) -> None:
    check_cluster(address, restricted=True, may_leave=False)


def test_a_line_that_is_encrypted_needs_consent_and_what_is_public_needs_none() -> None:
    check_cluster("tls://cluster.example:8786", restricted=True, may_leave=True)
    check_cluster("tcp://cluster.example:8786", restricted=False, may_leave=False)
    for address in ("tcp://[x", "", "cluster", "tcp://127.0.0.1@cluster.example:8786"):
        with pytest.raises(UsageError, match="the documents are restricted"):
            check_cluster(address, restricted=True, may_leave=True)
