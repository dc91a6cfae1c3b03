"""Of which ledger, and of which state of it, a study's evidence is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The state of a workspace's ledger from which evidence was written out.

    head, entries   hash of the last entry that counted, of the workspace's own chain; how many counted, of all chains
    upto            what was recorded later was left out: a moment as entries write it, "" for none
    proposed        claims that nobody had accepted and that were used all the same, since that was asked for
    asked_proposed  whether it was
    """

    head: str
    entries: int
    upto: str = ""
    proposed: int = 0
    asked_proposed: bool = False

    @property
    def options(self) -> str:
        """What to type behind `--workspace FOLDER` for the same evidence."""
        parts = [
            f"--ledger-as-of {self.upto}" if self.upto else "",
            "--include-proposed" if self.asked_proposed else "",
        ]
        return " ".join(filter(None, parts))
