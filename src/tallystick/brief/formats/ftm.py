"""FollowTheMoney entities, one JSON object a line: bodies in a public role, pages, claims and events.

FollowTheMoney has no schema for a claim or an estimate. A claim becomes a Note on the page where it was read: its words
and its figure are text that a person reads, never a property that a program would add up. How one claim goes back to
another is an UnknownLink between two notes, with the kind of link as its role. Rules of law are left out: a
FollowTheMoney Sanction is the listing of somebody, and no row of law lists anyone.

Of people only holders of public office are told, in the words of their office. Experts and journalists are not; nor are
groups, places, programmes and instruments, for which the format has no party. Estimates are not exported.

Whoever loads a Note beside lists of firms may take it for a finding, so each says that it is none, and whether a person
has accepted what a program read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from tallystick.brief.formats.shown import Shown, json_text, said, web
from tallystick.evidence.read_notes import NOBODY_YET, acceptance
from tallystick.vocab.programme import Source
from tallystick.vocab.records import Claim, Entity, Event

SCHEMA_OF_KIND: Final = {  # kinds of entities.csv; a kind that is not named here is not exported
    "state": "LegalEntity",  # a state is no body of itself; this is any party that can act in law
    "breakaway authority": "Organization",  # to call it a public body would take a side on recognition
    "organisation": "Organization",
    "ministry": "PublicBody",
    "company": "Company",
    "media": "Organization",
    "official": "Person",
    "official (historical)": "Person",
    "official post": "Position",
}
PAGE, CLAIM = "Article", "Note"
OFFICIAL: Final = "role.pol"  # FollowTheMoney's topic for a holder of public office
ANYWHERE: Final = "WW"
NO_FINDING: Final = "A claim as published, not a finding on any person, firm or site, and no listing."
UNVETTED: Final = "unvetted"  # the asserter class of whoever nobody has looked at yet (decisions/0027)
PROPOSED: Final = "proposed"
Properties = Mapping[str, list[str]]


def ftm(told: Shown) -> str:
    """The whole export as JSON lines, each an entity; bodies first, then pages, claims, links and events."""
    return "".join(f"{json_text(entity)}\n" for entity in _entities(told))


def exported(entity: Entity) -> bool:
    """Whether the format has a schema for this kind of row."""
    return entity.kind in SCHEMA_OF_KIND


def _entities(told: Shown) -> Iterator[dict[str, object]]:
    bodies = sorted((row for row in told.programme.entities if exported(row)), key=lambda row: row.id)
    places = {place.name: place.code for place in told.programme.places.values()}
    for row in bodies:
        yield _entity(told, row.id, SCHEMA_OF_KIND[row.kind], _body(row, places))
    for page in told.pages:
        yield _entity(told, page.id, PAGE, _page(page))
    for claim in told.claims:
        yield _entity(told, claim.id, CLAIM, _claim(told, claim))
    for claim in told.claims:
        yield from _links(told, claim)
    for event in told.events:
        yield _entity(told, event.id, "Event", _event(told, event, bodies))


def _entity(told: Shown, name: str, schema: str, properties: Properties) -> dict[str, object]:
    kept = {key: values for key, found in properties.items() if (values := [value for value in found if value])}
    return {"id": _id(told, name, schema), "schema": schema, "properties": kept}


def _id(told: Shown, name: str, schema: str) -> str:
    """A row's id between those of its programme and schema, so that neither two programmes nor two tables clash.

    FollowTheMoney's ids know no underscore, and ours no full stop: each stands for the other.
    """
    return f"{told.programme.id}-{name}-{schema}".replace("_", ".")


def _body(row: Entity, places: Mapping[str, str]) -> Properties:
    office = SCHEMA_OF_KIND[row.kind] == "Person"
    return {
        "name": [row.name],
        "alias": list(row.aliases),
        "position" if office else "notes": [row.role],
        "country": [places.get(row.name, "").lower()],
        "topics": [OFFICIAL if office else ""],
    }


def _page(page: Source) -> Properties:
    return {
        "title": [page.title],
        "name": [page.title or f"{page.published_by}, page {page.id}"],
        "publisher": [page.published_by],
        "publishedAt": [page.published_on],
        "sourceUrl": [web(page)],
    }


def _claim(told: Shown, claim: Claim) -> Properties:
    page, use, reason = told.page_of[claim.id], told.account.disposition_of(claim.id).disposition, told.reason(claim)
    is_proposed = acceptance(claim.note) == NOBODY_YET
    told_use = f"{use}, though only proposed" if is_proposed else use
    return {
        "name": [f"Claim {claim.id}"],
        "entity": [_id(told, page.id, PAGE)],
        "proof": [_id(told, page.id, PAGE)],
        "description": [_description(told, claim)],
        "notes": [f"{told_use}: {reason}" if reason else told_use],
        "keywords": [claim.measure, PROPOSED if is_proposed else use, f"origin {told.origin(claim)}"],
        "country": [claim.host.lower() if claim.host != ANYWHERE else ""],
        "publisher": [page.published_by],
        "sourceUrl": [web(page)],
    }


def _description(told: Shown, claim: Claim) -> str:
    """The claim in words, and what a reader who knows nothing of this account must not take it for."""
    judged = acceptance(claim.note)
    read = f" Read by a program, {judged}." if judged else ""
    quote = told.quotes.get(claim.id)
    words = f" In its words: \u201c{quote.words}\u201d ({quote.copy})." if quote else ""
    vetted = " Nobody has vetted who says so." if claim.asserter_class == UNVETTED else ""
    return f"{said(claim, told.programme)}. {NO_FINDING}{read}{words}{vetted}"


def _links(told: Shown, claim: Claim) -> Iterator[dict[str, object]]:
    for parent, proven in told.parents(claim):
        ends = {"subject": [_id(told, claim.id, CLAIM)], "object": [_id(told, parent, CLAIM)]}
        role = claim.link_kind if proven else "suspected"
        yield _entity(told, f"{claim.id}-{parent}", "UnknownLink", {**ends, "role": [role]})


def _event(told: Shown, event: Event, bodies: list[Entity]) -> Properties:
    report = told.programme.reports.get(event.report)
    paragraph = f", paragraph {event.paragraph}" if event.paragraph else ""
    return {
        "name": [event.title],
        "startDate": [_iso(event.start)],
        "endDate": [_iso(event.end)],
        "involved": [
            _id(told, row.id, SCHEMA_OF_KIND[row.kind])
            for row in bodies
            if _is_party(row) and {row.name, *row.aliases} & {*event.actors}
        ],
        "location": event.place.split("; "),
        "notes": [event.note, f"Date known to: {event.precision}"],
        "summary": [f"Read in: {report.title}{paragraph}" if report else ""],
        "publisher": [report.published_by if report else ""],
    }


def _is_party(row: Entity) -> bool:
    """Whether it can take part in an event; a post is held, and does nothing."""
    return SCHEMA_OF_KIND[row.kind] != "Position"


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
