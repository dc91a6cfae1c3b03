"""What stands on a brief's first page where a program read claims: how many of all, who accepted them, in which ledger.

It weighs nothing: a claim that a person accepted counts as any other. Claims that nobody has accepted are told of here
only where they were asked for; that they are used is a caution of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tallystick.brief.document import Callout, Spans
from tallystick.brief.facts import Facts
from tallystick.brief.prose import how_many, join, listed, method, para, tell
from tallystick.evidence.read_notes import acceptance, accepted_by, accepted_in_bulk

HEAD = "Ledger head"  # what a run calls the hash of the last entry that counted


def read_by_programs(facts: Facts) -> tuple[Callout, ...]:
    """That some claims were typed by nobody, and whose decision let them in; nothing where people coded all."""
    claims = facts.programme.claims
    notes = [claim.note for claim in claims if acceptance(claim.note)]
    judges = Counter((accepted_by(note), accepted_in_bulk(note)) for note in notes)
    if not judges:
        return ()
    body = para(
        how_many(judges.total(), "claim", start=True),
        " of the ",
        method(f"{len(claims):,}"),
        " in this account " + ("was" if judges.total() == 1 else "were") + " read by a program from documents: ",
        listed(list(_shares(judges))),
        ". Each card says who accepted the claim, and what was corrected.",
        *_ledger(facts),
    )
    return (Callout("method", "A program read some of these claims", (body,)),)


def _shares(judges: Counter[tuple[str, bool]]) -> Iterator[Spans]:
    for (name, in_bulk), number in sorted(judges.items(), key=lambda each: (not each[0][0], -each[1], each[0])):
        how = "accepted in bulk, without a look at each, by " if in_bulk else "accepted by "
        whose = join(how, tell(name)) if name else join("accepted by nobody yet")
        yield join(how_many(number, "claim"), " ", whose)


def _ledger(facts: Facts) -> Iterator[str | Spans]:
    head = dict(facts.run.facts).get(HEAD)
    if head:
        yield join(" The decisions stand in the ledger whose head is ", method(head), ".")
