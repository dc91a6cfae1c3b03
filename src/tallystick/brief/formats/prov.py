"""How the account came to be, as PROV-JSON (W3C Member Submission, 24 April 2013; the model is PROV-DM).

Pages were read, and reading gave claims; evidence was gathered from them, and its root is its hash; reconciling used
the evidence and gave origins and dispositions. A disposition is an entity of its own: a claim is what was said, and
stays as it is when the account thinks better of it.

Left out, since the evidence does not record it: who read a page, and when; so reading has no agent and no time. Of a
claim that a program read, the claim itself says so, with who accepted it, its words and where in which copy they stand.
Publishers are agents without a type, because some are organisations, some persons, and some nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, Final

from tallystick.brief.formats.shown import Shown, json_text, said, web
from tallystick.evidence.read_notes import acceptance
from tallystick.vocab.programme import Source
from tallystick.vocab.records import Claim

READING, RECONCILING = "step:reading", "step:reconciling"
SOFTWARE, EVIDENCE = "software:tallystick", "evidence:root"
OWN: Final = "urn:tallystick:"
SPACES: Final = ("source", "claim", "origin", "disposition", "evidence", "publisher", "step")
Records = dict[str, dict[str, Any]]


def prov(told: Shown, version: str) -> str:
    """The whole document; names are qualified under `urn:tallystick:<programme>:`."""
    mine = f"{OWN}{told.programme.id}:"
    prefixes = {space: f"{mine}{space}:" for space in SPACES}
    document = {
        "prefix": prefixes | {"word": f"{OWN}word:", "software": f"{OWN}software:", "dc": "http://purl.org/dc/terms/"},
        "entity": _entities(told),
        "activity": {READING: {"prov:label": "Reading of pages"}, RECONCILING: {"prov:label": "Reconciling of claims"}},
        "agent": _agents(told, version),
        "used": _pairs("used", "activity", "entity", _used(told)),
        "wasGeneratedBy": _pairs("made", "entity", "activity", _made(told)),
        "wasDerivedFrom": _derived(told),
        "wasAttributedTo": _pairs("by", "entity", "agent", ((_source(p), _publisher(p)) for p in told.pages)),
        "wasAssociatedWith": _pairs("ran", "activity", "agent", [(RECONCILING, SOFTWARE)]),
        "hadMember": _pairs("in", "collection", "entity", _members(told)),
    }
    return json_text(document, indent=1) + "\n"


def _entities(told: Shown) -> Records:
    found: Records = {EVIDENCE: _evidence(told)}
    found |= {_source(page): _page(page) for page in told.pages}
    found |= {f"claim:{claim.id}": _claim(told, claim) for claim in told.claims}
    found |= {f"disposition:{claim.id}": _disposition(told, claim) for claim in told.claims}
    collection = {"prov:type": _name("prov:Collection"), "dc:type": "origin"}
    return found | {
        f"origin:{name}": dict(collection) for name in sorted({told.origin(claim) for claim in told.claims})
    }


def _evidence(told: Shown) -> dict[str, Any]:
    as_of = {"word:asOf": str(told.programme.as_of)} if told.programme.as_of else {}
    return {
        "prov:type": _name("prov:Collection"),
        "dc:title": told.programme.title,
        "word:sha256": told.programme.evidence_root,
        **as_of,
    }


def _page(page: Source) -> dict[str, Any]:
    fields: dict[str, Any] = {"dc:type": "page", "dc:publisher": page.published_by}
    if page.title:
        fields["dc:title"] = page.title
    if page.published_on:
        fields["dc:issued"] = page.published_on
    if web(page):
        fields["prov:location"] = {"$": web(page), "type": "xsd:anyURI"}
    return fields


def _claim(told: Shown, claim: Claim) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "dc:type": "claim",
        "prov:value": said(claim, told.programme),
        "word:measure": claim.measure,
    }
    quote, judged = told.quotes.get(claim.id), acceptance(claim.note)
    if quote is not None:
        place = {"word:start": quote.start, "word:end": quote.end}
        fields |= {"word:quote": quote.words, "word:copySha256": quote.document, **place}
    return fields | ({"word:readByAProgram": judged} if judged else {})


def _disposition(told: Shown, claim: Claim) -> dict[str, Any]:
    found = told.account.disposition_of(claim.id)
    reason, judge = told.reason(claim), found.judged_by
    why = ({"dc:description": reason} if reason else {}) | ({"word:judgedBy": judge} if judge else {})
    return {"dc:type": "disposition", "prov:value": found.disposition, **why}


def _agents(told: Shown, version: str) -> Records:
    software = {
        "prov:type": _name("prov:SoftwareAgent"),
        "prov:label": f"Tallystick {version}",
        "word:version": version,
    }
    return {_publisher(page): {"prov:label": page.published_by} for page in told.pages} | {SOFTWARE: software}


def _used(told: Shown) -> Iterable[tuple[str, str]]:
    yield from ((READING, _source(page)) for page in told.pages)
    yield RECONCILING, EVIDENCE


def _made(told: Shown) -> Iterable[tuple[str, str]]:
    yield from ((f"claim:{claim.id}", READING) for claim in told.claims)
    yield from ((f"disposition:{claim.id}", RECONCILING) for claim in told.claims)
    yield from ((f"origin:{name}", RECONCILING) for name in sorted({told.origin(claim) for claim in told.claims}))


def _members(told: Shown) -> Iterable[tuple[str, str]]:
    yield from ((EVIDENCE, f"claim:{claim.id}") for claim in told.claims)
    yield from ((f"origin:{told.origin(claim)}", f"claim:{claim.id}") for claim in told.claims)


def _derived(told: Shown) -> Records:
    """A claim from its page, from the claims that it goes back to, and a disposition from its claim."""
    found: Records = {}
    for claim in told.claims:
        page = _link(f"claim:{claim.id}", _source(told.page_of[claim.id])) | {"prov:activity": READING}
        found[f"_:read.{claim.id}"] = page | {"prov:type": _name("prov:Quotation")}
        settled = _link(f"disposition:{claim.id}", f"claim:{claim.id}") | {"prov:activity": RECONCILING}
        found[f"_:settled.{claim.id}"] = settled
        for parent, proven in told.parents(claim):
            kind = {"word:link": claim.link_kind if proven else "suspected"}
            found[f"_:copied.{claim.id}.{parent}"] = _link(f"claim:{claim.id}", f"claim:{parent}") | kind
    return found


def _link(made: str, used: str) -> dict[str, Any]:
    return {"prov:generatedEntity": made, "prov:usedEntity": used}


def _pairs(name: str, first: str, second: str, pairs: Iterable[tuple[str, str]]) -> Records:
    return {f"_:{name}{n}": {f"prov:{first}": a, f"prov:{second}": b} for n, (a, b) in enumerate(pairs, 1)}


def _source(page: Source) -> str:
    return f"source:{page.id}"


def _publisher(page: Source) -> str:
    """A name that holds no sign that a qualified name could not: ten digits of the hash of the publisher's own."""
    return "publisher:P" + sha256(page.published_by.encode()).hexdigest()[:10]


def _name(qualified: str) -> dict[str, str]:
    return {"$": qualified, "type": "prov:QUALIFIED_NAME"}
