"""Numbers without a noun: what they count is said by their own verb, by the number before, or by the words around.

"18,000 went home. The Gulf gave 900. A year earlier it was 2,000." The first has a verb, the others go on from it: a
copula says nothing of its own, a full verb does. A bare number on its own, with none of these, counts nobody.
"""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.amounts import CROSSINGS, largest
from tallystick.claims.reading.clauses import are_senders, fell_by, is_auxiliary, is_increment, is_origin, is_rate
from tallystick.claims.reading.codes import is_code
from tallystick.claims.reading.crossings import entry, labelled, purposes
from tallystick.claims.reading.heads import PEOPLE, Head, enumerates, head, is_nation, of_nation, outnumbered
from tallystick.claims.reading.outsiders import part_of_things
from tallystick.claims.reading.partitive_ru import apart, given_others, verbless
from tallystick.claims.reading.people import MEASURE, by_verb, one_fate, paper, thing
from tallystick.claims.reading.plans import VERBS, is_planned
from tallystick.claims.reading.rows import beside_host, row
from tallystick.claims.reading.scene import FAR, Hit, Sentence
from tallystick.claims.reading.subjects import PAPERS, papers_before, senders, subject
from tallystick.claims.reading.verdict import CARRIED, GOVERNED, NOUN, OBSERVED, PLANNED, Verdict
from tallystick.claims.reading.wholes import with_predicate

_LEAST_BARE = 10  # a smaller bare number is a rank, a page or an age
_MOST_PEOPLE = 1_000_000  # more than this are nobody's workers abroad
_LEAST_FATE = 2  # "eight died": those who die or flee are few
_NO_NOUN = frozenset({"", "명", "человек", "people", "persons", "인"})
_PLACES = frozenset({"мест", "места", "places", "slots"})  # of a quota
_CASES = frozenset({"건", "장", "штук", "единиц"})  # of papers
_PERSONS = _NO_NOUN - {""}  # units that only people have
_HEADCOUNT = 80  # cost: "the number of workers there fell from 4,000"
_BESIDE = 20  # cost up to which a verb stands beside a number: "arrivals surpassed ten thousand"
_GOVERNS = 45  # cost up to which a verb is said to govern
_PRESENCE = frozenset({"workers_present", "workers_arrived"})
_MOVED = _PRESENCE | {"workers_planned", "workers_repatriated"}
_FATES = frozenset({"deaths", "escapes"})
_NAMED = 110  # cost of the way from a purpose to who named it
_NEXT = 3  # letters: "about 40 remain"
_LEFT = frozenset({"workers_repatriated", "workers_arrived", "workers_recalled"})
_WORK_PAPERS = frozenset({"work_permits_issued", "work_permits_valid", "visas_work"})
_PAPERS = _WORK_PAPERS | {"visas_student", "visas_total", "visas_tourist"}
_GROUP = 8  # cost of the way from words of a group to how many it has
_CROWD = 100  # a smaller number that people are is their age
_ARE = re.compile(
    r"\b(?:are|were|have been)\s(?:(?:here|there|in all|about|around|some|now|only|already|perhaps|over)\s)*\Z"
)
_THEY_ARE = re.compile(r"\b[Tt]hey (?:are|were|have been)\s")
_HOSTS = re.compile(
    r",?\s(?:that|which)\s(?:now\s|still\s|also\s)?(?:host|employ|use|receive|accept|take|hire|welcome)s?\b|"
    r",\s(?:которые|где)\s(?:принимают|нанимают|используют|работают|трудятся)"
)
_OUT_OF = re.compile(r"(?<!\w)(?:out of|from among|из)\s(?:a total of\s|an?\s|some\s|about\s|the\s)*\Z")
_MORE = re.compile(
    r"(?<!\w)(?:another|a further|an additional|an extra|ещё|еще|дополнительно)\s(?:\w+\s)?\Z|추가로\s\Z", re.IGNORECASE
)
_MORE_AFTER = re.compile(r"\s?(?:more|extra|дополнительно)(?!\w)|\s?(?:을|를)?\s?(?:더|추가)")
_GO_ON = _MOVED | {
    "visas_work", "visas_student", "work_permits_issued", "shells_supplied",
    "escapes", "deaths", "labour_shortage", "work_permits_valid", "visas_total", "visas_tourist", "workers_recalled",
    "quota_requested", *CROSSINGS,
}  # fmt: skip
_MOVES = ("planned", "arrived", "repatriated", "death", "escape")
_DIRECT = 8  # letters of "have" and blanks
_OWN_REACH = 40  # letters from a number to the verb that it is the subject or object of
_NO_VERB = re.compile(  # words of the sense "present" that are no predicate of people
    r"numbers?|total(?:s|led|ed)?|estimat\w*|still|currently|there|presence|belong|"
    r"(?:come|came|add|amount)\w* (?:up )?to|"
    r"number\w*|"
    r"всего|сейчас|составл\w+|состави\w+|оцени\w+|насчитыва\w+|"
    r"추산|추정|집계|규모|달[하한했]|수는|숫자|이른다|넘는|있[다는으었고지].*",
    re.IGNORECASE,
)
_COPULA = re.compile(r"(?:is|are|was|were|has|have|had|был[оаи]?|есть)", re.IGNORECASE)
_PLACED = re.compile(
    r"\s(?:more\s|others\s|of them\s|still\s|now\s|currently\s|already\s|alone\s)*"
    r"(?:(?:in|across|inside|within)\s(?:the\s(?:country|region|city|territory|republic)\b|(?:the\s)?[A-Z])|there\b|abroad\b|overseas\b)"
)
_EXISTS = {  # before the number, and after it
    "en": (
        re.compile(
            r"\b[Tt]here (?:are|were|was|had been|have been|remain\w*|"
            r"(?:may|might|could|must|should|would)\s(?:now\s|still\s|also\s)?(?:be|have been))\s[\w\s]{0,20}\Z"
        ),
        re.compile(
            r"\s(?:may|might|could|must|should|would)\s(?:now\s|still\s|well\s|already\s)?(?:be|have been)\s"
            r"(?:abroad|overseas|there|at work|in\b|outside)|"
            r"(?:\sof (?:them|these|those))?\s(?:are|were)\s(?:now\s|still\s)?"
            r"(?:in (?:the|that|this)\b|there\b|at work)"
        ),
    ),
    "ru": (
        re.compile(
            r"(?:насчитывалось|находилось|имелось|может (?:быть|находиться|насчитываться)|"
            r"их (?:было|оставалось|осталось|насчитывалось))\s[\w\s]{0,20}\Z"
        ),
        re.compile(r"(?!)"),
    ),
    "ko": (
        re.compile(r"(?!)"),
        re.compile(r"(?:이|가|에|정도)?\s?(?:가까이\s)?(?:있[었다]|이르[렀러]|달했|남[았아]|넘[었는])"),
    ),
}
_OPENS = re.compile(r"\W*(?:Of|Among|Из|Среди)\s")
_WORKERS = frozenset({"worker", "citizen", "military_builder"})
_OBLIQUE = re.compile(r"(?<!\w)(?:until|till|at|by|from|since|before|after|with|после)\s\Z")
_COUNTED = re.compile(r"(?:their|the|its|that)\snumbers?\s|(?:их|это)\sчисло|그\s?수[는가]|숫자[는가]", re.IGNORECASE)
_COUNTED_REACH = 50
_ASIDE = re.compile(r"\s?,[^,;:.\d]{2,40},\s?(?:\w+\s)?")
_NATION = re.compile(r"(?:인|an|ans|ese|i|is|s|цев|цы|ы)\s?\(\Z")
_WHO = re.compile(r",?\s(?:who|которые)\s(?:now\s|still\s|also\s|ещё\s|сейчас\s)?")
_MOST = 140  # cost of the way from "the most that ever worked there" to the number
_QUOTAS = frozenset({"workers_planned", "quota_requested"})
_COLLECTIVE = re.compile(
    r"(?:дво|тро)(?:е|их|им|ими)|(?:четв|пят|шест|сем|восьм|девят|десят)ер(?:о|ых|ым|ыми)", re.IGNORECASE
)
_INSTANCES = frozenset({"cases", "случаев", "случая", "случаи", "건"})
_LAST = {
    "en": re.compile(r"\b[Tt]he\s(?:last|remaining|final|other)\s\Z"),
    "ru": re.compile(r"(?<!\w)(?:последни|остальны|оставши)\w+\s\Z", re.IGNORECASE),
    "ko": re.compile(r"(?:마지막|나머지|남은)\s\Z"),
}
_OF_THESE = re.compile(
    r"(?<!\w)(?:of|among)\s(?:these|those|them|whom),?\s(?:(?:about|some|around|only|nearly)\s)?\Z|"
    r"(?<!\w)(?:из|среди)\s(?:них|этих|которых)\s(?:(?:около|лишь|почти|примерно)\s)?\Z",
    re.IGNORECASE,
)
_MIDNIGHT = 24
_CLOCK = re.compile(r"(?<!\w)(?:at|by|until|till|before|after|к|до|после)\s\Z")
_SUM = re.compile(r":\s")


def bare(sentence: Sentence, quantity: Quantity, ours: bool, before: Verdict | None) -> Verdict | None:
    """A number without a noun: with a verb of its own, going on from the number before, or in a row of hosts."""
    if sentence.has("allotted") and (quantity.unit in _PLACES or (before is not None and before.measure in _QUOTAS)):
        return _allotted(sentence, quantity)
    places = quantity.unit in _PLACES and sentence.has("due")
    places = places or (quantity.unit in _CASES and before is not None and before.measure in _PAPERS)
    places = places or (quantity.unit in _INSTANCES and before is not None and before.measure in _FATES)
    places = places or (before is not None and _of_these(sentence, quantity))
    if not ours or (quantity.unit not in _NO_NOUN and not places) or is_code(sentence, quantity):
        return None
    few = _fate(sentence, quantity) or (before is not None and before.measure in _FATES and quantity.unit in _PERSONS)
    last = before is not None and before.measure in _MOVED | _LEFT and _is_last(sentence, quantity)
    fate = min(sentence.cost(sense, quantity) for sense in ("death", "escape")) < _BESIDE
    few = few or ((before is not None or fate) and _collective(sentence, quantity))
    if largest(quantity) < (_LEAST_FATE if few or last else _LEAST_BARE) and not one_fate(sentence, quantity):
        return None
    if sentence.cost("other_fate", quantity) < _BESIDE or (before is None and _of_troops(sentence, quantity)):
        return None
    if enumerates(sentence, quantity) or (largest(quantity) > _MOST_PEOPLE and not sentence.has("shortage")):
        return None
    if (
        is_nation(sentence, quantity)
        or of_nation(sentence, quantity)
        or (before is None and outnumbered(sentence, quantity))
    ):
        return None
    if _is_sum(sentence, quantity) or _of_nation(sentence, quantity) or _is_hour(sentence, quantity):
        return None
    if before is not None and before.measure == "workers_repatriated" and fell_by(sentence, quantity):
        return before._replace(evidence=CARRIED, reason="by how many those who stay grew fewer")
    if is_increment(sentence, quantity) or is_rate(sentence, quantity) or _of_things(sentence, quantity):
        return None
    if (part := purposed(sentence, quantity, before)) is not None:
        return part
    if are_senders(sentence, quantity):
        return Verdict("workers_present", OBSERVED, NOUN, "a number of whom it is said that they are the sender's")
    if before is None and labelled(sentence, quantity):
        return entry(sentence, quantity, NOUN)
    if _most(sentence, quantity) and not _of_papers(sentence):
        return Verdict("workers_peak", OBSERVED, CARRIED, "the most there ever were")
    if sentence.cost("shortage", quantity) <= _GOVERNS and not senders(sentence, quantity, Head("people", None)):
        return Verdict("labour_shortage", OBSERVED, GOVERNED, "workers that the economy lacks")
    if before is None and (listed := row(sentence, quantity)) is not None:
        return listed
    papers = _papers(sentence, quantity, ours)
    if papers is not None:
        return papers
    if (kind := apart(sentence, quantity)) is not None and kind.kind in PEOPLE:
        if kind.hit is not None and verbless(sentence, kind.hit):
            return Verdict("workers_present", OBSERVED, CARRIED, "so many there are, without a verb")
        return by_verb(sentence, quantity, kind)._replace(evidence=CARRIED)
    if sentence.own_cost("study", quantity) < 60 and (
        sentence.has("crossing")
        or (before and before.measure in CROSSINGS)
        or (sentence.has("sender") and sentence.cost("arrived", quantity) < _GOVERNS and not sentence.has("planned"))
    ):
        return entry(sentence, quantity, NOUN)
    return going_on(sentence, quantity, before) or _alone(sentence, quantity)


def _collective(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a Russian numeral is one that only people are counted with: трое, шестеро."""
    word = sentence.text[quantity.number_start : quantity.number_end]
    return sentence.language == "ru" and bool(_COLLECTIVE.fullmatch(word))


def _allotted(sentence: Sentence, quantity: Quantity) -> Verdict | None:
    """Places of a quota for the sender's people, who are the nation named last before their number."""
    named = [code for hit, code in sentence.places() if hit.end <= quantity.start]
    if not named or sentence.tongue.roles[named[-1]] != "sender":
        return None
    return Verdict("workers_planned", PLANNED, GOVERNED, "places allotted to the sender's people")


def _is_last(sentence: Sentence, quantity: Quantity) -> bool:
    """ "The last six": what is left of people who were counted before."""
    return bool(_LAST[sentence.language].search(sentence.text, sentence.start, quantity.start))


def _of_these(sentence: Sentence, quantity: Quantity) -> bool:
    """ "Of these, 4,000 build": a part of those counted before, whatever word follows."""
    return bool(_OF_THESE.search(sentence.text, sentence.start, quantity.start))


def _of_things(sentence: Sentence, quantity: Quantity) -> bool:
    """States that host, or the whole of things of which a part was counted: "three restaurants out of 130"."""
    if _HOSTS.match(sentence.text, quantity.end):
        return True
    index = sentence.quantities.index(quantity)
    if part_of_things(sentence, quantity):
        return True
    if index == 0 or not _OUT_OF.search(sentence.text, sentence.start, quantity.start):
        return False
    return head(sentence, sentence.quantities[index - 1]).kind not in ("", *PEOPLE)


def purposed(sentence: Sentence, quantity: Quantity, before: Verdict | None) -> Verdict | None:
    """A part of visas or crossings, by the purpose that stands beside it: "8,000 for study", "12,000 as tourists"."""
    if before is None or not (before.measure in _PAPERS or before.measure in CROSSINGS):
        return None
    study, other = purposes(sentence, quantity)
    if before.measure.startswith("entries") and sentence.own_cost("for_work", quantity) < min(study, other, _GOVERNS):
        return entry(sentence, quantity, CARRIED)
    if min(study, other) > _GOVERNS and not (sentence.has("purpose") and study < _NAMED):
        return None
    if before.measure in CROSSINGS:
        return entry(sentence, quantity, CARRIED)
    measure = "visas_student" if study <= other else "visas_tourist"
    return Verdict(measure, OBSERVED, CARRIED, "visas of a purpose that is named beside their number")


def _of_troops(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the noun before a bare number is soldiers, or those who clear mines: "sappers: nine of them died"."""
    before = [kind for hit, kind in sentence.nouns() if hit.end <= quantity.start]
    return bool(before) and before[-1] in ("soldier", "sapper")


def _is_hour(sentence: Sentence, quantity: Quantity) -> bool:
    """ "They finish at ten": an hour of the clock after a preposition."""
    before = sentence.text[max(sentence.start, quantity.number_start - 8) : quantity.number_start]
    return largest(quantity) <= _MIDNIGHT and bool(_CLOCK.search(before))


def _fate(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a bare number is directly the subject of dying or fleeing."""
    gaps = (hit.start - quantity.end for sense in ("death", "escape") for hit in sentence.hits(sense))
    return any(0 <= gap <= _DIRECT for gap in gaps)


def _is_sum(sentence: Sentence, quantity: Quantity) -> bool:
    """A sum whose currency is not said again: beside another sum, or with a verb of pay nearer than any other."""
    if _verb(sentence, quantity) is not None or _is_so_many(sentence, quantity) or _of_these(sentence, quantity):
        return False
    if sentence.language == "en" and _of_people(sentence, quantity):
        return False
    if any(other.kind == "money" for other in sentence.quantities):
        return True
    pay = sentence.cost("wage", quantity)
    return pay < _BESIDE and quantity.unit == "" and pay < min(sentence.cost(verb, quantity) for verb in VERBS)


def _of_people(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the words beside a bare number say that it counts people: a headcount, a place, "who"."""
    counted = sentence.cost("headcount", quantity) < _NEXT or _exists(sentence, quantity)
    return counted or _placed(sentence, quantity) or bool(_WHO.match(sentence.text, quantity.end, sentence.end))


def _of_nation(sentence: Sentence, quantity: Quantity) -> bool:
    """A number in brackets after another State's people: "second to the Ruritanians (45,000)"."""
    if not _NATION.search(sentence.text, max(sentence.start, quantity.start - 6), quantity.start):
        return False
    before = [code for hit, code in sentence.places() if quantity.start - 5 <= hit.end <= quantity.start]
    return bool(before) and sentence.tongue.roles[before[-1]] != "sender"


def _papers(sentence: Sentence, quantity: Quantity, ours: bool) -> Verdict | None:
    if sentence.has("work_visa") and sentence.has("issue") and _verb(sentence, quantity) is None:
        return Verdict("visas_work", OBSERVED, CARRIED, "a row of numbers of work visas")
    topic = subject(sentence, quantity)
    if topic.kind not in PAPERS:
        issued = papers_before(sentence, quantity) if sentence.has("issue") else None
        topic = issued or apart(sentence, quantity) or topic
    if topic.kind in PAPERS or topic.kind in ("visa", "quota"):
        made = thing if topic.kind == "quota" else paper
        found = made(sentence, quantity, topic, ours)
        return found._replace(evidence=CARRIED) if found else None
    return None


def going_on(sentence: Sentence, quantity: Quantity, before: Verdict | None) -> Verdict | None:
    """What the number before measures, unless this one has a verb of its own, or is planned where that was not."""
    if before is not None and before.measure == "workers_peak" and not _most(sentence, quantity):
        before = before._replace(measure="workers_present")
    if before is None or before.measure not in _GO_ON:
        return None
    if sentence.cost("group_of", quantity) < _GROUP and largest(quantity) < _CROWD:
        return None  # "they sleep by 20 men"
    if largest(quantity) < _LEAST_FATE and not one_fate(sentence, quantity) and before.measure in _MOVED | _LEFT:
        return None  # "the wage of one person"
    if min(sentence.cost(sense, quantity) for sense in ("death", "escape")) < _BESIDE:
        return by_verb(sentence, quantity, Head("people", None))._replace(evidence=CARRIED)
    if before.measure in _PAPERS and given_others(sentence, quantity):
        return None
    if before.measure in _PAPERS and sentence.cost("issue", quantity) < _GOVERNS:
        return before._replace(evidence=CARRIED, reason="goes on from the papers before")
    own = _verb(sentence, quantity)
    if before.measure in _MOVED and own is not None and 0 <= own.start - quantity.end <= _NEXT:
        sense = next(verb for verb in VERBS if own in sentence.hits(verb))
        if sense == "present" and not is_planned(sentence, quantity, FAR):
            return Verdict(MEASURE[sense], OBSERVED, CARRIED, "its own verb stands beside it")
    if before.measure in _MOVED | _WORK_PAPERS | _FATES and own is not None:
        return by_verb(sentence, quantity, Head("people", None))._replace(evidence=CARRIED)
    if before.measure == "entries_education" and sentence.cost("other_purpose", quantity) < min(
        _GOVERNS, sentence.cost("study", quantity)
    ):
        return entry(sentence, quantity, CARRIED)
    counted = _COUNTED.search(sentence.text, max(sentence.start, quantity.start - _COUNTED_REACH), quantity.start)
    if before.measure == "workers_arrived" and counted and not is_planned(sentence, quantity, FAR):
        return before._replace(measure="workers_present", evidence=CARRIED, reason="the number that there were")
    if before.measure in _LEFT and _exists(sentence, quantity):
        return before._replace(measure="workers_present", evidence=CARRIED, reason="how many there were")
    if before.measure == "workers_repatriated" and sentence.cost("change", quantity) < _GOVERNS:
        return before._replace(measure="workers_present", evidence=CARRIED, reason="how many were left")
    planned = before.measure in _PRESENCE and is_planned(sentence, quantity, FAR)
    if before.measure in _PRESENCE | _WORK_PAPERS and _most(sentence, quantity):
        return Verdict("workers_peak", OBSERVED, CARRIED, "the most there ever were")
    only = len(sentence.quantities) == 1 and sentence.has("now") and not sentence.has("planned")
    held = before.measure == "workers_planned" and (
        only or sentence.cost("now", quantity) < _BESIDE or is_origin(sentence, quantity)
    )
    if planned or held:
        return by_verb(sentence, quantity, Head("people", None))._replace(evidence=CARRIED)
    return before._replace(evidence=CARRIED, reason="goes on from the number before")


def _of_papers(sentence: Sentence) -> bool:
    """Whether the noun before the words for "the most" is one of papers."""
    first = sentence.hits("peak")[0]
    before = [kind for hit, kind in sentence.nouns() if hit.end <= first.start]
    return bool(before) and before[-1] in PAPERS


def silent(sentence: Sentence) -> bool:
    """Whether a sentence has no full verb of people at all: it leaves out what was said before."""
    hits = tuple(hit for verb in VERBS for hit in sentence.hits(verb))
    words = (sentence.text[hit.start : hit.end] for hit in hits)
    return all(_NO_VERB.fullmatch(word) or _COPULA.fullmatch(word) for word in words)


def _most(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number is told as the most of people at work, before it in its sentence and with no other between."""
    if sentence.cost("now", quantity) < _BESIDE:
        return False
    return any(
        hit.end <= quantity.start and sentence.between(hit.end, quantity.start, quantity) < _MOST
        for hit in sentence.hits("peak")
    )


def _alone(sentence: Sentence, quantity: Quantity) -> Verdict | None:
    """With nothing to go on from: a verb of its own, a word for the number of people, or a place."""
    made = by_verb(sentence, quantity, Head("people", None))
    if _more(sentence, quantity) and sentence.cost("planned", quantity) < _BESIDE:
        return made._replace(evidence=CARRIED)
    if sentence.has("arms") and not sentence.has("labour"):
        return None
    if subject(sentence, quantity).kind in _WORKERS and sentence.cost("change", quantity) < _BESIDE:
        if is_planned(sentence, quantity, FAR):
            return Verdict("workers_planned", PLANNED, CARRIED, "to what number they are to rise")
        return Verdict("workers_present", OBSERVED, CARRIED, "how their number rose or fell")
    people = subject(sentence, quantity).kind in _WORKERS or _THEY_ARE.search(sentence.words)
    if people and _is_so_many(sentence, quantity):
        return Verdict("workers_present", OBSERVED, CARRIED, "how many they are")
    if sentence.language == "en" and _exists(sentence, quantity):
        return made
    at_label = beside_host(sentence, quantity) and sentence.text[: quantity.start].rstrip().endswith(":")
    if (
        at_label
        or _who_work(sentence, quantity)
        or _verb(sentence, quantity) is not None
        or _placed(sentence, quantity)
        or _of_whom(sentence, quantity)
    ):
        return made
    if quantity.unit in _PERSONS and _at_hosts(sentence) and _exists(sentence, with_predicate(sentence, quantity)):
        return made._replace(evidence=CARRIED)
    counted = sentence.cost("headcount", quantity) < _GOVERNS
    beside = counted or sentence.cost("arrived", quantity) < _BESIDE
    if beside or sentence.cost("escape", quantity) < _GOVERNS:
        return made._replace(evidence=CARRIED)
    if not (sentence.has("labour") or sentence.has("sender") or quantity.unit in _PERSONS or _at_hosts(sentence)):
        return None
    moved = quantity.unit in _PERSONS and min(sentence.cost(verb, quantity) for verb in _MOVES) < _GOVERNS
    told = sentence.cost("headcount", quantity) <= _HEADCOUNT
    return made._replace(evidence=CARRIED) if moved or told else None


def _at_hosts(sentence: Sentence) -> bool:
    return any(sentence.tongue.roles[code] in ("host", "wide") for _, code in sentence.places())


def _who_work(sentence: Sentence, quantity: Quantity) -> bool:
    """ "One tower had about 50, who laboured on": a number of people, as the clause on it says."""
    opens = _WHO.match(sentence.text, quantity.end, sentence.end)
    return opens is not None and any(0 <= hit.start - opens.end() <= _NEXT for hit in sentence.hits("present"))


def _is_so_many(sentence: Sentence, quantity: Quantity) -> bool:
    """ "The welders there are about 3,000": a number as the predicate of people."""
    return largest(quantity) >= _CROWD and bool(_ARE.search(sentence.text, sentence.start, quantity.start))


def _more(sentence: Sentence, quantity: Quantity) -> bool:
    """ "Another 5,000", "5,000 more": a number that leaves out its noun, since that was said before."""
    opened = sentence.text[max(sentence.start, quantity.number_start - _COUNTED_REACH) : quantity.number_start]
    return bool(_MORE.search(opened) or _MORE_AFTER.match(sentence.text, quantity.number_end))


def _verb(sentence: Sentence, quantity: Quantity) -> Hit | None:
    """The full verb that a bare number is subject or object of: no other number between, and no copula."""
    index = sentence.quantities.index(quantity)
    left = sentence.quantities[index - 1].end if index else sentence.start
    right = sentence.quantities[index + 1].start if index + 1 < len(sentence.quantities) else sentence.end
    hits = tuple(hit for verb in VERBS for hit in sentence.hits(verb) if left <= hit.start and hit.end <= right)
    full = [hit for hit in hits if _governs(sentence, quantity, hit, hits)]
    return min(full, key=lambda hit: sentence.reach(hit, quantity), default=None)


def _governs(sentence: Sentence, quantity: Quantity, hit: Hit, hits: tuple[Hit, ...]) -> bool:
    word = sentence.text[hit.start : hit.end]
    if _NO_VERB.fullmatch(word) or is_auxiliary(sentence, hit, hits):
        return False
    if _COPULA.fullmatch(word):  # a number is subject of it before a place: "some 12,000 are in that region"
        return 0 <= hit.start - quantity.end < 3 and bool(_PLACED.match(sentence.text, hit.end))
    before = sentence.text[max(sentence.start, quantity.number_start - 8) : quantity.number_start]
    if hit.end <= quantity.start and _OBLIQUE.search(before):
        return False  # "they toil until 10"
    left, right = (hit.end, quantity.start) if hit.end <= quantity.start else (quantity.end, hit.start)
    aside = _ASIDE.fullmatch(sentence.text, left, max(left, right))  # "there remain, perhaps, fewer than"
    return bool(aside) or (sentence.reach(hit, quantity) <= _OWN_REACH and sentence.unbroken(hit, quantity))


def _exists(sentence: Sentence, quantity: Quantity) -> bool:
    """ "In 2013 there had been 5,000": said of people who are or were there, and not of those who came or went."""
    before, after = _EXISTS[sentence.language]
    return bool(before.search(sentence.text, sentence.start, quantity.start)) or bool(
        after.match(sentence.text, quantity.end, sentence.end)
    )


def _of_whom(sentence: Sentence, quantity: Quantity) -> bool:
    """ "Of the North Koreans there, 26 are ...": the noun stands in the phrase that opens the sentence."""
    if quantity is not sentence.quantities[0] or not _OPENS.match(sentence.words):
        return False
    nouns = [kind for hit, kind in sentence.nouns() if hit.end <= quantity.start]
    return bool(nouns) and nouns[-1] in _WORKERS and "," in sentence.text[sentence.start : quantity.start]


def _placed(sentence: Sentence, quantity: Quantity) -> bool:
    """ "20,000 in that country": a number of people, since the text is on them; also a total before such a list."""
    if sentence.language != "en" or quantity.unit not in ("", "people"):
        return False
    if _PLACED.match(sentence.text, quantity.end):
        return True
    following = sentence.quantities.index(quantity) + 1
    return (
        following < len(sentence.quantities)
        and bool(_SUM.fullmatch(sentence.text, quantity.end, sentence.quantities[following].start))
        and _placed(sentence, sentence.quantities[following])
    )
