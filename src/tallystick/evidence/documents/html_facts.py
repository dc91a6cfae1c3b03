"""What a page says of itself in its head: title, publisher, own address, day of publication with its evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from tallystick.evidence.documents.finish import Known
from tallystick.evidence.documents.published import day_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Names under which pages give the day of publication, strongest first; the day of a change is not one of them.
DAYS = (
    "article:published_time", "og:published_time", "datepublished", "citation_publication_date", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date", "parsely-pub-date", "pubdate", "publishdate", "publish_date",
    "publish-date", "publication_date", "article.published", "sailthru.date", "date",
)  # fmt: skip
MOST_JSON = 200_000  # signs of one JSON-LD block
MOST_NODES = 5_000  # values that are looked at in one JSON-LD block
DEEPEST = 50


def facts(tree: HtmlElement) -> Known:
    """Title, publisher, address and day, from the head of the page and from JSON-LD."""
    meta = _meta(tree)
    linked, warnings = _linked_data(tree)
    day = _day(tree, meta, linked)
    title = meta.get("og:title") or _first(tree, "//title") or _first(tree, "//h1")
    return Known(
        title=title, publisher=meta.get("og:site_name") or _publisher(linked), url=_address(tree, meta),
        published_on=day[0] if day else None, published_evidence=day[1] if day else "", warnings=warnings,
    )  # fmt: skip


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Content by lower-case name; the first that says a thing counts."""
    found: dict[str, str] = {}
    for each in tree.iter("meta"):
        name = each.get("property") or each.get("name") or each.get("itemprop") or ""
        content = (each.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _day(tree: HtmlElement, meta: dict[str, str], linked: list[dict[str, Any]]) -> tuple[date, str] | None:
    for name in DAYS:
        day = day_in(meta.get(name, ""))
        if day:
            return day, f"meta {name}"
    for node in linked:
        value = node.get("datePublished")
        day = day_in(value) if isinstance(value, str) else None
        if day:
            return day, "JSON-LD datePublished"
    return _day_of_time(tree)


def _day_of_time(tree: HtmlElement) -> tuple[date, str] | None:
    """The first <time>; those of a list of other articles stand behind that of the article itself."""
    for each in tree.iter("time"):
        day = day_in(each.get("datetime") or "") or day_in("".join(each.itertext()))
        if day:
            return day, "time element"
    return None


def _publisher(linked: list[dict[str, Any]]) -> str:
    for node in linked:
        publisher = node.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and name.strip():
            return name
    return ""


def _address(tree: HtmlElement, meta: dict[str, str]) -> str:
    links = [each.get("href") or "" for each in tree.iter("link") if (each.get("rel") or "").lower() == "canonical"]
    named = (address.strip() for address in (*links, meta.get("og:url", "")))
    return next((address for address in named if address.startswith(("http://", "https://"))), "")


def _first(tree: HtmlElement, path: str) -> str:
    found = tree.xpath(path)
    return "".join(found[0].itertext()).strip() if found else ""


def _linked_data(tree: HtmlElement) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Every object of every JSON-LD block; a block that is no JSON is left out, and said."""
    nodes: list[dict[str, Any]] = []
    broken = 0
    for each in tree.iter("script"):
        if (each.get("type") or "").lower().strip() == "application/ld+json":
            try:
                nodes += _objects(json.loads((each.text or "")[:MOST_JSON]))
            except (ValueError, RecursionError):  # no JSON, a number of thousands of digits, or nested without end
                broken += 1
    return nodes, (f"{broken} JSON-LD blocks could not be read",) if broken else ()


def _objects(value: Any) -> list[dict[str, Any]]:
    return list(islice(_walk(value), MOST_NODES))


def _walk(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _walk(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            yield from _walk(each, depth + 1)
