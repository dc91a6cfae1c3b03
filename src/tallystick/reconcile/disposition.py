"""What each claim is good for, and why: used, repeat, garbled, context or out_of_scope.

Rules are tried in one order, and the first that speaks decides: a judgement by hand; a copy of something; a
quantity that the model does not have; a part where the model speaks of wholes; a time that is not known; a window
that is counted through others of its table. What passes them all is used. Each reason is a sentence for a reader
who has only this claim before them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tallystick.reconcile.judgements import Judgement
from tallystick.reconcile.lineage import Lineage
from tallystick.reconcile.losses import NOTHING, lost
from tallystick.reconcile.nesting import Rest, Sharing, Windowed, shared_out
from tallystick.reconcile.records import Disposition, Use
from tallystick.reconcile.rounding import Rounding
from tallystick.reconcile.rules import Region, Rules
from tallystick.reconcile.time import FLOW, Window, window_of
from tallystick.reconcile.wording import counted, days, figure, joined, measure_name, number, place, sentence, when
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim

ESTIMATED, TEXT, RATE, WORLD = "estimated", "text", "U", "WW"
COPY_VERBS = {
    "repeats": "Repeats",
    "rounds": "Rounds",
    "converts": "Gives in another currency",
    "computes_from": "Is computed from",
    "suspected": "Probably goes back to",
    "same": "Is the same statement as",
}
TEXT_REASON = "What a text says of the law, not a quantity: kept to show which texts have it right"
Verdict = tuple[Use, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything that the rules look at."""

    programme: Programme
    rules: Rules
    judged: Mapping[str, Judgement]
    lineage: Lineage
    claims: Mapping[str, Claim]

    def window(self, claim: Claim) -> Window | None:
        """The days that the claim speaks of, as stated, dated or judged."""
        return window_of(claim, self.programme.measures[claim.measure].kind, self.judged.get(claim.id))

    def region(self, claim: Claim) -> Region | None:
        """How the claim's region is to be read; None where it has none or no rule."""
        return self.rules.regions.get(claim.region)


def dispositions(case: Case) -> tuple[Disposition, ...]:
    """One disposition for every claim, in the order of the ids."""
    verdicts = {name: _verdict(claim, case) for name, claim in case.claims.items()}
    shared = sharing_of(case)
    return tuple(
        Disposition(
            claim=name,
            disposition=use,
            reason=sentence(reason),
            origin=case.lineage.origin_of[name],
            judged_by=case.judged[name].judged_by if name in case.judged else "",
        )
        for name in sorted(verdicts)
        for use, reason in [verdicts[name] or _last(case.claims[name], shared, case)]
    )


def sharing_of(case: Case) -> Sharing:
    """How the rows that no rule decides share out the days of their tables."""
    rows = [_windowed(claim, case) for claim in case.claims.values() if _verdict(claim, case) is None]
    return shared_out(row for row in rows if row is not None)


def _verdict(claim: Claim, case: Case) -> Verdict | None:
    """The first rule that speaks; None where only the rows beside it can still decide."""
    for rule in RULES:
        verdict = rule(claim, case)
        if verdict is not None:
            return verdict
    return None


def _by_hand(claim: Claim, case: Case) -> Verdict | None:
    judged = case.judged.get(claim.id)
    return (judged.disposition, judged.reason) if judged else None


def _copy(claim: Claim, case: Case) -> Verdict | None:
    kind = case.lineage.kind_of[claim.id]
    if kind == "root":
        return None
    parent = case.claims[case.lineage.parent_of[claim.id]]
    broken = lost(claim, parent, kind, case.programme)
    if kind == "garbles":
        return "garbled", f"Breaks {_named(parent)}: {_inner(broken)}"
    return "repeat", " ".join(_copy_sentences(claim, parent, kind, broken, case))


def _copy_sentences(claim: Claim, parent: Claim, kind: str, broken: str, case: Case) -> Iterator[str]:
    inputs = [case.claims[name] for name in case.lineage.inputs_of[claim.id]] if kind == "computes_from" else []
    named = [_named(each) for each in inputs[:MOST_NAMED]] or [_named(parent)]
    if len(inputs) > MOST_NAMED:
        named.append(counted(len(inputs) - MOST_NAMED, "other figure", "other figures"))
    yield sentence(f"{COPY_VERBS[kind]} {joined(named)}")
    if kind == "computes_from":
        yield "A sum of known figures is no new observation."
    elif broken != NOTHING:
        yield broken
    if kind == "suspected":
        yield "The link is not proven; the two count once so that one source cannot vote twice."


MOST_NAMED = 3


def _named(claim: Claim) -> str:
    return f"the figure of {figure(claim)} by {claim.asserted_by}"


def _inner(text: str) -> str:
    """A sentence as the second half of another."""
    return text[:1].lower() + text[1:]


def _scope(claim: Claim, case: Case) -> Verdict | None:
    measure, rules = case.programme.measures[claim.measure], case.rules
    for reasons, key in (
        (rules.scope_measures, measure.id),
        (rules.reasons_object, measure.object),
        (rules.reasons_sector, claim.sector),
    ):
        if key in reasons:
            return "out_of_scope", reasons[key]
    return None


def _role(claim: Claim, case: Case) -> Verdict | None:
    measure = case.programme.measures[claim.measure]
    if measure.id in case.rules.reasons_measure:
        return "context", case.rules.reasons_measure[measure.id]
    if measure.role == ESTIMATED:
        return None
    if measure.role == TEXT:
        return "context", TEXT_REASON
    return "context", f"The model has no quantity that answers to {measure.name}; shown beside the estimate"


def _unit(claim: Claim, case: Case) -> Verdict | None:
    reason = case.rules.units_left_out.get(claim.unit)
    return ("context", reason) if reason else None


def _elsewhere(claim: Claim, case: Case) -> Verdict | None:
    """Permits, visas and crossings of a host that the model does not follow by visa class."""
    reason = case.rules.focus_only.get(claim.measure)
    return ("context", reason) if reason and claim.host != case.programme.focus.id else None


def _zero(claim: Claim, _: Case) -> Verdict | None:
    if not any(value == 0 for value in (claim.low, claim.point, claim.high)):
        return None
    return "context", (
        "A zero cannot be weighed on the scale of the estimate, where every figure is a multiple of another; "
        "it is shown beside the estimate"
    )


def _nowhere(claim: Claim, case: Case) -> Verdict | None:
    known = case.programme.places.get(claim.host)
    if claim.host in case.programme.hosts or (known is not None and known.host):
        return None
    return "out_of_scope", f"Speaks of {place(claim, case.programme)}, where the model counts nobody"


def _part(claim: Claim, case: Case) -> Verdict | None:
    """Counts of a region or a trade are parts of a host; rates seen there are samples of it."""
    region = case.region(claim)
    if region is not None:
        return None
    is_rate = case.programme.measures[claim.measure].kind == RATE
    where = place(claim, case.programme)
    if claim.region and not (is_rate and claim.host != WORLD):
        return "context", f"Counts only {where}; the model speaks of whole hosts, and a part is not its share of one"
    if claim.sector and not is_rate:
        trade = case.programme.sectors.get(claim.sector, claim.sector)
        return "context", f"Counts only {trade} in {where}; the model speaks of all workers of a host"
    return None


def _forecast(claim: Claim, _: Case) -> Verdict | None:
    if claim.start is None or claim.start <= claim.asserted_latest:
        return None
    return "context", f"Speaks of {days(claim.start, claim.end or claim.start)} before it came: a forecast, not a count"


def _undated(claim: Claim, case: Case) -> Verdict | None:
    if case.window(claim) is not None:
        return None
    if case.programme.measures[claim.measure].kind == FLOW:
        why = "does not say since when or for which time it counts, so that no year can be laid against it"
    else:
        span = days(claim.asserted_earliest, claim.asserted_latest)
        why = f"states no time, and when it was first said is known only within {span}"
    return "context", f"The figure {why}"


def _outside(claim: Claim, case: Case) -> Verdict | None:
    first, last = case.programme.window
    window = case.window(claim)
    if window is None or (window.end.year >= first and window.start.year <= last):
        return None
    return "context", f"Speaks of {days(window.start, window.end)}; the model runs from {first} to {last}"


RULES: tuple[Callable[[Claim, Case], Verdict | None], ...] = (
    _by_hand,
    _copy,
    _scope,
    _role,
    _unit,
    _nowhere,
    _elsewhere,
    _zero,
    _part,
    _forecast,
    _undated,
    _outside,
)


def _windowed(claim: Claim, case: Case) -> Windowed | None:
    """A flow with its window, to be laid against the rows beside it."""
    window = case.window(claim)
    if window is None or case.programme.measures[claim.measure].kind != FLOW:
        return None
    key = (claim.measure, claim.unit, claim.host, claim.region, claim.sector, case.rules.table_of(claim))
    return Windowed(claim, window, key, _is_exact(claim, case.rules.rounding))


def _is_exact(claim: Claim, rounding: Rounding) -> bool:
    """Neither its words nor its digits say that it was rounded; to the nearest whole event every count is."""
    if claim.point is None or claim.hedge:
        return False
    cell = rounding.cell(claim.point, claim.asserter_class, claim.hedge)
    return cell is None or cell[1] - cell[0] <= 1


def _last(claim: Claim, shared: Sharing, case: Case) -> Verdict:
    elsewhere = shared.elsewhere.get(claim.id)
    if elsewhere:
        parts = [case.claims[name] for name in elsewhere]
        named = joined([_in_window(part) for part in parts])
        told = f"Already counted through {named} of the same table; kept as a check on their sum"
        return "context", told + _differs(claim, parts)
    return "used", " ".join(_use_sentences(claim, shared.rests.get(claim.id), case))


def _differs(claim: Claim, parts: Sequence[Claim]) -> str:
    """By how much a count differs from the sum of parts that share out its days, and which part says it is rounded."""
    counts = [part.point for part in parts if part.point is not None]
    lengths = [(part.end - part.start).days + 1 for part in parts if part.start and part.end]
    whole = (claim.end - claim.start).days + 1 if claim.start and claim.end else 0
    if claim.point is None or len(counts) < len(parts) or sum(lengths) != whole or claim.point == sum(counts):
        return ""
    rest = claim.point - sum(counts)
    rounded = [
        f"{_in_window(part)} stand with \u201c{part.hedge}\u201d and are rounded" for part in parts if part.hedge
    ]
    told = f": {number(abs(rest), claim.unit)} {'less' if rest < 0 else 'more'} than they come to"
    return told + (f"; {joined(rounded)}" if rounded else "")


def _in_window(claim: Claim) -> str:
    when_counted = days(claim.start, claim.end) if claim.start and claim.end else "the same time"
    return f"the {figure(claim)} for {when_counted}"


def _use_sentences(claim: Claim, rest: Rest | None, case: Case) -> Iterator[str]:
    window = rest.window if rest else case.window(claim)
    speaks = f" for {when(window)}" if window else ""
    yield f"Read as {measure_name(claim, case.programme)}, {place(claim, case.programme)},{speaks}."
    if rest:
        finer = joined([_in_window(case.claims[name]) for name in rest.finer])
        left = number(rest.point, claim.unit)
        yield f"What is left for these days, {left}, when {finer} of the same table are taken away."
    copies = sum(root == claim.id for root in case.lineage.origin_of.values()) - 1
    if copies:
        yield f"It speaks once for itself and {counted(copies, 'copy', 'copies')}."
    if (claim.region or claim.sector) and case.region(claim) is None:
        yield "A rate seen in one region or trade is read as a sample of the whole host."
