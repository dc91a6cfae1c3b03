"""Promise: reviews are valid schema.org, speak of copies alone, and never rate what was checked against nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pyld import jsonld

from tallystick.brief.display import anchor
from tallystick.brief.formats.claimreview import claimreview
from tallystick.brief.formats.shown import Shown

SCHEMA = json.loads(Path(__file__).with_name("claimreview.schema.json").read_text(encoding="utf-8"))
SCHEMA_ORG = "http://schema.org/"
CHECKED = ("garbled", "repeat")
Review = dict[str, Any]


@pytest.fixture(scope="module")
def document(told: Shown) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(claimreview(told, "9.9.9"))
    return found


@pytest.fixture(scope="module")
def reviews(document: dict[str, Any]) -> dict[str, Review]:
    return {review["@id"].rpartition(":")[2]: review for review in document["@graph"]}


def test_the_document_holds_what_schema_org_and_google_ask_for(document: dict[str, Any]) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    assert [fault.message for fault in validator.iter_errors(document)] == []
    assert len(document["@graph"]) > 100


def _context(url: str, _: object) -> dict[str, Any]:
    """The part of schema.org's own context that says where its words lie; nothing is fetched."""
    assert url == "https://schema.org"
    context = {"@context": {"@vocab": SCHEMA_ORG, "url": {"@type": "@id"}, "isBasedOn": {"@type": "@id"}}}
    return {"contextUrl": None, "documentUrl": url, "document": context, "contentType": "application/ld+json"}


def test_as_json_ld_it_expands_to_words_of_schema_org(document: dict[str, Any]) -> None:
    base = "https://example.org/account/reviews.jsonld"
    expanded = jsonld.expand(document, {"documentLoader": _context, "base": base})
    assert len(expanded) == len(document["@graph"])
    for review in expanded:
        assert review["@type"] == [f"{SCHEMA_ORG}ClaimReview"]
        (page,) = review[f"{SCHEMA_ORG}url"]
        assert page["@id"].startswith("https://example.org/account/brief.html#claim-")
        assert review[f"{SCHEMA_ORG}reviewRating"][0]["@type"] == [f"{SCHEMA_ORG}Rating"]


def test_only_copies_are_reviewed_and_every_garbled_copy_is(told: Shown, reviews: dict[str, Review]) -> None:
    uses = {claim.id: told.account.disposition_of(claim.id).disposition for claim in told.claims}
    assert {uses[name] for name in reviews} == set(CHECKED)
    garbled = {claim.id for claim in told.claims if uses[claim.id] == "garbled" and claim.derived_from}
    assert len(garbled) > 30
    assert garbled <= set(reviews)


def test_a_copy_that_somebody_keeps_as_context_is_not_reviewed(told: Shown, reviews: dict[str, Review]) -> None:
    name = next(iter(reviews))
    judged = tuple(
        replace(each, disposition="context") if each.claim == name else each for each in told.account.dispositions
    )
    written = claimreview(replace(told, account=replace(told.account, dispositions=judged)), "9.9.9")
    assert f':review:{name}"' not in written
    assert written.count('"ClaimReview"') == len(reviews) - 1


def test_the_rating_is_the_disposition_in_words(told: Shown, reviews: dict[str, Review]) -> None:
    for name, review in reviews.items():
        word, found = review["reviewRating"]["alternateName"], told.account.disposition_of(name)
        assert word.startswith("Garbled copy" if found.disposition == "garbled" else "Repeat")
        explained = review["reviewRating"]["ratingExplanation"]
        assert explained == f"{found.reason} This says who repeats whom, and nothing of whether the figure is true."


def test_no_review_gives_a_number_or_calls_a_claim_false(document: dict[str, Any]) -> None:
    written = json.dumps(document["@graph"])
    assert "ratingValue" not in written
    assert not [each for each in document["@graph"] if "false" in each["reviewRating"]["alternateName"].casefold()]


def test_a_link_that_is_only_suspected_says_so(told: Shown, reviews: dict[str, Review]) -> None:
    suspected = [name for name in reviews if not told.programme.claim(name).derived_from]
    assert len(suspected) > 5
    repeats = [name for name in suspected if told.account.disposition_of(name).disposition == "repeat"]
    assert {reviews[name]["reviewRating"]["alternateName"] for name in repeats} == {"Repeat, link not proven"}


def test_what_the_origin_said_stands_beside_the_copy(told: Shown, reviews: dict[str, Review]) -> None:
    for name, review in reviews.items():
        based = review["itemReviewed"]["isBasedOn"]["appearance"]
        pages = [told.page_of[parent] for parent, _ in told.parents(told.programme.claim(name))]
        assert based["publisher"]["name"] in {page.published_by for page in pages}


def test_the_address_is_that_of_the_card_in_the_brief(reviews: dict[str, Review]) -> None:
    for name, review in reviews.items():
        assert review["url"] == f"brief.html#{anchor('claim', name)}"
