"""What links between claims can break: targets that are missing, circles, and copies older than their origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tallystick.evidence.claim_rows import CLAIMS, DATES, Dating
from tallystick.evidence.faults import Faults, shown
from tallystick.vocab.records import Claim


def check_lineage(claims: Sequence[Claim], datings: Mapping[str, Dating], faults: Faults) -> None:
    """All faults of `derived_from`, `suspected_from` and `link_kind`."""
    by_id = {claim.id: claim for claim in claims}
    for claim in claims:
        _check_targets(claim, by_id, faults)
        _check_kind(claim, faults)
        _check_order_in_time(claim, by_id, datings, faults)
    _check_circles(by_id, faults)


def _fault(claim: Claim, field: str, problem: str, hint: str, faults: Faults) -> None:
    faults.add(problem, file=CLAIMS, row=claim.row, field=field, hint=hint)


def _check_targets(claim: Claim, by_id: Mapping[str, Claim], faults: Faults) -> None:
    for field, targets in (("derived_from", claim.derived_from), ("suspected_from", claim.suspected_from)):
        unknown = [name for name in targets if name and name not in by_id and faults.may_name(name)]
        if unknown:
            _fault(claim, field, f"no claim is called {', '.join(map(shown, unknown))}", "mend the id", faults)
        if claim.id in targets:
            _fault(claim, field, f"{shown(claim.id)} points at itself", "take its own id out", faults)
        if len(set(targets)) < len(targets):
            _fault(claim, field, f"{shown(';'.join(targets))} names one claim twice", "name each once", faults)
    both = sorted(set(claim.derived_from) & set(claim.suspected_from))
    if both:
        hint = "a link is proven or suspected, not both"
        _fault(claim, "suspected_from", f"{', '.join(map(shown, both))} stands in derived_from too", hint, faults)


def _check_kind(claim: Claim, faults: Faults) -> None:
    kind = claim.link_kind
    if kind == "none" and claim.derived_from:
        _fault(claim, "link_kind", "is none, but derived_from is filled", "say how it was derived", faults)
    elif kind == "none" and claim.suspected_from:
        _fault(claim, "link_kind", "is none, but suspected_from is filled", "write suspected", faults)
    elif kind == "suspected" and not claim.suspected_from:
        _fault(claim, "suspected_from", "is blank, but link_kind is suspected", "name the suspected origin", faults)
    elif kind == "suspected" and claim.derived_from:
        _fault(claim, "link_kind", "is suspected, but derived_from is filled", "name the proven kind", faults)
    elif kind not in ("none", "suspected") and not claim.derived_from:
        _fault(claim, "derived_from", f"is blank, but link_kind is {kind}", "name the claim it goes back to", faults)


def _check_order_in_time(
    claim: Claim, by_id: Mapping[str, Claim], datings: Mapping[str, Dating], faults: Faults
) -> None:
    """A copy is asserted after its origin; so the first day it can have been is not before the origin's first."""
    row = datings[claim.id].row if claim.id in datings else None
    for origin in (by_id[name] for name in claim.derived_from if name in by_id and name != claim.id):
        undated = date.min in (claim.asserted_earliest, origin.asserted_earliest)  # each has a fault of its own
        if not undated and claim.asserted_earliest < origin.asserted_earliest:
            problem = (
                f"{shown(claim.id)} may date from {claim.asserted_earliest}, before {shown(origin.id)} which it goes "
                f"back to can have been asserted ({origin.asserted_earliest})"
            )
            hint = f"mend one of the two rows of {DATES}, or the link in row {claim.row} of {CLAIMS}"
            faults.add(problem, file=DATES, row=row, field="asserted_earliest", hint=hint)


def _check_circles(by_id: Mapping[str, Claim], faults: Faults) -> None:
    """Fault each circle of proven links once; a depth-first walk that keeps its own stack, for chains of any length."""
    done: set[str] = set()
    for start in by_id:
        path: list[str] = []
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            name, depth = stack.pop()
            del path[depth:]
            if name in path:
                _fault_circle(path[path.index(name) :], by_id, faults)
                continue
            if name in done:
                continue
            done.add(name)
            path.append(name)
            stack += [(n, depth + 1) for n in by_id[name].derived_from if n in by_id and n != name]


def _fault_circle(circle: Sequence[str], by_id: Mapping[str, Claim], faults: Faults) -> None:
    first = by_id[min(circle)]
    around = " > ".join([*circle, circle[0]])
    _fault(first, "derived_from", f"the links run in a circle: {around}", "one of these links points back", faults)
