"""The page that says what was done to a workspace and what came of it: one function for each of its tables."""

from __future__ import annotations

from tests.hostile.through_read import Found as Hostile
from tests.torture.at_once import Written
from tests.torture.failed_writes import MANNERS
from tests.torture.failed_writes import Found as Failed
from tests.torture.kill import Tally
from tests.torture.mutations import Found as Changed
from tests.torture.read_at_once import Together
from tests.torture.read_killed import A_WORKSPACE, DOCUMENTS

BEFORE = """# What a workspace withstands

The last output of `make torture`: what was done, first to the ledger alone, then to `tallystick read` and `tallystick
review` as an analyst runs them, and what came of it. No more was shown than each table counts.
[How the ledger works](../methods/ledger.md), and what it does not promise, is told apart.
"""


def killed_lines(tally: Tally) -> list[str]:
    """A process that adds batches and erases some is killed at random moments, on a ledger that it also begins."""
    erased = sum(one.startswith("erased ") for one in tally.acknowledged)
    added = len(tally.acknowledged) - erased
    return [
        "## Killed while writing",
        "",
        "A process adds batches of four entries, each batch in one transaction, and now and then erases one; it is",
        "sent SIGKILL at a random moment, and started again. Every 50 kills it begins another ledger. After each kill",
        "the ledger is verified and compared with what was acknowledged: printed and flushed after its commit.",
        "",
        "| | |",
        "|---|---:|",
        f"| kills | {tally.kills:,} |",
        f"| runs that ended before the signal | {tally.ended:,} |",
        f"| batches acknowledged | {added:,} |",
        f"| erasures acknowledged | {erased:,} |",
        *_counted(tally.problems, ("lost", "by half", "came back", "erasure lost", "not overwritten")),
        "",
        _bound(tally),
        "A kill leaves what the kernel had taken; only the next table is about power.",
    ]


def failed_lines(found: Failed) -> list[str]:
    """Each write, sync, truncation and deletion failed, and the power cut there."""
    points = ", ".join(f"{name} {count}" for name, count in found.points.items())
    return [
        "## Every write failed",
        "",
        "Each write, sync, truncation and deletion of an operation fails in turn: with an I/O error and with a full",
        "disk, once and for ever; and the power is cut there, which drops what was not synced but for writes that",
        "chance lets through, in any order. Then the ledger is opened and verified and, where it is the old one, the",
        "operation is repeated.",
        "",
        "| | |",
        "|---|---:|",
        f"| points of failure ({points}) | {found.points.total():,} |",
        f"| cases | {found.cases:,} |",
        f"| cases that left the old ledger | {found.old:,} |",
        f"| cases that left the new ledger | {found.new:,} |",
        f"| anything between, or anything else wrong | {len(found.problems):,} |",
    ]


def changed_lines(found: Changed) -> list[str]:
    """Single changes of the past."""
    made = found.made.total()
    return [
        "## The past changed",
        "",
        "One row of a ledger with three people's chains is changed in its file, at random; `verify` has to name it.",
        "",
        "| change | made | found |",
        "|---|---:|---:|",
        *(
            f"| {kind} | {count} | {count - sum(one.startswith(f'{kind}:') for one in found.missed)} |"
            for kind, count in sorted(found.made.items())
        ),
        f"| all | {made:,} | {made - len(found.missed):,} |",
        "",
        "To cut off the end of one's own chain cleanly, or to add to it, is no change of the past: a printed head",
        "shows it.",
    ]


def written_lines(written: Written) -> list[str]:
    """Processes that write at once."""
    return [
        "## Written at once",
        "",
        f"{written.processes} processes add {written.transactions} batches each, as fast as they can, to one ledger.",
        "",
        "| | |",
        "|---|---:|",
        f"| transactions asked | {written.processes * written.transactions:,} |",
        f"| acknowledged | {written.acknowledged:,} |",
        f"| lost, by half, met a lock, or anything else wrong | {len(written.problems):,} |",
    ]


def read_killed_lines(tally: Tally) -> list[str]:
    """Reads of a folder that were killed."""
    return [
        "## Killed while reading",
        "",
        f"`tallystick read` of a folder of {DOCUMENTS} documents is sent SIGKILL at a random moment of its start, of",
        "its work or of what follows; two times in three with all its children, else alone. It is started again, and",
        f"every {A_WORKSPACE} kills it is left to end, in a workspace that must then hold what it holds after",
        "a read that nobody disturbed. In every second workspace the documents are restricted, and lie sealed.",
        "Acknowledged is what the line of progress said was read.",
        "",
        "| | |",
        "|---|---:|",
        f"| kills | {tally.kills:,} |",
        f"| runs that ended before the signal | {tally.ended:,} |",
        f"| lines of progress | {len(tally.acknowledged):,} |",
        *_counted(tally.problems, ("lost", "half written", "not resumed", "left over", "orphans")),
        "",
        _bound(tally),
    ]


def read_failed_lines(found: Failed) -> list[str]:
    """Reads of which each write failed."""
    points = ", ".join(f"{name} {count:,}" for name, count in found.points.items())
    return [
        "## Every write of a read failed",
        "",
        "The same for a whole read of two documents: each write, sync, truncation, renaming, deletion and new file or",
        "folder of its ledger, of its copies and of what is derived from both is a point of failure.",
        _share(found),
        "What is left has to be what one of its transactions left, whole. The read ends by itself, with 0 where all is",
        "done, else with 1 and a message that names what failed; and the next read has to end as if nothing had been,",
        "with nothing derived that is not as the ledger has it.",
        "",
        "| | |",
        "|---|---:|",
        f"| points of failure ({points}) | {found.points.total():,} |",
        f"| cases | {found.cases:,} |",
        f"| cases after which the read was not done | {found.old:,} |",
        f"| cases after which it was | {found.new:,} |",
        f"| anything between, unsaid, or anything else wrong | {len(found.problems):,} |",
    ]


def together_lines(together: Together) -> list[str]:
    """Readers and reviewers at once."""
    return [
        "## Read and reviewed at once",
        "",
        f"{together.processes} processes read the same folder into one workspace, then as many a part of it each into",
        "another; then as many people decide at once on all that waits there.",
        "",
        "| | |",
        "|---|---:|",
        f"| documents | {together.documents:,} |",
        f"| decisions recorded | {together.verdicts:,} |",
        f"| lost, by half, met a lock, or anything else wrong | {len(together.problems):,} |",
    ]


def hostile_lines(found: Hostile) -> list[str]:
    """Hostile documents, read."""
    return [
        "## Hostile documents read",
        "",
        "The documents of `tests/hostile` in one folder with good ones, given to `tallystick read`. Each that is",
        "refused leaves one entry with the verdict, and nothing else; the command names it and ends with 1; the good",
        "ones beside it are read.",
        "",
        "| ended as | documents |",
        "|---|---:|",
        *(f"| {ending} | {count} |" for ending, count in sorted(found.endings.items())),
        f"| otherwise than they may, or anything else wrong | {len(found.problems):,} |",
    ]


def _share(found: Failed) -> str:
    """How much of all that can fail was made to."""
    if found.drawn:
        every = found.points.total() * MANNERS
        return f"Of some {every:,} cases, each point in each of those manners, {found.drawn:,} were drawn by chance."
    return "Each fails in turn, in each of those manners, dealt out among reads whose ids and sealed words differ."


def _bound(tally: Tally) -> str:
    if not tally.kills or tally.problems:
        return "**This does not hold.**"
    return (
        f"None in {tally.kills:,} bounds the chance of a failure in one kill below {300 / tally.kills:.2g} % at 95 %."
    )


def _counted(problems: list[str], names: tuple[str, ...]) -> list[str]:
    lines = [f"| {name} | {sum(one.startswith(f'{name}: ') for one in problems):,} |" for name in names]
    other = sum(not one.startswith(tuple(f"{name}: " for name in names)) for one in problems)
    return [*lines, f"| chain broken, or anything else wrong | {other:,} |"]
