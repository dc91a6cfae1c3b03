"""Sentences as HTML: each span escaped, each number a link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from tallystick.brief import document as doc
from tallystick.brief.basis import Basis, Key
from tallystick.brief.display import anchor, shown

if TYPE_CHECKING:
    from markupsafe import Markup

SHORT: Final = 16  # characters that are kept on one line


def write_spans(words: doc.Spans, bases: Mapping[Key, Basis]) -> Markup:
    """The spans as markup."""
    from markupsafe import Markup

    return Markup("").join(_span(span, bases) for span in words)


def opens(claims: Iterable[str], estimates: Iterable[str]) -> str:
    """The anchors of all cards that a link opens, estimates first."""
    return " ".join([*(anchor("estimate", name) for name in estimates), *(anchor("claim", name) for name in claims)])


def _span(span: doc.Span, bases: Mapping[Key, Basis]) -> Markup:
    from markupsafe import Markup, escape

    text = shown(span.text)
    match span:
        case doc.Text():
            return escape(text)
        case doc.Emph():
            return Markup("<strong>{}</strong>" if span.strong else "<em>{}</em>").format(text)
        case doc.Foreign():
            return Markup('<span lang="{}">{}</span>').format(span.lang, text)
        case doc.Neutral():
            return Markup('<span class="n" data-why="{}">{}</span>').format(span.kind, text)
        case doc.Ref():
            return _ref(span, text)
        case doc.Figure():
            return _figure(span, text, bases)


def _ref(span: doc.Ref, text: str) -> Markup:
    from markupsafe import Markup

    target = anchor(span.kind, span.to)
    if span.kind in {"chapter", "chart"}:
        return Markup('<a class="ref" href="#{}">{}</a>').format(target, text)
    return Markup('<a class="ref" href="#{0}" data-opens="{0}">{1}</a>').format(target, text)


def _figure(span: doc.Figure, text: str, bases: Mapping[Key, Basis]) -> Markup:
    from markupsafe import Markup

    kind = "est" if span.estimate is not None else "pub"
    short = " short" if len(text) <= SHORT else ""
    title = Markup(' title="{}"').format(shown(span.title)) if span.title else ""
    return Markup('<a class="fig {}{}" href="#{}" data-opens="{}"{}>{}</a>').format(
        kind, short, _target(span, bases), _cards(span), title, text
    )


def _target(span: doc.Figure, bases: Mapping[Key, Basis]) -> str:
    """Where the link leads without the script: the estimate, the one claim, or the list of several."""
    if span.estimate is not None:
        return anchor("estimate", span.estimate)
    return anchor("claim", span.claims[0]) if len(span.claims) == 1 else bases[span.claims, ()].id


def _cards(span: doc.Figure) -> str:
    """With the script: an estimate opens its own card, which names its claims; other numbers open every claim."""
    return opens((), (span.estimate,)) if span.estimate is not None else opens(span.claims, ())
