"""Who says so: the sources that a sentence names, how deep each lies, and what of the sentence each covers.

Deepest first: a document or record that is cited, then a person or body that speaks, then the outlet that passes it on.
"The paper" and "he" point back to the source named last. That a source is named says nothing of its truth.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tallystick.claims.reading.scene import Hit, Sentence

RECORD, SPEAKER, OUTLET, POINTER = 3, 2, 1, 0  # depth; a pointer takes the depth of what it points to


_UNABLE = {  # what can speak in no sentence: amounts, adverbs, days, words that end as verbs do
    "en": re.compile(
        r"(?:only|just|about|around|roughly|circa|nearly|almost|over|at least|up to|more than|less than|fewer than|"
        r"recently|according|including|despite|there|here|however|meanwhile|instead|earlier|later|"
        r"today|yesterday|what|why|how|whether|not)(?!\w)|[\d.,\s]+\Z|"
        r"(?:credible|reliable|unconfirmed|several|some|various|other|recent|earlier|many|numerous|sober|different|rough|"
        r"conservative|independent|similar|separate|previous|certain|few|multiple|scattered|persistent) "
        r"(?:reports|accounts|estimates|stories|claims|rumou?rs|studies|figures)\Z|"
        r"(?!(?:19|20)\d\d )\d[\d,.]* |"
        r".*(?<!\w)(?:is|are|was|were|has|have|had|will|would|that)\Z",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?:только|лишь|всего|около|более|почти|порядка|свыше|менее|как минимум|однако|впрочем|тогда|там|здесь|"
        r"сейчас|сегодня|вчера|где|куда|когда)(?!\w)|[\d.,\s]+\Z|.*(?<!\w)(?:был[аио]?|будет|будут|что|есть)\Z",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r".*(?:[다라자냐]고|지만|는데|면서|[었았였했됐]고|도록|려고|[었았였했됐]다|[한된는] ?것|달러)\Z|"
        r"(?:.*(?:노동자|근로자|인력|인원|총|약|들은) ?)?[\d천만백여,]+ ?명\Z|"
        r"[\d.,\s]+\Z"
    ),
}

_CLAUSE = {  # what no name has: a particle before it, or a verb with its subject, which were cut out of a clause
    "en": re.compile(
        r"(?<!\w)(?:hand|turn|give|send|pay|carry|bring|take|fork|sign)(?:s|ed)?\s(?:over|up|in|back|out|off|away|home)"
        r"(?!\w)|(?<!\w)(?:workers|labou?rers|men|women|people|citizens|nationals|builders|loggers|crews|koreans)\s"
        r"(?:must|will|would|can|could|may|should|have|had|are|were|do|did|hand|pay|give|earn|receive|get|keep|live|"
        r"work|sleep|send|remit|surrender|turn|owe|hold)(?!\w)",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\A(?:бы|же|ли|ни|не)\s|(?<!\w)(?:рабочие|работники|строители|лесорубы|северокорейцы|граждане|люди|мужчины|"
        r"женщины)\s\w+(?:ают|яют|уют|еют|дут|тят|чат|дят|вали|тили|дали|чали)(?!\w)",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"\A(?:를|을|은|는|에게|에서|에|와|과|으로|로|까지|부터|의|께서|라고|다고)\s|"
        r"(?:(?:갖|가져|데려|모셔|실어|날라)다|벌어|바쳐|넘겨|보내|돌려|건네|챙겨)(?:주|가|오|내|놓|드리|바치)?\Z"
    ),
}


class Source(NamedTuple):
    """One attribution: the name as the text has it, its place, its depth, and the stretch that it covers."""

    name: str
    hit: Hit
    depth: int
    covers: Hit
    carries: bool = True  # whether it may speak on in the next sentence: an aside ("which X says") does not
    cited: bool = False  # by another source of its sentence: it lies deeper than that other, whatever it is
    found: str = "sentence"  # where its name stands: in a sentence before ("carried") or after ("ahead") a pointer's
    unnamed: bool = False  # "the newspaper", which the text may nowhere name: then its words stand for it
    looks_back: bool = False  # "this was reported by X": it tells of the sentence before


def by_depth(sources: tuple[Source, ...], place: int) -> tuple[Source, ...]:
    """The sources that cover a place of the text, the deepest first and the nearest of equals first."""
    covering = [source for source in sources if source.covers.start <= place < source.covers.end]
    return tuple(sorted(covering, key=lambda source: (-source.depth, not source.cited, abs(source.hit.start - place))))


def named(sentence: Sentence) -> tuple[Source, ...]:
    """The attributions of one sentence, in order, by the grammar of its language."""
    if sentence.language == "ko":
        from tallystick.claims.reading.sources_ko import attributions
    elif sentence.language == "ru":
        from tallystick.claims.reading.sources_ru import attributions
    else:
        from tallystick.claims.reading.sources_en import attributions
    return tuple(source for source in attributions(sentence) if _able(source.name, sentence))


def _able(name: str, sentence: Sentence) -> bool:
    """Whether a phrase can be somebody: no amount, no adverb, no thing that is told of."""
    if sentence.language == "ko":
        name = sentence.tongue.sense("sender").sub("", name).strip() or name  # of its people, how many they are
    if _UNABLE[sentence.language].match(name) or _CLAUSE[sentence.language].search(name):
        return False
    noun = name.split(" of ")[0] if sentence.language == "en" else ""
    return not (noun and sentence.tongue.is_wholly("cannot_speak", noun))
