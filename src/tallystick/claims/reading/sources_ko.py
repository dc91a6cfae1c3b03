"""Attribution in Korean: 「X에 따르면」, 「X는 … 밝혔다」, 「X 자료로 보면」, 「X가 전했다」."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import OUTLET, POINTER, RECORD, SPEAKER, Source

_SAID = re.compile(
    r"(?:고|라고|다고|며|면서|을|를|는|은|이|처럼)?\s?(?:말했|밝혔|전했|했다|했습|설명|보도|발표|주장|추산|추정|분석|보고|지적|"
    r"강조|언급|덧붙|평가|썼|봤|보았|예상|전망|진단|털어놨|증언|집계|공개|내다)"
)
_TITLE = re.compile(
    r"(?:의원|교수|연구위원|연구원|장관|대사|총리|부총리|국장|소장|대변인|서기|보고관|"
    r"총장|주지사|변호사|기자|박사|대표|부장|영사|참사)\Z"
)
_FOREIGN = 4  # words; a name of two words with its office, which is kept whole
_PERSON = re.compile(r"[가-힣]{2,4}\Z")
_DATE = re.compile(
    r"^(?:(?:지난|오는|이날|같은|한편|그러나|또|특히|이에|앞서|현지시간)\s|\d*(?:년|월|일|시|분)(?:에|간)?\s)+"
)
_PARTICLE = re.compile(r"(?:\w(?:을|를|은|는|에게|에서|에|고|며|면서|로|다고|라고|이|가|도|와|과))\Z")
_BACK = re.compile(r"(?:이|그|같은|해당|[가-힣](?= (?:교수|의원|장관|대사|총리|대표|소장|위원장|씨)))\s")
_ALONE = frozenset({"의원", "매체", "신문", "방송", "소식통", "관계자", "당국자", "보고서"})
_ADNOMINAL = re.compile(r"[가-힣]+(?:한|된|던|는|힌)\Z")  # a verb that describes its noun
_FAMILY = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설"
)
_HE = re.compile(r"(?<![가-힣])(?P<name>그|그녀|그들)(?:은|는|이|가)(?=\s)")
_CITIZEN = re.compile(r"(?P<name>[가-힣]{2,4})(?:\([가-힣]+\))?\s?씨(?:은|는|이|가|의 말)")


class _Patterns(NamedTuple):
    """What stands around a Korean source's name."""

    records: re.Pattern[str]
    according: re.Pattern[str]
    subject: re.Pattern[str]


@cache
def _patterns(heads: str, outlets: str) -> _Patterns:
    """The patterns for a programme's nouns of sources and names of outlets; a noun may end a longer word."""
    noun = rf"(?:[가-힣A-Za-z·']*{heads}|{outlets})"
    phrase = rf"(?P<name>(?:[가-힣A-Za-z'·]+(?:의|인)?\s){{0,4}}?{noun})(?P<short>\([^)]{{2,12}}\))?"
    paper = "(?:자료|통계|보고서|문건|집계)"
    return _Patterns(
        re.compile(
            rf"{phrase}(?:가|이)?\s?(?:[가-힣0-9\s]{{0,12}}){paper}(?:를|을|로|에)?\s?(?:보면|따르면|의하면|인용|근거로)"
        ),
        re.compile(
            rf"{phrase}(?:\s?{paper})?(?:에|를|을|의)?\s?"
            r"(?:따르면|의하면|인용|말을\s?(?:빌려|인용)|토대로|근거로|자료로\s?보면|보면)"
        ),
        re.compile(rf"{phrase}(?:은|는|이|가|에서|에서는|도)(?=\s)"),
    )


def attributions(sentence: Sentence) -> tuple[Source, ...]:
    """All attributions of a Korean sentence; each covers the whole of it."""
    whole = Hit(sentence.start, sentence.end)
    found: dict[int, Source] = {}
    tongue = sentence.tongue
    made = _patterns(tongue.sense("source_head").pattern, tongue.sense("outlet").pattern)
    for pattern, depth in ((made.records, RECORD), (made.according, SPEAKER), (made.subject, SPEAKER)):
        for match in pattern.finditer(sentence.text, sentence.start, sentence.end):
            if pattern is made.subject and not _says(sentence, match):
                continue
            source = _made(sentence, match, depth, whole)
            if source is not None:
                found.setdefault(match.end("name"), source)
    for pattern, depth in ((_HE, POINTER), (_CITIZEN, SPEAKER)):
        for match in pattern.finditer(sentence.text, sentence.start, sentence.end):
            if _says(sentence, match):
                found.setdefault(match.end("name"), Source(match["name"], Hit(*match.span("name")), depth, whole))
    speaking = any(source.depth != POINTER for source in found.values())
    kept = (s for s in found.values() if not (speaking and s.name == "보고서"))  # "in its report the panel says"
    return tuple(sorted(kept, key=lambda source: source.hit.start))


def _says(sentence: Sentence, match: re.Match[str]) -> bool:
    return bool(_SAID.search(sentence.text, match.end(), sentence.end))


def _made(sentence: Sentence, match: re.Match[str], depth: int, whole: Hit) -> Source | None:
    name = _own_words(_DATE.sub("", match["name"].strip()))
    hit = Hit(*match.span("name"))
    if name in _ALONE or (_BACK.match(name) and len(name.split()) == 2):
        return Source(name, hit, POINTER, whole)
    return _person(sentence, name, hit, depth, whole) or _other(sentence, name, hit, depth, whole)


def _person(sentence: Sentence, name: str, hit: Hit, depth: int, whole: Hit) -> Source | None:
    """The name before an office: three syllables of a Korean name, or the words of a foreign one."""
    words = name.split()
    if not _TITLE.search(name) or len(words) < 2 or sentence.tongue.places.match(words[0]):
        return None
    if len(words[0]) == 3 and words[0][0] in _FAMILY and not sentence.tongue.sense("source_head").search(words[0]):
        return Source(words[0], hit, depth, whole)
    if len(words) < _FOREIGN and all(_PERSON.fullmatch(word) and not _noun(sentence, word) for word in words[:-1]):
        return Source(" ".join(words[:-1]), hit, depth, whole)
    return None


def _noun(sentence: Sentence, word: str) -> bool:
    tongue = sentence.tongue
    return any(tongue.sense(name).search(word) for name in ("source_head", "body_role")) or bool(
        tongue.places.match(word)
    )


def _other(sentence: Sentence, name: str, hit: Hit, depth: int, whole: Hit) -> Source:
    if sentence.tongue.sense("outlet").fullmatch(name):
        return Source(name, hit, OUTLET if depth != RECORD else RECORD, whole)
    return Source(name, hit, depth, whole)


def _own_words(name: str) -> str:
    """The words of the name alone: what ends in a particle before it belongs to the rest of the sentence."""
    words = name.split()
    for index in range(len(words) - 2, -1, -1):
        if _PARTICLE.search(words[index]):
            rest = words[index + 1 :]
            return " ".join(rest[1:] if len(rest) > 1 and _ADNOMINAL.fullmatch(rest[0]) else rest)
    return name
