"""How much a claim or a statement weighs beside others, before any model is asked.

A weight is the precision that its asserter's class is given (one over the square of its scale), relative to the class
that errs least, so that a count from a register weighs more than a source's word and that more than a figure without
source. A repeat weighs nothing: it was counted with its origin. A statement that its own report could not confirm
weighs as one without source.
"""

from __future__ import annotations

import re

from tallystick.reconcile.records import Account
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Statement

METHOD, JOBS = "reporting_method", "demand"  # kinds of statements: how a report knows; where and at what people work
UNABLE = ("unable", "could not")
PARAGRAPHS = re.compile(r"paragraphs? (\d+)(?:-(\d+))?")


def weight_of_claim(claim: str, programme: Programme, account: Account) -> float:
    """What a claim weighs by itself, 1 for the class that errs least; zero where it repeats or garbles another."""
    if account.disposition_of(claim).disposition in ("repeat", "garbled"):
        return 0.0
    return weight_of_class(programme.claim(claim).asserter_class, programme)


def weight_of_class(id: str, programme: Programme) -> float:
    """The precision of a class over that of the class that errs least."""
    return (min(each.scale for each in programme.asserter_classes.values()) / programme.asserter_classes[id].scale) ** 2


def class_of_statement(statement: Statement, programme: Programme) -> str:
    """The class that a statement weighs as: its asserter's, the one that errs most where its own report doubts it.

    "" where nobody has judged its asserter.
    """
    if doubted_by(statement, programme):
        given = set(programme.asserters.values()) or set(programme.asserter_classes)  # one waits for who is not vetted
        return max(sorted(given), key=lambda id: programme.asserter_classes[id].scale)
    return programme.asserters.get(statement.asserted_by, "")


def doubted_by(statement: Statement, programme: Programme) -> tuple[str, ...]:
    """Rows of the same report that say it could not confirm where people work or at what, where this row says so."""
    if statement.kind != JOBS:
        return ()
    return tuple(
        row.id
        for row in programme.statements
        if row.report == statement.report and _is_unable(row) and _reaches(row, statement)
    )


def _is_unable(row: Statement) -> bool:
    return row.kind == METHOD and any(word in row.hedge.lower() for word in UNABLE)


def _reaches(row: Statement, statement: Statement) -> bool:
    """Whether the row's remark names the paragraph; without a remark it reaches the whole report.

    A statement whose paragraph is not given is reached by no remark that names some.
    """
    named = PARAGRAPHS.search(row.note)
    if named is None:
        return True
    first, last = int(named[1]), int(named[2] or named[1])
    return bool(statement.paragraph) and first <= int(statement.paragraph) <= last
