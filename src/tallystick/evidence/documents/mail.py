"""A mail (EML): its body, and each attachment as a further part, read by what it is and not by its name."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from email.message import Message
from email.utils import parsedate_to_datetime

from tallystick.evidence.documents.derived import Derived
from tallystick.evidence.documents.html_page import read_html
from tallystick.evidence.documents.parts import placed
from tallystick.evidence.documents.plain_text import read_text
from tallystick.evidence.documents.verdicts import DocumentError, refuse

MOST_PARTS = 200
Reader = Callable[[bytes, str, int], tuple[Derived, ...]]  # bytes, name, depth


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
    for number, leaf in enumerate((each for each in leaves if each is not body and not _is_body(each, body)), 1):
        content, name = _payload(leaf), _header(leaf.get_filename)
        made += _kept(f"attachment {number}", lambda c=content, n=name: reader(c, n, depth + 1), refused)  # type: ignore[misc]
    if not made:
        raise refuse(
            "empty",
            f"is a mail without text{': ' + '; '.join(refused[:3]) if refused else ''}",
            hint="read its attachments one by one",
        )
    first = _headed(made[0], message, refused)
    return (first, *made[1:])


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold content, in order; a mail inside a mail is one of them."""
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop()
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting.extend(reversed([each for each in payload if isinstance(each, Message)]))
        else:
            yield part


def _body(leaves: list[Message]) -> Message | None:
    """The first plain text that is no attachment, or the first HTML."""
    inline = [leaf for leaf in leaves if leaf.get_content_disposition() != "attachment"]
    for kind in ("text/plain", "text/html"):
        for leaf in inline:
            if leaf.get_content_type() == kind and _payload(leaf).strip():
                return leaf
    return None


def _is_body(leaf: Message, body: Message | None) -> bool:
    """Whether `leaf` says in HTML what the plain body says already."""
    inline = leaf.get_content_disposition() != "attachment" and not leaf.get_filename()
    return body is not None and inline and leaf.get_content_type() in ("text/plain", "text/html")


def _payload(leaf: Message) -> bytes:
    inner = leaf.get_payload()
    if isinstance(inner, list):
        return inner[0].as_bytes() if inner and isinstance(inner[0], Message) else b""
    content = leaf.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _read_body(leaf: Message) -> Derived:
    content, declared = _payload(leaf), str(leaf.get_content_charset() or "")
    html = leaf.get_content_type() == "text/html"
    return placed(read_html(content, declared=declared) if html else read_text(content, declared=declared), "body")


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
        warnings=(*first.warnings, *(f"not read: {each}"[:500] for each in refused[:20])),
    )


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
