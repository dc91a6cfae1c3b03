"""What people make of proposals: accepted, corrected, rejected, split, restricted, and any of it taken back.

An opinion is an entry of the ledger with a name and a reason; the proposal itself never changes. Nothing is accepted
that the evidence's own checks refuse, and nothing that is restricted is accepted in bulk.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tallystick.claims.proposal import LENT_SOURCE
from tallystick.evidence.claim_rows import CLAIMS
from tallystick.evidence.ledger.entry import Draft
from tallystick.evidence.programme import load_programme
from tallystick.study.swap import scratch
from tallystick.study.workspace.accepted import accepted, write
from tallystick.study.workspace.evidence import forget_evidence
from tallystick.study.workspace.read import append
from tallystick.study.workspace.records import Held, HeldStatement, Opinion, Verdict
from tallystick.study.workspace.resealed import lies_in_clear, lies_in_clear_elsewhere, reseal
from tallystick.study.workspace.rows import Accepted, asserter_of, claim_row
from tallystick.study.workspace.sound import changeable, changes_problem
from tallystick.study.workspace.state import REVIEW
from tallystick.study.workspace.telling import check_telling
from tallystick.study.workspace.unsaid import unsaid_of
from tallystick.study.workspace.unsealed import claims_in_clear, statements_in_clear
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.errors import EvidenceFaults, UsageError

SCORED: Final = 1e-9  # a confidence of exactly 0 says that nobody has scored the extractor
VALUES: Final = ("value_low", "value_point", "value_high")
SUPPOSED: Final = datetime(1970, 1, 1, tzinfo=UTC)  # when nothing was said yet: no row that is kept holds it
OPEN: Final = ("proposed", "disputed")
TAKING: Final = ("accept", "correct", "split")  # verdicts by which a claim comes to count
KEPT_BACK: Final = "are kept back"
SEALED_NOW: Final = (
    "is sealed from now on, in the ledger and in every export that is written of it; cards, tables and briefs made "
    "from now on show what else was read from its document by its own quote alone; not reached: the copy of its "
    "document here, what colleagues wrote of it, and exports, briefs and imports elsewhere that were made before"
)
SHARES: Final = "shares words with it, and is kept back too: --undo brings each back by its own id"
UNDATED: Final = "period: text"  # as the grammar says that a period is the latest day of a text without a date
FIELDS_OF: Final[Mapping[str, str]] = {  # what cards and lists call several fields together
    "period": "start and end", "when": "start and end", "figure": "low, point and high",
    "where": "host, region and sector",
}  # fmt: skip
Judged = Held | HeldStatement


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What became of an opinion: recorded, or refused with the checks' words; and what else is to be known of it."""

    id: str
    refused: str = ""
    told: str = ""
    supposed: tuple[str, ...] = ()  # which of host and period its own words do not say


def waiting(workspace: Workspace) -> tuple[Held, ...]:
    """Proposals on which somebody has still to decide, in the order of the documents and of their words.

    Those that nobody here may open are not among them.
    """
    return tuple(sorted(filter(_waits, workspace.state.held.values()), key=_place))


def all_waiting(workspace: Workspace) -> tuple[Judged, ...]:
    """As `waiting`, with the statements that wait in their places among the claims."""
    statements = filter(_waits, workspace.state.statements.values())
    return tuple(sorted([*waiting(workspace), *statements], key=_place))


def _waits(held: Judged) -> bool:
    return held.status in OPEN or (held.status == "restricted" and not held.decisions)


def _place(held: Judged) -> tuple[str, int, str]:
    return held.document, held.proposed.quote_start, held.id


def one(workspace: Workspace, id: str) -> Held:
    """The proposal of that id, or of an id that came to stand for the same; UsageError where there is none."""
    found = any_one(workspace, id)
    if isinstance(found, HeldStatement):
        raise UsageError(f"{id} is a statement, and no claim", hint="`tallystick review --list` says what is which")
    return found


def any_one(workspace: Workspace, id: str) -> Judged:
    """As `one`, or the statement of that id."""
    state, name = workspace.state, workspace.state.id_of(id)
    found = state.held.get(name) or state.statements.get(name)
    if found is None:
        hint = "`tallystick review --list` names what waits; what is sealed needs --identity"
        raise UsageError(f"no proposal is called {id!r}", hint=hint)
    return found


def give(
    workspace: Workspace, held: Judged, verdict: Verdict, *, by: str, why: str,
    changes: Mapping[str, Any] | None = None, insists: bool = False,
) -> Given:  # fmt: skip
    """Record one person's opinion, unless what it accepts cannot be a claim of the programme."""
    told = dict(changes or {})
    _check(workspace, held, verdict, told, by)
    if verdict == "accept" and held.reviewed.restricted:
        hint = "where that is wrong: --correct ID --set restricted= --why ... clears it; then accept it"
        raise UsageError(f"{held.id}: is kept back ({held.reviewed.restricted})", hint=hint)
    if verdict in TAKING:
        refused = _refused(workspace, [_with(held, verdict, by, told)])
        if held.id in refused:
            return Given(id=held.id, refused=refused[held.id])
    if _clears(held, verdict, told):
        return _clear(workspace, held, told, by=by, why=why, insists=insists)
    if verdict == "restrict":
        return _kept_back(workspace, held, by=by, why=why, insists=insists)
    is_sealed = workspace.state.is_kept_back(held)
    _record(workspace, [(held, verdict, told)], by=by, why=why, insists=insists)
    if verdict == "undo":
        _bring_back(workspace, held.id, by=by)
        _take_away(workspace, held.id, by=by)
    return Given(id=held.id, told=_counts_nowhere(workspace, held) if verdict in TAKING and is_sealed else "")


def _kept_back(workspace: Workspace, held: Judged, *, by: str, why: str, insists: bool) -> Given:
    """Keep it back, and with it whatever in clear shares words of its quote: that would go on to tell them."""
    if lies_in_clear(workspace, held.id):
        given = _sealed_again(workspace, held, by=by, why=why)
    else:
        _record(workspace, [(held, "restrict", {})], by=by, why=why, insists=insists)
        given = Given(id=held.id, told=_in_clear_elsewhere(workspace, held))
    told = [given.told] if given.told else []
    while (other := _sharing(workspace, held)) is not None:
        told.append(f"{other.id}: {SHARES}")
        told += filter(None, [_kept_back(workspace, other, by=by, why=why, insists=insists).told])
    return replace(given, told="\n".join(told))


def _sharing(workspace: Workspace, held: Judged) -> Judged | None:
    """The first of its document that is shown, and whose quote has words in common with its own."""
    from tallystick.claims.statements.apart import overlap

    state = workspace.state
    beside: tuple[Judged, ...] = (*state.held_of(held.document), *state.statements_of(held.document))
    shown = (one for one in beside if one.id != held.id and not state.is_kept_back(one))
    return next((one for one in shown if overlap(one.proposed, held.proposed)), None)


def _sealed_again(workspace: Workspace, held: Judged, *, by: str, why: str) -> Given:
    """Keep back what lay in clear until now: its words leave the ledger, and are recorded again, sealed."""
    subject = lies_in_clear_elsewhere(workspace, held.id) or held.id
    said = {"verdict": "restrict", **workspace.key.sealed({"changes": {}, "why": why})}
    reseal(workspace, held.id, workspace.ledger.draft(REVIEW, said, by=by, subject=subject), by=by)
    return Given(id=held.id, told=_in_clear_elsewhere(workspace, held) or f"{held.id}: {SEALED_NOW}")


def _bring_back(workspace: Workspace, id: str, *, by: str) -> None:
    """Tell again in clear what a person kept back and keeps back no longer, as far as it was read here."""
    held, own = workspace.state.judged(workspace.state.id_of(id)), workspace.own_id(id)
    if held is None or own is None or workspace.state.is_kept_back(held) or lies_in_clear(workspace, id):
        return
    append(workspace, _told_in_clear(workspace, held, by=by))


def _take_away(workspace: Workspace, id: str, *, by: str) -> None:
    """Seal anew what had been cleared, and is kept back since that was taken back."""
    held = workspace.state.judged(workspace.state.id_of(id))
    if held is not None and workspace.state.is_kept_back(held) and lies_in_clear(workspace, id):
        reseal(workspace, id, by=by)


def _told_in_clear(workspace: Workspace, held: Judged, *, by: str) -> list[Draft]:
    if isinstance(held, Held):
        return claims_in_clear(workspace, held.document, [held], by=by)
    return list(statements_in_clear(workspace, held.document, [held], by=by))


def _in_clear_elsewhere(workspace: Workspace, held: Judged) -> str:
    """What keeping back here does not undo: a colleague's chain is never rewritten here; "" where none tells of it."""
    if not lies_in_clear_elsewhere(workspace, held.id):
        return ""
    ask = f"ask them to keep it back, or `tallystick erase {held.id} --why ...`"
    return (
        f"{held.id}: is shown by no command from now on; somebody else read it too, and its words lie in clear in "
        f"their part of the ledger and in every export of it: {ask}"
    )


def _counts_nowhere(workspace: Workspace, held: Judged) -> str:
    """Why what somebody accepts has no effect: evidence is worked out of what lies in clear, and of nothing else."""
    document = workspace.state.documents.get(held.document)
    is_sealed = document is None or not document.public
    why = "its document lies sealed" if is_sealed else "somebody keeps it back"
    return f"{held.id}: is recorded, and counts nowhere as long as {why}"


def _clears(held: Judged, verdict: Verdict, changes: Mapping[str, Any]) -> bool:
    return bool(held.kept_back) and verdict == "correct" and changes.get("restricted", held.kept_back) == ""


def _clear(
    workspace: Workspace, held: Judged, changes: Mapping[str, Any], *, by: str, why: str, insists: bool
) -> Given:
    """Record that a claim narrows to nobody, and so bring it into clear; with its document where that is restricted."""
    own = workspace.own_id(held.id)
    if own is None:
        hint = "ask them to, and import their ledger; or read the document yourself"
        raise UsageError(f"{held.id}: was read by somebody else, who alone can say that it may be told", hint=hint)
    document = workspace.state.documents[held.document]
    if not document.public or held.is_restricted:
        _record(workspace, [(held, "correct", changes)], by=by, why=why, insists=insists)
        until = "a person keeps it back" if held.is_restricted else "its document is"
        return Given(id=held.id, told=f"{held.id}: is recorded, and stays sealed as long as {until}")
    said = {"verdict": "correct", "changes": dict(changes), "why": why}
    check_telling(workspace, _named(why, changes), insists=insists)
    in_clear = _told_in_clear(workspace, held, by=by)
    append(workspace, [*in_clear, workspace.ledger.draft(REVIEW, said, by=by, subject=own)])
    return Given(id=held.id, told="" if _says_more(changes) else f"{held.id}: is kept back no longer, and waits")


def _says_more(changes: Mapping[str, Any]) -> bool:
    """Whether a correction says anything of the claim itself, and so accepts it."""
    return bool(changes.keys() - {"restricted"})


def accept_above(workspace: Workspace, least: float, *, by: str, why: str, insists: bool = False) -> tuple[Given, ...]:
    """Accept every proposal of at least that confidence that waits and is not restricted.

    Confidence counts as people are shown it, with two decimals. What a model alone proposed has none, since nobody
    scored that model, and waits for a look of its own. What the evidence's checks refuse stays as it is, and is told.
    """
    chosen = [held for held in waiting(workspace) if _may_pass(workspace, held, least)]
    refused = _refused(workspace, [_with(held, "accept", by, {}) for held in chosen])
    taken = [held for held in chosen if held.id not in refused]
    _record(workspace, [(held, "accept", {}) for held in taken], by=by, why=why, insists=insists, bulk=True)
    return tuple(Given(id=held.id, refused=refused.get(held.id, ""), supposed=_supposed(held)) for held in chosen)


def _supposed(held: Held) -> tuple[str, ...]:
    return tuple(sorted(unsaid_of(held) & {"host", "period"}))


def _may_pass(workspace: Workspace, held: Held, least: float) -> bool:
    return _is_sure(held, least) and not _passed_over(workspace, held)


def _is_sure(held: Held, least: float) -> bool:
    sure = held.claim.confidence
    return sure >= SCORED and max(sure, round(sure, 2)) >= least


def _passed_over(workspace: Workspace, held: Held) -> str:
    """Why a claim that waits is none to be accepted in bulk, however sure; "" where it is one."""
    from tallystick.claims.statements.denials import WARNINGS

    document = workspace.state.documents.get(held.document)
    if held.claim.restricted or held.status == "restricted":
        return KEPT_BACK
    if document is None or not document.public:
        return "lie in documents that are sealed"
    if held.status != "proposed":
        return "are disputed"
    if UNDATED in held.claim.reasons:
        return "are of documents without a date, so that their period is assumed"
    if not WARNINGS.isdisjoint(held.claim.reasons):
        return "are denied in their text, or may be"
    if held.claim.asserted_by and not LENT_SOURCE.isdisjoint(held.claim.reasons):
        return "take who said it from another sentence"
    return "" if held.claim.measure else "are of no measure of the programme"


def passed_over(workspace: Workspace, least: float) -> Mapping[str, int]:
    """Of the claims that wait, those of that confidence which `accept_above` leaves, counted by why.

    Those that are kept back are counted whatever their confidence.
    """
    reasons = [
        why for held in waiting(workspace) if (why := _passed_over(workspace, held))
        if why == KEPT_BACK or _is_sure(held, least)
    ]  # fmt: skip
    return {why: reasons.count(why) for why in sorted(set(reasons))}


def nearest(workspace: Workspace, held: Held, most: int = 3) -> tuple[Mapping[str, str], ...]:
    """Known claims of the same measure whose figure is nearest, those of the same host first, as rows of claims.csv.

    Known are those that the programme shipped and those that people here have accepted.
    """
    claim = held.reviewed
    value = _middle(claim.low, claim.point, claim.high)
    own = (claim_row(other, asserter_of(other.held.reviewed, other.page, {})) for other in _others(workspace, held))
    rows = [cells for cells in (*workspace.state.rows.get(CLAIMS, ()), *own) if cells["measure"] == claim.measure]

    def distance(cells: Mapping[str, str]) -> tuple[bool, float]:
        other = _middle(*(float(cells[name]) if cells[name] else None for name in VALUES))
        return cells["host_country"] != claim.host, abs(other - value) / max(abs(other), abs(value), 1e-12)

    return tuple(sorted(rows, key=distance)[:most])


def _others(workspace: Workspace, held: Held) -> Iterator[Accepted]:
    """What was accepted here, without the proposal itself and the parts into which it was split."""
    for other in accepted(workspace.state):
        if other.held.id.partition("_")[0] != held.id:
            yield other


def _middle(low: float | None, point: float | None, high: float | None) -> float:
    found = [value for value in (low, point, high) if value is not None]
    return sum(found) / len(found) if found else 0.0


def _check(workspace: Workspace, held: Judged, verdict: Verdict, changes: Mapping[str, Any], by: str) -> None:
    """Refuse what is no correction: a field that is not the claim's to change, a value of another kind."""
    if verdict == "undo" and not _stands(held, by, workspace.ledger.own):
        raise UsageError(f"{held.id}: {by} has said nothing of it", hint="undo takes back your own last opinion")
    if verdict == "correct" and not changes:
        raise UsageError(f"{held.id}: nothing is corrected", hint="name fields and values, as in --set low=4000")
    if changes.get("restricted"):  # as a correction it would accept the claim, and keep nothing back
        hint = f"`tallystick review --restrict {held.id}` keeps it back; `--set restricted=` clears it"
        raise UsageError(f"{held.id}: restricted: is no text to correct", hint=hint)
    if verdict == "split" and isinstance(held, HeldStatement):
        raise UsageError(f"{held.id}: a statement is not split", hint="correct its tags, or reject it")
    parts = changes.get("into", ()) if verdict == "split" else (changes,)
    if verdict == "split" and len(parts) < 2:
        raise UsageError(f"{held.id}: it is split into fewer than two claims", hint="give --into for each part")
    said = Opinion(by=by, at=SUPPOSED, verdict=verdict, changes=changes, why="")
    if isinstance(held, Held) and any(_leaves_point(held, part) for part in parts):
        hint = "give the other figure with point=, or point= alone where there is none; then low= and high= count"
        raise UsageError(f"{held.id}: its point of {held.claim.point:,.10g} would stay beside the bound", hint=hint)
    if problem := changes_problem(held, said):
        called = (f"{name} is {FIELDS_OF[name]}; " for part in parts for name in part if name in FIELDS_OF)
        plainly = "numbers plain, days as 2024-10-29, blank for none"
        hint = f"{''.join(called)}{plainly}; known: {', '.join(changeable(held))}"
        raise UsageError(f"{held.id}: {problem}", hint=hint)


def _leaves_point(held: Held, part: object) -> bool:
    """Whether a new bound would stand beside the point that was read, which everybody would go on to see instead."""
    bounds = isinstance(part, Mapping) and bool(part.keys() & {"low", "high"}) and "point" not in part
    return bounds and held.claim.point is not None


def _stands(held: Judged, by: str, own: str) -> bool:
    """Whether a word that this person said here is not taken back yet."""
    left = 0
    for opinion in held.opinions:
        if (opinion.by, opinion.chain) == (by, own):
            left = max(left - 1, 0) if opinion.verdict == "undo" else left + 1
    return left > 0


def _with(held: Judged, verdict: Verdict, by: str, changes: Mapping[str, Any]) -> Judged:
    """The proposal as if that had been said already, by that person alone, and it were cleared if it is."""
    at = held.opinions[-1].at if held.opinions else SUPPOSED
    said = Opinion(by=by, at=at, verdict=verdict, changes=changes, why="")
    if held.proposed.restricted and not held.kept_back:
        before = replace(said, verdict="correct", changes={"restricted": ""})
        return replace(held, opinions=(before, said))
    return replace(held, opinions=(said,))


def refused_if_accepted(workspace: Workspace, those: Sequence[Held], *, by: str) -> dict[str, str]:
    """Which of these the evidence could not hold, were they accepted by that person, and in which words."""
    taken = ("accepted", "split")
    return _refused(workspace, [held if held.status in taken else _with(held, "accept", by, {}) for held in those])


def _refused(workspace: Workspace, supposed: Sequence[Judged]) -> dict[str, str]:
    """Which of these the evidence's checks refuse, and in which words; found by letting them be accepted elsewhere."""
    refused: dict[str, str] = {}
    left = {held.id: held for held in supposed}
    while left:
        found = _faults(workspace, left)
        if not found:
            break
        refused |= found
        left = {id: held for id, held in left.items() if id not in found}
    return refused


def _faults(workspace: Workspace, supposed: Mapping[str, Judged]) -> dict[str, str]:
    claims = {id: held for id, held in supposed.items() if isinstance(held, Held)}
    told = {id: held for id, held in supposed.items() if isinstance(held, HeldStatement)}
    state = workspace.state
    state = replace(state, held={**state.held, **claims}, statements={**state.statements, **told})
    with scratch() as place:
        folder = place
        write(workspace, folder, state)
        try:
            load_programme(folder)
        except EvidenceFaults as error:
            return _by_claim(folder, error, supposed)
    return {}


def _by_claim(folder: Path, error: EvidenceFaults, supposed: Collection[str]) -> dict[str, str]:
    """The faults by the proposal whose row they are in; those of nobody's row are raised as they are."""
    found: dict[str, str] = {}
    for fault in error.faults:
        id = _row_id(folder, fault.file, fault.row)
        owner = next((name for name in supposed if id == name or id.startswith(f"{name}_")), None)
        if owner is None:
            raise error
        found[owner] = "; ".join(filter(None, (found.get(owner, ""), f"{fault.field}: {fault.problem}")))
    return found


def _row_id(folder: Path, file: str, row: int | None) -> str:
    if row is None or not file.endswith(".csv"):
        return ""
    with (folder / file).open(encoding="utf-8", newline="") as lines:
        cells = list(csv.reader(lines))[row]
    return cells[0]


def _named(why: str, changes: Mapping[str, Any]) -> dict[str, object]:
    """What a person gives with a verdict, each by the name of what holds it."""
    return {**changes, "why": why}


def _record(
    workspace: Workspace, given: Sequence[tuple[Judged, Verdict, Mapping[str, Any]]], *, by: str, why: str,
    insists: bool, bulk: bool = False,
) -> None:  # fmt: skip
    drafts, checked = [], False
    for held, verdict, changes in given:
        said = {"changes": dict(changes), "why": why, **({"bulk": True} if bulk else {})}
        kept_back = verdict == "restrict" or workspace.state.is_kept_back(held)
        if not kept_back and (changes or not checked):
            check_telling(workspace, _named(why, changes), insists=insists)
            checked = True
        shown = workspace.key.sealed(said) if kept_back else said
        subject = (verdict == "undo" and _heard_as(workspace, held.id)) or held.id
        drafts.append(workspace.ledger.draft(REVIEW, {"verdict": verdict, **shown}, by=by, subject=subject))
    append(workspace, drafts)
    if any(_is_newly_kept_back(workspace, held) for held, _, _ in given):
        with workspace.copies.alone():
            forget_evidence(workspace)  # which may have been written out with its words


def _heard_as(workspace: Workspace, id: str) -> str:
    """By which id who has no key hears of what is sealed here: a colleague's, where that lies in clear."""
    return "" if lies_in_clear(workspace, id) else lies_in_clear_elsewhere(workspace, id)


def _is_newly_kept_back(workspace: Workspace, before: Judged) -> bool:
    now = workspace.state.judged(before.id)
    return now is not None and workspace.state.is_kept_back(now) and not before.kept_back
