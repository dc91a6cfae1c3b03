"""Copies laid against what they go back to, as schema.org ClaimReview in JSON-LD.

Reviewed are copies alone, since only a copy can be laid against words of its own origin. A claim that is used, kept as
context or out of scope has been checked against nothing and gets no review. The rating is a word and never a number:
"Garbled copy" where the copy changed what the figure says, "Repeat" where it adds no observation. Neither says whether
the figure is true of the world, and no rating says "false".

Whoever publishes these becomes their author: put your own name and address in, and publish the brief beside them, to
whose cards the addresses lead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tallystick.brief.display import anchor
from tallystick.brief.formats.shown import Shown, json_text, said, web
from tallystick.evidence.read_notes import acceptance
from tallystick.vocab.programme import Source
from tallystick.vocab.records import Claim

CONTEXT: Final = "https://schema.org"
WORDS: Final = {"garbled": "Garbled copy", "repeat": "Repeat"}
UNPROVEN: Final = "Repeat, link not proven"
DAY: Final = len("2024-06-30")
NOT_OF_TRUTH: Final = "This says who repeats whom, and nothing of whether the figure is true."


def claimreview(told: Shown, version: str) -> str:
    """The whole document: a graph of one ClaimReview for each copy whose origin may be shown."""
    return json_text({"@context": CONTEXT, "@graph": list(_reviews(told, version))}, indent=1) + "\n"


def _reviews(told: Shown, version: str) -> Iterator[dict[str, Any]]:
    for claim in told.claims:
        parents = told.parents(claim)
        if told.account.disposition_of(claim.id).disposition in WORDS and parents:
            yield _review(told, claim, parents, version)


def _review(told: Shown, claim: Claim, parents: tuple[tuple[str, bool], ...], version: str) -> dict[str, Any]:
    proven = any(sure for _, sure in parents)
    first = next(name for name, sure in parents if sure == proven)
    return {
        "@type": "ClaimReview",
        "@id": f"urn:tallystick:{told.programme.id}:review:{claim.id}",
        "url": f"brief.html#{anchor('claim', claim.id)}",
        "claimReviewed": said(claim, told.programme),
        "author": {"@type": "Organization", "name": f"Tallystick {version}"},
        "isBasedOn": f"urn:tallystick:{told.programme.id}:evidence:{told.programme.evidence_root}",
        "itemReviewed": _claim(told, claim, told.programme.claim(first)),
        "reviewRating": _rating(told, claim, proven=proven),
    }


def _claim(told: Shown, claim: Claim, origin: Claim) -> dict[str, Any]:
    """What was said, where it was read, and the page of the claim that it goes back to."""
    page = told.page_of[claim.id]
    day = {"datePublished": page.published_on} if len(page.published_on) == DAY else {}
    return {
        "@type": "Claim",
        "name": said(claim, told.programme),
        "appearance": _page(page),
        "isBasedOn": {
            "@type": "Claim",
            "name": said(origin, told.programme),
            "appearance": _page(told.page_of[origin.id]),
            **_words(told, origin),
        },
        **_words(told, claim),
        **day,
    }


def _words(told: Shown, claim: Claim) -> dict[str, str]:
    """The words that it was read from, where in which copy they stand, and who let a program's reading in."""
    quote, judged = told.quotes.get(claim.id), acceptance(claim.note)
    known = {
        "text": quote.words if quote else "",
        "citation": quote.copy if quote else "",
        "abstract": f"Read by a program, {judged}." if judged else "",
    }
    return {name: text for name, text in known.items() if text}


def _page(page: Source) -> dict[str, Any]:
    known = {"url": web(page), "headline": page.title, "datePublished": page.published_on}
    fields = {name: text for name, text in known.items() if text}
    return {"@type": "CreativeWork", "publisher": {"name": page.published_by}, **fields}  # a body, a person, unknown


def _rating(told: Shown, claim: Claim, *, proven: bool) -> dict[str, Any]:
    found = told.account.disposition_of(claim.id)
    word = WORDS[found.disposition] if proven or found.disposition != "repeat" else UNPROVEN
    explained = " ".join(filter(None, (told.reason(claim), NOT_OF_TRUTH)))
    return {"@type": "Rating", "alternateName": word, "ratingExplanation": explained}
