"""What a number counts: the head noun of its phrase, and whose people they are.

English and ru put the noun after the number; English ends a noun phrase with its head ("foreign construction
workers"), ru begins with it ("рабочих из республики"). Korean puts the noun before the number ("근로자 1만 명")
or joins it with a genitive ("1만 명 이상의 근로자").
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.scene import Hit, Sentence

PEOPLE = frozenset({"worker", "citizen", "people", "military_builder", "sapper", "student", "escapee", "victim"})
_PIECES = frozenset({"pieces", "piece", "units", "штук", "единиц"})
_NO_PEOPLE = frozenset({"firm", "place", "quota", "container", "shell"})
_PERSONS = frozenset({"명", "인", "사람"})  # Korean counters of people: what stands before them need not be counted
_ORIGIN = re.compile(r"\s+(?:из|from)\s")
_ORIGIN_REACH = 16  # letters after a noun in which an origin begins
_OUT_OF_WHOLE = re.compile(
    r"\s(?:of|out of|from among)\s(?:the|its|these|those|some|about|their)(?:\s(?:some|about|total of|original))?\s|"
    r"\sиз\s(?:этих\s|всех\s|примерно\s|тех\s)?"
)
_JOINED = re.compile(r"\s*(?:,|and|or|и|или)\s*(?:and\s)?(?:(?:in\s|в\s)?[A-ZА-ЯЁ]\w+\s)?")
_MODIFIER = re.compile(r"\s[a-z-]+\s(?:[a-z-]+\s)?(?!and\b|or\b)[a-z]")
_REACH = 70  # letters after a number in which its noun must begin
_NATION_REACH = 40  # letters
_NATION_EN = ("ese", "ans", "is", "sh", "ch", "ks")  # ends of the names of peoples
_NATION_KO = re.compile(r"인(?:들)?(?:도|은|는|이|가|만)?\s(?:약\s|모두\s)?")
_NATION_RU = re.compile(r"(?:ц(?:ы|ев|ам|ами|ах)|яне)\Z")
_HAS = {
    "en": re.compile(
        r"(?:,?\s\(?|\()(?:(?:are|were|have|had|lead|led|come|came|rank|number|there|more|fewer|most|next|first|ahead|"
        r"still|numerous|with|at|of|by|some|about|around|only|nearly|over|who|group|the|a|total|in|it|region|country)"
        r"(?:,?\s\(?|\())*"
    ),
    "ru": re.compile(
        r"(?:,?\s(?:[—–-]\s|\()?|\()(?:(?:было|есть|там|около|примерно|более|свыше|лишь|только|больше|всего|насчитывается)"
        r"(?:,?\s(?:[—–-]\s|\()?|\())*"
    ),
}
_IN_ALL = re.compile(r"\s(?:in all|in total|all told|altogether)\s?[,)—–]")
_IN_ALL_REACH = 4  # letters
_COLON_REACH = 4  # letters: the colon, a blank, an article
_BEFORE = 14  # letters between a Korean noun and its number: a particle, "약", "최소", "총"
_OF_STATE = (" ", " of ", " of the ")
_QUOTED = re.compile(r"\s[\"“«'‘][^\W\d][\w -]{1,24}[\"”»'’](?=\s)")  # '40 "model" workers'
_NO_MORE = re.compile(r"\s?[.,;:()!?—–]|\s(?:and|or|are|were|who|in|at|with|on|have|had|came|come|work)\b")
_CLOSING = ('"', "”", "»")  # "15,000 to 20,000" of its people
_STOP = {
    "en": re.compile(
        r"(?<!\w)working(?! (?:permi|licen|visa|hand|force|power|people|person|m[ae]n|wom[ae]n))(?!\w)|"
        r"[,.;:()!?\"—–]|(?<!\w)(?:in|to|from|at|for|by|who|which|that|are|were|was|is|be|been|have|had|has|with|and|or|as|"
        r"on|abroad|overseas|will|would|could|may|might|can|sent|do|did|than|per|(?<!of )(?:a|an|the)|"
        r"since|during|went|came|"
        r"per|each|every|under|against|into|after|before|worked?|live[ds]?|annually|monthly|daily)(?!\w)"
    ),
    "ru": re.compile(
        r"[,.;:()!?\"«»—–]|(?<!\w)(?:в|во|на|из|от|для|по|с|со|к|и|или|что|которы[ехмй]+|за|до|при|у|о|об|"
        r"будут|было|были|работают|прибыли|(?!минут|ребят)[а-яё]{2,}(?:[её]т|[яую]т|[ая]ют|[аи]ли|[аи]ло|[аи]ла))(?!\w)"
    ),
}
_GENITIVE = re.compile(
    r"\s?(?:이상|가량|정도|안팎|내외|미만|이하|여|남짓|분)?의\s?|"
    r"\s?(?:이상|가량|정도|안팎|내외|남짓|쯤)?(?:인|\s(?=되[는던])|이었던|였던|이던|"
    r"(?:이나\s)?되[는던]|에 (?:이르|달하)[는던]|[을를이] 넘[는던]|에 육박하[는던])\s"
)
_THEY_KO = re.compile(r"(?:이|그)들(?=[은이의])")
_COUNTED = re.compile(r"여? ?(?:명|인|건|발|개|곳|장)")


class Head(NamedTuple):
    """The class of a number's noun, "" when it stands bare, and where the noun stands."""

    kind: str
    hit: Hit | None


def head(sentence: Sentence, quantity: Quantity) -> Head:
    """The noun that a quantity counts."""
    if sentence.language == "ko":
        return _korean_head(sentence, quantity)
    begins = quantity.number_end + (sentence.text[quantity.number_end : quantity.number_end + 1] in _CLOSING)
    if quoted := _QUOTED.match(sentence.text, begins):
        begins = quoted.end()
    stop = _STOP[sentence.language].search(sentence.text, begins, sentence.end)
    if stop and stop.group() in ("and", "or") and _modifies(sentence, quantity, stop):
        stop = _STOP[sentence.language].search(sentence.text, stop.end(), sentence.end)
    limit = min(stop.start() if stop else sentence.end, quantity.number_end + _REACH)
    following = (other.start for other in sentence.quantities if other.start >= quantity.end)
    limit = max(min([limit, *following]), quantity.end)  # a noun after the next number is that number's
    inside = [
        (hit, kind)
        for hit, kind in sentence.nouns()
        if quantity.number_start <= hit.start and hit.end > quantity.number_end and hit.start < limit
    ]
    if not inside and quantity.unit in _PIECES:
        return _classified(sentence, quantity)
    if not inside:
        return _after_colon(sentence, quantity) or _apposed(sentence, quantity) or _shared(sentence, quantity)
    return _last(sentence, inside) if sentence.language == "en" else _first(inside)


def _classified(sentence: Sentence, quantity: Quantity) -> Head:
    """ "Of shells some 3,000 pieces": what is counted in pieces is named before its number."""
    things = [(hit, kind) for hit, kind in sentence.nouns() if hit.end <= quantity.start and kind not in PEOPLE]
    return Head(things[-1][1], things[-1][0]) if things else Head("", None)


def _modifies(sentence: Sentence, quantity: Quantity, stop: re.Match[str]) -> bool:
    """Whether a conjunction joins two words before one noun: "mixed artillery and rocket rounds"."""
    if any(quantity.number_end <= hit.start < stop.start() for hit, _ in sentence.nouns()):
        return False
    return bool(_MODIFIER.match(sentence.text, stop.end()))


def _after_colon(sentence: Sentence, quantity: Quantity) -> Head | None:
    """ "Another fifteen thousand: workers": a noun kept for the end, right after the number's colon."""
    if sentence.text[quantity.end : quantity.end + 2] != ": ":
        return None
    for hit, kind in sentence.nouns():
        if quantity.end < hit.start <= quantity.end + _COLON_REACH:
            return Head(kind, hit)
    return None


def _apposed(sentence: Sentence, quantity: Quantity) -> Head | None:
    """ "Dozens of loggers, 28 in all, died": a number put between commas after its noun."""
    if sentence.language != "en" or not _IN_ALL.match(sentence.text, quantity.end, sentence.end):
        return None
    before = [(hit, kind) for hit, kind in sentence.nouns() if 0 <= quantity.start - hit.end <= _IN_ALL_REACH]
    return Head(before[-1][1], before[-1][0]) if before and before[-1][1] in PEOPLE else None


def _shared(sentence: Sentence, quantity: Quantity) -> Head:
    """The noun of the next number, where a conjunction alone stands between: "20,000 and 19,000 workers"."""
    following = sentence.quantities.index(quantity) + 1
    if following < len(sentence.quantities):
        other = sentence.quantities[following]
        if quantity.unit and quantity.unit != other.unit:
            return Head("", None)  # "9,000 of one nation and 3,000 of another"
        if other.kind == "count" and _JOINED.fullmatch(sentence.text, quantity.end, other.start):
            return head(sentence, other)
        if part_of(sentence, quantity, other):
            return head(sentence, other)
    return Head("", None)


def part_of(sentence: Sentence, part: Quantity, whole: Quantity) -> bool:
    """Whether a count is one out of the next: "42 of the 48 builders"."""
    counted = part.kind == "count" and whole.kind == "count" and part.end <= whole.start
    return counted and bool(_OUT_OF_WHOLE.fullmatch(sentence.text, part.number_end, whole.start))


def _last(sentence: Sentence, inside: list[tuple[Hit, str]]) -> Head:
    hit, kind = inside[-1]
    for earlier, sort in inside[:-1]:
        plural = sort in PEOPLE and sentence.text[earlier.end - 1 : earlier.end + 1] == "s "
        if plural or sentence.text[earlier.end : earlier.end + 4] == " of ":
            hit, kind = earlier, sort  # "permits of workers" are permits; of "workers weld ships" no noun comes after
            break
    return Head(kind, hit)


def _first(inside: list[tuple[Hit, str]]) -> Head:
    named = [pair for pair in inside if pair[1] not in ("people", "citizen")] or inside
    return Head(named[0][1], named[0][0])


def _korean_head(sentence: Sentence, quantity: Quantity) -> Head:
    after = _korean_after(sentence, quantity) or _korean_next(sentence, quantity)
    if after is not None:
        return after
    nearest: Head | None = None
    for hit, kind in sentence.nouns():
        if quantity.start <= hit.start < quantity.end and kind != "people":
            return Head(kind, hit)
        if hit.end > quantity.number_start:
            break
        gap = sentence.text[hit.end : quantity.number_start]
        if kind in _NO_PEOPLE and quantity.unit in _PERSONS:
            continue
        if len(gap) <= _BEFORE and not re.search(r"[,.\"”;]|[고며] ", gap):
            nearest = Head(kind, hit)
    return nearest or Head("", None)


def _korean_next(sentence: Sentence, quantity: Quantity) -> Head | None:
    """A noun right after a number without a counter, as translations put it: "15,000 of-the-sender workers"."""
    if quantity.unit or quantity.kind != "count":
        return None
    for hit, kind in sentence.nouns():
        if hit.start >= quantity.end:
            between = sentence.text[quantity.end : hit.start].strip()
            return Head(kind, hit) if between == "" or sentence.tongue.is_wholly("sender", between) else None
    return None


def _korean_after(sentence: Sentence, quantity: Quantity) -> Head | None:
    unit = _COUNTED.match(sentence.text, quantity.number_end)
    begins = max(quantity.end, unit.end() if unit else 0)
    link = _GENITIVE.match(sentence.text, begins)
    ends = link.end() if link else begins if sentence.text[begins - 1 : begins] == "의" else 0
    if not ends:
        return None
    for hit, kind in reversed(sentence.nouns()):
        if ends <= hit.start <= ends + 12:
            return Head(kind, hit)
    they = _THEY_KO.match(sentence.text, ends)
    return Head("people", Hit(*they.span())) if they else None


def foreign(sentence: Sentence, quantity: Quantity, found: Head) -> bool:
    """Whether the people counted are called another country's: "2.3 million Filipinos", "300 Vietnamese workers"."""
    if found.hit is None:
        return False
    left = quantity.number_end if sentence.language != "ko" else found.hit.start - 8
    left, right = (left, found.hit.end) if left < found.hit.end else (found.hit.start, found.hit.end)
    if sentence.language == "ko":
        return _korean_foreign(sentence, found.hit)
    if found.kind == "citizen" and (owner := _owner(sentence, found.hit)) is not None:
        return owner not in ("sender", "wide")
    leaving = any(map(sentence.has, ("repatriated", "recalled", "escape")))  # "2,000 called back from there"
    origin = None if leaving else _ORIGIN.match(sentence.text, right)
    if origin and any(hit.start == origin.end() and code in sentence.tongue.roles for hit, code in sentence.places()):
        return all(hit.start != origin.end() for hit in sentence.hits("sender"))
    right += _ORIGIN_REACH if origin else 0
    roles = [sentence.tongue.roles[code] for hit, code in sentence.places() if left <= hit.start < right]
    return "sender" not in roles and any(role != "wide" for role in roles)


def _owner(sentence: Sentence, noun: Hit) -> str | None:
    """The role of the State whose citizens a noun counts: "nationals of Ruritania"."""
    for place, code in sentence.places():
        if place.start >= noun.end and sentence.text[noun.end : place.start] in _OF_STATE:
            return sentence.tongue.roles[code]
    return None


def _korean_foreign(sentence: Sentence, hit: Hit) -> bool:
    for place, code in sentence.places():
        gap = sentence.text[place.end : hit.start]
        if (
            sentence.tongue.roles[code] not in ("sender", "wide")
            and place.end <= hit.start
            and gap in ("", " ", "인 ", "인", "의 ")
        ):
            return True
    return False


def compared(sentence: Sentence, quantity: Quantity) -> bool:
    """A number in brackets after a State that hosts none of the sender's people: "more than theirs (7,300)"."""
    if sentence.text[quantity.start - 1 : quantity.start] != "(":
        return False
    before = [code for hit, code in sentence.places() if 0 <= quantity.start - 1 - hit.end <= 1]
    return bool(before) and sentence.tongue.roles[before[-1]] in ("seldom", "never")


def of_nation(sentence: Sentence, quantity: Quantity) -> bool:
    """A number of another nation's people, who are named before it: "only the Ruritanians are more, with 5,000"."""
    if sentence.language == "ko":
        return _korean_nation(sentence, quantity)
    for hit, code in sentence.places():
        if sentence.tongue.roles[code] in ("sender", "wide") or not 0 < quantity.start - hit.end <= _NATION_REACH:
            continue
        gap = sentence.text[hit.end : quantity.start]
        if any(hit.end <= own.start < quantity.start for own in sentence.hits("sender")) or re.search(r"[.;:\d]", gap):
            continue
        if _is_nation(sentence, hit) and _HAS[sentence.language].fullmatch(gap):
            return True
    return False


def is_nation(sentence: Sentence, quantity: Quantity) -> bool:
    """ "After the 5,000 Ruritanians": a number right before another nation's name, with no noun after it."""
    return sentence.language == "en" and any(
        sentence.tongue.roles[code] not in ("sender", "wide")
        and 0 < hit.start - quantity.number_end <= 1
        and _NO_MORE.match(sentence.text, hit.end)
        for hit, code in sentence.places()
    )


def enumerates(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number stands alone in its sentence: it numbers a paragraph."""
    return sentence.text[quantity.number_start : quantity.number_end] == sentence.words.strip(" \n.)(")


def _korean_nation(sentence: Sentence, quantity: Quantity) -> bool:
    """A Korean topic or subject that names another nation's people right before their number."""
    return any(
        sentence.tongue.roles[code] not in ("sender", "wide")
        and hit.end <= quantity.start
        and _NATION_KO.fullmatch(sentence.text, hit.end, quantity.start)
        for hit, code in sentence.places()
    )


def _is_nation(sentence: Sentence, hit: Hit) -> bool:
    """Whether a name of a place is that of its people: "the Ruritanians", and no adjective before a noun."""
    name = sentence.text[hit.start : hit.end]
    if sentence.language == "ru":
        return bool(_NATION_RU.search(name))
    return sentence.text[max(sentence.start, hit.start - 4) : hit.start].lower() == "the " and name.endswith(_NATION_EN)


def outnumbered(sentence: Sentence, quantity: Quantity) -> bool:
    """A bare number where the first people named are another nation's: "Ruritanian workers exceed them, at 8,000"."""
    people = [hit for hit, kind in sentence.nouns() if kind in PEOPLE and hit.end <= quantity.start]
    if not people or sentence.language == "ko" or sentence.has("sender"):
        return False
    return any(
        hit.end <= people[0].end
        and people[0].start - 1 <= hit.end
        and sentence.tongue.roles[code] not in ("sender", "wide")
        for hit, code in sentence.places()
    )
