"""Whether a text, and then a sentence, speaks of the sender's people at work abroad.

A text about theft, trade, troops or other countries' migrants gives no claims, whatever it counts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.words import Tongue

_NEIGHBOURS = 3  # sentences between the sender's name and the word of work
_OTHER = ("theft", "fighting", "boilerplate", "trade", "leisure")
_WORKERS = frozenset({"worker", "military_builder"})
_VISAS = frozenset({"visa_student", "visa_work", "permit"})
_BESIDE = 20  # letters
_NATIONS = 2  # besides the sender
_BESIDE_NUMBER = 4  # letters between a State and its number
_SOUGHT = 40  # letters between a verb of looking for hands and where
_THEM = re.compile(r"of th(?:em|ose)", re.IGNORECASE)
_EXCLUDED = {  # "apart from the soldiers": who is named only to be left out
    "en": re.compile(
        r"(?:(?:apart|aside|distinct|separate(?:ly)?|different) from|besides|in addition to|on top of|other than|"
        r"beyond|not counting|not to mention|as well as|unlike|alongside|leaving aside)\s"
        r"(?:(?:the|its|those|these|their)\s)?(?:[\w,]+\s){0,3}\Z",
        re.IGNORECASE,
    ),
    "ru": re.compile(r"(?:помимо|кроме|не считая|наряду с|вдобавок к|сверх)\s(?:\w+\s){0,3}\Z", re.IGNORECASE),
    "ko": re.compile(r"(?!)"),
}
_EXCLUDED_REACH = 60  # letters
_DEFINITE = re.compile(r"(?<!\w)(?:the|these|those|such|эти|этих|такие|таких)\s(?:\w+\s)?\Z", re.IGNORECASE)
_COUNT = re.compile(r"\d(?:\s(?:thousand|тыс\w*\.?))?\s\Z")  # a number right before its noun
_LEAD = 1  # index of the last sentence of a lead: a headline, or a dateline's first words, and the next
_FOREIGN = frozenset({"host", "wide", "seldom"})  # roles of places that are not the sender's own, nor its neighbour's
_NEGATED = {  # before the name, and after it
    "en": (
        re.compile(r"\b(?:no|not|nor|without|excluding|unlike|other than)\s(?:any\s)?\Z", re.IGNORECASE),
        re.compile(r"\s(?:is|are|was|were)\s(?:not|never)\s(?:among|on|part|included|listed|counted)\b"),
    ),
    "ru": (
        re.compile(r"(?<!\w)(?:нет|без|кроме|не было)\s(?:ни одного\s)?\Z", re.IGNORECASE),
        re.compile(r"\s(?:среди них нет|в (?:этот )?список не вход\w+)"),
    ),
    "ko": (re.compile(r"(?!)"), re.compile(r"(?:은|는|이|가)?\s?(?:없|제외|빠졌|포함되지)")),
}


def on_theme(sentences: Sequence[Sentence], title: str, tongue: Tongue) -> bool:
    """Whether a text tells of the sender's people at work elsewhere, and of nothing else that counts people."""
    if _inside(sentences, title, tongue) or _elsewise(sentences, title, tongue):
        return False
    return _together(sentences, title, tongue)


def _inside(sentences: Sequence[Sentence], title: str, tongue: Tongue) -> bool:
    """Work inside the sending State: places of its own are named, and no other State's."""
    home, *others = (tongue.sense(name) for name in ("home_place", "at_home"))
    if any(_foreign(tongue, match.lastgroup) for match in tongue.places.finditer(title)):
        return False
    if any(_away_at(sentence, hit, code) for sentence in sentences for hit, code in sentence.places()):
        return False
    return any(sentence.has("home_place") or sentence.has("at_home") for sentence in sentences) or any(
        sense.search(title) for sense in (home, *others)
    )


def _away_at(sentence: Sentence, hit: Hit, code: str) -> bool:
    """Whether a place abroad is one to work at: a State that hardly hosts anyone may only speak or act."""
    if sentence.tongue.roles[code] != "seldom" or sentence.language == "ko":
        return _foreign(sentence.tongue, code)
    before = re.search(r"(\w+)\s(?:the\s)?\Z", sentence.text[max(sentence.start, hit.start - 16) : hit.start])
    return bool(before and sentence.tongue.sense("place_before").fullmatch(before[1]))


def _foreign(tongue: Tongue, code: str | None) -> bool:
    return tongue.roles[code or ""] in _FOREIGN


def _elsewise(sentences: Sequence[Sentence], title: str, tongue: Tongue) -> bool:
    """A text on those who fled and settled, or on sport and films: these outnumber the people at work."""
    workers = sum(kind in _WORKERS for sentence in sentences for _, kind in sentence.nouns())
    fled = sum(kind == "escapee" for sentence in sentences for _, kind in sentence.nouns())
    if fled > workers and any(sentence.has("settled") for sentence in sentences):
        return True
    if not workers and sum(sentence.has("refugee") for sentence in sentences) > sum(map(_at_work, sentences)):
        return True
    at_play = sum(sentence.has("leisure") and not (_travels(sentence) or _builds(sentence)) for sentence in sentences)
    at_work = sum(_at_work(sentence) for sentence in sentences)
    at_work += bool(tongue.sense("sender").search(title) and tongue.sense("labour").search(title))
    return at_play > at_work or (at_play > 0 and bool(tongue.sense("leisure").search(title)) and at_work <= at_play)


def _at_work(sentence: Sentence) -> bool:
    """Whether a sentence speaks of work, or of arms; pay and recruits beside fighting are a soldier's."""
    if sentence.has("arms"):
        return True
    clearing = {hit for hit, kind in sentence.nouns() if kind == "sapper"}
    if all(any(mine.start <= hit.start < mine.end for mine in clearing) for hit in sentence.hits("labour")):
        return _named_by_trade(sentence)
    return not _fights(sentence) or any(kind in _WORKERS for _, kind in sentence.nouns())


def _fights(sentence: Sentence) -> bool:
    """Whether a sentence tells of soldiers, and not only to set its people apart from them."""
    apart = _EXCLUDED[sentence.language]
    return any(
        not apart.search(sentence.text, max(sentence.start, hit.start - _EXCLUDED_REACH), hit.start)
        for hit in sentence.hits("fighting")
    )


def _named_by_trade(sentence: Sentence) -> bool:
    """ "Ruritanian stonemasons in Dakar": the sender's name stands before a trade, and a host beside them."""
    if not away(sentence) or any(sentence.has(other) for other in _OTHER):
        return False
    ends = {hit.end for hit in sentence.hits("sender")}
    return any(
        kind == "worker" and any(hit.start - 1 <= end < hit.end for end in ends) for hit, kind in sentence.nouns()
    )


def _named(sentence: Sentence) -> bool:
    """Whether a sentence names the sender, and not to say that its people are not meant."""
    fled = [hit for hit, kind in sentence.nouns() if kind == "escapee"]
    return (sentence.has("home_place") and away(sentence)) or any(
        not _negated(sentence, hit) and not any(who.start <= hit.start < who.end for who in fled)
        for hit in sentence.hits("sender")
    )


def _negated(sentence: Sentence, hit: Hit) -> bool:
    """ "No Ruritanians were among them"; "Ruritania is not among the 16"."""
    before, after = _NEGATED[sentence.language]
    return bool(
        before.search(sentence.text, max(sentence.start, hit.start - 24), hit.start)
        or after.match(sentence.text, hit.end, sentence.end)
    )


def _together(sentences: Sequence[Sentence], title: str, tongue: Tongue) -> bool:
    """The sender and its people's work (or arms for the host's war) named together, somewhere in the text."""
    sender, labour, arms = (tongue.sense(name) for name in ("sender", "labour", "arms"))
    if sender.search(title) and (labour.search(title) or arms.search(title)):
        return True
    named = [sentence.index for sentence in sentences if _named(sentence)]
    if sender.search(title):
        named.insert(0, -1)
    if not named:
        return False
    if named == [-1] and any(sentence.has("stay_abroad") and _counted(sentence, _WORKERS) for sentence in sentences):
        return True
    if len(named) == 1 and named[0] >= 0 and not _tied(sentences[named[0]]):
        return _taken_up(sentences, named[0])
    at_work = (sentence.index for sentence in sentences if _at_work(sentence))
    if any(abs(index - other) <= _NEIGHBOURS for index in at_work for other in named):
        return True
    return any(_by_trade(sentence) for sentence in sentences) or _to_study(sentences, title, tongue)


def _counted(sentence: Sentence, kinds: Collection[str]) -> bool:
    """Whether a number stands right before a noun of these kinds; numbers themselves are not read yet."""
    return any(
        kind in kinds and _COUNT.search(sentence.text, max(sentence.start, hit.start - 20), hit.start)
        for hit, kind in sentence.nouns()
    )


def _taken_up(sentences: Sequence[Sentence], named: int) -> bool:
    """Whether a sentence soon after the sender's name tells of "its citizens" or "the workers": the name is meant."""
    if named + 1 < len(sentences) and sentences[named + 1].has("its_people"):
        after = sentences[named + 1]
        return _at_work(after) and after.has("labour")
    if any(sentences[named].has(other) for other in ("fighting", "theft")):
        return False
    following = sentences[named + 1 : named + 1 + _NEIGHBOURS]
    counted = _counted(sentences[named], {"citizen"})
    if (
        counted
        and away(sentences[named])
        and any(after.has("wage") or after.has("hours_worked") for after in following)
    ):
        return True
    return any(_at_work(after) and (counted or _definite(after)) for after in following)


def _definite(sentence: Sentence) -> bool:
    """Whether workers are spoken of as known: "the builders"."""
    return any(
        kind in _WORKERS and _DEFINITE.search(sentence.text, max(sentence.start, hit.start - 20), hit.start)
        for hit, kind in sentence.nouns()
    )


def _tied(sentence: Sentence) -> bool:
    """Whether the one sentence that names the sender says anything of work, arms, pay or moving."""
    return (
        _at_work(sentence)
        or _by_trade(sentence)
        or any(map(sentence.has, ("wage", "due", "take", "arrived", "allotted")))
        or _wanted(sentence)
    )


def _wanted(sentence: Sentence) -> bool:
    """Whether so many of the sender's people are asked for, awaited, sent home or given papers."""
    counted = any(kind == "citizen" for _, kind in sentence.nouns()) and any(map(str.isdigit, sentence.words))
    return counted and sentence.language == "ru" and any(map(sentence.has, ("planned", "repatriated", "issue")))


def _to_study(sentences: Sequence[Sentence], title: str, tongue: Tongue) -> bool:
    """People of the sender who cross into a host, and study given as the purpose: students who may be workers."""
    crossed = [
        sentence.index
        for sentence in sentences
        if _named(sentence)
        and any(map(away, sentences[max(0, sentence.index - _NEIGHBOURS) : sentence.index + _NEIGHBOURS + 1]))
        and (
            any(map(sentence.has, ("enter", "arrived", "crossing")))
            or any(kind in _VISAS for _, kind in sentence.nouns())
        )
    ]
    study = [sentence.index for sentence in sentences if sentence.has("study")]
    if tongue.sense("study").search(title):
        study.append(-1)
    return any(abs(one - other) <= _NEIGHBOURS for one in crossed for other in study)


def _by_trade(sentence: Sentence) -> bool:
    """People named by trade or nation alone: theirs is work abroad where the sender and a host stand with them."""
    if not sentence.has("sender") or any(sentence.has(other) for other in _OTHER):
        return False
    near = away(sentence) or (sentence.previous is not None and away(sentence.previous))
    if sentence.has("wage") and near and any(kind == "citizen" for _, kind in sentence.nouns()):
        return any(letter.isdigit() for letter in sentence.words)
    listed = sentence.has("bribe") and (sentence.has("selected") or away(sentence))
    if not (away(sentence) or listed or sentence.has("revenue") or sentence.has("due")):
        return False
    return (
        listed
        or sentence.has("trade_noun")
        or (_counted(sentence, {"citizen"}) and (sentence.has("present") or sentence.has("escape")) and away(sentence))
        or (
            any(letter.isdigit() for letter in sentence.words)
            and (sentence.has("stay_abroad") or (sentence.has("revenue") and _people_abroad(sentence)))
        )
    )


def _people_abroad(sentence: Sentence) -> bool:
    """Whether people of the sender, and not the State, are counted before the place where they earn for it."""
    citizens = [hit.end for hit, kind in sentence.nouns() if kind == "citizen"]
    wide = [hit.start for hit, code in sentence.places() if sentence.tongue.roles[code] in ("host", "wide")]
    return any(0 <= place - end < _BESIDE for end in citizens for place in wide)


def away(sentence: Sentence) -> bool:
    """Whether a sentence names a place of work outside the sender, or the world at large."""
    return any(sentence.tongue.roles[code] in ("host", "wide") for _, code in sentence.places())


def sparse(sentences: Sequence[Sentence], title: str, tongue: Tongue) -> bool:
    """Whether a longer text, or one on other migrants, names the sender once: the rest of it is then of others.

    It is not, where that one sentence tells of work or counts people, and no workers were counted before it.
    """
    named = [sentence.index for sentence in sentences if _named(sentence)]
    if len(named) != 1 or tongue.sense("sender").search(title):
        return False
    if any(sentence.has("of_others") for sentence in sentences):
        return True
    told = sentences[named[0]]
    if len(sentences) <= _NEIGHBOURS * 2 or named[0] <= _LEAD:
        return False
    before = any(_counted(sentence, _WORKERS) for sentence in sentences[: named[0]])
    return before or not (_tied(told) or _counted(told, {"citizen"}))


def ours(sentence: Sentence, before: bool) -> bool:
    """Whether a sentence of a text on the theme keeps to it; without any word of its own it goes on as before."""
    told_at_home = sentence.has("comparable") or _leaving(sentence)  # what they would earn there, or pay to go
    home = sentence.has("at_home") and not told_at_home
    if (home or sentence.has("settled")) and not away(sentence):
        return False  # at work inside the sending State, or settled where they fled to
    if _after_others(sentence) or _after_quotas(sentence):
        return False
    if sentence.has("home_place") and not (away(sentence) or told_at_home):
        return False
    if (_fights(sentence) or sentence.has("theft")) and not any(kind in _WORKERS for _, kind in sentence.nouns()):
        return False
    if sentence.has("labour"):
        return sentence.has("sender") or before or not sentence.has("boilerplate")
    if _otherwise(sentence) and not (_travels(sentence) or _uses(sentence)):
        return False
    return sentence.has("sender") or before


def _otherwise(sentence: Sentence) -> bool:
    """Whether a sentence has a word of another subject; soldiers who are only set apart are none."""
    return any(_fights(sentence) if other == "fighting" else sentence.has(other) for other in _OTHER)


def _travels(sentence: Sentence) -> bool:
    """Whether tourists are told of as one purpose of crossing among others, study above all."""
    return sentence.has("study") and any(
        map(sentence.has, ("other_purpose", "purpose", "crossing", "enter", "student_visa", "permits"))
    )


def _builds(sentence: Sentence) -> bool:
    """Whether a place of sport is one that the sender's people built or worked at."""
    return sentence.has("sender") and any(kind in _WORKERS for _, kind in sentence.nouns())


def _uses(sentence: Sentence) -> bool:
    """Whether what is built for play or made for trade is said to use the sender's people: of their work it tells."""
    if any(sentence.has(other) for other in _OTHER if other not in ("leisure", "trade")):
        return False
    counted = sentence.has("sender") and any(kind == "citizen" for _, kind in sentence.nouns())
    told = any(map(sentence.has, ("present", "death", "escape")))
    return counted and (told or (sentence.has("trade_noun") and away(sentence)))


def _after_others(sentence: Sentence) -> bool:
    """Whether the sentence before tells of hands sought elsewhere, and this one does not name the sender again."""
    before = sentence.previous
    if before is None or sentence.has("sender") or before.has("sender"):
        return False
    if _of_them(before) or not any(kind in ("worker", "people") for _, kind in before.nouns()):
        return False
    return any(
        sentence.tongue.roles[code] in ("wide", "never") and abs(place.start - verb.end) <= _SOUGHT
        for place, code in before.places()
        for verb in before.hits("sought_hands")
    )


def _of_them(sentence: Sentence) -> bool:
    """Whether what a sentence counts is named by a pronoun alone: whoever was meant before is meant still."""
    return any(_THEM.fullmatch(sentence.text, hit.start, hit.end) for hit, kind in sentence.nouns() if kind == "people")


def _after_quotas(sentence: Sentence) -> bool:
    """Whether the sentence before deals places out among nations: what is told next is of all of them together."""
    before = sentence.previous
    if before is None or sentence.has("sender"):
        return False
    nations = {code for hit, code in before.places() if _numbered(before, hit, code)}
    return len(nations) >= _NATIONS and (
        before.has("allotted") or any(sentence.tongue.roles[code] == "never" for code in nations)
    )


def _numbered(sentence: Sentence, hit: Hit, code: str) -> bool:
    """Whether a State that is not the sender stands right beside a number of its own."""
    if sentence.tongue.roles[code] in ("sender", "wide"):
        return False
    return any(
        0 < quantity.start - hit.end <= _BESIDE_NUMBER or 0 <= hit.start - quantity.end <= _BESIDE_NUMBER
        for quantity in sentence.quantities
        if quantity.kind == "count"
    )


def _leaving(sentence: Sentence) -> bool:
    """Whether people in the sending State are said to be chosen for work abroad, or to pay for it."""
    return any(sentence.has(sense) for sense in ("bribe", "selected", "recalled"))
