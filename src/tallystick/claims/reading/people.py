"""Which measure a count of people or papers belongs to: presence, arrival, plan, return, escape, death, permit, entry.

The noun says whom it counts, the verb what became of them. A soldier is not a worker and a crossing is not a person.
"""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.amounts import CROSSINGS, largest
from tallystick.claims.reading.clauses import (
    is_auxiliary,
    is_base,
    is_increment,
    is_mixed,
    is_negated,
    is_rate,
    is_whole,
    modifiers,
)
from tallystick.claims.reading.crossings import entry
from tallystick.claims.reading.heads import Head, foreign, of_nation
from tallystick.claims.reading.outsiders import is_outsider
from tallystick.claims.reading.plans import BOUND, VERBS, coordinated, is_planned, status
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.subjects import BEFORE_VERB, PAPERS, senders, subject
from tallystick.claims.reading.verdict import CARRIED, GOVERNED, NOUN, OBSERVED, PLANNED, THEME, Verdict
from tallystick.claims.reading.wholes import with_predicate
from tallystick.claims.reading.witnesses import MOST_WITNESSES, is_witness

_HEAD_START = {"death": 8, "escape": 8, "repatriated": 14, "arrived": 6, "present": 0}
MEASURE = {
    "death": "deaths",
    "escape": "escapes",
    "repatriated": "workers_repatriated",
    "arrived": "workers_arrived",
    "present": "workers_present",
}
GOODS = {
    "shell": "shells_supplied",
    "container": "containers_shipped",
    "place": "host_countries",
    "quota": "quota_requested",
}
_LEAST_SHELLS = 1000
_LEAST_PEOPLE = 2  # "one worker said" counts nobody
_BESIDE = 20  # cost up to which a verb stands beside a number: "arrivals surpassed ten thousand"
_GOVERNS = 45  # cost up to which a verb is said to govern
_HOME = re.compile(r"\s(?:back\s)?(?:home|back)\b(?! (?:country|town))")
_GROUP = 14  # cost of the way from a group to how many it has
_TOPIC = 2  # sentences for which the purpose of visas is kept in mind
_DIRECTLY = 3  # letters of a blank
_ONE_REACH = 40  # letters from one person to what became of them
_ONE_APART = re.compile(
    r"[.,;:()\d]|(?<!\w)(?:who|that|whose|котор\w+|что|said|says|told|tells|saw|knew|сказал\w*|рассказал\w*|"
    r"видел\w*)(?!\w)|"
    r"말했|전했|밝혔|증언"
)
_VISAS_USED = re.compile(r"\bvisas? (?:were|was|are|have been|had been) (?:used|held|obtained|taken|given|issued)\b")
_QUOTED = re.compile(r"\W{0,2}[\"“«][^\"”»]{3,200}[\"”»]")
_MOVES = re.compile(
    r"(?:br(?:ought|ing)|sen[dt]|transferr?|shipp?)(?:s|ed|ing)?\b(?![^\d]{0,30}\b(?:earn|pay|paid|mak|get|for))", re.I
)
_AGED = re.compile(r",\s(?:aged\s)?(?:about\s)?\d\d(?:\syears old)?,")
_MONEY_REACH = 40  # letters from a verb to the sum that it moves
_OBJECT = 16  # letters between a verb and its object
_POPULATION = re.compile(r"(?:population of|inhabitants|населени\w+|жителей|인구)\s(?:\w+\s){0,2}\Z", re.IGNORECASE)
_IS = re.compile(r"\s[—–-]\s\Z")
_STAFF = re.compile(r"employees|staff|сотрудник|персонал|직원|임직원", re.IGNORECASE)
_MOST_PEOPLE = 1_000_000  # no estimate of the sender's people abroad comes near; a nation's hungry or its army does
_STAY = re.compile(
    r"remain|stud|live|liv|stay|resid|work|employ|наход|пребыва|прожива|работа|труд|остава|остал|체류|거주|머물|일하",
    re.I,
)
_WHOM = re.compile(r"(?:\s\w+)?,?\s(?:whom|котор\w+)\s[^.,;:\d]{0,40}")
_FROM_TO = re.compile(r"\s(?:from\s(?:\w+\s){1,3}|из\s(?:\w+\s){1,3})(?:to|в)\s")
_PASSIVE = re.compile(r"\s(?:others\s|more\s|of them\s)?(?:are|is|were|was|(?:have|had|has) been|got)\s(?:\w+ly\s)?")


def paper(sentence: Sentence, quantity: Quantity, found: Head, ours: bool) -> Verdict | None:
    if not ours or _for_others(sentence, quantity):
        return None
    if any(is_negated(sentence, hit) for hit in sentence.hits("issue") if sentence.reach(hit, quantity) < BOUND):
        return None  # papers that were not given
    if found.kind == "visa":
        measure = "visas_work" if _to_work(sentence, quantity) else "visas_total"
        return Verdict(measure, status(sentence, quantity), NOUN, "visas counted")
    measure = PAPERS[found.kind]
    if found.kind == "permit" and sentence.cost("valid", quantity) < BOUND:
        measure = "work_permits_valid"
    return Verdict(measure, status(sentence, quantity), GOVERNED, f"counts {found.kind.replace('_', ' ')}s")


def _to_work(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether visas are those of workers: by the words beside them, or since no purpose but work is spoken of."""
    if sentence.cost("work_visa", quantity) < BOUND:
        return True
    near: Sentence | None = sentence
    for _ in range(_TOPIC + 1):
        if near is None or near.has("study") or near.has("other_purpose"):
            return False
        if near.has("work_visa") or near.has("labour"):
            return True
        near = near.previous
    return False


def _for_others(sentence: Sentence, quantity: Quantity) -> bool:
    """Papers for people of another State, named nearer to the number than the sender's."""
    return sentence.cost("of_others", quantity) < min(sentence.cost("sender", quantity), _GOVERNS)


def thing(sentence: Sentence, quantity: Quantity, found: Head, ours: bool) -> Verdict | None:
    largest = max(v for v in (quantity.low, quantity.point, quantity.high, 0) if v is not None)
    if found.kind == "shell" and quantity.per:
        return Verdict("shells_fired_per_day", OBSERVED, GOVERNED, "shells fired in a day, not delivered")
    if found.kind == "shell":
        return Verdict("shells_supplied", OBSERVED, GOVERNED, "counts shells") if largest >= _LEAST_SHELLS else None
    if found.kind == "container":
        return Verdict("containers_shipped", OBSERVED, NOUN, "counts containers")
    if not ours or (found.kind == "place" and not (sentence.has("labour") and _among(sentence, quantity))):
        return None
    return Verdict(GOODS[found.kind], status(sentence, quantity), NOUN, f"counts {found.kind}s")


def _among(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether States are where the people are ("in 17 countries") and not who speaks ("32 States told")."""
    if sentence.language == "ko":
        return True
    before = re.search(r"(\w+)\s\Z", sentence.text[max(sentence.start, quantity.start - 14) : quantity.start])
    return bool(before and sentence.tongue.sense("place_before").fullmatch(before[1])) or sentence.has("host_of")


def people(sentence: Sentence, quantity: Quantity, found: Head, ours: bool, before: Verdict | None) -> Verdict | None:
    few = largest(quantity) < _LEAST_PEOPLE and not one_fate(sentence, quantity)
    if few or is_increment(sentence, quantity) or is_rate(sentence, quantity):
        return None
    shortage = 0 if _is_lacking(sentence, quantity) else sentence.cost("shortage", quantity)
    if shortage <= 60 and found.kind in ("worker", "people") and not senders(sentence, quantity, found):
        return Verdict("labour_shortage", OBSERVED, GOVERNED, "workers that the economy lacks")
    if not ours or foreign(sentence, quantity, found) or is_witness(sentence, quantity):
        return None
    if _POPULATION.search(sentence.text, max(sentence.start, quantity.start - BEFORE_VERB), quantity.start):
        return None
    own = _of_staff(sentence, found) or is_outsider(sentence, quantity, found)
    if largest(quantity) > _MOST_PEOPLE or _locals(sentence, quantity, found) or own:
        return None
    if is_mixed(sentence, quantity) or (found.kind == "people" and _bound_for_sender(sentence, quantity)):
        return None
    if not senders(sentence, quantity, found) and (
        _of_other_state(sentence, quantity) or of_nation(sentence, quantity)
    ):
        return None
    if found.kind == "people" and (topic := subject(sentence, quantity)).kind == "quota":
        return thing(sentence, quantity, topic, ours)
    if found.kind == "people" and sentence.cost("fighting", quantity) < sentence.cost("labour", quantity):
        return None
    papers = _granted(sentence, quantity)
    if papers is not None:
        return papers
    if found.kind not in ("worker", "military_builder") and _crosses(sentence, quantity, before):
        return entry(sentence, quantity, GOVERNED)
    if found.kind == "student":
        return Verdict("students_present", OBSERVED, NOUN, "students counted")
    if before and before.status == PLANNED and coordinated(sentence, quantity):
        return Verdict("workers_planned", PLANNED, GOVERNED, "joined to a number that is planned")
    return by_verb(sentence, quantity, found)


def _is_lacking(sentence: Sentence, quantity: Quantity) -> bool:
    """ "The shortage of hands, as the ministry reckons, — 18,000": a Russian dash that stands for "is"."""
    hits = sentence.hits("shortage")
    if sentence.language != "ru" or not hits or hits[0].start - sentence.start > _OBJECT:
        return False
    alone = not any(hits[0].end <= other.start < quantity.start for other in sentence.quantities)
    return alone and bool(_IS.search(sentence.text, sentence.start, quantity.start))


def _of_staff(sentence: Sentence, found: Head) -> bool:
    """People that a firm has on its books, where the sentence does not say that they are the sender's."""
    if found.hit is None or sentence.has("sender") or not any(kind == "firm" for _, kind in sentence.nouns()):
        return False
    return bool(_STAFF.search(sentence.text, found.hit.start, found.hit.end))


def one_fate(sentence: Sentence, quantity: Quantity) -> bool:
    """ "One worker was found dead": one is a count where the verb of dying or fleeing is that one's own."""
    if largest(quantity) != 1:
        return False
    for sense in ("death", "escape"):
        for hit in sentence.hits(sense):
            before = sentence.language == "ru" and 0 < quantity.start - hit.end < _DIRECTLY
            before = before or (sense == "death" and sentence.text[hit.end : quantity.start] == " of ")
            gap = _AGED.sub("", sentence.text[quantity.end : hit.start])
            if before or (hit.start >= quantity.end and len(gap) <= _ONE_REACH and not _ONE_APART.search(gap)):
                return True
    return False


def _bound_for_sender(sentence: Sentence, quantity: Quantity) -> bool:
    """ "Some 900 people moved there from Ruritania": whoever goes to live in the sending State is none that it sent."""
    for hit in sentence.hits("arrived"):
        if not quantity.end <= hit.start <= quantity.end + _OBJECT:
            continue
        to = _FROM_TO.match(sentence.text, hit.end, sentence.end)
        if to is not None and any(to.end() == name.start for name in sentence.hits("sender")):
            return True
    return False


def _locals(sentence: Sentence, quantity: Quantity, found: Head) -> bool:
    """ "50 local workers": the noun of the number is one of those whom the sender's people are compared with."""
    if found.hit is None:
        return False
    left, right = sorted((quantity.number_end, found.hit.end))
    return any(left - 1 <= hit.start and hit.end <= right + 1 for hit in sentence.hits("comparable"))


def _of_other_state(sentence: Sentence, quantity: Quantity) -> bool:
    """Another State that sends its own: a place that is the subject of a verb of sending, with no sender beside."""
    if sentence.language == "ko" or not sentence.has("abroad_of_others"):
        return False
    for hit, code in sentence.places():
        other = sentence.tongue.roles[code] not in ("sender", "wide")
        if other and any(0 <= sent.start - hit.end <= 2 for sent in sentence.hits("abroad_of_others")):
            return hit.start < quantity.start
    return False


def _crosses(sentence: Sentence, quantity: Quantity, before: Verdict | None) -> bool:
    """Whether citizens, not workers, are counted at a border: a crossing is not a person who works."""
    if _stays(sentence, quantity) or _left(sentence, quantity):
        return False
    if sentence.has("study") and (sentence.has("purpose") or (before and before.measure in CROSSINGS)):
        return True
    if before and before.measure in CROSSINGS and sentence.cost("for_work", quantity) < _GOVERNS:
        return True
    purpose = sentence.has("crossing") or sentence.has("study")
    if purpose and (sentence.has("enter") or sentence.cost("arrived", quantity) < BOUND + 40):
        return True
    return sentence.cost("enter", quantity) < BOUND and not sentence.has("labour")


def _stays(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether people are said to be somewhere, by a verb that stands nearer than any of coming."""
    came = min(sentence.cost(sense, quantity) for sense in ("enter", "arrived"))
    idle = {hit for hit in sentence.hits("present") if not _STAY.match(sentence.text[hit.start : hit.end])}
    return sentence.cost("present", quantity, idle) < min(came, _GOVERNS)


def _left(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether people are said to have gone, fled or died, by a verb nearer than any of coming or studying."""
    gone = min(sentence.cost(sense, quantity) for sense in ("repatriated", "escape", "death"))
    return gone < min(_GOVERNS, *(sentence.cost(sense, quantity) for sense in ("enter", "arrived", "study")))


def _granted(sentence: Sentence, quantity: Quantity) -> Verdict | None:
    """People whom a visa or permit was given are counted as papers: 750 people were issued work visas."""
    used = sentence.language == "en" and _VISAS_USED.search(sentence.words)
    if sentence.cost("student_visa", quantity) < _GOVERNS and (sentence.has("arrived") or used):
        return Verdict("visas_student", status(sentence, quantity), GOVERNED, "people who came on student visas")
    if sentence.cost("leave_to_work", quantity) < _GOVERNS:
        return Verdict("work_permits_valid", status(sentence, quantity), GOVERNED, "people who may work")
    if any(is_negated(sentence, hit) for hit in sentence.hits("issue") if sentence.reach(hit, quantity) < BOUND):
        return None
    if (received := _received(sentence, quantity)) is not None:
        return received
    for measure, sense in (("visas_work", "work_visa"), ("work_permits_issued", "permits")):
        if sentence.cost(sense, quantity) < 40 and sentence.cost("issue", quantity) < BOUND:
            return Verdict(measure, status(sentence, quantity), GOVERNED, "people to whom papers were issued")
    return None


def _received(sentence: Sentence, quantity: Quantity) -> Verdict | None:
    """People as the subject of getting papers, whose kind the object names: "3,100 of them received tourist visas"."""
    if sentence.language == "ko":
        return None
    for hit, kind in sentence.nouns():
        if (kind not in PAPERS and kind != "visa") or hit.start < quantity.end:
            continue
        given = any(
            quantity.end <= verb.start and 0 < hit.start - verb.end <= _OBJECT for verb in sentence.hits("issue")
        )
        if given and not any(quantity.end <= other.start < hit.start for other in sentence.quantities):
            unsaid = "visas_work" if _to_work(sentence, quantity) else "visas_total"  # visas of no kind that is said
            made = PAPERS.get(kind, unsaid)
            return Verdict(made, status(sentence, quantity), GOVERNED, "people who were given papers")
    return None


def by_verb(sentence: Sentence, quantity: Quantity, found: Head) -> Verdict:
    """What became of people, by the verb that governs their number."""
    if is_base(sentence, quantity) or is_whole(sentence, quantity):
        return _of_which(sentence, quantity)
    quantity = with_predicate(sentence, quantity)
    verb, cost = sentence.nearest(VERBS, quantity, _HEAD_START.__getitem__, _idle(sentence, quantity))
    if (suffered := _suffered(sentence, quantity)) is not None:
        verb, cost = suffered, 0
    if sentence.cost("other_fate", quantity) < min(cost, _BESIDE):
        return Verdict("", OBSERVED, THEME, "what befell people, of no measure")
    if found.kind == "victim":
        verb, cost = "death", 0
    if verb == "arrived" and _sent_home(sentence, quantity, found):
        verb = "repatriated"
    if _befallen(sentence, quantity):
        return Verdict("", OBSERVED, THEME, "what befell people, of no measure")
    special = _not_counted(sentence, quantity, verb, cost)
    if special is not None:
        return special
    if cost > BOUND and _plan_before(sentence):
        return Verdict("workers_planned", PLANNED, CARRIED, "how many are meant by the plan told just before")
    evidence = GOVERNED if cost < 45 else NOUN
    if cost > BOUND:
        verb, evidence = (
            next((topic for topic in ("escape", "death") if _told(sentence, quantity, topic)), "present"),
            NOUN,
        )
    if sentence.cost("group_of", quantity) < _GROUP and largest(quantity) <= MOST_WITNESSES:
        return Verdict("", OBSERVED, THEME, "how many make a group")
    if verb in ("arrived", "present") and is_planned(sentence, quantity, cost):
        return Verdict("workers_planned", status(sentence, quantity), GOVERNED, "not yet done: a plan, wish or promise")
    if verb == "present" and sentence.cost("peak", quantity) < _GOVERNS:
        return Verdict("workers_peak", OBSERVED, NOUN, "the most there ever were")
    if verb == "repatriated" and is_planned(sentence, quantity, cost):
        return Verdict("workers_recalled", PLANNED, evidence, "to be sent home")
    return Verdict(MEASURE[verb], OBSERVED, evidence, f"people with a verb of the sense “{verb}”")


def _plan_before(sentence: Sentence) -> bool:
    """ "They plan to send men. He guessed up to 900 people": a number without a verb goes on from the plan before."""
    near = sentence.previous
    for _ in range(_TOPIC):
        if near is None or any(quantity.kind == "count" for quantity in near.quantities):
            return False
        if near.has("arrived") or near.has("planned"):
            return near.has("arrived") and near.has("planned") and not any(map(near.has, ("repatriated", "escape")))
        near = near.previous
    return False


def _sent_home(sentence: Sentence, quantity: Quantity, found: Head) -> bool:
    """ "To bring 30,000 workers home": a particle after the object, which belongs to the verb before it."""
    end = max(quantity.end, found.hit.end if found.hit else 0)
    return sentence.language == "en" and bool(_HOME.match(sentence.text, end, sentence.end))


def _suffered(sentence: Sentence, quantity: Quantity) -> str | None:
    """ "The 20 men whom fever killed": a clause on the people themselves says that they died or fled."""
    for sense in ("death", "escape"):
        for hit in sentence.hits(sense):
            if hit.start >= quantity.end and _WHOM.fullmatch(sentence.text, quantity.end, hit.start):
                return sense
    return None


def _told(sentence: Sentence, quantity: Quantity, sense: str) -> bool:
    """Whether a sentence has a word of this sense that is not the noun of another number ("16 deaths")."""
    apart = _of_others(sentence, quantity)
    counts = [other for other in sentence.quantities if other.kind == "count"]
    return any(
        hit not in apart and min(counts, key=lambda other: sentence.reach(hit, other)) is quantity
        for hit in sentence.hits(sense)
    )


def _of_others(sentence: Sentence, quantity: Quantity) -> set[Hit]:
    """The words for dying or fleeing that are the nouns of other numbers, and no verbs of this one."""
    return {
        hit
        for other in sentence.quantities
        for sense in ("death", "escape")
        for hit in sentence.hits(sense)
        if other is not quantity and other.number_end <= hit.start < other.end
    }


def _of_which(sentence: Sentence, quantity: Quantity) -> Verdict:
    """Those of whom a part is told next: they are there, unless a clause on them says that they came or went."""
    inner = modifiers(sentence, quantity, VERBS)
    said = [verb for verb in VERBS if verb != "present" and any(hit in inner for hit in sentence.hits(verb))]
    return Verdict(MEASURE[said[0] if said else "present"], OBSERVED, NOUN, "those of whom a part is told")


def _befallen(sentence: Sentence, quantity: Quantity) -> bool:
    """ "Eleven others were hurt": a passive right after the people, whose auxiliary is no verb of being there."""
    passive = _PASSIVE.match(sentence.text, quantity.end, sentence.end)
    return passive is not None and any(hit.start == passive.end() for hit in sentence.hits("other_fate"))


def _of_nearer(sentence: Sentence, quantity: Quantity) -> set[Hit]:
    """The verbs of dying or fleeing that stand far from this number and nearer to another that is counted."""
    others = [other for other in sentence.quantities if other.kind == "count" and other is not quantity]
    return {
        hit
        for sense in ("death", "escape")
        for hit in sentence.hits(sense)
        if sentence.language == "en" and (far := sentence.reach(hit, quantity)) > _GOVERNS * 2
        if any(sentence.reach(hit, other) < _GOVERNS < far for other in others)
    }


def _moving_money(sentence: Sentence) -> set[Hit]:
    """ "They brought the State $5 million": verbs of moving whose object is a sum, and no people."""
    sums = [(index, other) for index, other in enumerate(sentence.quantities) if other.kind == "money"]
    since = [(sentence.quantities[index - 1].end if index else sentence.start, other) for index, other in sums]
    return {
        hit
        for hit in sentence.hits("arrived")
        for left, other in since
        if left <= hit.start and 0 < other.start - hit.end < _MONEY_REACH and _MOVES.match(sentence.text, hit.start)
    }


def _quoted(sentence: Sentence, quantity: Quantity) -> set[Hit]:
    """The verbs of a quotation that opens the sentence and ends before the number: they are of another clause."""
    closed = _QUOTED.match(sentence.text, sentence.start, quantity.start)
    if closed is None or sentence.language == "ko":
        return set()
    return {hit for verb in VERBS for hit in sentence.hits(verb) if hit.end <= closed.end()}


def _within(inner: Hit, outer: Hit) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and inner != outer


def _idle(sentence: Sentence, quantity: Quantity) -> set[Hit]:
    """The verbs that govern no number here: those of a clause that says which people, and auxiliaries."""
    inner = set(modifiers(sentence, quantity, VERBS))
    inner |= {hit for hit in sentence.hits("present") if quantity.start <= hit.start < quantity.end}  # "a total of 112"
    inner |= _of_others(sentence, quantity)
    inner |= {hit for verb in VERBS for hit in sentence.hits(verb) if is_negated(sentence, hit)}
    inner |= _of_nearer(sentence, quantity) | _moving_money(sentence) | _quoted(sentence, quantity)
    fled = sentence.hits("escape")  # "left that country for the other" is no leaving for home
    inner |= {hit for hit in sentence.hits("repatriated") if any(_within(hit, of) for of in fled)}
    full = tuple(hit for verb in VERBS if verb != "present" for hit in sentence.hits(verb) if hit not in inner)
    inner |= {hit for hit in full if any(of.start <= hit.start and hit.end < of.end for of in sentence.hits("present"))}
    return inner | {hit for hit in sentence.hits("present") if is_auxiliary(sentence, hit, full)}


def _not_counted(sentence: Sentence, quantity: Quantity, verb: str, cost: int) -> Verdict | None:
    """People asked for, chosen or ordered home: said of lists and orders, before anyone has moved."""
    if verb in ("death", "escape"):
        return None
    if sentence.cost("awaits_return", quantity) < _GOVERNS:
        return Verdict("workers_present", OBSERVED, GOVERNED, "still there, waiting to leave")
    recalled = sentence.cost("recalled", quantity)
    if verb == "repatriated" and recalled < BOUND and recalled <= cost + _HEAD_START["repatriated"] + 6:
        return Verdict("workers_recalled", OBSERVED, GOVERNED, "ordered home")
    requested = sentence.cost("requested", quantity)
    if requested < _GOVERNS and requested <= cost + 6:
        return Verdict("workers_requested", PLANNED, GOVERNED, "asked for by employers or a host")
    chosen = sentence.cost("selected", quantity)
    if chosen < _GOVERNS and chosen <= cost + 6:
        return Verdict("workers_selected", OBSERVED, NOUN, "chosen or in screening")
    return None
