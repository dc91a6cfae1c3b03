"""Which measure a sum or a share belongs to: the worker's pay, the state's take, its income, a bribe, another's wage.

A sum of millions belongs to the state and never to one worker; a share belongs to whoever takes it.
"""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.amounts import largest
from tallystick.claims.reading.conversions import is_converted, is_exchange
from tallystick.claims.reading.payers import bribed, earned, hands_over, owed_before, remainder
from tallystick.claims.reading.recipients import WORKER, recipient
from tallystick.claims.reading.scene import Sentence
from tallystick.claims.reading.shares import KEEP, off_theme, share
from tallystick.claims.reading.verdict import CARRIED, GOVERNED, NOUN, OBSERVED, THEME, Verdict

_DOLLARS = {"USD": 1.0, "EUR": 1.1, "CNY": 0.14, "RUB": 0.013, "KRW": 0.0008, "JPY": 0.008, "MYR": 0.24, "GBP": 1.3}
_LARGE = 400_000.0  # dollars, by rough rates: above any worker's pay for years, below any income of a State's programme
_BESIDE_DEBT = 40  # signs between a debt to a broker or a relative and its sum
_NEAR = 110
_SENSES = ("wage", "net", "due", "take", "comparable", "bribe", "fine", "promise", "employer")
_FIRST = {
    "wage": 0,
    "net": 18,
    "due": 10,
    "take": 2,
    "comparable": 12,
    "bribe": 25,
    "fine": 0,
    "promise": 16,
    "employer": 30,
}
_MEASURE = {
    "wage": "gross_wage",
    "net": "worker_net_pay",
    "due": "state_take_per_worker",
    "take": "state_take_per_worker",
    "comparable": "comparable_wage",
    "bribe": "bribe_cost",
    "fine": "",
    "promise": "promised_wage",
    "employer": "employer_cost",
}
_PAY = frozenset(
    {"gross_wage", "worker_net_pay", "state_take_per_worker", "comparable_wage", "bribe_cost", "promised_wage"}
)
_THAT_IS = re.compile(
    r",?\s(?:곧|즉|다시 말해)\s(?:\S+의\s)?(?:약\s)?|,\s(?:or|that is|i\.e\.|in other words),?\s(?:about\s|some\s)?|"
    r",\s(?:то есть|или)\s(?:около\s)?"
)
_PROPORTION = 6  # letters
_SHARES = ("percent", "fraction")
_SUM_OF = {"state_take_share": "state_take_per_worker", "worker_keep_share": "worker_net_pay"}
_CLAUSE_KO = re.compile(r"(?:지만|[는은인]데|(?<![반측화장])면|(?<![최창보])고|며|으나|면서)(?:은|도)?[\s,]")
_ITEM = re.compile(r"(?:이고|이며|,|고)?,?\s[가-힣A-Z ]{1,12}(?:은|는|에서는|에선|의 경우)?\s")
_ENDS_ITEM = re.compile(
    r"\s?(?:정도|수준|가량|안팎|선)?\s?(?:(?:으로|로|이며|이고|인데|이지만|이다|였고|였다)[,.\s]|,\s|[.]|\Z)"
)
_OWN_COST = re.compile(
    r"(?:\s(?:a|per|each|в)\s(?:month|week|day|year|месяц|неделю|день))?\s(?:for|on|за|на)\s(?:his |her |their |the )?"
    r"(?:food|meals?|rent|board|lodgings?|housing|accommodation|a bed|groceries|cigarettes|питани\w+|еду|жиль[её]|"
    r"проживани\w+|продукты)(?!\w)|(?:를|을)?\s?(?:식비|숙박비|방세|밥값|생활비)로",
    re.IGNORECASE,
)
_PER_THING = re.compile(
    r"\s(?:per|for (?:each|every|a)|a|за (?:кажд\w+ )?)\s?(?:square |cubic |кубическ\w+ |квадратн\w+ )?"
    r"(?:met(?:re|er)|ton(?:ne)?|kilo\w*|litre|barrel|shirt|piece|метр\w*|тонн\w*|кило\w*|штук\w*)\b"
)
_SOLD = 60  # cost of the way from what is bought with a bribe
_THE_SUM = re.compile(
    r"\b(?:the|that|this|the previous|the old) (?:sum|amount|figure|target|norm)s?\b(?! of)|"
    r"(?<!a )(?<!lump )\b(?:sum|amount)(?= (?:had|was|is|has|used|before|then|rose|fell)\b)|"
    r"(?<!\w)(?:эта|прежняя|прежде|раньше) (?:сумма|норма|план)|(?:그|이|종전|기존) ?(?:액수|금액)|금액은|액수는",
    re.IGNORECASE,
)
_SUM_REACH = 50  # letters from "the sum" to the sum
_OPENS = 3  # letters of a quotation mark and blanks
_OF_SUM = re.compile(
    r"(?:\A\W*|[.;,]\s)(?:[Oo]ut of|[Oo]f|[Ff]rom)\s(?:(?:his|her|their|a|the|each|every)\s(?:\w+\s)?)?\Z|"
    r"(?<!\w)Из\s(?:\w+\s){0,2}\Z"
)
_GETS = re.compile(  # before a sum: who receives it
    r"\b(?:gets?|got|getting|sees?|saw|receives?|received|has|had|holds?|held|pockets?|pocketed|(?:is|are|was|were)\s"
    r"(?:\w+ly\s)?(?:given|handed|paid))\s(?:(?:only|just|about|some|around|a mere|perhaps|maybe|barely|roughly)\s)*\Z"
)
_PERSON = re.compile(r"\b(?:he|she|they|who|each|one|everyone)\b")
_PAYS = re.compile(r"\b(?:pays?|paid|paying|costs?|charges?|charged|hands? over|gives?|gave)\b[^.;]{0,60}\Z")
_PART_OF = re.compile(  # "$300 of the $700 that he earns"
    r"\s(?:out\s)?of\s(?:the|his|her|their|a|every|each)\s(?:\w+\s)?|\sиз\s(?:тех\s|этих\s|его\s|е[её]\s)?"
)
_AT_HOME = re.compile(r"\bhome\b|родин|дома|본국|고향", re.IGNORECASE)
_SPENT = 20  # cost of the way from what costs so much
_NEAR_EARNER = 45  # cost of the way from who earns to the sum
_OUR = re.compile(r"\b(?:our|their|my|his|наша|их)\s\Z", re.IGNORECASE)


def in_dollars(quantity: Quantity) -> float:
    """A rough worth, only to tell a State's income from a worker's pay."""
    return largest(quantity) * _DOLLARS.get(quantity.unit, 0.1)


def money(sentence: Sentence, quantity: Quantity, ours: bool, before: Verdict | None) -> Verdict | None:
    """The measure of a sum; `before` is the verdict on the sum that the same sentence gave just before."""
    if (
        not ours
        or is_converted(sentence, quantity)
        or is_exchange(sentence, quantity)
        or _PER_THING.match(sentence.text, quantity.end)
    ):
        return None
    if _OWN_COST.match(sentence.text, quantity.end):
        return None  # what a worker lives on
    if in_dollars(quantity) >= _LARGE:
        return _income(sentence, quantity, before)
    return _individual(sentence, quantity, before)


def _income(sentence: Sentence, quantity: Quantity, before: Verdict | None) -> Verdict | None:
    if sentence.has("comparable") and not sentence.has("sender"):
        return None  # what other countries' workers send home
    if sentence.has("trade") and not sentence.has("labour"):
        return None  # what goods are worth
    if sentence.has("theft") or off_theme(sentence, quantity, ("revenue", "take")):
        return None
    cost = min(sentence.cost("revenue", quantity), sentence.cost("take", quantity))
    if cost > _NEAR + 60:
        same = before is not None and before.measure in _PAY | {"programme_revenue"} and not sentence.has("fine")
        return Verdict("programme_revenue", OBSERVED, CARRIED, "a sum of millions that goes on") if same else None
    evidence = GOVERNED if cost < 40 else NOUN
    return Verdict("programme_revenue", OBSERVED, evidence, "a sum of millions that comes to the State")


def _individual(sentence: Sentence, quantity: Quantity, before: Verdict | None) -> Verdict | None:
    if off_theme(sentence, quantity, _SENSES) or _is_private_debt(sentence, quantity):
        return None
    if quantity.kind == "money" and not quantity.per_person and sentence.cost("each_taker", quantity) < _NEAR:
        return Verdict("", OBSERVED, THEME, "owed by those who watch over many workers")
    if quantity.kind == "money" and _in_list(sentence, quantity, before):
        return before._replace(evidence=CARRIED) if before else None
    if quantity.kind == "money" and (given := _given(sentence, quantity, before)) is not None:
        return given
    if quantity.kind == "money" and (told := _same_as_share(sentence, quantity)) is not None:
        return told
    sense, cost = _governing(sentence, quantity)
    if (sense == "wage" or cost > _NEAR) and _anaphoric(sentence, quantity):
        return Verdict("state_take_per_worker", OBSERVED, CARRIED, "the sum that was said to be owed")
    if cost > _NEAR:
        return _carried(sentence, quantity, before) or _by_rate(sentence, quantity)
    if sense == "bribe" and quantity.per in ("week", "month", "year"):
        sense = "due"  # what is paid again and again keeps nobody's place abroad
    if sense in ("wage", "net", "promise") and _of_others(sentence, quantity):
        sense = "comparable"
    elif sense == "comparable" and _of_ours(sentence, quantity):
        sense = "wage"
    if before is not None and before.measure == "bribe_cost" and _spent(sentence, quantity, cost):
        return before._replace(evidence=CARRIED)
    if sense == "promise" and quantity.kind == "money" and not (quantity.per or sentence.has("wage")):
        return None  # what is promised without a rate may be anything
    evidence = GOVERNED if cost < 35 else NOUN
    if sense == "net" and _others_keep(sentence, quantity):
        return Verdict("state_take_per_worker", OBSERVED, evidence, "a sum that the State or its agents keep")
    bought = sense in ("take", "wage") and sentence.cost("bribe", quantity) < _SOLD
    bought = bought and not (sense == "wage" and earned(sentence, quantity))
    if bought or (sense in ("take", "wage", "due") and quantity.kind == "money" and _to_go(sentence, quantity)):
        return Verdict("bribe_cost", OBSERVED, NOUN, "paid for a place abroad")
    if sense == "take":
        return _taken(sentence, quantity, evidence)
    if sense == "wage" and _contrasted(sentence, quantity, before):
        return Verdict("worker_net_pay", OBSERVED, GOVERNED, "set against the wage said before: what is left")
    if sense == "wage" and quantity.kind == "money" and _owed(sentence, quantity):
        return Verdict("state_take_per_worker", OBSERVED, evidence, "owed to the State")
    if sense == "fine" and not sentence.has("labour"):
        return None
    reason = f"a sum governed by a word of the sense “{sense}”"
    return Verdict(_MEASURE[sense], OBSERVED, THEME if sense == "fine" else evidence, reason)


def _same_as_share(sentence: Sentence, quantity: Quantity) -> Verdict | None:
    """Who has the share that a sum is said to be: "$650, that is 90 percent of the wage, is handed in"."""
    following = sentence.quantities.index(quantity) + 1
    part = sentence.quantities[following] if following < len(sentence.quantities) else None
    if part is None or part.kind not in _SHARES or not _THAT_IS.fullmatch(sentence.text, quantity.end, part.start):
        return None
    told = share(sentence, part, True)
    measure = _SUM_OF.get(told.measure) if told else None
    return Verdict(measure, OBSERVED, CARRIED, "the sum that a share of the wage comes to") if measure else None


def _governing(sentence: Sentence, quantity: Quantity) -> tuple[str, int]:
    """The sense that governs a sum: of its own clause, which a Korean connective closes, if any word there does."""
    whole = sentence.hits("net")
    inner = {
        hit
        for hit in sentence.hits("take")
        if any(of != hit and of.start <= hit.start and hit.end <= of.end for of in whole)
    }
    closes = _CLAUSE_KO.search(sentence.text, quantity.end, sentence.end) if sentence.language == "ko" else None
    if closes is not None:
        later = {hit for sense in _SENSES for hit in sentence.hits(sense) if hit.start >= closes.end()}
        sense, cost = sentence.nearest(_SENSES, quantity, _FIRST.__getitem__, later)
        if cost <= _NEAR:
            return sense, cost
    return sentence.nearest(_SENSES, quantity, _FIRST.__getitem__, inner)


def _in_list(sentence: Sentence, quantity: Quantity, before: Verdict | None) -> bool:
    """A Korean list of sums has its topic before the first and its verb after the last: what follows it is no topic."""
    index = sentence.quantities.index(quantity)
    if sentence.language != "ko" or index == 0 or before is None or before.measure not in _PAY:
        return False
    first = sentence.quantities[index - 1]
    apart = sentence.text[first.end : quantity.start]
    told = any(first.end <= hit.start < quantity.start for sense in _SENSES for hit in sentence.hits(sense))
    return (
        first.kind == "money"
        and not told
        and bool(_ITEM.fullmatch(apart))
        and bool(_ENDS_ITEM.match(sentence.text, quantity.end))
    )


def _given(sentence: Sentence, quantity: Quantity, before: Verdict | None) -> Verdict | None:
    """What a worker gives: once, to be sent, or again and again, to those above him; and what is left to him."""
    if bribed(sentence, quantity):
        return Verdict("bribe_cost", OBSERVED, NOUN, "given where bribes are spoken of")
    if _whole(sentence, quantity):
        return Verdict("gross_wage", OBSERVED, NOUN, "the whole of which the parts are told next")
    if (whose := recipient(sentence, quantity, _told_wage(before))) is not None:
        measure = "worker_net_pay" if whose == WORKER else "state_take_per_worker"
        return Verdict(measure, OBSERVED, GOVERNED, "to whom it goes is said after it")
    if _received_of(sentence, quantity, before):
        return Verdict("worker_net_pay", OBSERVED, GOVERNED, "what the worker gets of a larger sum")
    if (left := remainder(sentence, quantity)) is not None:
        measure = "worker_net_pay" if left == "worker" else "state_take_per_worker"
        return Verdict(measure, OBSERVED, NOUN, "what is left after the other side's part")
    if hands_over(sentence, quantity):
        return Verdict("state_take_per_worker", OBSERVED, GOVERNED, "a sum that the worker gives to those above him")
    return None


def _told_wage(before: Verdict | None) -> bool:
    return before is not None and before.measure in ("gross_wage", "promised_wage", "employer_cost")


def _received_of(sentence: Sentence, quantity: Quantity, before: Verdict | None) -> bool:
    """ "They pay $400 for her, and she gets $90"; "she sees $90 of the $400": a part that a worker receives."""
    index = sentence.quantities.index(quantity)
    told = _GETS.search(sentence.text, sentence.start, quantity.start)
    if told is None or sentence.language != "en" or _keeper_last(sentence, told.start()):
        return False
    whole = sentence.quantities[index + 1] if index + 1 < len(sentence.quantities) else None
    if whole is not None and _PART_OF.fullmatch(sentence.text, quantity.end, whole.start):
        return whole.kind == "money" and largest(quantity) < largest(whole)
    first = sentence.quantities[index - 1] if index else None
    if first is None or not _told_wage(before) or first.unit != quantity.unit or first.end > told.start():
        return False
    paid = _PAYS.search(sentence.text, sentence.start, first.start) or _OF_SUM.search(
        sentence.text[sentence.start : first.start]
    )
    return bool(paid) and largest(quantity) < largest(first)


def _keeper_last(sentence: Sentence, verb: int) -> bool:
    """Whether the noun before a verb of getting is one of those who take, and no worker or pronoun."""
    keeper = max((hit.end for hit in sentence.hits("keeper") if hit.end <= verb), default=-1)
    worker = max((hit.end for hit, _ in sentence.nouns() if hit.end <= verb), default=-1)
    pronoun = max((match.end() for match in _PERSON.finditer(sentence.text, sentence.start, verb)), default=-1)
    return keeper > max(worker, pronoun)


def _is_private_debt(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a sum is owed to a broker, a recruiter or a relative: no pay, and nothing that the State takes."""
    if quantity.per:
        return False  # what is handed over at a rate is told of by its own words
    hits = sentence.hits("private_debt")
    return any(hit.start - _BESIDE_DEBT <= quantity.start and quantity.end <= hit.end + _BESIDE_DEBT for hit in hits)


def _carried(sentence: Sentence, quantity: Quantity, before: Verdict | None) -> Verdict | None:
    """A sum with no word of its own goes on from the one before, said of others or of the sender's people again."""
    if before is None or before.measure not in _PAY:
        return None
    if before.measure == "comparable_wage" and _of_ours(sentence, quantity):
        return Verdict("gross_wage", OBSERVED, CARRIED, "set beside the wage of others")
    return before._replace(evidence=CARRIED)


def _anaphoric(sentence: Sentence, quantity: Quantity) -> bool:
    """ "The sum before was 3,400": a sum spoken of again, where nothing but what is owed was spoken of before."""
    if not _THE_SUM.search(sentence.text, max(sentence.start, quantity.start - _SUM_REACH), quantity.start):
        return False
    return not sentence.has("due") and owed_before(sentence)


def _to_go(sentence: Sentence, quantity: Quantity) -> bool:
    """A clause of purpose that opens the sentence governs its first sum: "To be chosen, he hands over $100"."""
    opens = any(hit.start - sentence.start < _OPENS for hit in sentence.hits("bribe"))
    return opens and next(other for other in sentence.quantities if other.kind == "money") is quantity


def _whole(sentence: Sentence, quantity: Quantity) -> bool:
    """ "Out of his $800 he owes $450": a sum of which a smaller one of the same money is told next."""
    index = sentence.quantities.index(quantity)
    part = sentence.quantities[index - 1] if index else None
    if part is not None and part.kind == "money" and _PART_OF.fullmatch(sentence.text, part.end, quantity.start):
        return part.unit == quantity.unit and largest(part) < largest(quantity)
    if not _OF_SUM.search(sentence.text[sentence.start : quantity.start]):
        return False
    return any(
        other.kind == "money" and other.unit == quantity.unit and largest(other) < largest(quantity)
        for other in sentence.quantities
        if other.start > quantity.end
    )


def _spent(sentence: Sentence, quantity: Quantity, cost: int) -> bool:
    """Whether a sum is what something costs: after a bribe, a dearer or cheaper place."""
    spend = sentence.cost("spend", quantity)
    return spend < _SPENT and (spend <= cost or spend <= sentence.cost("wage", quantity))


def _by_rate(sentence: Sentence, quantity: Quantity) -> Verdict | None:
    """A sum an hour or a month in a text on these people, of which no word says more, is what they are paid."""
    each = quantity.per == "year" and (quantity.per_person or sentence.cost("one_worker", quantity) < _NEAR)
    if quantity.per not in ("hour", "day", "month") and not each:
        return None
    return Verdict("gross_wage", OBSERVED, NOUN, "a sum at a rate, in a text on the workers")


def _of_others(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the earner named last before a sum is not the sender's: "local workers earn $280"."""
    index = sentence.quantities.index(quantity)
    since = sentence.quantities[index - 1].end if index else sentence.start
    others = [hit for hit in sentence.hits("comparable") if since <= hit.start and hit.end <= quantity.start]
    if not others:
        return False
    own = [hit.start for hit in sentence.hits("sender") if others[-1].end <= hit.start < quantity.start]
    return not own


def _of_ours(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a sum is the sender's people's after all: they are named after the others, or "average" names nobody."""
    others = [hit for hit in sentence.hits("comparable") if hit.end <= quantity.start]
    if others and _in_proportion(sentence, quantity):
        return True
    own = [hit for hit in sentence.hits("sender") if hit.end <= quantity.start]
    home = others and _AT_HOME.search(sentence.text, others[-1].start, others[-1].end)
    if others and own and own[-1].start > others[-1].end and not home:
        return sentence.reach(own[-1], quantity) < _NEAR_EARNER and sentence.language != "ko"
    if others and _AT_HOME.search(sentence.text, others[-1].start, others[-1].end):
        return False
    every = sentence.hits("comparable")
    possessive = any(_OUR.search(sentence.text, max(sentence.start, hit.start - 8), hit.start) for hit in every)
    return possessive and len(every) == 1


def _in_proportion(sentence: Sentence, quantity: Quantity) -> bool:
    """ "Half of what the locals get, $900": a sum right after the part of others' pay that it comes to."""
    index = sentence.quantities.index(quantity)
    part = sentence.quantities[index - 1] if index else None
    return part is not None and part.kind in _SHARES and quantity.start - part.end <= _PROPORTION


def _taken(sentence: Sentence, quantity: Quantity, evidence: str) -> Verdict:
    """A verb of taking or giving governs the sum; it is the State's only where the State or a levy is named."""
    above = sentence.has("regime") or sentence.has("due") or sentence.has("keeper")
    if above or (quantity.per and (quantity.per_person or owed_before(sentence))):
        return Verdict("state_take_per_worker", OBSERVED, evidence, "a sum that the State or its agents take")
    if sentence.cost("wage", quantity) < _NEAR:
        return Verdict("gross_wage", OBSERVED, NOUN, "a sum paid")
    return Verdict("", OBSERVED, THEME, "a sum handed over, to whom is not said")


def _owed(sentence: Sentence, quantity: Quantity) -> bool:
    return sentence.cost("due", quantity) < 30 and sentence.cost("wage", quantity) > 10


def _contrasted(sentence: Sentence, quantity: Quantity, before: Verdict | None) -> bool:
    if before is None or before.measure not in ("gross_wage", "promised_wage"):
        return False
    index = sentence.quantities.index(quantity)
    since = sentence.quantities[index - 1].end if index else sentence.start
    if any(since <= day.start < quantity.start for day in sentence.days):
        return False  # another time, not another part: "they got $250 then, but this year get $300"
    if any(since <= hit.start and hit.end <= quantity.start for hit, _ in sentence.places()):
        return False  # another place: "they get $300, but in that city up to $800"
    return sentence.cost("contrast", quantity) < 40


def _others_keep(sentence: Sentence, quantity: Quantity) -> bool:
    """ "The company that sent them keeps $300": the subject of keeping is who takes, not the worker."""
    keeps = [hit for hit in sentence.hits("net") if hit.end <= quantity.start and KEEP.match(sentence.text, hit.start)]
    if not keeps:
        return False
    since = max([sentence.start, *(other.end for other in sentence.quantities if other.end <= keeps[-1].start)])
    return any(since <= hit.start < keeps[-1].start for hit in sentence.hits("keeper"))
