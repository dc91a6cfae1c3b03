"""The account of the claims: each with its use and reason, grouped by origin, before any model is asked.

account = reconcile(load_programme("dprk"))
account.disposition_of("fuels25_ent13k").reason
"""

from __future__ import annotations

from tallystick.reconcile.apart import kept_apart
from tallystick.reconcile.arithmetic import checks
from tallystick.reconcile.chains import chains
from tallystick.reconcile.disagreements import disagreements
from tallystick.reconcile.disposition import Case, dispositions, sharing_of
from tallystick.reconcile.fingerprint import fit_input_hash
from tallystick.reconcile.judgements import judgements
from tallystick.reconcile.lineage import lineage
from tallystick.reconcile.observations import observation
from tallystick.reconcile.records import (
    Account,
    ArithmeticCheck,
    Chain,
    Disagreement,
    Disposition,
    Observation,
    Origin,
)
from tallystick.reconcile.rules import fitted_tables, keys_of, rules_of
from tallystick.vocab.programme import Programme

__all__ = [
    "Account",
    "ArithmeticCheck",
    "Chain",
    "Disagreement",
    "Disposition",
    "Observation",
    "Origin",
    "fit_input_hash",
    "reconcile",
]


def reconcile(programme: Programme) -> Account:
    """Group the programme's claims by origin and say what each is good for; row order does not matter."""
    judged, rules = judgements(programme), rules_of(programme)
    named = {*rules.report_by_claim, *keys_of(fitted_tables(programme, rules))}
    case = Case(
        programme=programme,
        rules=rules,
        judged=judged,
        lineage=lineage(programme.claims, judged, named),
        claims={claim.id: claim for claim in sorted(programme.claims, key=lambda claim: claim.id)},
    )
    settled, rests = dispositions(case), sharing_of(case).rests
    used = [entry.claim for entry in settled if entry.disposition == "used"]
    seen = [observation(case.claims[name], case, rests.get(name)) for name in used]
    observed = tuple(sorted(seen, key=observation_order))
    account = Account(
        dispositions=settled,
        origins=tuple(sorted(case.lineage.origins, key=lambda origin: origin.id)),
        observations=observed,
        chains=chains(case),
        disagreements=disagreements(case, observed),
        arithmetic=checks(case),
    )
    return kept_apart(account, programme)


def observation_order(seen: Observation) -> tuple[object, ...]:
    """By what is observed; the id only breaks ties, so that a copy under another id moves nothing."""
    numbers = tuple(-1.0 if value is None else value for value in (seen.low, seen.point, seen.high))
    speaker = (seen.asserter_class, seen.region, seen.sector, seen.coverage, seen.basis, seen.report)
    return (seen.measure, seen.host, seen.start, seen.end, seen.kind, *numbers, seen.unit, *speaker, seen.claim)
