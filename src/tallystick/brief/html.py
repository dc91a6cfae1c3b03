"""The brief as one HTML file: fonts, charts and script inside it, nothing fetched, every number a link.

Nothing depends on the script: a number is an ordinary link to its claims further down the page. With the
script, the same claims open beside the text. The page's own policy lets only our style and script run, by hash.
"""

from __future__ import annotations

import base64
import hashlib
import re
from calendar import month_name
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from tallystick.brief import document as doc
from tallystick.brief.basis import FEW, Bases
from tallystick.brief.charts import drawing_of, has_narrow, svg_of
from tallystick.brief.display import anchor, linkable
from tallystick.brief.html_spans import write_spans
from tallystick.vocab.cells import printable

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

DISPOSITIONS: Final = {
    "used": "used",
    "repeat": "repeat",
    "garbled": "garbled copy",
    "context": "context",
    "out_of_scope": "out of scope",
}
_FACES: Final = (  # family, file, weight, style
    ("Noto Sans", "NotoSans-Regular", 400, "normal"),
    ("Noto Sans", "NotoSans-Italic", 400, "italic"),
    ("Noto Sans", "NotoSans-SemiBold", 600, "normal"),
    ("Noto Serif", "NotoSerif-SemiBold", 600, "normal"),
)
_KOREAN: Final = ("Noto Sans KR", "NotoSansKR-Regular", 400, "normal")
_EASTERN: Final = "U+3000-30FF,U+3131-318E,U+4E00-9FFF,U+AC00-D7A3"
_NEEDS_KOREAN: Final = re.compile("[\u3040-\u30ff\u3131-\u318e\u4e00-\u9fff\uac00-\ud7a3]")
_POLICY_HERE: Final = "the-policy-goes-here"  # first in the page, before any word from outside
_CSS_HERE: Final = "/*the-style-goes-here*/"  # second; what it is depends on whether the finished page holds Korean


def render(document: doc.Document) -> str:
    """The whole page."""
    script = _text("templates/page.js")
    body = _page(document, script)
    css = faces([*_FACES, _KOREAN] if _NEEDS_KOREAN.search(body) else _FACES) + _text("templates/page.css")
    return body.replace(_CSS_HERE, css, 1).replace(_POLICY_HERE, policy(css, script), 1)


def policy(css: str, script: str) -> str:
    """The content security policy: only this style and this script, fonts and images only from the page itself."""
    return (
        f"default-src 'none'; style-src '{_digest(css)}'; script-src '{_digest(script)}'; "
        "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )


@cache
def _text(name: str) -> str:
    return files("tallystick.brief").joinpath(name).read_text("utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def faces(fonts: Iterable[tuple[str, str, int, str]]) -> str:
    """CSS that carries the fonts."""
    return "".join(_face(*font) for font in fonts)


@cache
def _face(family: str, name: str, weight: int, style: str) -> str:
    data = base64.b64encode(files("tallystick.brief").joinpath(f"fonts/{name}.woff2").read_bytes()).decode()
    limits = f"unicode-range:{_EASTERN};" if family == _KOREAN[0] else ""
    return (
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};font-display:swap;{limits}'
        f'src:url(data:font/woff2;base64,{data}) format("woff2")}}\n'
    )


def _page(document: doc.Document, script: str) -> str:
    from markupsafe import Markup

    bases = Bases(document)
    environment = _environment(bases)
    environment.globals |= _of_model(document)
    return environment.get_template("page.html.j2").render(
        doc=document,
        css=Markup(_CSS_HERE),
        script=Markup(script),
        policy=_POLICY_HERE,
        basis=list(bases),
        cited=bases.cited,
        cited_runs=bases.cited_runs,
        claims_by_measure=list(_grouped((card.measure, card) for card in document.claims)),
        entry_groups=list(_grouped((entry.group, entry) for entry in document.entries)),
        appendix=list(_appendix(document, bases)),
    )


def _of_model(document: doc.Document) -> dict[str, Any]:
    """What templates need to lead from a number of the model to all that it rests on."""
    rows = {entry.id for entry in document.entries}
    return {
        "model_anchor": anchor("model", document.model.id) if document.model else "",
        "scenario_names": {card.id: card.name for card in document.scenarios},
        "row_anchor": lambda name: anchor("entry" if name in rows else "claim", name),
        "picture_svg": _picture,
    }


def _picture(picture: doc.Picture, narrow: bool) -> Markup:
    from markupsafe import Markup

    return Markup(drawing_of(picture, narrow=narrow))  # drawing_of lets only known elements through


def _environment(bases: Bases) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("tallystick.brief", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    made.filters |= {
        "spans": lambda words: write_spans(doc.as_spans(words), bases),
        "plain": doc.plain,
        "kind": lambda block: type(block).__name__,
        "linkable": linkable,
        "capital": lambda text: text[:1].upper() + text[1:],
        "together": lambda pairs: list(_grouped(pairs)),
    }
    made.globals |= {
        "basis_of": bases.of_chart,
        "list_of": lambda card: bases.of_claims(card.claims) if len(card.claims) > FEW else "",
    }
    made.globals |= {"anchor": anchor, "day": day, "svg": _svg, "has_narrow": has_narrow, "dispositions": DISPOSITIONS}
    return made


def _finalize(value: Any) -> Any:
    """Every word from outside passes here on its way to the page, and loses what cannot be seen."""
    from markupsafe import Markup

    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _svg(chart: doc.Chart, narrow: bool) -> Markup:
    from markupsafe import Markup

    return Markup(svg_of(chart, narrow=narrow))  # svg_of lets only known elements through


def _grouped(pairs: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, list[Any]]]:
    """Second members by first, both in order of appearance."""
    groups: dict[str, list[Any]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    yield from groups.items()


def _appendix(document: doc.Document, bases: Bases) -> Iterator[tuple[str, str]]:
    if bases.cited:
        yield "estimates", "Estimates"
    if bases.cited_runs:
        yield "runs", "Numbers of the model"
    if document.scenarios:
        yield "scenarios", "What-ifs"
    if document.model:
        yield "model", "The model and what it assumes"
    if bases:
        yield "groups", "Claims behind one number"
    if document.claims:
        yield "claims", "Claims"
    yield from ((anchor("group", name), name) for name, _ in _grouped((e.group, e) for e in document.entries))
    if document.sources:
        yield "sources", "Sources"


def day(iso: str) -> str:
    """2026-03-01 as "1 March 2026"."""
    when = date.fromisoformat(iso)
    return f"{when.day} {month_name[when.month]} {when.year}"
