"""What a source lost, told apart from what our own reading of it lost.

`reconcile.losses` lays the fields of two rows against each other, and takes a row for what its source says. That holds
of rows that people coded. Where an extractor read the row, a field may be empty because the reading missed it: then the
words of the passage count, and nothing is laid to the source that its passage has. Rows without one are untouched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tallystick.evidence.quote_rows import quotes
from tallystick.reconcile.judgements import judgements
from tallystick.reconcile.kinship.pages import is_one, pages_of
from tallystick.reconcile.kinship.passages import Passages, one_body
from tallystick.reconcile.lineage import Lineage, lineage
from tallystick.reconcile.losses import NOTHING, lost
from tallystick.reconcile.records import Account, Chain, Disagreement, Disposition
from tallystick.reconcile.rules import fitted_tables, keys_of, rules_of
from tallystick.reconcile.wording import joined
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim

READ_TWICE = "It is our second reading of words that the evidence holds already: the source says this once."
WHOLE = "As far as its passage shows, the figure comes through whole."
OURS = "Its passage shows no change: that its row has {} is our own reading, and no loss of its source."
PARTS: Mapping[str, tuple[str, ...]] = {
    "measure": ("measure",), "number or bound": ("low", "point", "high"), "hedge": ("hedge",),
    "place": ("host", "region"), "craft": ("sector",), "time": ("start", "end"),
    "name for who said it": ("asserted_by",),
}  # fmt: skip
Told = Mapping[str, tuple[str, str]]  # claim -> what its fields alone would say, and what may be said


def with_own_readings(account: Account, programme: Programme) -> Account:
    """The account in which no source is said to have lost what its passage has; the same where no passage is held."""
    held = quotes(programme)
    if not any(claim.id in held for claim in programme.claims):
        return account
    told = _told(programme, Passages(programme, held))
    return replace(
        account,
        dispositions=tuple(_disposed(one, told) for one in account.dispositions),
        chains=tuple(_chained(one, told) for one in account.chains),
        disagreements=tuple(_explained(one, told) for one in account.disagreements),
    )


def _told(programme: Programme, passages: Passages) -> dict[str, tuple[str, str]]:
    claims = {claim.id: claim for claim in programme.claims}
    links = _lineage(programme)
    found = {}
    for name, to in links.parent_of.items():
        if passages.holds(name):
            copy, parent, kind = claims[name], claims[to], links.kind_of[name]
            found[name] = lost(copy, parent, kind, programme), _may_say(copy, parent, kind, passages)
    return found


def _lineage(programme: Programme) -> Lineage:
    """As `reconcile` has it: an account names origins and kinds, and not the claim that each copy is laid against."""
    rules = rules_of(programme)
    named = {*rules.report_by_claim, *keys_of(fitted_tables(programme, rules))}
    return lineage(programme.claims, judgements(programme), named)


def _may_say(copy: Claim, parent: Claim, kind: str, passages: Passages) -> str:
    programme = passages.programme
    if _of_one_document(copy, parent, programme):
        return READ_TWICE
    seen = replace(passages.as_it_has(copy, parent), note="")  # whose note is ours, and no compiler's word on damage
    words = lost(seen, parent, kind, programme)
    if words != NOTHING:
        return words
    told = lost(replace(copy, note=""), parent, kind, programme)
    if told == NOTHING:
        return WHOLE
    ours = [_difference(name, copy) for name, fields in PARTS.items() if _tells(fields, copy, seen, parent, programme)]
    return OURS.format(joined(ours)) if ours else WHOLE


def _tells(fields: Iterable[str], copy: Claim, seen: Claim, parent: Claim, programme: Programme) -> bool:
    """Whether the row alone would be taken for a change there; one name in another spelling is none."""
    back = {field: getattr(copy, field) for field in fields}
    if back == {field: getattr(seen, field) for field in fields} or ("asserted_by" in back and one_body(copy, parent)):
        return False
    return lost(replace(seen, **back), parent, "repeats", programme) != NOTHING


def _difference(name: str, copy: Claim) -> str:
    has = any(getattr(copy, field) not in (None, "") for field in PARTS[name])
    return f"another {name}" if has else f"no {name}"


def _of_one_document(one: Claim, other: Claim, programme: Programme) -> bool:
    reports = programme.reports
    return any(is_one(mine, theirs) for mine in pages_of(one, reports) for theirs in pages_of(other, reports))


def _disposed(one: Disposition, told: Told) -> Disposition:
    return replace(one, reason=_retold(one.reason, *told[one.claim])) if one.claim in told else one


def _chained(one: Chain, told: Told) -> Chain:
    own = {member: told[member][1] if member in told else words for member, words in one.lost.items()}
    return replace(one, lost=own)


def _explained(one: Disagreement, told: Told) -> Disagreement:
    why = one.why
    for name in one.claims:
        why = _retold(why, *told[name]) if name in told else why
    return replace(one, why=why)


def _retold(text: str, fields: str, own: str) -> str:
    """`text` with the words of the fields exchanged, which stand in it as a sentence or go on from a colon."""
    if fields in (NOTHING, own):
        return text
    inner = fields[:1].lower() + fields[1:]
    return text.replace(fields, own).replace(inner, own[:1].lower() + own[1:])
