"""What kind of source a noun names: a person, a body, an outlet or a paper, by its head noun and the programme's words.

It says nothing of who is meant: that is `cast`.
"""

from __future__ import annotations

import re

from tallystick.claims.reading.scene import Hit, Sentence

PERSON, BODY, MEDIUM, PAPER = "person", "body", "outlet", "paper"
HOUSE = "house"  # a body or an outlet: its name does not tell which
_ROLE_OF = {PERSON: "person_role", BODY: "body_role", MEDIUM: "outlet_role", PAPER: "paper_role"}
_STEM = 5  # letters of an inflected noun that stay
_BARE = {  # who is only this has no name: whoever heard it has
    "en": re.compile(
        r"(?:(?:all|both|each|one) (?:of (?:the )?)?(?:two|three|four|five|six|seven|eight|nine|ten|dozen|\d{1,2})|"
        r"one|another|others?|some|many|most|both|all|several|two|three|four|five|six|each|"
        r"(?:[a-z]+ )?(?:man|men|woman|women|people|person|persons))(?: (?:of (?:them|those|the [a-z]+)|there|here))?",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?:один|одна|другой|другая|третий|кто-то|некоторые|многие|другие|мужчина|женщина|люди)"
        r"(?: из (?:них|тех|[а-яё]+))?",
        re.IGNORECASE,
    ),
    "ko": re.compile(r"(?:한|다른|어떤) (?:사람|남성|여성|이)|일부"),
}
_PHRASE_END = re.compile(
    r"\s(?:of|from|at|in|with|for|close|on|near|who|that|which|familiar|briefed|there|based|inside|within|to)(?!\w)"
)
_SEVERAL = re.compile(r"(?:s|men|women)\Z")


def role(name: str, sentence: Sentence) -> tuple[str, str]:
    """What kind of source a noun phrase points to, and the stem of its noun; nothing for other phrases."""
    words = name.split()
    noun = words[-1] if sentence.language != "ru" else words[0]
    for kind, sense in _ROLE_OF.items():
        if sentence.language == "en" and kind == PERSON and name.lower().endswith("news agency"):
            continue
        found = sentence.tongue.sense(sense).search(noun)
        if found and found.end() == len(noun):
            return kind, _stem(found.group(), sentence.language)
    return "", ""


def stems(name: str, sentence: Sentence) -> frozenset[str]:
    """The stems of all nouns of sources in a name."""
    found = (m.group() for sense in _ROLE_OF.values() for m in sentence.tongue.sense(sense).finditer(name))
    return frozenset(_stem(word, sentence.language) for word in found)


def stem_of(hit: Hit, sentence: Sentence) -> str:
    return _stem(sentence.text[hit.start : hit.end], sentence.language)


def _stem(word: str, language: str) -> str:
    lowered = word.lower()
    if language == "en":
        lowered = re.sub(r"(?<=.{3})s\Z", "", re.sub(r"ies\Z", "y", lowered))
        return re.sub(r"m[ae]n\Z|woman\Z|women\Z|people\Z|person\Z", "", lowered) or lowered
    return lowered[:_STEM] if language == "ru" else lowered


def bare(name: str, language: str) -> bool:
    """Whether words name nobody: "one of them", "another", "a man"."""
    return bool(_BARE[language].fullmatch(name))


def head_noun(name: str, language: str) -> str:
    """The noun that a phrase is about: in English before the first preposition, in Russian the first words."""
    if language == "ko":
        return name.split()[-1]
    if language == "ru":
        return " ".join(name.split()[:1])
    cut = _PHRASE_END.search(name)
    return (name[: cut.start()] if cut else name).split()[-1]


def several(name: str, sentence: Sentence) -> bool:
    return sentence.language == "en" and bool(_SEVERAL.search(name))
