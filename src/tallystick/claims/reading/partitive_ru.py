"""Russian numbers whose noun stands apart: put first in the genitive, said by a pronoun, left as an adjective.

"Рабочих там 300", "виз выдали 40", "их было 2 400", "90 туристических виз и 30 учебных". A genitive plural that nothing
before it governs is governed by the number after it.
"""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.heads import Head
from tallystick.claims.reading.plans import VERBS
from tallystick.claims.reading.scene import Hit, Sentence

_COUNTED = frozenset({"worker", "citizen", "military_builder", "people", "student", "permit", "visa", "quota"})
_VISAS = {"visa_student": "учебн|студенческ", "visa_work": "рабоч|трудов", "visa_tourist": "турист|гостев|делов|частн"}
_GENITIVE = re.compile(r"(?:[оеё]в|[еи]й|[иы]х|[цнк]|виз|чел)\Z", re.IGNORECASE)
_PHRASE = re.compile(r"(?:[а-яё-]+(?:[иы]х|ей)\s){0,3}\Z", re.IGNORECASE)  # the adjectives before a noun
_FREE = re.compile(
    r"(?:\A|[.,;:!?—–«»\"()]\s?|(?<!\w)(?:и|а|но|что|году|года|сейчас|теперь|ныне|нынче|всего|там|здесь|тут|уже|ещё|еще|"
    r"потом|тогда|зато|итого|лет|месяца|полугодии|квартале|летом|осенью|зимой|весной|сегодня|теперь|пока)\s|"
    r"(?<!\w)(?:число|численность|количество|контингент|группа|партия)\s|"
    r"(?<!\w)(?:в|во|на|под|по)\s(?:[\w-]+\s){1,3})\Z",
    re.IGNORECASE,
)
_REACH = 110  # letters from a noun that is put first to its number
_THEIR = re.compile(  # "их" of which there are so many, and not "their" before a noun
    r"(?<!\w)их(?=,|\s?[—–-]\s|\s(?:\d|в|на|у|по|там|здесь|тут|около|порядка|примерно|почти|до|более|больше|свыше|не|"
    r"всего|лишь|только|уже|ещё|еще|сейчас|теперь|человек|тысяч|[а-яё]+(?:ло|ли|лось|лись|[её]т|ют|ут|ит|[ая]т|тся|ось))"
    r"(?!\w))",
    re.IGNORECASE,
)
_YEAR = re.compile(r"[:,;]\s(?:в\s)?(?:19|20)\d\d(?:\s?(?:год\w*|г\.))?\s?[–—:-]\s?(?:\w+\s)?\Z")
_NEAR = 70  # letters from the pronoun to the number
_ADJECTIVE = re.compile(r"\s(?P<word>[а-яё]+)(?:ых|их)(?!\w)(?!\sвиз)", re.IGNORECASE)
_FIRST = re.compile(r"(?:\A|[,;]\s|\sа\s)(?P<word>[а-яё]+)(?:ых|их)(?!\w)(?!\sвиз)[^.,;\d]{0,60}\Z", re.IGNORECASE)
_GETTERS = re.compile(r"(?:ц|н|к|а)[аеы]м\Z", re.IGNORECASE)
_BACK = 2  # sentences


def apart(sentence: Sentence, quantity: Quantity) -> Head | None:
    """The noun of a bare number, where it stands apart from it."""
    if sentence.language != "ru":
        return None
    if (found := fronted(sentence, quantity)) is not None:
        return Head(found[1], found[0])
    kind = pronoun(sentence, quantity) or labelled(sentence, quantity)
    return Head(kind, None) if kind else None


def fronted(sentence: Sentence, quantity: Quantity) -> tuple[Hit, str] | None:
    """The noun in the genitive plural that a bare number counts from behind: "строителей оттуда теперь 300"."""
    for hit, kind in sentence.nouns():
        if hit.end > quantity.start or quantity.start - hit.end > _REACH:
            continue
        counted = kind in _COUNTED or kind in _VISAS
        if counted and _is_free(sentence, hit) and not _parted(sentence, hit, quantity):
            return hit, kind
    return None


def verbless(sentence: Sentence, noun: Hit) -> bool:
    """Whether the clause of a noun has no verb of people: "…, а рабочих там 300" says that they are there."""
    begins = max(sentence.text.rfind(sign, sentence.start, noun.start) for sign in ",;:—–")
    return begins > 0 and not any(hit.start > begins for verb in (*VERBS, "planned") for hit in sentence.hits(verb))


def labelled(sentence: Sentence, quantity: Quantity) -> str:
    """What a row of years and numbers counts, by the noun before its colon: "Рабочие там: 2017 – 3 000, 2018 – 900"."""
    colon = sentence.text.find(":", sentence.start, quantity.start)
    if colon < 0 or not _YEAR.search(sentence.text, colon, quantity.start):
        return ""
    return next((kind for hit, kind in sentence.nouns() if hit.end <= colon and kind in _COUNTED | _VISAS.keys()), "")


def _is_free(sentence: Sentence, noun: Hit) -> bool:
    """Whether a noun in the genitive plural is governed by nothing before it."""
    name = sentence.text[noun.start : noun.end].split()
    if not any(_GENITIVE.search(word) for word in name[:2]):
        return False
    before = sentence.text[sentence.start : noun.start]
    adjectives = _PHRASE.search(before)
    return bool(_FREE.search(before[: adjectives.start()] if adjectives else before))


def _parted(sentence: Sentence, noun: Hit, quantity: Quantity) -> bool:
    """Whether another number, or the end of a clause with its own subject, lies between a noun and a number."""
    return any(noun.end <= other.start < quantity.start for other in sentence.quantities if other.kind == "count")


def pronoun(sentence: Sentence, quantity: Quantity) -> str:
    """What "их" stands for before a bare number: papers or people named last, here or in the sentences before."""
    since = max([sentence.start, *(other.end for other in sentence.quantities if other.end <= quantity.start)])
    their = _THEIR.search(sentence.text, max(since, quantity.start - _NEAR), quantity.end)
    if their is None or their.start() > quantity.start:
        return ""
    if kind := _named(sentence, their.start()):
        return kind
    near = sentence.previous
    for _ in range(_BACK):
        if near is None:
            return ""
        if kind := _named(near, near.end):
            return kind
        near = near.previous
    return ""


def _named(sentence: Sentence, until: int) -> str:
    """The papers named before a place, which people only own; else the people named last."""
    counted = (_COUNTED - {"quota"}) | _VISAS.keys()  # of a quota it is places that are counted
    kinds = [kind for hit, kind in sentence.nouns() if hit.end <= until and kind in counted]
    papers = [kind for kind in kinds if kind in ("permit", "visa") or kind in _VISAS]
    return (papers or kinds[-1:] or [""])[0]


def elided_visa(sentence: Sentence, quantity: Quantity) -> str:
    """The kind of visas of which an adjective alone is left: "90 туристических виз, 30 учебных", "рабочих было 12"."""
    if sentence.language != "ru" or not _of_visas(sentence, quantity):
        return ""
    before = sentence.text[sentence.start : quantity.start]
    told = _ADJECTIVE.match(sentence.text, quantity.number_end) or _FIRST.search(before)
    if told is None:
        return ""
    return next((kind for kind, stems in _VISAS.items() if re.match(stems, told["word"], re.IGNORECASE)), "")


def _of_visas(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether visas of some kind are named before a number, here or in the sentence before."""
    here = any(kind in _VISAS and hit.end <= quantity.start for hit, kind in sentence.nouns())
    return here or (sentence.previous is not None and any(kind in _VISAS for _, kind in sentence.previous.nouns()))


def given_others(sentence: Sentence, quantity: Quantity) -> bool:
    """ "Ruritanians were given 3,100": papers for another nation, named in the dative of their getters."""
    if sentence.language != "ru":
        return False
    named = [hit for hit, code in sentence.places() if sentence.tongue.roles[code] not in ("sender", "wide")]
    last = [hit for hit in named if hit.end <= quantity.start and _GETTERS.search(sentence.text, hit.start, hit.end)]
    return bool(last) and not any(last[-1].end <= own.start < quantity.start for own in sentence.hits("sender"))
