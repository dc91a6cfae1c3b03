"""Which words of a sentence are no predicate of a number: verbs inside a modifier, auxiliaries, and what holds now.

"The 23,000 who worked abroad have gone home" counts people who went home: the relative clause only says which people.
It parses nothing; it knows the few closed forms by which three languages attach a clause to a noun.
"""

from __future__ import annotations

import re
from functools import cache

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.heads import part_of
from tallystick.claims.reading.scene import FAR, Hit, Sentence

_NOUN_REACH = 45  # letters from a number to the end of its noun phrase
_RELATIVE = {
    "en": re.compile(
        r",?\s(?:who|that|which|whom)\s|\s(?=(?:working|employed|living|labou?ring|toiling|stationed|based|residing|"
        r"staying|serving|hired out|sent|dispatched|posted|deployed)\s(?:abroad|overseas|out|there|in|at|on|to|across|"
        r"around|for|from|by|under)\b)"
    ),
    "ru": re.compile(r",?\s(?=котор\w+\s|\w+(?:вш|ющ|ящ|ем|енн|анн)(?:их|ие|им|ими)\s)"),
}
_AUXILIARY = re.compile(r"(?:are|is|was|were|has|have|had|been|be|был[аио]?|есть|составля\w+)\Z", re.IGNORECASE)
_PREDICATE = re.compile(
    r"(?:\s?(?:정도|가량|안팎|내외|수준|이상|남짓))?\s?(?:이[다라며고었]|입니|였|라고|인 것|에 (?:이[르른]|달))"
)
_SUMS_UP = re.compile(r"이[르른렀]|달[하한했]|넘[는었어]|추[산정]|집계|규모")  # says how many, and not what they do
_WHEN = re.compile(
    r"올해|올 ?들어|지난해|작년|재작년|이듬해|지난달|이달|그 ?해|같은 ?해|최근|상반기|하반기|분기|"
    r"\d년|\d월|년부터|이후"
)
_ATTRIBUTIVE = 4  # the final consonant of a Korean verb before its noun, in Unicode's order of finals
_OF_REACH = 24  # letters of "of the roughly" before a number
_OF = {
    "en": re.compile(r"(?:\A|[.,;:–—]\s|\bthat\s|\A\W*)[Oo]f\s(?:the|its|these|those|some|about|around|roughly|\s)*\Z"),
    "ru": re.compile(r"(?:\A|[.,;:–—]\s|что\s)[Ии]з\s(?:\w+\s){0,2}\Z"),
}
_SHARE_OF = re.compile(r"\s(?:of|из|от)\s(?:(?:the|its|some|about|these|всех|этих|примерно)\s)*")
_WHOLE = re.compile(r"\W*Из\s(?:\w+\s)?")
_KOREAN_WHOSE = re.compile(r"의\s(?:약\s|거의\s)?")
_KOREAN_OF = re.compile(r"(?:가운데|중(?:에서?)?)\s(?!하나)")
_INCREMENT = {  # before the number, and after its digits
    "en": (
        re.compile(
            r"\b(?:(?<!made\s)(?<!make\s)(?<!makes\s)(?<!add\s)(?<!adds\s)(?:up|down)\s(?:by\s)?|(?:rose|risen|grew|grown|increased|climbed|jumped|fell|fallen|dropped|shrank|"
            r"declined|decreased)\sby\s)(?:(?:about|some|around|nearly|roughly)\s)?\Z(?<!up to\s)"
        ),
        re.compile(r"\s(?:\w+\s)?(?:more|fewer|less)\sthan\s(?:in\s|a\s|the\s|last\s)"),
    ),
    "ru": (
        re.compile(r"(?:вырос|увелич|сократи|уменьши|снизи)\w+\sна\s(?:\w+\s)?\Z"),
        re.compile(r"\s(?:\w+\s)?(?:больше|меньше),?\sчем\s"),
    ),
    "ko": (re.compile(r"(?:보다|대비)\s(?:\w+\s)?\Z"), re.compile(r"(?!)")),
}
_FELL_BY = re.compile(r"\b(?:fell|fallen|dropped|shrank|shrunk|declined|decreased|down|cut|reduced)\sby\s(?:\w+\s)?\Z")
_EVERY = {  # "one guard to every 50 workers"
    "en": re.compile(r"\b(?:every|each)\s\Z", re.IGNORECASE),
    "ru": re.compile(r"(?<!\w)на\sкажд(?:ые|ых)\s\Z", re.IGNORECASE),
    "ko": re.compile(r"\s?명(?:당|마다)\s"),
}
_ARE_FROM = re.compile(r"\s(?:are|were|come|came|is|was)\s(?:from\s)?(?:the\s)?")
_NAMED_NEAR = 12  # letters
_MIXED_REACH = 90
_COME_FROM = re.compile(
    r"[^.;:\d]{0,70}?\b(?:come|comes|came|hail|hails|are|were|is|was)\s(?:citizens of\s|from\s)?(?:the\s)?"
)
_THEIR_SHARE = re.compile(r"[^.;:\d]{0,60}?(?<!\w)их\s(?:\w+\s)?\d+(?:,\d+)?\s?(?:%|процент)")
_FEW = {
    "en": re.compile(
        r"(?<!\w)(?:one|two|three|four|five|six|seven|eight|nine|[1-9])\s(?:in|out of|of)\s(?:every\s)?"
        r"(?:two|three|four|five|six|seven|eight|nine|ten|twenty|10|20)(?!\w|[.,]\d)",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?<!\w)(?:один|одна|дв[ае]|двое|три|трое|четыре|четверо|пять|пятеро|шесть|шестеро|семь|семеро|восемь|девять|"
        r"[1-9])\sиз\s(?:каждых\s)?(?:двух|тр[её]х|четыр[её]х|пяти|шести|семи|восьми|девяти|десяти|двадцати|10|20)"
        r"(?!\w)",
        re.IGNORECASE,
    ),
    "ko": re.compile(r"(?:열|10|다섯|5|스무|20)\s?명\s?(?:중|가운데)\s?(?:\S+\s?)?\s?명"),
}
_OUT_OF = re.compile(
    r"(?:\s(?:lives|deaths|workers|cases|people))?"
    r"\s(?:per|(?:out )?of every|in every|for every|на каждые)\s(?:\d|thousand|hundred|тысяч|сто)"
)
_PER = re.compile(r"(?<!\w)(?:per|(?:out )?of every|in every|for every|на каждые)\s\Z")
_FROM = re.compile(
    r"(?<!\w)(?:from|against|versus|compared (?:with|to)|instead of|с|против|вместо|по сравнению с)\s"
    r"(?:(?:the|some|about|around|its|their|only|just|нынешних|примерно|около)\s)*\Z"
)
_KOREAN_FROM = re.compile(r"에서\s(?=[^.]{0,24}(?:으로|로|까지))")
_CONNECTIVE = re.compile(r"(?:고|며|지만|는데|으나|면서)[\s,]")
_NOT_ONE = re.compile(r"(?<!\w)(?:not|not even|never|ни)\s(?:a\s)?\Z", re.IGNORECASE)
_NOR_ONE = re.compile(r"(?:의\s\S+)?도\s(?:\S+\s)?\S{0,6}(?:없|않|못|안\s)")
_DENIED = {  # before the verb, and after it
    "en": (
        re.compile(
            r"(?:\b(?:nobody|no one|none|never|not|neither)|n['’]t)\s(?!only|just|less|more|fewer)(?:\w+\s)?\Z", re.I
        ),
        re.compile(r"(?!)"),
    ),
    "ru": (re.compile(r"(?<!\w)не\s(?!только|менее|более)\Z", re.IGNORECASE), re.compile(r"(?!)")),
    "ko": (re.compile(r"(?<!\w)(?:못|안)\s\Z"), re.compile(r"[가-힣]?지(?:는|도)?\s?(?:않|못)")),
}
_THERE = re.compile(r"\bthere\s\Z", re.IGNORECASE)
_STANDS_BEFORE = re.compile(r"\bthere (?:are|were|is|was)\s[^.,;:()]{0,30}\Z", re.IGNORECASE)
_NOW_REACH = 40
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")  # says when, and is no other number with a verb of its own
_FINITE = re.compile(r"(?<!\w)(?:have|has|had|were|was|are|is|been|being)(?:\s\w+)?\s\Z")
_COMPETES = 45  # letters after a noun within which a full verb outweighs an auxiliary


def modifiers(sentence: Sentence, quantity: Quantity, senses: tuple[str, ...]) -> tuple[Hit, ...]:
    """The words of these senses that stand inside a clause or participle that only says which people are meant."""
    hits = sorted({hit for sense in senses for hit in sentence.hits(sense)})
    if sentence.language == "ko":
        return _adnominal(sentence, quantity, hits)
    opens = _RELATIVE[sentence.language].search(sentence.text, quantity.end, _window(sentence, quantity))
    if opens is None:
        return ()
    after = [hit for hit in hits if hit.start >= opens.end() - 1 and not _AUXILIARY.match(sentence.text[slice(*hit)])]
    later = [hit for hit in after[1:] if _is_predicate(sentence, after[0], hit)]
    if not later and _STANDS_BEFORE.search(sentence.text, sentence.start, quantity.start):
        return tuple(after)  # "there are 300 builders sent by": the predicate stands before the number
    if not later:
        return ()
    return tuple(hit for hit in hits if opens.end() - 1 <= hit.start and hit.end <= later[0].start)


def _window(sentence: Sentence, quantity: Quantity) -> int:
    """Where a clause on this number's noun may begin at the latest: before the next number."""
    following = [other.start for other in sentence.quantities if other.start >= quantity.end]
    return min([sentence.end, quantity.end + _NOUN_REACH, *following])


def _is_predicate(sentence: Sentence, inner: Hit, outer: Hit) -> bool:
    """Whether a later verb is the main one: finite, and not joined to the one inside, nor a purpose of it."""
    gap = _YEAR.sub("", sentence.text[inner.end : outer.start])
    if re.search(r"[;:]|\d|(?<!\w)(?:and|or|but|и|или|но|to|чтобы|that|who|which|что|котор\w+)\s\Z", gap):
        return False
    if sentence.language == "ru":
        last = sentence.text[outer.start : outer.end].split()[-1]  # "домой вернулись"
        return bool(re.match(r"\w+(?:л|ла|ло|ли|ют|ут|ят|ат|ет|ит|лись|лся|но|ны|ен)\b", last))
    word = sentence.text[outer.start : outer.end]
    finite = _FINITE.search(gap) or re.match(r"(?:have|has|had|were|was|are|is)\s\w", word)  # "who sewed had left"
    left = any(outer in sentence.hits(sense) for sense in ("death", "escape", "repatriated"))
    past = (
        r"\w+ed\b|(?:fled|left|ran|went|got|froze|broke|made|took|stole|flew|came|sought|fell|died|lost)\b"
        if left
        else r"returned|arrived|entered|went|came|rem\w+ed"
    )
    return bool(finite) or bool(re.match(past, word))


def _adnominal(sentence: Sentence, quantity: Quantity, hits: list[Hit]) -> tuple[Hit, ...]:
    """Verbs before the number that run on to a noun of people: "that were sent out", of workers.

    Where the number itself is the predicate, those who "went out" are there, unless a day says when they went.
    """
    which = tuple(hit for hit in hits if hit.end <= quantity.start and _says_which(sentence, quantity, hit))
    after = [hit for hit in hits if quantity.end <= hit.start <= quantity.end + _COMPETES]
    if any(not _SUMS_UP.match(sentence.text, hit.start) for hit in after):
        return which
    if not _PREDICATE.match(sentence.text, quantity.end):
        return ()
    fates = {hit for sense in ("death", "escape", "repatriated") for hit in sentence.hits(sense)}
    idle = [hit for hit in which if hit not in fates]  # "the workers who died were 20" counts the dead
    sums = after if len(idle) < len(which) else []
    return (*sums, *(hit for hit in idle if not _WHEN.search(sentence.text, sentence.start, hit.start)))


@cache
def _before_people(people: str) -> re.Pattern[str]:
    """What stands between a Korean verb and the people whom it describes: its ending, and a word at most."""
    return re.compile(rf"[가-힣]*\s+(?:[가-힣]{{1,6}}\s+)?{people}")


def _says_which(sentence: Sentence, quantity: Quantity, hit: Hit) -> bool:
    """Whether a Korean verb runs on to a noun of people, or to the number itself: "the 3,000 that they sent"."""
    if _before_people(sentence.tongue.sense("people_next").pattern).match(sentence.text, hit.end, quantity.start + 1):
        return True
    direct = sentence.text[hit.end : quantity.start].strip() == ""
    return direct and (ord(sentence.text[hit.end - 1]) - 0xAC00) % 28 == _ATTRIBUTIVE


def is_negated(sentence: Sentence, hit: Hit) -> bool:
    """Whether a verb is denied: "nobody expels them", "не вернулись", "돌아오지 않았다"."""
    before, after = _DENIED[sentence.language]
    left = max(sentence.start, hit.start - _OF_REACH)
    return bool(before.search(sentence.text, left, hit.start) or after.match(sentence.text, hit.end, sentence.end))


def _there_are(sentence: Sentence, hit: Hit, other: Hit) -> bool:
    """ "There are 300 builders sent by": a verb that says of a number that it exists, and helps no participle."""
    between = any(hit.end <= number.start and number.end <= other.start for number in sentence.quantities)
    return between and bool(_THERE.search(sentence.text, sentence.start, hit.start))


def is_auxiliary(sentence: Sentence, hit: Hit, others: tuple[Hit, ...]) -> bool:
    """Whether a form of "to be" or "to have" only helps a full verb that stands soon after it."""
    if not _AUXILIARY.fullmatch(sentence.text[hit.start : hit.end]):
        return False
    near = (other for other in others if hit.end <= other.start <= hit.end + _COMPETES)
    return any(not _there_are(sentence, hit, other) for other in near)


def of_next_clause(sentence: Sentence, quantity: Quantity, plan: Hit, verbs: tuple[str, ...]) -> bool:
    """Whether a Korean word of plan stands in the clause after the one that a number's verb closes."""
    return any(
        quantity.end <= hit.start < plan.start and _CONNECTIVE.search(sentence.text, hit.end - 1, plan.start)
        for verb in verbs
        for hit in sentence.hits(verb)
    )


def holds_now(sentence: Sentence, quantity: Quantity, planned: int) -> bool:
    """Whether a word for the present stands beside a number, nearer than any word of plan: "against today's 15,000"."""
    now = sentence.cost("now", quantity)
    return now < _NOW_REACH and now < min(planned, FAR)


def is_base(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number is the whole of which the next one is a part: "of the 13,000 who came, 7,000 ..."."""
    following = sentence.quantities.index(quantity) + 1
    if following >= len(sentence.quantities):
        before = sentence.text[sentence.start : quantity.start]
        return sentence.language == "ru" and bool(_WHOLE.fullmatch(before))  # "of the 140 there, all left"
    part = sentence.quantities[following]
    if part.kind not in ("count", "fraction", "percent"):
        return False
    if sentence.language == "ko":
        shared = part.kind != "count" and _KOREAN_WHOSE.fullmatch(sentence.text, quantity.end, part.start)
        return bool(shared or _KOREAN_OF.search(sentence.text, quantity.end, part.start))
    before = sentence.text[max(sentence.start, quantity.start - _OF_REACH) : quantity.start]
    parted = sentence.language == "ru" or "," in sentence.text[quantity.end : part.start]
    return parted and bool(_OF[sentence.language].search(before))


def is_whole(sentence: Sentence, quantity: Quantity) -> bool:
    """ "Two thirds of the 30,000", "42 of the 48": a number that a share or count before it is a part of."""
    index = sentence.quantities.index(quantity)
    if index and part_of(sentence, sentence.quantities[index - 1], quantity):
        return True
    if index == 0:
        return False
    share = sentence.quantities[index - 1]
    if share.kind not in ("fraction", "percent") and not out_of_few(sentence, share):
        return False
    return bool(_SHARE_OF.fullmatch(sentence.text, sentence.quantities[index - 1].end, quantity.start))


def is_mixed(sentence: Sentence, quantity: Quantity) -> bool:
    """ "Six in ten of the 2,500 people there come from Ruritania": a whole of which the sender's people are a part."""
    after = sentence.text[quantity.end : min(sentence.end, quantity.end + _MIXED_REACH)]
    if _named_part(sentence, quantity):
        return True
    if sentence.language == "ko":
        return False
    if sentence.language == "en":
        told = _COME_FROM.match(after) if is_whole(sentence, quantity) else None
        return told is not None and any(hit.start == quantity.end + told.end() for hit in sentence.hits("sender"))
    whole = re.search(r"(?<!\w)из\s\Z", sentence.text[sentence.start : quantity.start], re.IGNORECASE)
    return bool(whole) and bool(_THEIR_SHARE.match(after))


def _named_part(sentence: Sentence, quantity: Quantity) -> bool:
    """ "Of the 2,000 workers there, 300 are Ruritanians": the nation is told of the part, and not of the whole."""
    index = sentence.quantities.index(quantity)
    if index + 1 == len(sentence.quantities) or sentence.language == "ko":
        return False
    part = sentence.quantities[index + 1]
    before = sentence.text[max(sentence.start, quantity.start - _OF_REACH) : quantity.start]
    if not _OF[sentence.language].search(before):
        return False
    names = sentence.hits("sender")
    label = [hit for hit in names if 0 < part.start - hit.end <= 1]
    reach = min(quantity.end + _NAMED_NEAR, part.start)
    own = any(quantity.start <= hit.start < reach and hit not in label for hit in names)
    return not own and (bool(label) or are_senders(sentence, part))


def are_senders(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the predicate of a number says that they are the sender's: "300 are Ruritanians"."""
    said = _ARE_FROM.match(sentence.text, quantity.number_end, sentence.end)
    return said is not None and any(hit.start == said.end() for hit in sentence.hits("sender"))


def fell_by(sentence: Sentence, quantity: Quantity) -> bool:
    """ "The figure fell by 4,000": by how many people grew fewer."""
    return bool(_FELL_BY.search(sentence.text, sentence.start, quantity.start))


def is_increment(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number is by how much another rose or fell: "up some 10,000 from May", "40 more than last year"."""
    before = sentence.text[max(sentence.start, quantity.start - _OF_REACH) : quantity.start]
    after = sentence.text[quantity.number_end : min(sentence.end, quantity.number_end + _NOUN_REACH)]
    rises, beyond = _INCREMENT[sentence.language]
    return bool(rises.search(before)) or bool(beyond.match(after))


def out_of_few(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number is part of a share told in two small numbers: "six in ten of them", "девять из десяти"."""
    left, right = max(sentence.start, quantity.number_start - _OF_REACH), quantity.number_end + _OF_REACH
    share = _FEW[sentence.language].search(sentence.text, left, min(sentence.end, right))
    return share is not None and share.start() <= quantity.number_start and quantity.number_end <= share.end()


def is_rate(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number is so many of so many: "16 deaths per 10,000"."""
    if out_of_few(sentence, quantity):
        return True
    before = sentence.text[max(sentence.start, quantity.start - _OF_REACH) : quantity.start]
    each = quantity.point is not None and quantity.point > 1 and _EVERY[sentence.language]
    if each and (each.search(before) or (sentence.language == "ko" and each.match(sentence.text, quantity.number_end))):
        return True
    return bool(_OUT_OF.match(sentence.text, quantity.end)) or bool(_PER.search(before))


def is_origin(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number is what another rises or falls from: it holds, whatever is planned."""
    if sentence.language == "ko":
        return bool(_KOREAN_FROM.match(sentence.text, quantity.end))
    return bool(_FROM.search(sentence.text, max(sentence.start, quantity.start - _OF_REACH), quantity.start))


def none_at_all(sentence: Sentence, quantity: Quantity) -> bool:
    """ "Not a single one was given": one, denied, is none."""
    if quantity.point != 1:
        return False
    return bool(
        _NOT_ONE.search(sentence.text, sentence.start, quantity.start) or _NOR_ONE.match(sentence.text, quantity.end)
    )
