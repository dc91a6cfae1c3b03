"""What is put before a rule: the claims, statements and positions that bear on one addressee in one period.

A flow (permits issued, visas issued) belongs to the period in which it began, so that a year that straddles a ban
is not held against it. A stock belongs to the period in which its day, or the first of its days, lies. Undated
claims belong to no period. A rule sees only figures that the account uses, and only statements that speak of the
host and of days in the period: repeats and garbled copies are no further facts, and what the account sets aside as
context shows nothing here either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tallystick.assess.finding import Outcome, Period
from tallystick.assess.obligations import Assumption, Obligation, Position, Readings, fault
from tallystick.assess.origins import AccountLike, independent, origin_of_claims
from tallystick.assess.spans import Span, span
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim, Statement

NOT_FACTS = ("repeat", "garbled")
NOBODY = ("unsourced", "unvetted")  # the asserter classes of figures for which nobody answers, or nobody knows yet who


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known, for one obligation, of one addressee in one period.

    claims: role in the test -> claims. forced_labour: outcome for the people of the period, by the two limbs.
    """

    host: str
    addressee: str
    period: Period
    claims: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    statements: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    origin_of: Mapping[str, str] = field(default_factory=dict)
    assumptions: Mapping[str, Assumption] = field(default_factory=dict)
    forced_labour: Outcome | None = None
    forced_labour_because: str = ""
    forced_labour_statements: tuple[str, ...] = ()
    cohort: str | None = None
    told: tuple[str, ...] = ()  # statements that tell, in words, of people at work in the period
    told_origins: tuple[frozenset[str], ...] = ()  # of those, by separate report: the origins of claims they rest on
    days_told: Mapping[str, Span] = field(default_factory=dict)  # statement -> the days that it speaks of

    def role(self, name: str) -> tuple[Claim, ...]:
        """Claims in one role; empty when there are none."""
        return self.claims.get(name, ())

    def showing(self, name: str) -> tuple[Claim, ...]:
        """Claims in a role that say more than zero, of asserters who answer for them."""
        return tuple(c for c in self.role(name) if largest(c) > 0 and c.asserter_class not in NOBODY)

    def zeros(self, name: str) -> tuple[Claim, ...]:
        """Claims in a role that say zero, of asserters who answer for them."""
        return tuple(c for c in self.role(name) if largest(c) == 0 and c.asserter_class not in NOBODY)

    def described(self, claims: Iterable[Claim]) -> Period | None:
        """The part of the period from the first to the last day that claims and statements describe; None: no day."""
        days = [day for claim in claims for day in (claim.start, claim.end)]
        days += [day for name in self.statements for day in self.days_told.get(name, ())]
        stated = [day for day in days if day is not None]
        return self.period.within(min(stated), max(stated)) if stated else None

    def origins(self, claims: tuple[Claim, ...]) -> int:
        """To how many origins the claims go back."""
        return len({self.origin_of.get(claim.id, claim.id) for claim in claims})

    def voices(self, claims: tuple[Claim, ...]) -> int:
        """To how many separate origins claims and the statements in words go back, taken together."""
        counted = {self.origin_of.get(claim.id, claim.id) for claim in claims}
        return len(counted) + sum(1 for origins in self.told_origins if not origins & counted)

    def named(self, kind: str) -> tuple[Position, ...]:
        """Positions of one kind."""
        return tuple(position for position in self.positions if position.kind == kind)


def largest(claim: Claim) -> float:
    """The largest number that the claim puts forward."""
    return max(value for value in (claim.low, claim.point, claim.high) if value is not None)


def smallest(claim: Claim) -> float:
    """The smallest number that the claim allows; zero when it gives only a ceiling."""
    given = claim.low if claim.low is not None else claim.point
    return given if given is not None else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Evidence and account as `assess` reads them, looked up once."""

    programme: Programme
    readings: Readings
    origin_of: Mapping[str, str]
    facts_only: tuple[Claim, ...]  # claims that are neither repeats nor garbled
    used: frozenset[str]  # of those: claims that the account uses; the others show nothing
    counted_until: Mapping[str, date]  # host -> the last day that a used count of heads still describes
    horizon: date  # the last day on which anything can be known
    days_told: Mapping[str, Span]  # statement -> the days that it speaks of

    def addressee(self, obligation: Obligation, host: str) -> str:
        """Whom the obligation binds, as a reader meets it."""
        if obligation.binds == "others":
            return obligation.who or obligation.main.addressee
        return self.programme.sender if obligation.binds == "sender" else self.host_name(host)

    def host_name(self, host: str) -> str:
        if host in self.programme.places:
            return self.programme.places[host].name
        return self.programme.hosts[host].name if host in self.programme.hosts else host


def record(programme: Programme, readings: Readings, account: AccountLike) -> Record:
    """The evidence with its dispositions, ready for gathering."""
    out = {d.claim for d in account.dispositions if d.disposition in NOT_FACTS}
    return Record(
        programme=programme,
        readings=readings,
        origin_of=origin_of_claims(account),
        facts_only=tuple(claim for claim in programme.claims if claim.id not in out),
        used=frozenset(d.claim for d in account.dispositions if d.disposition == "used"),
        counted_until=_counted_until(readings, account),
        horizon=programme.as_of or min(readings.read_on, date(programme.window[1], 12, 31)),
        days_told={statement.id: span(statement.period) for statement in programme.statements},
    )


def _counted_until(readings: Readings, account: AccountLike) -> dict[str, date]:
    """By host, the last day that a used count of heads describes: what lies later is the model going on by itself."""
    counts = readings.table.get("counts")
    if not isinstance(counts, dict) or not counts.get("measures"):
        raise fault("is missing", "counts", "name the measures that count heads")
    found: dict[str, date] = {}
    for seen in account.observations:
        if seen.measure in counts["measures"]:
            found[seen.host] = max(seen.end, found.get(seen.host, seen.end))
    return found


def gather(on: Record, obligation: Obligation, host: str, period: Period, cohort: str | None = None) -> Facts:
    """The facts for one obligation, host and period."""
    roles = _roles(on, obligation, host, period)
    told = _about(on, obligation.parameters.get("told", ()), host, period)
    if cohort is not None:
        speaks = obligation.parameters["cohort_evidence"][cohort]
        roles = {"presence": tuple(c for c in roles.get("presence", ()) if c.measure in speaks["measures"])}
        told = _about(on, speaks["statements"], host, period)
    said = told if cohort is not None else _about(on, obligation.statements, host, period)
    return Facts(
        host=host,
        addressee=on.addressee(obligation, host),
        period=period,
        claims={
            **roles,
            "baseline": _near_adoption(on, obligation, host),
            "named": _by_id(on, obligation.evidence.get(host, ())),
            "not_filed": _by_id(on, obligation.parameters.get("not_filed", {}).get(host, ())),
        },
        statements=tuple(s.id for s in said),
        told=tuple(s.id for s in told),
        told_origins=_origins_told(told, on.origin_of),
        days_told=on.days_told,
        positions=_positions(on, obligation, host, period, cohort),
        origin_of=on.origin_of,
        assumptions=on.readings.assumptions,
        cohort=cohort,
    )


def _roles(on: Record, obligation: Obligation, host: str, period: Period) -> dict[str, tuple[Claim, ...]]:
    """Figures by their role in the test.

    doubted: used by the account, but maybe of something else, so that no outcome turns on them. set_aside: on people
    there, and not used by the account.
    """
    found = {role: _claims(on, measures, host, period) for role, measures in obligation.measures.items()}
    doubted = obligation.parameters.get("doubted", ())
    denied = obligation.parameters.get("not_showing", ())  # figures whose asserter says that the test is not met
    unfit = (*denied, *doubted)
    heads = _claims(on, obligation.measures.get("presence", ()), host, period, used=False)
    return {
        **{role: tuple(c for c in claims if c.id not in unfit) for role, claims in found.items()},
        "doubted": tuple(c for claims in found.values() for c in claims if c.id in doubted),
        "set_aside": tuple(c for c in heads if c.id not in unfit),
    }


def _near_adoption(on: Record, obligation: Obligation, host: str) -> tuple[Claim, ...]:
    """Direct counts whose day lies near the day of adoption, within the days that the obligation allows."""
    day, reach = obligation.main.adopted_on, timedelta(days=int(obligation.parameters.get("baseline_days", 0)))
    if day is None:
        return ()
    around = Period(id="adoption", name="around adoption", start=day - reach, end=day + reach)
    return _claims(on, obligation.measures.get("direct", ()), host, around)


def _about(on: Record, ids: Iterable[str], host: str, period: Period) -> tuple[Statement, ...]:
    """Of some statements, those on this host that speak of days in the period; an open period speaks of none."""
    wanted, name = set(ids), on.host_name(host)
    chosen = (s for s in on.programme.statements if s.id in wanted and name in (*s.place.split("; "), *s.actors))
    spans = ((s, *on.days_told[s.id]) for s in chosen)
    return tuple(s for s, start, end in spans if start and end and period.within(start, end))


def _origins_told(told: tuple[Statement, ...], origin_of: Mapping[str, str]) -> tuple[frozenset[str], ...]:
    """By separate report, the origins of the claims that its statements rest on; empty where they rest on none."""
    rests = {s.id: frozenset(origin_of[c] for c in s.related_claims if c in origin_of) for s in told}
    return tuple(frozenset().union(*(rests[name] for name in group)) for group in independent(told, origin_of))


def _by_id(on: Record, ids: Iterable[str]) -> tuple[Claim, ...]:
    """Claims named one by one; those that the evidence does not hold (yet) are left away."""
    wanted = set(ids)
    return tuple(claim for claim in on.programme.claims if claim.id in wanted)


def _claims(
    on: Record, measures: tuple[str, ...], host: str, period: Period, *, used: bool = True
) -> tuple[Claim, ...]:
    kinds = on.programme.measures
    found = (c for c in on.facts_only if c.measure in measures and c.host == host and (c.id in on.used) == used)
    return tuple(c for c in found if speaks_of(c, period, stock=kinds[c.measure].kind == "S"))


def speaks_of(claim: Claim, period: Period, *, stock: bool) -> bool:
    """Whether the days that a claim describes begin in the period."""
    day = claim.start if claim.start is not None else (claim.end if stock else None)
    return day is not None and period.holds(day)


def _positions(
    on: Record, obligation: Obligation, host: str, period: Period, cohort: str | None
) -> tuple[Position, ...]:
    def bears(position: Position) -> bool:
        mine = obligation.id in position.obligations and position.host in ("", host)
        group = cohort is None or not position.cohorts or cohort in position.cohorts
        when = not position.periods or period.id in position.periods
        known = position.since <= on.horizon and (position.kind != "practice" or period.holds(position.since))
        return mine and group and when and known

    return tuple(_known_claims(position, on) for position in on.readings.positions if bears(position))


def _known_claims(position: Position, on: Record) -> Position:
    """The position with those of its claims that the evidence holds on its last day."""
    known = {claim.id for claim in on.programme.claims}
    return replace(position, claims=tuple(claim for claim in position.claims if claim in known))
