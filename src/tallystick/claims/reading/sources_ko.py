"""Attribution in Korean: 「X에 따르면」, 「X는 … 밝혔다」, 「X 자료로 보면」, 「X가 전했다」."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import OUTLET, POINTER, RECORD, SPEAKER, Source

_SAID = re.compile(
    r"(?:고|라고|다고|며|면서|을|를|는|은|이|처럼)?\s?(?:말했|밝혔|전했|설명|보도|발표|주장|추산|추정|분석|보고|지적|"
    r"강조|언급|덧붙|평가|썼|봤|보았|예상|전망|진단|털어놨|털어놓|증언|집계|공개|내다|귀띔|호소|하소연|토로|"
    r"알렸|알려왔|회고|회상|고백|폭로|(?<=고)\s?했(?:다|습)|(?<=며)\s?했(?:다|습)|본다|본 것|보고 있|여긴|판단|"
    r"답했|답변|반박|시인|인정|계산했|짚었|꼬집|우려|확인했|소개|적었|통보|입을 모았|한목소리|"
    r"(?:전해|알려|일러)\s?(?:왔|줬|주었)|(?:다|라|자|냐)고\s(?!한다|합니다|하는|알려졌|전해졌)(?:[가-힣]+\s)?[가-힣]{1,6}다[.!?”\"]*\Z)"
)
_TITLE = re.compile(
    r"(?:의원|교수|연구위원|연구원|장관|대사|총리|부총리|국장|소장|대변인|서기|보고관|"
    r"총장|주지사|변호사|기자|박사|대표|부장|영사|참사)\Z"
)
_FAMILY_NAME = 2  # letters that an outlet's own name has more of: 「통신」 alone names none
_FOREIGN = 4  # words; a name of two words with its office, which is kept whole
_PERSON = re.compile(r"[가-힣]{2,6}\Z")
_DATE = re.compile(
    r"^(?:(?:이?라고|다고|고|며|면서|지난|오는|이날|같은|한편|그러나|또|특히|이에|앞서|현지시간)\s|\d*(?:년|월|일|시|분)(?:에|간)?\s)+"
)
_PARTICLE = re.compile(
    r"(?:지만|는데|으나|려고|도록|했고|됐고|따르면|의하면|인용해|인용하며|통해|대해|관련해|"
    r"\w(?:을|를|은|는|에게|에서|에|고|며|면서|로|다고|라고|이|가|(?<![북남])도|와|과))\Z"
)
_BACK = re.compile(r"(?:이|그|같은|해당|[가-힣](?= (?:교수|의원|장관|대사|총리|대표|소장|위원장|씨)))\s")
_ALONE = frozenset({"의원", "매체", "신문", "방송", "소식통", "관계자", "당국자", "보고서"})
_AFFILIATION = re.compile(r"[대위원부청처국사회당인]\Z")  # how short names of bodies end
_PAPER_ALONE = re.compile(
    r"(?:(?:첫|이|그|최근|새|연례|한|해당|같은|중간|최종|공동|관련|공개)\s)*(?:보고서|자료|통계|문건|성명|회견|인터뷰|기자회견)"
)
_PAPERS = ("보고서", "자료", "통계", "문건", "성명", "책", "논문", "인터뷰", "회견")
_ADNOMINAL = re.compile(r"[가-힣]+(?:한|된|던|는|힌|난|온|간|운)\Z")  # a verb that describes its noun
_FAMILY = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설"
)
_HOUSE = re.compile(
    r"(?:매체|신문|일간지|주간지|통신|방송|잡지)\s?['‘“「《<](?P<name>[^'’”」》>]{2,20})['’”」》>](?=[은는이가])"
)
_RELAYS = re.compile(r"것으로\s[^.]*\Z")  # what another has said, as somebody passes it on
_RECKONED = (  # whose reckoning a number is: 「X의 추산으로는」, 「…는 것이 X의 분석이다」
    r"(?:들?의|\s)\s?(?:[가-힣]+[된한인]\s)?(?:추산치?|추정치?|집계|분석|설명|전언|주장|통계|조사|계산|평가|판단|관측|전망|얘기|이야기|말)"
    r"(?:으로는|로는|상|이다|다\.|이었다|입니다|결과|을 종합|를 종합)"
)
_TOLD = re.compile(
    r"의 (?:[가-힣]+[된한인] )?(?:추정치|추산치|말|설명|이야기|얘기|증언|전언|주장|분석|진단|추산)"
    r"(?:이다|다|이었다|입니다)\.?\Z"
)
_PASSIVE = re.compile(r"(?:알려|전해|추정|추산|집계|보고|분석|관측|평가|확인)(?:졌|된|됐|되|진)")
_QUOTED = re.compile(  # whoever stands before or after the words in quotation marks
    r"(?:(?<=[.!?”\"]\s)|\A)(?P<before>[^\"“”,.\n]{2,40}?)(?:은|는|이|가)(?:\s[^\"“”,.]{0,40})?\s?[\"“](?!.*[\"”](?:은|는|"
    r"이|가)\s)|"
    r"[\"”](?:이)?(?:라|다|냐|자)?(?:고|며|면서)\s(?P<after>[^\"“”,.]{2,40}?)(?:은|는|이|가)\s"
)
_INDIRECT = re.compile(
    r"(?:다|라|자)고,?\s(?P<name>[^\"“”,.]{2,30}?)(?:이|가|은|는)\s(?:[^\"“”,.]{0,20}\s)?(?=(?:말|전|밝|보도|설명|주장|보고|발표|귀띔|덧붙|강조|"
    r"지적|언급|알렸))"
)
_FINAL = re.compile(
    r"\A(?P<name>[^\"“”,.]{1,30}?)(?:은|는|이|가)\s.*(?:다|라|자)고\s(?:[^.\"“”]{0,30}\s)?"
    r"(?:말했|밝혔|전했|보고했|통보했|설명했|주장했|발표했|덧붙였|강조했|지적했|언급했|알렸|썼|적었|귀띔했|답했|내다봤|털어놨|털어놓|토로했|증언했|하소연했|고백했|추산했|전해)\S*[.!?”\"]*\Z"
)
_LAST_SAYS = re.compile(
    r"(?:다|라|자)고\s(?:[^.]{0,12}\s)?(?:밝혔|말했|보고했|통보했|주장했|발표했|설명했)\S*[.!?”\"]*\Z"
)
_SUBJECT = re.compile(r"(?:들)?(?:이|가)\s")
_TOPIC = re.compile(r"(?:\([^)]{2,20}\))?(?:들)?(?:은|는)\s")
_COMPLEMENT = re.compile(r"(?:다|라|자|냐)(?:고|며|면서)")
_THUS = re.compile(r"(?:이같이|이 같이|이렇게|이와 같이|이 같은 (?:내용|사실|소식|수치)|이런 (?:내용|사실|소식))")
_NO_SPEAKER = re.compile(r"(?:것|수|때|중|점|곳|사실|내용|월급|임금|숫자|규모|인원|이는|\d\S*)\Z")
_HE = re.compile(r"(?<![가-힣])(?P<name>그|그녀|그들)(?:은|는|이|가)(?=\s)")
_CITIZEN = re.compile(
    r"(?P<name>(?<![가-힣])[가-힣] 모|[가-힣]{2,4})(?:\([가-힣]+\))?\s?씨"
    r"(?:은|는|이|가|의 (?:말|설명|이야기|얘기|증언))"
)


class _Patterns(NamedTuple):
    """What stands around a Korean source's name."""

    records: re.Pattern[str]
    according: re.Pattern[str]
    reckoned: re.Pattern[str]
    subject: re.Pattern[str]


@cache
def _patterns(heads: str, outlets: str) -> _Patterns:
    """The patterns for a programme's nouns of sources and names of outlets; a noun may end a longer word."""
    noun = rf"(?:[가-힣A-Za-z·']*{heads}|{outlets})"
    phrase = rf"(?P<name>(?:[가-힣A-Za-z'·]+(?:의|인)?\s){{0,4}}?{noun})(?P<short>\([^)]{{2,12}}\))?"
    paper = "(?:자료|통계|보고서|문건|집계|보고|발표|조사|추산|분석|설명|전언)"
    return _Patterns(
        re.compile(
            rf"{phrase}(?:(?:가|이)\s(?:[가-힣0-9]+\s){{0,2}}|(?:의)?\s?(?:[가-힣0-9]+(?<![은는이가을를])\s){{0,3}})(?:[가-힣]{{1,4}})?"
            rf"{paper}(?:를|을|로|에)?\s?(?:보면|따르면|의하면|인용|근거로|토대로|바탕으로)"
        ),
        re.compile(
            rf"{phrase}(?:의)?(?:\s?{paper})?(?:에|를|을|의)?\s?"
            r"(?:따르면|의하면|(?:[가-힣A-Z]+(?:이|가|은|는)\s)?인용|말을\s?(?:빌려|인용)|토대로|근거로|자료로\s?보면|보면)"
        ),
        re.compile(rf"{phrase}{_RECKONED}"),
        re.compile(rf"{phrase}(?:들)?(?:은|는|이|가|에서|에서는|도)(?=\s)"),
    )


def attributions(sentence: Sentence) -> tuple[Source, ...]:
    """All attributions of a Korean sentence; each covers the whole of it."""
    whole = Hit(sentence.start, sentence.end)
    found: dict[int, Source] = {}
    tongue = sentence.tongue
    made = _patterns(tongue.sense("source_head").pattern, tongue.sense("outlet").pattern)
    kinds = ((made.records, RECORD), (made.according, SPEAKER), (made.reckoned, SPEAKER), (made.subject, SPEAKER))
    named = sentence.has("source_head") or sentence.has("outlet")  # without one of them none of these can match
    for pattern, depth in kinds if named else ():
        for match in pattern.finditer(sentence.text, sentence.start, sentence.end):
            if pattern is made.subject and not _says(sentence, match):
                continue
            source = _made(sentence, match, depth, whole)
            if source is not None:
                found.setdefault(match.end("name"), source)
    for pattern, depth in ((_HE, POINTER), (_CITIZEN, SPEAKER), (_HOUSE, OUTLET)):
        for match in pattern.finditer(sentence.text, sentence.start, sentence.end):
            if _says(sentence, match) or _TOLD.search(sentence.words):
                found.setdefault(match.end("name"), Source(match["name"], Hit(*match.span("name")), depth, whole))
    paper = [end for end, s in found.items() if _PAPER_ALONE.fullmatch(s.name) or _in_paper(sentence, s)]
    if all(s.depth in (POINTER, OUTLET) or end in paper for end, s in found.items()):
        for source in _grammatical(sentence, whole):
            if all(abs(source.hit.end - end) > 2 for end in found):
                found[source.hit.end] = source
    found = {end: source for end, source in found.items() if not _embedded(sentence, source, found)}
    found = {end: source for end, source in found.items() if not _is_venue(sentence, source, found)}
    if len(found) > 1:
        found = {end: _relaying(sentence, source, found) for end, source in found.items()}
    speaking = any(end not in paper for end in found)
    kept = [s for end, s in found.items() if not (speaking and end in paper)]  # "in its report the panel says"
    back = bool(_THUS.search(sentence.words) or _TOLD.search(sentence.words))
    return tuple(sorted((s._replace(looks_back=back) for s in kept), key=lambda source: source.hit.start))


def _embedded(sentence: Sentence, source: Source, found: dict[int, Source]) -> bool:
    """Whether a source is but the subject of what a topic before it says: 「소식통은 당국이 … 한다고 했다」."""
    if not _SUBJECT.match(sentence.text, source.hit.end) or not _COMPLEMENT.search(
        sentence.text, source.hit.end, sentence.end
    ):
        return False
    before = (other for other in found.values() if other.hit.end < source.hit.start)
    return any(_TOPIC.match(sentence.text, other.hit.end) for other in before)


def _is_venue(sentence: Sentence, source: Source, found: dict[int, Source]) -> bool:
    """「X는 위원회에서 보고했다」: where a topic before it speaks, and to whom."""
    if not sentence.text.startswith("에서", source.hit.end) or source.depth != SPEAKER:
        return False
    before = (other for other in found.values() if other.hit.end < source.hit.start)
    return any(_TOPIC.match(sentence.text, other.hit.end) for other in before)


def _relaying(sentence: Sentence, source: Source, found: dict[int, Source]) -> Source:
    """「X는 … 보고한 것으로 Y가 전했다」: Y passes on what X said."""
    before = any(other.hit.end < source.hit.start for other in found.values())
    relays = before and _RELAYS.search(sentence.text[sentence.start : source.hit.end])
    return source._replace(depth=OUTLET) if relays and source.depth == SPEAKER else source


def _in_paper(sentence: Sentence, source: Source) -> bool:
    """「보고서에서」: the paper in which somebody else says it."""
    return source.name.endswith(_PAPERS) and sentence.text.startswith("에서", source.hit.end)


def _grammatical(sentence: Sentence, whole: Hit) -> list[Source]:
    """Whoever the grammar makes the speaker, whatever the noun: before or after quoted words, or of the last verb."""
    found = []
    for pattern in (_QUOTED, _INDIRECT, _FINAL):
        for match in pattern.finditer(sentence.words):
            group = next(name for name, words in match.groupdict().items() if words)
            at = Hit(sentence.start + match.start(group), sentence.start + match.end(group))
            if pattern is _QUOTED and not _SAID.search(sentence.text, at.end, sentence.end):
                continue
            name = _own_words(sentence, _DATE.sub("", match[group].strip()))
            if (
                _NO_SPEAKER.search(name)
                or not name
                or (pattern is _FINAL and sentence.tongue.sense("sender").fullmatch(name))
            ):
                continue
            found.append(_speaker(sentence, name, at, whole))
        if found:
            break
    return found or _state(sentence, whole)


def _state(sentence: Sentence, whole: Hit) -> list[Source]:
    """A State that is the subject of a last verb of saying: 「보고서에서 당국은 … 밝혔다」."""
    if not _LAST_SAYS.search(sentence.words):
        return []
    hits = (Hit(*m.span()) for m in sentence.tongue.places.finditer(sentence.text, sentence.start, sentence.end))
    named = [hit for hit in hits if sentence.text[hit.end : hit.end + 2] in ("은 ", "는 ", "가 ", "이 ")]
    return [Source(sentence.text[hit.start : hit.end], hit, SPEAKER, whole) for hit in named[-1:]]


def _speaker(sentence: Sentence, name: str, at: Hit, whole: Hit) -> Source:
    if name in _ALONE or name in ("그", "그녀", "그들") or (_BACK.match(name) and len(name.split()) == 2):
        return Source(name, at, POINTER, whole)
    return _person(sentence, name, at, SPEAKER, whole) or _other(sentence, name, at, SPEAKER, whole)


def _says(sentence: Sentence, match: re.Match[str]) -> bool:
    return bool(_SAID.search(sentence.text, match.end(), sentence.end))


def _made(sentence: Sentence, match: re.Match[str], depth: int, whole: Hit) -> Source | None:
    name = _own_words(sentence, _DATE.sub("", match["name"].strip()))
    hit = Hit(*match.span("name"))
    if name in _ALONE or (_BACK.match(name) and len(name.split()) == 2):
        return Source(name, hit, POINTER, whole)
    return _person(sentence, name, hit, depth, whole) or _other(sentence, name, hit, depth, whole)


def _person(sentence: Sentence, name: str, hit: Hit, depth: int, whole: Hit) -> Source | None:
    """The name before an office: three syllables of a Korean name, or the words of a foreign one."""
    words = name.split()
    if not _TITLE.search(name) or len(words) < 2 or sentence.tongue.places.match(words[0]):
        return None
    names = [word for word in (words[-2], words[0]) if len(word) == 3 and word[0] in _FAMILY]
    names = [word for word in names if not _noun(sentence, word)]
    if names:  # 「정보위 간사인 이성준 의원」, 「이서준 한솔대 교수」
        return Source(next((n for n in names if not _AFFILIATION.search(n)), names[0]), hit, depth, whole)
    if len(words) < _FOREIGN and all(_PERSON.fullmatch(word) and not _noun(sentence, word) for word in words[:-1]):
        return Source(" ".join(words[:-1]), hit, depth, whole)
    named = 0
    while named < len(words) and _PERSON.fullmatch(words[named]) and not _noun(sentence, words[named]):
        named += 1
    if 0 < named < len(words) - 1 and named < _FOREIGN:
        return Source(" ".join(words[:named]), hit, depth, whole)  # a foreign name, then the country and the office
    return None


def _noun(sentence: Sentence, word: str) -> bool:
    tongue = sentence.tongue
    return any(tongue.sense(name).search(word) for name in ("source_head", "body_role")) or bool(
        tongue.places.match(word)
    )


def _other(sentence: Sentence, name: str, hit: Hit, depth: int, whole: Hit) -> Source:
    last = name.split()[-1]
    if len(name.split()) > 1 and len(last) > _FAMILY_NAME and sentence.tongue.sense("outlet").fullmatch(last):
        name = last  # 「이웃 나라 하루신문」
    if sentence.tongue.sense("outlet").fullmatch(name) or re.search(
        r"(?:신문|일보|방송|통신|뉴스|타임스|저널)\Z", last
    ):
        return Source(name, hit, OUTLET if depth != RECORD else RECORD, whole)
    return Source(name, hit, depth, whole)


def _own_words(sentence: Sentence, name: str) -> str:
    """The words of the name alone: what ends in a particle before it belongs to the rest of the sentence."""
    words = name.split()
    titled = bool(_TITLE.search(name)) and len(words) < _FOREIGN + 1
    for index in range(len(words) - 2, -1, -1):
        if (
            titled
            and _PERSON.fullmatch(words[index])
            and words[index][-1] in "이가도나"
            and index >= len(words) - 3
            and not sentence.tongue.sense("no_person").match(words[index])
        ):
            continue  # a foreign name that ends as a particle does
        if _PARTICLE.search(words[index]):
            rest = words[index + 1 :]
            return " ".join(rest[1:] if len(rest) > 1 and _ADNOMINAL.fullmatch(rest[0]) else rest)
    return name
