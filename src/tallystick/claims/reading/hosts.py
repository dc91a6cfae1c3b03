"""Where the work is done: the nearest place that governs a number, or the place spoken of before it.

A country that is only named as a source of news, an adjective of goods or part of a source's name is no host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.plans import VERBS
from tallystick.claims.reading.scene import Hit, Sentence

WIDE = "WW"  # several places or none said
_NAMED, _LOCATED = 10, 30  # letters of head start for a place's own name and for one after a preposition
_ADJECTIVE_ENDS = ("an", "ans", "ans's", "ans’s", "ese", "i", "is", "ish")
_RUSSIAN_ADJECTIVE = re.compile(r"\w*ск\w+")  # of the last word of a name
_RUSSIAN_PEOPLE = re.compile(  # a nation's people are counted beside ours, or paid
    r"(?:ец|ц(?:[аеуы]|ев|ем|ам|ами|ах)|ян(?:е|ам|ами)?|(?:узбек|таджик|киргиз|турк|монгол)(?:[аеуи]|ов|ам|ами)?)\Z",
    re.IGNORECASE,
)
_KOREAN_PEOPLE = re.compile(r"인(?:들|이|은|의|과|\s|\(|,|\Z)")  # those of a nation are counted beside ours
_CAPITALS = re.compile(r"[A-ZА-ЯЁ][A-ZА-ЯЁ .,-]{3,40}(?=\s?(?:\(|--|[—–-]\s))")
_NAME_GOES_ON = re.compile(r"(?:['’]s)? [A-Z]")
_LIST = re.compile(
    r"\s?(?:,|and|or|as well as|и|или|а также|와|과|및|이나|나|·|/|,\s?and)\s?(?:(?:in|to|the|в|во|на)\s)*"
)
_DESCRIBES = re.compile(r"(?:인|의|짜리)?\s?")
_CLAUSE = re.compile(r"\s?,\s?(?:and|or|и|или)")
_BARRED = 60  # letters that a semicolon adds
_NEAR = 30  # sentences on either side in which money may betray a place
_BORDER = re.compile(r"(?:border|frontier)s? (?:with|to|into) \Z|границ\w+ с \Z")  # is no place of work
_BORDER_REACH = 20
_PART_OF = re.compile(r"(?:['’]s)?,?\s(?:(?:of|in|в|края?|крае|област[иью]|регион\w?) ){0,2}|,?\s?|의\s")
_SEVERAL = 2
_KOREAN_ITEM = re.compile(r"(?:은|는|에서|에선|에서는|의 경우)?\s?(?:약\s)?")
_ITEM = re.compile(r"\s(?:in|в|на)\s(?:the\s)?")
_MANY = 3  # hosts that a sentence names one after the other leave none of them in mind
_BACK = 6  # sentences that a place is carried on


class Host(NamedTuple):
    code: str
    evidence: str  # sentence, carried, title, source, text or none
    region: str = ""  # the part of it of which alone the number is told


def host(
    sentences: Sequence[Sentence],
    sentence: Sentence,
    quantity: Quantity,
    title: str,
    *,
    named: bool = False,
    whole: bool = False,
) -> Host:
    """The host of one number: said in its sentence, else its speaker's, else carried, else betrayed.

    `named` asks for a State where one is said, of a share of those who are abroad. `whole` says that the number is a
    sum over all workers unless its text is about one host.
    """
    distributed = _respectively(sentence, quantity)
    if distributed:
        return Host(distributed, "sentence")
    own = (_nearest(sentence, quantity, WIDE) if named else None) or _nearest(sentence, quantity)
    if own and _each_its_own(sentence, quantity):
        return Host(WIDE, "sentence")
    if own:
        return own
    if whole and _wide_lead(sentences, title):
        return Host(WIDE, "text")
    carried = _carried(sentences, sentence, title)
    return (
        _of_source(sentence, quantity)
        or carried
        or _of_source_before(sentences, sentence)
        or _of_others(sentence)
        or (Host(WIDE, "title") if _in_title(sentence, title) == WIDE else None)
        or _betrayed(sentences, sentence)
        or _dateline(sentences)
        or Host(WIDE, "none")
    )


def _dateline(sentences: Sequence[Sentence]) -> Host | None:
    """The town in capitals from which a text is sent, where it says no other place at all."""
    first = sentences[0]
    line = _CAPITALS.match(first.text, first.start, first.end)
    for match in first.tongue.places.finditer(line.group().title()) if line else ():
        if first.tongue.roles[match.lastgroup or ""] == "host":
            return Host(match.lastgroup or WIDE, "text")
    return None


def _wide_lead(sentences: Sequence[Sentence], title: str) -> bool:
    """Whether a text begins with several places, the world at large or none: sums for the State are then of all.

    A text that begins with one host goes on to tell what that host's workers bring.
    """
    first = sentences[0]
    codes = {code for hit, code in first.places() if _may_host(first, hit.start, hit.end, code)}
    codes |= {code for code in _named_in(first.tongue.places, title) if first.tongue.roles[code] in ("host", "wide")}
    return len(codes) != 1 or WIDE in codes


def _of_others(sentence: Sentence) -> Host | None:
    """The country whose own workers are compared, where no other place is said: they work at home."""
    for hit, code in sentence.places():
        if sentence.tongue.roles[code] == "host" and any(
            own.start <= hit.start < own.end for own in sentence.hits("comparable")
        ):
            return Host(code, "text")
    return None


def _nearest(sentence: Sentence, quantity: Quantity, but: str = "") -> Host | None:
    """The place that governs a number; WIDE where it stands in a list of several."""
    best, found = 10_000, -1
    for index, (hit, code) in enumerate(sentence.places()):
        if code == but or not _may_host(sentence, hit.start, hit.end, code) or _of_part(sentence, hit, quantity):
            continue
        cost = _way(sentence, hit, quantity) - _head_start(sentence, hit.start, hit.end)
        if cost < best:
            best, found = cost, index
    if found < 0:
        return None
    if not but and _listed(sentence, found):
        return Host(WIDE, "sentence")
    return Host(sentence.places()[found][1], "sentence", _region(sentence, found))


def _region(sentence: Sentence, index: int) -> str:
    """The part of a host that a place names, or one right beside it: a State's far east; "" where it is named whole."""
    places = sentence.places()
    _, code = places[index]
    for at in (index, index - 1, index + 1):
        near = 0 <= at < len(places) and places[at][1] == code
        if near and (at == index or _beside_each_other(sentence, index, at)):
            name = _part(sentence, places[at][0].start, places[at][0].end)
            if name:
                return name
    return ""


def _part(sentence: Sentence, start: int, end: int) -> str:
    """The name of the region that these words are; "" where they are none."""
    found = (name for pattern, _, name in sentence.tongue.regions if pattern.fullmatch(sentence.text, start, end))
    return next(found, "")


def _beside_each_other(sentence: Sentence, one: int, other: int) -> bool:
    left, right = (sentence.places()[at][0] for at in sorted((one, other)))
    return bool(_PART_OF.fullmatch(sentence.text, left.end, right.start))


def _each_its_own(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether several hosts are named, each beside a number of its own: what comes last is then of them all."""
    hosts = [(hit, code) for hit, code in sentence.places() if _may_host(sentence, hit.start, hit.end, code)]
    if len({code for _, code in hosts}) < _SEVERAL or quantity is not sentence.quantities[-1]:
        return False
    others = [other for other in sentence.quantities if other is not quantity]
    return all(any(_beside(sentence, hit, other) for other in others) for hit, _ in hosts)


def _beside(sentence: Sentence, hit: Hit, other: Quantity) -> bool:
    if hit.end <= other.start:
        return sentence.language == "ko" and bool(_KOREAN_ITEM.fullmatch(sentence.text, hit.end, other.start))
    return bool(_ITEM.fullmatch(sentence.text, other.end, hit.start))


def _way(sentence: Sentence, hit: Hit, quantity: Quantity) -> int:
    """The way from a place to a number; a semicolon ends what a place governs."""
    left, right = (hit.end, quantity.start) if hit.end <= quantity.start else (quantity.end, hit.start)
    barred = sentence.text.count(";", left, max(left, right))
    return sentence.reach(hit, quantity) + _BARRED * barred


def _of_part(sentence: Sentence, hit: Hit, quantity: Quantity) -> bool:
    """Whether a place stands with a part of what a number sums up: "53,000: 20,000 here, 19,000 there"."""
    if sentence.language == "ko":  # a Korean place stands before what it holds, or is described by what it holds
        apart = hit.start >= quantity.end and not _DESCRIBES.fullmatch(sentence.text, quantity.end, hit.start)
        later = [other.start for other in sentence.quantities if other.start >= hit.end]
        return apart and bool(later) and not _governed(sentence, hit, later[0])
    colon = sentence.text.find(":", quantity.end, max(quantity.end, hit.start))
    return colon >= 0 and any(colon < other.start < hit.start for other in sentence.quantities)


def _governed(sentence: Sentence, hit: Hit, until: int) -> bool:
    """Whether a Korean place has its verb before the next number: "sends 10,000 workers abroad and earns"."""
    if not _located(sentence, hit.start, hit.end):
        return False
    return any(hit.end <= verb.start < until for sense in VERBS for verb in sentence.hits(sense))


def _listed(sentence: Sentence, index: int) -> bool:
    """Whether a host stands in a list of hosts that share a number: "in one country and another"."""
    places = sentence.places()
    for first, second in ((index - 1, index), (index, index + 1)):
        if first < 0 or second >= len(places):
            continue
        (left, one), (right, other) = places[first], places[second]
        if one == other or {sentence.tongue.roles[code] for code in (one, other)} != {"host"}:
            continue
        joint = _LIST.fullmatch(sentence.text, left.end, right.start)
        if joint is None or (_CLAUSE.match(joint.group()) and not _third(sentence, first)):
            continue
        if _may_host(sentence, left.start, left.end, one):
            return True
    return False


def _third(sentence: Sentence, index: int) -> bool:
    """Whether a comma joins a place to the one before it: of two places alone ", and" begins a clause."""
    if index == 0:
        return False
    gap = sentence.text[sentence.places()[index - 1][0].end : sentence.places()[index][0].start]
    return gap.strip() == ","


def _may_host(sentence: Sentence, start: int, end: int, code: str) -> bool:
    role = sentence.tongue.roles[code]
    if role in ("sender", "never") or any(block.start <= start < block.end for block in sentence.blocked):
        return False
    if _adjective(sentence, start, end) and any(hit.start <= start < hit.end for hit in sentence.hits("comparable")):
        return False  # "Nepali workers" says whose wage it is, not where
    if (
        sentence.language == "ru"
        and not _part(sentence, start, end)
        and _RUSSIAN_PEOPLE.search(sentence.text, start, end)
    ):
        return False
    if _BORDER.search(sentence.text, max(sentence.start, start - _BORDER_REACH), start):
        return False
    if sentence.language == "ko" and _KOREAN_PEOPLE.match(sentence.text, end):
        return False
    if role != "seldom":
        return True
    if sentence.language == "en" and _NAME_GOES_ON.match(sentence.text, end):
        return False  # "to the US Department of State"
    return _located(sentence, start, end) and not _adjective(sentence, start, end)


def _head_start(sentence: Sentence, start: int, end: int) -> int:
    if _located(sentence, start, end):
        return _LOCATED
    return 0 if _adjective(sentence, start, end) else _NAMED


def _adjective(sentence: Sentence, start: int, end: int) -> bool:
    name = sentence.text[start:end]
    if sentence.language == "ru":
        return bool(_RUSSIAN_ADJECTIVE.fullmatch(name.split()[-1]))
    return sentence.language == "en" and name.endswith(_ADJECTIVE_ENDS)


def _located(sentence: Sentence, start: int, end: int) -> bool:
    if sentence.language == "ko":
        return bool(re.match(r"(?:에서|에|로|으로|내|행|에만|엔) ?", sentence.text[end : end + 3]))
    before = sentence.text[max(sentence.start, start - 12) : start].rstrip().removesuffix(" the").rstrip()
    word = re.search(r"\w+\Z", before)
    return bool(word and sentence.tongue.is_wholly("place_before", word.group()))


_JOINED = 14  # letters between two numbers of one list: ", and about "
_WORDS = re.compile(r"\b(?!and\b|или\b|и\b|or\b|about\b|some\b|около\b)[^\W\d]{2,}")
_RESPECTIVELY = re.compile(r"respectively|соответственно|각각")


def _respectively(sentence: Sentence, quantity: Quantity) -> str:
    """ "In one country and another, 20,000 and 19,000 respectively": the n-th number goes to the n-th place.

    The numbers are those that stand next to the mark; the places are the last as many that stand before them.
    """
    for mark in _RESPECTIVELY.finditer(sentence.text, sentence.start, sentence.end):
        run = _run(sentence, mark.start(), mark.end())
        if quantity not in run:
            continue
        places = [
            code for hit, code in sentence.places() if hit.end <= run[0].start and sentence.tongue.roles[code] == "host"
        ][-len(run) :]
        if len(set(places)) == len(run):
            return places[run.index(quantity)]
    return ""


def _run(sentence: Sentence, start: int, end: int) -> list[Quantity]:
    """The numbers joined by commas and conjunctions that end where a mark begins, or begin where it ends."""
    before = [quantity for quantity in sentence.quantities if quantity.end <= start]
    run: list[Quantity] = []
    edge = start
    for quantity in reversed(before):
        if edge - quantity.end > _JOINED or _WORDS.search(sentence.text, quantity.end, edge):
            break
        run.insert(0, quantity)
        edge = quantity.start
    if len(run) > 1:
        return run
    run, edge = [], end
    for quantity in (later for later in sentence.quantities if later.start >= end):
        if quantity.start - edge > _JOINED:
            break
        run.append(quantity)
        edge = quantity.end
    return run


def _carried(sentences: Sequence[Sentence], sentence: Sentence, title: str) -> Host | None:
    main = _in_title(sentence, title)
    for earlier in reversed(sentences[max(0, sentence.index - _BACK) : sentence.index]):
        left = _last(earlier)
        apart = earlier.paragraph != sentence.paragraph
        if left and not (left.code == WIDE and main and apart):
            return left._replace(region="") if apart else left
    return Host(main, "title") if main and main != WIDE else None


def _last(sentence: Sentence) -> Host | None:
    """The place that a sentence leaves in mind: its last located host, else its last named one."""
    named = [
        (_head_start(sentence, hit.start, hit.end), index, code)
        for index, (hit, code) in enumerate(sentence.places())
        if _may_host(sentence, hit.start, hit.end, code)
    ]
    if len({code for start, _, code in named if start == _LOCATED}) > 1 or len({code for *_, code in named}) >= _MANY:
        return Host(WIDE, "carried")  # several: "mainly in this country and that"
    if not named:
        return None
    _, index, code = max(named)
    if _listed(sentence, index):
        return Host(WIDE, "carried")
    return Host(code, "carried", _region(sentence, index))


def _in_title(sentence: Sentence, title: str) -> str:
    """The first host that a headline names; WIDE where it lists several."""
    hosts = [
        match
        for match in sentence.tongue.places.finditer(title)
        if sentence.tongue.roles[match.lastgroup or ""] == "host"
    ]
    for one, other in pairwise(hosts):
        if one.lastgroup != other.lastgroup and _LIST.fullmatch(title, one.end(), other.start()):
            return WIDE
    return (hosts[0].lastgroup or "") if hosts else ""


@lru_cache(maxsize=16)  # each number of a text asks for the same headline
def _named_in(places: re.Pattern[str], title: str) -> tuple[str, ...]:
    return tuple(match.lastgroup or "" for match in places.finditer(title))


def _betrayed(sentences: Sequence[Sentence], sentence: Sentence) -> Host | None:
    """The host whose money or whose office of statistics a sentence names, else the only one named near it."""
    index = sentence.index
    for near in ((sentence,), sentences[max(0, index - _NEAR) : index + _NEAR]):
        found = {match.lastgroup or WIDE for one in near for match in _signs(one)}
        if found:
            return Host(found.pop(), "text") if len(found) == 1 else None
    return None


def _signs(sentence: Sentence) -> Iterator[re.Match[str]]:
    return sentence.tongue.signs.finditer(sentence.text, sentence.start, sentence.end)


def _of_source(sentence: Sentence, quantity: Quantity | None = None) -> Host | None:
    """The country of who speaks, where nothing else says a place: an Interior Ministry counts at home.

    Of several that speak, each in a clause of its own, it is the last one named before the quantity.
    """
    speakers = [
        (hit, code)
        for hit, code in sentence.places()
        if sentence.tongue.roles[code] == "host"
        and any(block.start <= hit.start < block.end for block in sentence.blocked)
    ]
    before = [code for hit, code in speakers if quantity is not None and hit.end <= quantity.start]
    return Host(before[-1] if before else speakers[0][1], "source") if speakers else None


def _of_source_before(sentences: Sequence[Sentence], sentence: Sentence) -> Host | None:
    """The country of who spoke before, where nothing else was said: what a State reports goes on being of it."""
    for earlier in reversed(sentences[max(0, sentence.index - _BACK) : sentence.index]):
        if found := _of_source(earlier):
            return found._replace(evidence="carried")
    return None
