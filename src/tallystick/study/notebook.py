"""What a notebook shows of a study: its inputs always, its first answers when the fit is there."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tallystick.study.study import Study
    from tallystick.vocab.estimate import Estimate


def as_html(study: Study) -> str:
    """A heading and two small tables; plain HTML without styles, escaped throughout."""
    facts = table(("input", "value"), _inputs(study))
    if not study.is_fitted:
        return f"{facts}<p>Not fitted yet: <code>study.compute()</code> does it, or the first use.</p>"
    return facts + table(("estimate", "where and when", "median", "80 % interval"), map(_line, _latest(study)))


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """An HTML table of escaped cells."""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _inputs(study: Study) -> list[tuple[str, str]]:
    known, used = study.programme, len(study.account.observations)
    voices = {seen.voice for seen in study.account.observations}  # a table or briefing counts once, as in the estimates
    return [
        ("programme", known.title),
        ("as of", str(study.as_of or "all that is known")),
        ("seed", str(study.seed)),
        ("evidence", f"{len(known.claims)} claims, {used} used, from {len(voices)} separate origins"),
        ("evidence root", known.evidence_root),
    ]


def _latest(study: Study) -> list[Estimate]:
    """Of each estimand that is not split by class or cohort, the last period of each host."""
    last: dict[tuple[str, str], Estimate] = {}
    for each in study.estimates:
        if each.visa_class is None and each.cohort is None:
            key = (each.id, each.host)
            last[key] = max(last.get(key, each), each, key=lambda one: one.period)
    return list(last.values())


def _line(each: Estimate) -> tuple[str, str, str, str]:
    from tallystick.brief.words.estimates import say

    said = say(each.interval, each.unit)
    return (each.id, f"{each.host}, {each.period}", said.median_full, said.interval)
