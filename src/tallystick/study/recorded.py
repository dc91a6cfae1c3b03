"""Of which ledger, and of which state of it, a study's evidence is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The state of a workspace's ledger from which evidence was written out.

    head, entries   hash of the last entry that counted, of the workspace's own chain; how many counted, of all chains
    heads           hash of the last entry that counted, of each chain
    moment          what was recorded later does not count: a moment as entries write it
    proposed        claims that nobody had accepted and that were used all the same, since that was asked for
    asked_proposed  whether it was
    """

    head: str
    heads: tuple[str, ...]
    entries: int
    moment: str
    proposed: int = 0
    asked_proposed: bool = False

    @property
    def options(self) -> str:
        """What to type behind `--workspace FOLDER` for the same evidence, whatever was recorded since."""
        return f"--ledger-as-of {self.moment}" + (" --include-proposed" if self.asked_proposed else "")
