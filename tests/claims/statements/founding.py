"""How many coded statements of the founding reports the reader proposes.

    python -m tests.claims.statements.founding DIR

The reports are not in the repository, so this is a command and no test. It prints numbers and ids of rows, never a
word of a report. A row is met when a statement of the same paragraph (of the same report, where the row tells no
paragraph) names one of its indicators or, for a row without any, one of its cells, and speaks of what its kind is
about. Statements that are proposed as restricted are counted apart: the rows for them were left out of the evidence.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from tallystick.claims.proposal import StatementProposal
from tallystick.claims.statements.find import statements
from tallystick.claims.statements.narrowing import narrows
from tallystick.claims.statements.stretches import sentences
from tallystick.claims.statements.words import read_statement_words

PROGRAMME = Path(__file__).parents[3] / "src/tallystick/data/dprk"
Row = dict[str, str]
TOPICS = {  # what a row's kind is about, in the topics of the cues
    "condition": {"conditions", "hours", "health", "motive", "pay"},
    "health": {"health", "conditions"},
    "living": {"housing"},
    "violence": {"violence"},
    "pay": {"pay"},
    "debt": {"debt"},
    "surveillance": {"surveillance"},
    "control": {"control", "movement", "isolation", "threats"},
    "motive": {"motive", "recruitment", "control"},
    "recruitment": {"recruitment", "motive"},
    "mechanism": {"isolation", "conditions", "motive", "recruitment", "control"},
}


def coded() -> list[Row]:
    """The rows that name an indicator or a cell."""
    with (PROGRAMME / "statements.csv").open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["ilo_indicators"] or row["framework_limb"]]


def read(path: Path) -> list[tuple[int, StatementProposal]]:
    """Each statement of a report with its paragraph: non-empty lines, counted from 1."""
    text, words = path.read_text(encoding="utf-8"), read_statement_words(PROGRAMME)
    held = narrows(text, language="en", words=words)
    found = statements(text, language="en", sentences=sentences(text), words=words, narrowings=held)
    return [(sum(bool(line.strip()) for line in text[: one.quote_end].splitlines()), one) for one in found]


def meets(row: Row, paragraph: int, one: StatementProposal) -> bool:
    """Whether a statement says what a row says, as far as their tags tell."""
    if row["paragraph"] and int(row["paragraph"]) != paragraph:
        return False
    if not TOPICS.get(row["kind"], set(one.topics)) & set(one.topics):
        return False
    if row["ilo_indicators"]:
        return bool(set(row["ilo_indicators"].split(";")) & set(one.indicators))
    cells = zip(row["framework_limb"].split(";"), row["framework_phase"].split(";"), strict=True)
    return bool(set(cells) & set(zip(one.limbs, one.phases, strict=True)))


def most_pairs(hits: list[list[str]]) -> int:
    """The largest number of rows that can each have a statement of their own (augmenting paths)."""
    taken: dict[str, int] = {}

    def place(number: int, tried: set[str]) -> bool:
        for row in hits[number]:
            if row in tried:
                continue
            tried.add(row)
            if row not in taken or place(taken[row], tried):
                taken[row] = number
                return True
        return False

    return sum(place(number, set()) for number in range(len(hits)))


def main(folder: Path) -> None:
    """Write recall, precision and what differs."""
    rows, hits, free = coded(), list[list[str]](), list[bool]()
    for report in sorted({row["report"] for row in rows}):
        for paragraph, one in read(folder / f"{report}.txt"):
            if one.indicators or one.limbs:
                hits.append([row["id"] for row in rows if row["report"] == report and meets(row, paragraph, one)])
                free.append(not one.restricted)
    met = {name for names in hits for name in names}
    missed = [row["id"] for row in rows if row["id"] not in met]
    right = sum(bool(names) and is_free for names, is_free in zip(hits, free, strict=True))
    lines = (
        f"rows met: {len(met)} of {len(rows)} ({len(met) / len(rows):.2f})",
        f"rows with a statement of their own: {most_pairs(hits)} of {len(rows)}",
        f"statements that meet a row: {right} of {sum(free)} ({right / sum(free):.2f})",
        f"statements proposed as restricted, whose rows were left out: {len(free) - sum(free)}",
        f"rows not met: {' '.join(missed) or 'none'}",
    )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
