"""Who gives a sum: a worker who pays it to those above him is not paid it.

"The firm pays the builders $900" is a wage; "each builder pays the firm $700 a month" is none. What a worker hands over
at a rate goes to the State and its agents; what he gives once, to be sent, is a bribe. It knows the few forms in which
three languages put a giver before, and whom he gives to beside, a verb of giving; it parses nothing.
"""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.scene import Sentence

_GIVE = {  # a verb of giving, and what stands between it and the sum
    "en": re.compile(
        r"(?<!\w)(?:(?P<plain>pays?|gives?|gave|hands?|turns?|surrenders?|delivers?|remits?|brings?|owes?|yields?)|"
        r"(?P<doubtful>paid|handed|turned|surrendered|delivered|remitted|owed|brought))"
        r"(?:\s(?:over|in|up|out|back))?(?P<gap>\s[^.,;:()\d]{0,60}?)\Z"
    ),
    "ru": re.compile(
        r"(?<!\w)(?P<plain>(?:вы|у|за|о)?пла(?:тит|тят|тил[аи]?|чивал?[аи]?|чивают|чивает)|отда(?:[её]т|ют|вал[аи]?|"
        r"л[аи]?)|"
        r"сда(?:[её]т|ют|вал[аи]?|л[аи]?)|внос(?:ит|ят|ил[аи]?)|перечисля(?:ет|ют|л[аи]?)|да(?:[её]т|ют|вал[аи]?|"
        r"л[аи]?)|"
        r"приносил?(?:[аи]|ит|ят)?)(?P<gap>\s[^.,;:()\d]{0,60}?)\Z",
        re.IGNORECASE,
    ),
}
_GIVEN = re.compile(  # after the sum
    r"(?:를|을|씩|씩을)?\s?(?:\S{1,8}에(?:게|게다|다)?\s)?"
    r"(?:바[치쳐친칠]|상납|납부|냈|낸다|내며|내야|내고|내는|내 ?왔|건넸|건네|건넨|줬|주었|준다|주고|주는|주며|찔러|"
    r"물었|물어야)"
)
_WHERE = r"(?:\s(?:in|on|at|of|from|to|for|across|into|в|на|из|с|по)\s[^.,;:()]{2,40}?)?"
_ADVERBS = (
    r"(?:\s(?:each|all|must|have to|has to|had to|ha[sd]|have|should|would|will|can|could|may|then|usually|normally|"
    r"typically|regularly|often|also|now|still|first|himself|themselves|always|commonly|reportedly|together|abroad|"
    r"overseas|there|used to|ought to|is to|are to|needs? to|"
    r"(?:is|are|was|were) (?:told|ordered|required|forced|made|obliged|expected|asked|supposed) to|"
    r"каждый|должны|должен|обязаны|обычно|тогда|ежемесячно|раньше|"
    r"теперь))*"
)
_SUBJECT_GAP = re.compile(rf"{_WHERE}{_ADVERBS}{_WHERE}\s")  # between the giver and the verb
_OBLIQUE = re.compile(r"(?:[аяыи]ми?|[оеы]в|[еи]й|[иы]х|[иы]м|[ое]му|[ую])\Z(?<!ий)(?<!ый)")  # "рабочим", "строителей"
_LONGEST_GAP = 100  # letters
_THEY = re.compile(
    r"(?<!\w)(?:(?:each|every|an?|the|one)\s(?:man|woman|hand|girl|boy)|"
    r"he|she|they|each|everyone|everybody|who|он|она|они|каждый|каждая|которые)(?:\s(?:each|all|must|have to|"
    r"has to|had to|then|"
    r"usually|also|should|would|can|now|still|himself|themselves|должны|должен|обязаны))*\s\Z",
    re.IGNORECASE,
)
_SEEKERS = re.compile(
    r"(?<!\w)(?:(?:those|people|anyone|whoever|men|women|workers?|candidates?|applicants?|others?|some|many|most)\s"
    r"(?:who\s)?(?:want|wish|appl|hop|seek|aim|ask|keen|eager)\w*\s[^.;()]{1,60}|applicants?|candidates?|"
    r"(?:желающ|претендент|кандидат|соискател)\w+[^.;()]{0,60}|те, кто [^.;()]{1,60})\s\Z",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"(?<!\w)(?:is|are|was|were|be|been|being|get|gets|got)(?:\s\w+ly)?\s\Z", re.IGNORECASE)
_TO_PAYEE = re.compile(
    r"(?:\s(?:a|per|each|every)\s(?:month|year|week|day|head|person|worker|man)|\s(?:monthly|yearly|annually|apiece|"
    r"each)){0,2}"
    r"\s(?:to|into|for)\s(?:\w+\s){0,3}"
)
_LEAVE = re.compile(
    r"[^.;()\d]{0,30}\s(?:(?:for|in (?:return|exchange) for|as the price (?:of|for))\s(?:the\s|a\s|his\s|their\s)?"
    r"(?:leave|permission|right|licen[cs]e|freedom|privilege)|(?:so )?(?:that|as)\s(?:he|she|they|to)\s(?:may|can|"
    r"could|be|work|take)|"
    r"to (?:be (?:free|allowed)|moonlight|work (?:outside|elsewhere|on the side)))|"
    r"[^.;()\d]{0,30}(?:за (?:право|разрешени\w+|возможность)|чтобы (?:\w+ ){0,3}(?:на стороне|подрабат\w+|отпуст\w+))",
    re.IGNORECASE,
)
_ALLOWED = re.compile(
    r"(?:허락|허가|허용|승인)(?:을|를)?\s?(?:받|얻)[^.]{0,12}(?:대가|조건)|(?:부업|겸업|청부)[^.]{0,20}(?:대가|위해|"
    r"하려고|하려면)"
)
_WORKERS = frozenset({"worker", "citizen", "people", "military_builder", "student"})
_KOREAN_SUBJECT = re.compile(r"(?:들)?\s?(?:한\s?명)?(?:은|는|이|가|마다|당)[\s,]")
_BROKEN = re.compile(r"[.,;:()]")
_NAMED, _NEXT = 40, 24  # letters from a payee to the sum, and from the sum to a payee
_RATES = frozenset({"month", "year", "week", "day"})
_BESIDE = 60  # cost of the way from a bribe to its sum
_REST = 60  # letters
_BACK = 2  # sentences for which bribery stays in mind
_OWED_BACK = 4  # sentences for which what is owed does
_PAY = re.compile(r"pa(?:y|ys|id|ying)\b|плат\w+|receiv\w*|g[eo]ts?\b|받|지급", re.IGNORECASE)


def hands_over(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a worker gives a sum to those above him: to a payee that is named, for leave, or as what is owed."""
    if not _gives(sentence, quantity):
        return False
    if not quantity.per and sentence.cost("bribe", quantity) < _BESIDE:
        return False
    return _payee(sentence, quantity) or _for_leave(sentence, quantity) or owed_before(sentence)


def _gives(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the subject of the verb of giving that governs a sum is a worker."""
    if sentence.language == "ko":
        return _korean_giver(sentence, quantity)
    since = max([sentence.start, *(other.end for other in sentence.quantities if other.end <= quantity.start)])
    verb = _GIVE[sentence.language].search(sentence.text, since, quantity.start)
    if verb is None or _to_worker(sentence, verb.start("gap"), quantity.start):
        return False
    before = sentence.text[max(sentence.start, verb.start() - _LONGEST_GAP) : verb.start()]
    if _PASSIVE.search(before):
        return False
    return bool(_THEY.search(before) or _SEEKERS.search(before)) or _worker_before(sentence, verb.start())


def _to_worker(sentence: Sentence, left: int, right: int) -> bool:
    return any(kind in _WORKERS and left <= hit.start < right for hit, kind in sentence.nouns())


def _worker_before(sentence: Sentence, verb: int) -> bool:
    """Whether a noun of workers is the subject of a verb: nothing but a place and adverbs stands between."""
    before = [hit for hit, kind in sentence.nouns() if hit.end <= verb and kind in _WORKERS]
    if not before or (sentence.language == "ru" and _OBLIQUE.search(sentence.text, before[-1].start, before[-1].end)):
        return False
    left = before[-1].end
    return verb - left <= _LONGEST_GAP and bool(_SUBJECT_GAP.fullmatch(sentence.text, left, verb))


def _korean_giver(sentence: Sentence, quantity: Quantity) -> bool:
    if not _GIVEN.match(sentence.text, quantity.end, sentence.end):
        return False
    return any(
        kind in _WORKERS and hit.end <= quantity.start and _KOREAN_SUBJECT.match(sentence.text, hit.end)
        for hit, kind in sentence.nouns()
    )


def _payee(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether those above are named as who is given the sum: beside the verb, or after the sum with "to"."""
    for hit in sentence.hits("payee"):
        if hit.end <= quantity.start:
            between = sentence.text[hit.end : quantity.start]
            if sentence.language == "ko" or (len(between) < _NAMED and not _BROKEN.search(between)):
                return True
        elif sentence.language == "en":
            if _TO_PAYEE.fullmatch(sentence.text, quantity.end, hit.start):
                return True
        elif 0 <= hit.start - quantity.end < _NEXT:
            return True
    return False


def _for_leave(sentence: Sentence, quantity: Quantity) -> bool:
    if sentence.language == "ko":
        return bool(_ALLOWED.search(sentence.text, sentence.start, quantity.start))
    return bool(_LEAVE.match(sentence.text, quantity.end, sentence.end))


def owed_before(sentence: Sentence) -> bool:
    """Whether what is owed to the State was spoken of before, and no wage since."""
    before = sentence.previous
    for _ in range(_OWED_BACK):
        if before is None:
            return False
        if before.has("due"):
            return True
        if _of_wages(before) or before.has("bribe"):
            return False
        before = before.previous
    return False


def _of_wages(sentence: Sentence) -> bool:
    """Whether a sentence tells of wages by a noun or a verb of earning: paying alone may be anyone's."""
    return any(not _PAY.fullmatch(sentence.text[hit.start : hit.end]) for hit in sentence.hits("wage"))


def earned(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the word of pay nearest to a sum is a noun of wages or a verb of earning, and not one of paying."""
    hits = sentence.hits("wage")
    near = min(hits, key=lambda hit: sentence.reach(hit, quantity), default=None)
    return near is not None and not _PAY.fullmatch(sentence.text[near.start : near.end])


def bribed(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a sum without a rate is given where bribery is spoken of, here or in the sentence before."""
    if quantity.per in _RATES or _of_wages(sentence):
        return False
    near: Sentence | None = sentence
    for _ in range(_BACK + 1):
        if near is None:
            return False
        if near.has("bribery"):
            return True
        if _of_wages(near):
            return False
        near = near.previous
    return False


def remainder(sentence: Sentence, quantity: Quantity) -> str | None:
    """Whose "the rest" is: "worker" after what the State takes, "state" after what the worker keeps; else None."""
    rests = [hit for hit in sentence.hits("remainder") if hit.end <= quantity.start]
    if not rests or quantity.start - rests[-1].end > _REST:
        return None
    if any(rests[-1].end <= other.start < quantity.start for other in sentence.quantities):
        return None
    last = rests[-1]
    after = sentence.text[quantity.end : min(sentence.end, quantity.end + _REST)]
    if sentence.tongue.sense("take").search(after) and sentence.tongue.sense("payee").search(after):
        return "state"
    told = _last_part(sentence, last.start)
    if told is None and sentence.previous is not None:
        told = _last_part(sentence.previous, sentence.previous.end)
    return told


def _last_part(sentence: Sentence, before: int) -> str | None:
    """Who the other part is left to: the worker where the last verb before is one of taking."""
    taken = [hit.start for sense in ("take", "due") for hit in sentence.hits(sense) if hit.end <= before]
    kept = [hit.start for hit in sentence.hits("net") if hit.end <= before]
    if not taken and not kept:
        return None
    return "state" if max(kept, default=-1) > max(taken, default=-1) else "worker"
