"""A mail (EML): its body, and each attachment as a further part, read by what it is and not by its name."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import partial

from tallystick.evidence.documents.derived import Derived
from tallystick.evidence.documents.html_page import read_html
from tallystick.evidence.documents.parts import placed
from tallystick.evidence.documents.plain_text import read_text
from tallystick.evidence.documents.verdicts import DocumentError, refuse

MOST_PARTS = 200
MOST_NAMED = 20  # parts that were not read
Reader = Callable[[bytes, str, int, str], tuple[Derived, ...]]  # bytes, name, depth, charset


def read_mail(data: bytes, depth: int, reader: Reader) -> tuple[Derived, ...]:
    """Body first, then attachments; `reader` reads these, and is told how deep they lie."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    leaves = list(_leaves(message))
    if len(leaves) > MOST_PARTS:
        raise refuse("bomb", f"is a mail of {len(leaves):,} parts; {MOST_PARTS} are read", hint="split it")
    body = _body(leaves)
    refused: list[str] = []
    made: list[Derived] = []
    if body is not None:
        made += _kept("body", lambda: (_read_body(body),), refused)
    for number, leaf in enumerate((each for each in leaves if each is not body), 1):
        made += _kept(f"attachment {number}", partial(_read_part, leaf, depth + 1, reader), refused)
    if not made:
        raise refuse(
            "empty",
            f"is a mail without text{': ' + '; '.join(refused[:3]) if refused else ''}",
            hint="read its attachments one by one",
        )
    first = _headed(made[0], message, refused)
    return (first, *made[1:])


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold content, in order, but for HTML of what stands beside it in plain text.

    A mail inside a mail is one of them. Programs break the text of a mail around its attachments, so that further
    stretches of it may lie anywhere.
    """
    waiting = [(message, False)]
    while waiting:
        part, is_said = waiting.pop()
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            inner = [each for each in payload if isinstance(each, Message)]
            is_said = is_said or (part.get_content_subtype() == "alternative" and any(map(_is_plain, inner)))
            waiting.extend((each, is_said) for each in reversed(inner))
        elif not (is_said and _is_shown(part, "text/html")) and not _is_blank(part):
            yield part


def _body(leaves: list[Message]) -> Message | None:
    """The first text that is no attachment."""
    return next((leaf for leaf in leaves if _is_shown(leaf, "text/plain") or _is_shown(leaf, "text/html")), None)


def _is_shown(leaf: Message, kind: str) -> bool:
    """Whether it is text that stands in the mail itself."""
    return leaf.get_content_type() == kind and leaf.get_content_disposition() != "attachment" and not _name(leaf)


def _is_plain(part: Message) -> bool:
    return _is_shown(part, "text/plain") and bool(_payload(part).strip())


def _is_blank(leaf: Message) -> bool:
    """Whether it is text of the mail itself, and empty: what a program leaves between two attachments."""
    return leaf.get_content_maintype() == "text" and not _name(leaf) and not _payload(leaf).strip()


def _name(leaf: Message) -> str:
    return _header(leaf.get_filename)


def _payload(leaf: Message) -> bytes:
    inner = leaf.get_payload()
    if isinstance(inner, list):
        return inner[0].as_bytes() if inner and isinstance(inner[0], Message) else b""
    content = leaf.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _read_body(leaf: Message) -> Derived:
    content, declared = _payload(leaf), _charset(leaf)
    html = leaf.get_content_type() == "text/html"
    return placed(read_html(content, declared=declared) if html else read_text(content, declared=declared), "body")


def _read_part(leaf: Message, depth: int, reader: Reader) -> tuple[Derived, ...]:
    return reader(_payload(leaf), _name(leaf), depth, _charset(leaf))


def _charset(leaf: Message) -> str:
    return str(leaf.get_content_charset() or "")


def _kept(part: str, read: Callable[[], tuple[Derived, ...]], refused: list[str]) -> list[Derived]:
    """What `read` makes, placed in its part; a part that cannot be read does not hold up the others."""
    try:
        return [each if part == "body" else placed(each, part) for each in read()]
    except DocumentError as error:
        refused.append(f"{part} {error}")
        return []


def _headed(first: Derived, message: Message, refused: list[str]) -> Derived:
    """The first part with what the headers say; the day of a mail is when it was sent."""
    sent = _sent(message)
    return replace(
        first,
        title=_header(lambda: str(message.get("Subject", "")))[:500] or first.title,
        published_on=sent or first.published_on,
        published_evidence="mail header Date" if sent else first.published_evidence,
        warnings=(*first.warnings, *_told(refused)),
    )


def _told(refused: list[str]) -> list[str]:
    """The parts that were not read, each with its reason."""
    told = [f"not read: {each}"[:500] for each in refused[:MOST_NAMED]]
    return told if len(refused) <= MOST_NAMED else [*told, f"and {len(refused) - MOST_NAMED} more parts were not read"]


def _header(get: Callable[[], object]) -> str:
    """A header as one line; the parser of the standard library raises on some damaged ones."""
    try:
        value = str(get() or "")
    except (ValueError, TypeError, AttributeError, IndexError, LookupError):
        return ""
    return " ".join(value.encode("utf-8", "replace").decode("utf-8").split())


def _sent(message: Message) -> date | None:
    try:
        return parsedate_to_datetime(_header(lambda: message.get("Date", ""))).date()
    except (ValueError, TypeError, OverflowError):  # no date, or none that can be
        return None
