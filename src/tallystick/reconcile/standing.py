"""How much a claim or a statement weighs beside others, before any model is asked.

A weight is the precision that its asserter's class is given (one over the square of its scale), so that a count from a
register weighs more than a source's word and that more than a figure without source. A repeat weighs nothing: it was
counted with its origin. A statement that its own report could not confirm weighs as one without source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tallystick.reconcile.records import Account
from tallystick.vocab.programme import AsserterClass, Programme
from tallystick.vocab.records import Statement

METHOD, JOBS = "reporting_method", "demand"  # kinds of statements: how a report knows; where and at what people work
UNABLE = ("unable", "could not")
PARAGRAPHS = re.compile(r"paragraphs? (\d+)(?:-(\d+))?")


def weight_of_claim(claim: str, programme: Programme, account: Account) -> float:
    """What a claim weighs by itself; zero where it repeats or garbles another."""
    if account.disposition_of(claim).disposition in ("repeat", "garbled"):
        return 0.0
    return _precision(programme.asserter_classes[programme.claim(claim).asserter_class])


def weight_of_statement(statement: Statement, programme: Programme, class_of: Mapping[str, str]) -> float:
    """What a statement weighs. `class_of`: asserter -> id of the class; one that it lacks counts as unsourced."""
    weakest = min(map(_precision, programme.asserter_classes.values()))
    by = class_of.get(statement.asserted_by)
    own = _precision(programme.asserter_classes[by]) if by else weakest
    return min(own, weakest) if doubted_by(statement, programme) else own


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
    """Whether the row's remark names the paragraph; without a remark it reaches the whole report."""
    named = PARAGRAPHS.search(row.note)
    if named is None:
        return True
    first, last = int(named[1]), int(named[2] or named[1])
    return first <= int(statement.paragraph) <= last


def _precision(one: AsserterClass) -> float:
    return one.scale**-2
