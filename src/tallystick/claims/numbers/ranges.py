"""Two numbers that are the ends of one range, and the unit or scale word that they share."""

from __future__ import annotations

import re
from functools import cache

from tallystick.claims.numbers.drafts import Draft
from tallystick.claims.numbers.tables import Tables

DASH = r"\s?[-–—−‑~∼〜～]{1,2}\s?"
CHANGE = re.compile(
    r"(?:rose|rise[sn]?|rising|increas\w*|grew|grow\w*|fell|fall\w*|drop\w*|declin\w*|decreas\w*|jump\w*|climb\w*|surg\w*"
    r"|rais\w*|cut|lower\w*|reduc\w*|shr[aiu]nk\w*|slash\w*|doubl\w*|up|down|went|gone|expand\w*|chang\w*)\b[^.;:!?\d]{0,40}\Z",
    re.IGNORECASE,
)


@cache
def joints(language: str) -> re.Pattern[str]:
    """What may stand between the ends of a range."""
    if language == "en":
        return re.compile(
            rf"{DASH}|\s(?P<word>up\sto|to|till|until|or|and\s(?:possibly|perhaps|maybe|even)|and)\s(?P<even>(?:up\sto\s|up\s|as\s(?:many|much|high|long)\sas\s|at\smost\s|a\smaximum\sof\s)\s?)?",
            re.I,
        )
    if language == "ru":
        return re.compile(rf"{DASH}|\s(?P<word>до|или|и)\s(?P<even>)", re.I)
    return re.compile(rf"(?:{DASH}|\s?(?P<word>에서|부터)\s?(?:약\s?)?)(?P<even>많게는\s|최대\s|최장\s|길게는\s)?")


def join(text: str, drafts: list[Draft], known: Tables) -> list[Draft]:
    """Each two drafts that are a range become one; the others stay."""
    made: list[Draft] = []
    for current in drafts:
        previous = made[-1] if made else None
        if previous is not None and _joined(text, previous, current, known):
            continue
        made.append(current)
    return made


def _joined(text: str, first: Draft, second: Draft, known: Tables) -> bool:
    """Make `first` the range of both when they are one."""
    if second.start - first.end > 24 or first.high is not None:
        return False
    joint = joints(known.language).fullmatch(text, first.end, second.start)
    if not joint or not (_alike(first, second) or _unit_once(text, first, second)):
        return False
    lead, lead_start = _lead(text, first, known)
    word = (joint["word"] or "").lower()
    if not _may_join(word, lead, first, second) and not (joint["even"] and _floor(text, first, known)):
        return False
    _share(first, second, dash=not word)
    if first.point is None or second.point is None:
        return False
    if _changes(text, lead, word, lead_start, second, known.language):
        _part(first, second)
        return False
    if first.point >= second.point:
        return False
    _merge(first, second, lead_start if lead else first.start)
    return True


def _alike(first: Draft, second: Draft) -> bool:
    """Whether both could count the same: at most one unit, or twice the same."""
    if first.numeral.vague or second.numeral.vague or first.numeral.kind != second.numeral.kind:
        return False
    if first.point is None or second.point is None:
        return False
    bare = first.kind == "count" and not first.unit
    return bare or (first.kind == second.kind and first.unit == second.unit) or _sign_shared(first, second)


ALONE = re.compile(r"\s?(?:[.,;:)\"”]|\Z)|\s(?:a|per|each|every|in|yearly|annually|for|by|from|of)\s")


def _unit_once(text: str, first: Draft, second: Draft) -> bool:
    """As in "1.2 billion dollars to 2.3 billion": the second end repeats the scale, and counts nothing of its own."""
    scaled = first.kind == "money" and min(first.numeral.scale, second.numeral.scale) > 1.0
    if not scaled or second.kind != "count" or second.unit or second.numeral.vague:
        return False
    return first.point is not None and second.point is not None and bool(ALONE.match(text, second.end))


def _sign_shared(first: Draft, second: Draft) -> bool:
    return first.kind == "money" and first.unit_end == 0 and second.kind == "count" and not second.unit


def _lead(text: str, first: Draft, known: Tables) -> tuple[str, int]:
    """The word that announces a range, and where it begins."""
    window = text[max(0, first.start - 24) : first.start].rstrip().lower().removesuffix(" the")
    for phrase, _ in known.lead.get(window[-1:], ()):
        if window.endswith(phrase) and not window[: -len(phrase)][-1:].isalnum():
            begin = max(0, first.start - 24) + len(window) - len(phrase)
            return phrase, begin
    return "", first.start


def _floor(text: str, first: Draft, known: Tables) -> bool:
    """Whether words before a number make it a floor: "a minimum of 10 and as much as 20" is one range."""
    window = text[max(0, first.start - 24) : first.start].rstrip().lower()
    return any(window.endswith(phrase) for phrase, effect in known.before.get(window[-1:], ()) if effect[0] == "low")


def _may_join(word: str, lead: str, first: Draft, second: Draft) -> bool:
    if word in ("and", "и"):
        return lead.endswith("between") or lead == "между"
    if word in ("till", "until"):
        return second.kind in ("duration", "money", "percent")  # and no hours of the clock
    if word in ("or", "или"):
        return not first.unit or first.unit == second.unit
    return True


def _share(first: Draft, second: Draft, *, dash: bool) -> None:
    """150-300 million: a scale word at the second end belongs to the first as well when that makes it the smaller."""
    scale = second.numeral.scale
    if _thousands_once(first, second, dash=dash) and first.point is not None:
        first.point *= 1000.0
        return
    if scale <= 1.0 or first.numeral.scale != 1.0 or first.point is None or second.point is None:
        return
    if first.numeral.mantissa < second.numeral.mantissa and first.numeral.mantissa == first.point:
        first.point *= scale


def _thousands_once(first: Draft, second: Draft, *, dash: bool) -> bool:
    """As in "15-20,000": the thousands are written at the second end alone."""
    if not dash or first.point is None or second.point is None or first.numeral.words or first.numeral.grouped:
        return False
    written = second.numeral.scale == 1.0 and second.numeral.grouped and second.point % 1000 == 0
    return written and 1 <= first.point < 1000 and first.point * 1000 < second.point and first.kind == "count"


def _changes(text: str, lead: str, word: str, lead_start: int, second: Draft, language: str) -> bool:
    """As in "rose from 5 to 10", "с 5 до 10", "5에서 10으로": two figures of two times, not one range."""
    if language == "ko":
        return (
            word == "에서"
            and re.match(r"\s?(?:으로|로)(?!\w*\s?추[정산])", text[second.end : second.end + 4]) is not None
        )
    if language == "ru":
        return word == "до" and re.search(r"\bс\s\Z", text[max(0, lead_start - 3) : lead_start], re.I) is not None
    return lead == "from" and CHANGE.search(text, max(0, lead_start - 60), lead_start) is not None


def _part(first: Draft, second: Draft) -> None:
    """The two figures of a change stay apart and yet share the unit that is said once."""
    second.target = True
    for bare, other in ((first, second), (second, first)):
        if bare.kind == "count" and not bare.unit and other.unit:
            bare.kind, bare.unit = other.kind, other.unit


def _merge(first: Draft, second: Draft, start: int) -> None:
    first.low, first.high, first.point = first.point, second.point, None
    first.start, first.end, first.number_end = start, second.end, second.number_end
    if second.unit and not first.unit:
        first.kind, first.unit = second.kind, second.unit
    first.unit_end = second.unit_end or first.unit_end
    first.hyphened = second.hyphened
    first.numeral.grouped = True
    first.hedges += second.hedges
    first.approximate = first.approximate or second.approximate
