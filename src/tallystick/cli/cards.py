"""One thing of the account, shown whole: `tallystick show ID`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from tallystick.cli.account import period_of
from tallystick.cli.meter import say
from tallystick.cli.options import Format, one_of
from tallystick.cli.output import write_card, write_json
from tallystick.evidence.withheld import LEFT_OUT, withheld
from tallystick.vocab.cells import csv_text

if TYPE_CHECKING:
    from tallystick.study.study import Study
    from tallystick.vocab.records import Claim, Statement

Fields = list[tuple[str, str]]
DIGITS = 3


def card_of(study: Study, id: str) -> Fields:
    """The fields of the claim, statement, event or row of law with that id."""
    known, by_id = study.programme, _by_id(study)
    found = by_id[one_of("id", id, by_id) or id]
    if found.id in withheld(known):
        return [("id", found.id), ("row", LEFT_OUT)]
    if found in known.claims:
        return _claim_card(study, found)
    if found in known.statements:
        return [*_plain_card(found), *_words(study, found.id), *_standing(study, found)]
    return _plain_card(found)


def is_report(field: tuple[str, str]) -> bool:
    """Whether it is the address of a document that has none of its own: no file of that name lies anywhere."""
    return field[0] == "url" and field[1].startswith("reports/d")


def is_known(study: Study, id: str) -> bool:
    """Whether the evidence has a row of exactly that id."""
    return id in _by_id(study)


def _by_id(study: Study) -> Mapping[str, Any]:
    known = study.programme
    shelves: tuple[Iterable[Any], ...] = (known.claims, known.statements, known.events, known.law)
    return {each.id: each for shelf in shelves for each in shelf}


def write(fields: Fields, shape: Format) -> None:
    """Print a card in the wanted form; CSV has a line for each field."""
    if shape is Format.json:
        write_json(_grouped(fields))
    elif shape is Format.csv:
        sys.stdout.write(csv_text(("field", "value"), [field for field in fields if field[1]]))
    else:
        write_card(fields)


def _grouped(fields: Fields) -> dict[str, str | list[str]]:
    """A card by its names; what stands in it several times, as a document's claims do, as a list."""
    found: dict[str, list[str]] = {}
    for name, text in fields:
        if text:
            found.setdefault(name, []).append(text)
    return {name: texts[0] if len(texts) == 1 else texts for name, texts in found.items()}


def _plain_card(record: Any) -> Fields:
    return [(field.name, _text(getattr(record, field.name))) for field in fields(record)]


def _standing(study: Study, statement: Statement) -> Fields:
    """The class that a statement weighs as, and the rows of its own report that could not confirm it."""
    from tallystick.reconcile.standing import class_of_statement, doubted_by

    kind, doubts = class_of_statement(statement, study.programme), doubted_by(statement, study.programme)
    return [
        ("doubted by", "; ".join(doubts)),
        ("weighs as", study.programme.asserter_classes[kind].name if kind else ""),
    ]


def _text(value: object) -> str:
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def _claim_card(study: Study, claim: Claim) -> Fields:
    return [*_said(study, claim), *_lineage(study, claim), *_use(study, claim), *_influence(study, claim)]


def _said(study: Study, claim: Claim) -> Fields:
    from tallystick.brief.words.claims import claim_quantity

    measure = study.programme.measures[claim.measure]
    return [
        ("id", claim.id),
        ("measure", f"{claim.measure} ({measure.name})"),
        ("figure", claim_quantity(claim)),
        ("in dollars", _in_dollars(study, claim)),
        ("host", claim.host),
        ("region", claim.region),
        ("sector", claim.sector),
        ("period", period_of(claim) or "not stated"),
        ("asserted by", f"{claim.asserted_by} ({study.programme.asserter_classes[claim.asserter_class].name})"),
        ("first asserted", f"{claim.asserted_earliest} to {claim.asserted_latest} ({claim.dating_sure})"),
        ("published by", ", ".join(filter(None, (claim.published_by, claim.published_on)))),
        ("title", claim.title),
        ("url", claim.url),
        ("hedge", claim.hedge),
        *_words(study, claim.id),
        ("note", claim.note),
    ]


def _words(study: Study, id: str) -> Fields:
    """The words that the row was read from, where a copy of the page is held."""
    from tallystick.evidence.quote_rows import quotes

    quote = quotes(study.programme).get(id)
    return [("in its words", quote.words), ("passage", quote.passage), ("where", quote.copy)] if quote else []


def _in_dollars(study: Study, claim: Claim) -> str:
    """A sum of money in dollars of its year and of the one year in which sums are compared; "" for all else."""
    from tallystick.brief.words.claims import claim_quantity
    from tallystick.reconcile.dollars import dollars

    found = dollars(claim, study.programme, study.account.observation_of(claim.id))
    if found is None:
        return ""
    then = claim if found.then.unit == claim.unit else _rounded(found.then)  # what was said in dollars stays as said
    constant = claim_quantity(_rounded(found.constant))
    year = study.programme.constant_usd_year
    return f"{claim_quantity(then)} at the time ({found.year}); {constant} in dollars of {year}"


def _rounded(claim: Claim) -> Claim:
    """A converted claim to three digits: rates and prices of a whole year support no more."""
    from tallystick.brief.words.rounding import significant

    low, point, high = (
        None if value is None else significant(value, DIGITS) for value in (claim.low, claim.point, claim.high)
    )
    return replace(claim, low=low, point=point, high=high)


def _lineage(study: Study, claim: Claim) -> Fields:
    origin = study.account.origin_of(claim.id)
    others = [member for member in origin.members if member != claim.id]
    lost = [chain.lost[claim.id] for chain in study.account.chains_of(claim.id) if claim.id in chain.lost]
    return [
        ("origin", origin.id),
        ("link", "" if claim.link_kind == "none" else claim.link_kind),
        ("derived from", "; ".join(claim.derived_from)),
        ("suspected from", "; ".join(claim.suspected_from)),
        ("same origin", "; ".join(others)),
        ("lost on the way", " ".join(dict.fromkeys(lost))),
    ]


def _use(study: Study, claim: Claim) -> Fields:
    from tallystick.reconcile.standing import weight_of_claim

    use = study.account.disposition_of(claim.id)
    weight = weight_of_claim(claim.id, study.programme, study.account)
    weighs = f"{weight:.2f} of a figure of the class that errs least" if weight else "none: a copy"
    apart = [each for each in study.account.disagreements if claim.id in each.claims]
    return [
        ("disposition", use.disposition),
        ("reason", use.reason),
        ("weight by itself", "" if use.disposition in ("context", "out_of_scope") else weighs),
        ("disagreements", " ".join(f"{each.title}: {each.why}" for each in apart)),
    ]


def _influence(study: Study, claim: Claim) -> Fields:
    """Only of a used claim, and only from a fit that is there: to show a claim is no reason to sample."""
    from tallystick.brief.leading import UNANSWERED

    if study.account.disposition_of(claim.id).disposition != "used":
        return []
    if not study.is_fitted:
        say("hint: its influence on the estimates is shown once `tallystick estimate` or `brief` has run")
        return []
    fits = {each.claim: each for each in study.claim_fits}
    if claim.id not in fits:
        return []
    fit = fits[claim.id]
    told = f"{fit.influence:.2f} of the 80 % interval of {fit.influence_on}"
    return [
        ("tail probability", f"{fit.tail_probability:.3f}"),
        ("influence", told if fit.influence_reliable else UNANSWERED),
    ]
