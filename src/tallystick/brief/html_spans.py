"""Sentences as HTML: each span escaped, each number a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tallystick.brief import document as doc
from tallystick.brief.basis import FEW, Bases
from tallystick.brief.display import anchor
from tallystick.vocab.cells import printable

if TYPE_CHECKING:
    from markupsafe import Markup

SHORT: Final = 10  # characters up to which a number is kept on one line


def write_spans(words: doc.Spans, bases: Bases) -> Markup:
    """The spans as markup."""
    from markupsafe import Markup

    return Markup("").join(_span(span, bases) for span in words)


def _span(span: doc.Span, bases: Bases) -> Markup:
    from markupsafe import Markup, escape

    text = printable(span.text)
    match span:
        case doc.Text():
            return escape(text)
        case doc.Emph():
            return Markup("<strong>{}</strong>" if span.strong else "<em>{}</em>").format(text)
        case doc.Foreign():
            return Markup('<span lang="{}">{}</span>').format(span.lang, text)
        case doc.Neutral():
            short = " short" if " " in text and len(text) <= SHORT else ""
            return Markup('<span class="n{}" data-why="{}">{}</span>').format(short, span.kind, text)
        case doc.Ref():
            return _ref(span, text)
        case doc.Figure():
            return _figure(span, text, bases)


def _ref(span: doc.Ref, text: str) -> Markup:
    from markupsafe import Markup

    target = anchor(span.kind, span.to)
    return Markup('<a class="ref" href="#{}">{}</a>').format(target, text)


def _figure(span: doc.Figure, text: str, bases: Bases) -> Markup:
    from markupsafe import Markup

    kind = "est run" if span.run else "est" if span.is_ours else "pub"
    short = " short" if " " in text and len(text) <= SHORT else ""
    title = Markup(' title="{}"').format(printable(span.title)) if span.title else ""
    return Markup('<a class="fig {}{}" href="#{}"{}{}>{}</a>').format(
        kind, short, _target(span, bases), _opens(span), title, text
    )


def _target(span: doc.Figure, bases: Bases) -> str:
    """Where the link leads: the runs, the estimate, the one claim, or the list of several."""
    if span.run is not None:
        return anchor("run", span.run)
    if span.estimate is not None:
        return anchor("estimate", span.estimate)
    return anchor("claim", span.claims[0]) if len(span.claims) == 1 else bases.of_claims(span.claims)


def _opens(span: doc.Figure) -> Markup:
    """For the script: the cards of a few claims, which it shows at once instead of their list."""
    from markupsafe import Markup

    if span.is_ours or not 1 < len(span.claims) <= FEW:
        return Markup("")
    return Markup(' data-opens="{}"').format(" ".join(anchor("claim", name) for name in span.claims))
