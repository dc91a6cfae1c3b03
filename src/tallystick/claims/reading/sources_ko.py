"""Attribution in Korean: 「X에 따르면」, 「X는 … 밝혔다」, 「X 자료로 보면」, 「X가 전했다」."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tallystick.claims.reading.names_ko import DATE, made, own_words, speaker
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import OUTLET, POINTER, RECORD, SPEAKER, Source
from tallystick.claims.reading.speakers_ko import NOBODY, clauses_that_say, headline, topic_that_says

_SAID = re.compile(
    r"(?:고|라고|다고|며|면서|을|를|는|은|이|처럼)?\s?(?:말했|밝혔|전했|설명|보도|발표|주장|추산|추정|분석|보고|지적|"
    r"강조|언급|덧붙|평가|썼|봤|보았|예상|전망|진단|털어놨|털어놓|증언|집계|공개|내다|귀띔|호소|하소연|토로|"
    r"알렸|알려왔|회고|회상|고백|폭로|(?<=고)\s?했(?:다|습)|(?<=며)\s?했(?:다|습)|본다|본 것|보고 있|여긴|판단|"
    r"답했|답변|반박|시인|인정|계산했|짚었|꼬집|우려|확인했|소개|적었|통보|입을 모았|한목소리|파악|"
    r"(?:말|언급|전|밝힌|증언)한? 바|"
    r"(?:전해|알려|일러)\s?(?:왔|줬|주었)|(?:다|라|자|냐)고\s(?!한다|합니다|하는|알려졌|전해졌)(?:[가-힣]+\s)?[가-힣]{1,6}다[.!?”\"]*\Z)"
)
_PAPER_ALONE = re.compile(
    r"(?:(?:지난달|지난해|작년|올해|최근|[가-힣]+(?:한|낸|된|쓴))\s)*(?:(?:첫|이|그|최근|새|연례|한|해당|같은|중간|최종|공동|관련|공개)\s)*(?:보고서|자료|통계|문건|성명|회견|인터뷰|기자회견)"
)
_PAPERS = ("보고서", "자료", "통계", "문건", "성명", "책", "논문", "인터뷰", "회견")
_HOUSE = re.compile(
    r"(?:매체|신문|일간지|주간지|통신|방송|잡지)\s?['‘“「《<](?P<name>[^'’”」》>]{2,20})['’”」》>](?=[은는이가])"
)
_ACCORDING = re.compile(r"(?:\([^)]{2,20}\))?에\s?(?:따르면|의하면)")
_BODY_HOUSE = re.compile(  # 「인권단체 '이름'은」, 「'이름'의 조사에서」
    r"(?:단체|기구|센터|협회|재단|연구소|연구원|그룹|기업|회사|업체|모임|네트워크)\s?['‘“「《<](?P<name>[^'’”」》>]{2,20})['’”」》>]"
    r"(?:(?=[은는이가])|(?=의\s(?:[가-힣]+\s)?(?:조사|분석|집계|설문|연구|보고서)(?:에서|에|결과)))"
)
_RELAYS = re.compile(r"것으로\s[^.]*\Z")  # what another has said, as somebody passes it on
_RECKONED = (  # whose reckoning a number is: 「X의 추산으로는」, 「…는 것이 X의 분석이다」
    r"(?:들?의|\s)\s?(?:[가-힣]+[된한인]\s)?(?:추산치?|추정치?|집계|분석|설명|전언|주장|통계|조사|계산|평가|판단|관측|전망|얘기|이야기|말)"
    r"(?:으로는|로는|상|이다|다\.|이었다|입니다|결과|을 종합|를 종합)"
)
_TOLD = re.compile(
    r"의 (?:[가-힣]+[된한인] )?(?:추정치|추산치|말|회고|고백|하소연|설명|이야기|얘기|증언|전언|주장|분석|진단|추산)"
    r"(?:이다|다|이었다|입니다)\.?\Z"
)
_QUOTED = re.compile(  # whoever stands before or after the words in quotation marks
    r"(?:(?<=[.!?”\"]\s)|\A)(?P<before>[^\"“”,.\n]{2,40}?)(?:은|는|이|가)(?:\s[^\"“”,.]{0,40})?\s?[\"“](?!.*[\"”](?:은|는|"
    r"이|가)\s)|"
    r"[\"”](?:이)?(?:라|다|냐|자)?(?:고|며|면서)\s(?P<after>[^\"“”,.]{2,40}?)(?:은|는|이|가)\s"
)
_INDIRECT = re.compile(
    r"(?:다|라|자)고,?\s(?P<name>[^\"“”,.]{2,30}?)(?:이|가|은|는)\s(?:[^\"“”,.]{0,20}\s)?(?=(?:말|전|밝|보도|설명|주장|보고|발표|귀띔|덧붙|강조|"
    r"지적|언급|알렸))"
)
_ITS_WORDS = re.compile(  # whoever it is the account of, or according to whom it is, whatever the noun
    r"(?:\A|[,\s](?:이는|것은|것이|게|건)\s|[.!?\"”]\s)(?P<told>[^\"“”,.]{2,25}?)(?:들)?의 (?:[가-힣]+[된한인] )?"
    r"(?:추정치|추산치|말|설명|이야기|얘기|증언|전언|주장|분석|진단|추산|계산|판단|귀띔)(?:이다|다|이었다|였다|입니다)\.?\Z|"
    r"(?:\A|,\s)(?P<stated>[^\"“”,.\d]{2,25}?)(?:이|가)\s(?:[^\"“”,.]{0,25}\s)?"
    r"(?:밝힌|전한|말한|공개한|발표한|제출한|낸|펴낸|작성한|집계한|조사한|보고한|내놓은)\s"
    r"[가-힣\s‘’'「」]{1,20}(?:(?:에|를|을)\s?(?:따르면|의하면|보면)|(?:에는|에서)\s.*(?:적혀|담겨|담겼|나와|기재))|"
    r"(?:(?:은|는|이|가)\s)(?P<cited>[^\"“”,.]{2,60}?)(?:들)?(?:을|를)\s?인용|"
    r"(?:\A|,\s)(?P<several>[^\"“”,.\d]{2,30}?)\s?\d+\s?명(?:\s?등)?의\s"
    r"(?:증언|설명|말|진술|이야기)(?:에\s?따르면|에\s?의하면|을 종합)|"
    r"(?:\A|,\s)(?P<according>[^\"“”,.\d]{2,30}?)(?:에|에게)\s?(?:따르면|의하면)|"
    r"\A(?P<on>[^\"“”,.\d]{2,25}?)의?\s?(?:자료|통계|기록|집계)상(?:으로는?)?\s|"
    r"(?:\A|[.!?]\s)(?P<told_by>[^\"“”,.\d]{2,25}?)(?:이|가)\s[^.]*?(?:확인|공개|발표|보도|언급|말|밝힌|전)한?\s(?:내용|사실|수치)이다\.?\Z|"
    r"\A(?P<asked>[^\"“”,.\d]{2,30}?)(?:이|가)\s[^.]*?(?:조사|면접|면담|분석|집계|설문|취재|확인|인터뷰|추적|인터뷰)(?:한|해\s?본)\s결과(?:다|이다|입니다)\.?\Z|"
    r"\A(?P<itself>(?:공소장|판결문|계약서))(?:에는|에서는|은)\s.*?(?:적[혀시]|담[겨긴]|나와\s?있|기재|돼\s?있)|"
    r"\A(?P<paper>[^\"“”,.\d]{2,30}?)의?\s?(?:자료|통계|보고서|집계|문건|기록|공소장|판결문|홈페이지|누리집|웹사이트|계약서|명단|백서)"
    r"(?:에는|에서는|는|은|가)\s.*?"
    r"(?:보여\s?[준줬주]|나타[났난]|드러[났난]|담겨|담겼|적혀|적혔|기재|기록돼|나와\s?있|돼\s?있)"
)
_PAPER_LAST = re.compile(
    r"(?:의)?\s?(?:(?:최근|연례|중간|공식|내부|미공개)\s)?(?:자료|통계|보고서|문건|집계|보고|발표|조사|추산|분석|설명|전언|말|얘기|이야기|증언|보도|기사)\Z"
)
_SUBJECT = re.compile(r"(?:들)?(?:이|가)\s")
_AFTER_SHORT = re.compile(r"\([^)]{2,20}\)(?:이|가)\s")
_SAYS_SO = re.compile(
    r"(?:말|설명|보도|발표|주장|추산|추정|분석|보고|지적|강조|언급|평가|증언|집계|공개|전망|판단|파악|확인|요청|요구|약속|"
    r"통보|답)(?:했|한)다고\Z|(?:밝혔|밝힌|전했|덧붙였|알렸|내다봤|본|봤)다고\Z"
)
_NEXT = 25  # letters after what is said within which whoever says it is named
_ANY_SUBJECT = re.compile(r"(?:\([^)]{2,20}\))?(?:들)?(?:이|가|은|는)\s")
_TOPIC = re.compile(r"(?:\([^)]{2,20}\))?(?:들)?(?:은|는)\s")
_COMPLEMENT = re.compile(r"(?:다|라|자|냐)[\"”]?(?:이?라)?(?:고|며|면서)")
_JOINED = "(?:밝[혔히]|말[했한]|전[했한]|보도[했한]|발표[했한]|주장[했한]|설명[했한])"  # with no blank before it
_THUS = re.compile(r"(?:이같이|이 같이|이렇게|이와 같이|이 같은 (?:내용|사실|소식|수치)|이런 (?:내용|사실|소식))")
_CONTENT = re.compile(r"[다라]는\s(?:것이|것은|게|건)\s")  # it tells what is said, and not of what was said before it
_STATED_NUMBER = re.compile(  # 「관리 두 명이 통신에 밝힌 900명」: of that number alone
    r"(?P<name>[^\"“”,.\d]{2,30}?)(?:\s?\d+명)?(?:이|가)\s(?:[가-힣A-Z]+에(?:게)?\s)?"
    r"(?:(?:지난해|작년|올해|지난달|당시|최근|\d{1,4}[년월일])\s)?(?:잡은|보는|제시한|내놓은|헤아린|추계한|밝힌|전한|말한|추산한|추정한|보고한|발표한|공개한|집계한)\s(?:약\s|총\s)?(?=\d)"
)
_NUMBER = 12  # letters of a number
_CONFIRMED = re.compile(r"(?:한|힌)\s(?:내용|사실|수치)이다\.?\Z")  # 「X가 확인한 내용이다」
_RESULT = re.compile(
    r"(?:한|해\s?본)\s결과(?:다|이다|입니다)\.?\Z"
)  # 「X가 면접한 결과다」: of what was told before it
_DENIED = re.compile(
    r"[다라]는\s(?P<whose>[^.,]{0,25}?)(?:의)?\s?(?:보도|주장|발표|추산|지적|의혹|소문|관측|추정)(?:를|을|에 대해)\s"
    r"[^.]{0,20}(?:부인|일축|반박|부정)(?:했|하|한)"
)
_READ_BY = re.compile(  # 「X가 입수한 계약서에 따르면」: things say nothing, and whoever read them does
    r"(?<![가-힣])(?P<whose>[가-힣A-Za-z·]+(?: [가-힣A-Za-z·]+){0,2}?)(?:이|가) "
    r"(?:단독 |직접 )?(?:입수|확인|확보|검토|열람)(?:한|했던) "
    r"(?:[가-힣]+ ){0,3}?(?:계약서|문서|서류|사진|영상|장부|명세서|편지|급여표)(?:들)?"
    r"(?:에 ?따르면|에 ?의하면|에는|에서는|[을를] ?보면)"
)
_ACTIVE = re.compile(
    r"(?:말|설명|보도|발표|주장|추산|추정|분석|보고|지적|평가|집계|전망|판단|파악|확인)(?:했|한다|하고 있)\S*\Z|"
    r"(?:밝혔|전했|봤|본다|보고 있)\S*\Z"
)
_FOLLOWS = re.compile(r":\s*\Z|(?:다음과|아래와) 같")  # what is said thus stands after it
_OPENS_QUOTE = re.compile(r"\s*[\"“]")
_POINTS = re.compile(r"(?:이|그|저|이들|그들|그것|이것|아래|다음|위)(?:\s?(?:자료|보고서|통계))?|사실|무엇|[가-힣]")
_HE = re.compile(r"(?<![가-힣])(?P<name>그|그녀|그들)(?:은|는|이|가)(?=\s)")
_CITIZEN = re.compile(
    r"(?P<name>(?<![가-힣])[가-힣] 모|[가-힣]{2,4})(?:\([가-힣\d]+\))?\s?씨"
    r"(?:은|는|이|가|의 (?:말|설명|이야기|얘기|증언|회고|고백|하소연|주장|전언))"
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
    begins, short = r"(?<![가-힣A-Za-z·)\]])", r"(?P<short>\([^)]{2,12}\))?"
    words = r"(?:[가-힣A-Za-z'·]+(?:의|인)?\s){0,4}?"
    phrase = rf"{begins}(?P<name>{words}{noun}){short}"
    paper = "(?:자료|통계|보고서|문건|집계|보고|발표|조사|추산|분석|설명|전언)"
    office = r"[가-힣]{2,}(?:국|청|부|원|처|회|단|소)"  # how bodies end, where a paper of theirs is cited
    house = rf"{begins}(?P<name>{words}(?:{noun}|{office})){short}"
    return _Patterns(
        re.compile(
            rf"{house}(?:(?:가|이)\s(?:[가-힣0-9]+\s){{0,2}}|(?:의)?\s?(?:[가-힣0-9]+(?<![은는이가을를])\s){{0,3}})(?:[가-힣]{{1,4}})?"
            rf"{paper}(?:를|을|로|에)?\s?(?:보면|봐도|보더라도|따르면|의하면|인용|근거로|토대로|바탕으로)"
        ),
        re.compile(
            rf"{phrase}(?:들)?(?:의)?(?:\s?{paper})?(?:에|를|을|의)?\s?"
            r"(?:따르면|의하면|(?:[가-힣A-Z]+(?:이|가|은|는)\s)?인용|말을\s?(?:빌려|인용)|토대로|근거로|자료로\s?보면|보면)"
        ),
        re.compile(rf"{phrase}{_RECKONED}"),
        re.compile(rf"{phrase}(?:들)?(?:은|는|이|가|에서|에서는|도)(?=\s|{_JOINED})"),
    )


def attributions(sentence: Sentence) -> tuple[Source, ...]:
    """All attributions of a Korean sentence; each covers the whole of it."""
    whole = Hit(sentence.start, sentence.end)
    if denied := _DENIED.search(sentence.text, sentence.start, sentence.end):
        return _of_whom(sentence, denied, whole)
    if read := _READ_BY.search(sentence.text, sentence.start, sentence.end):
        return (speaker(sentence, own_words(sentence, read["whose"]), Hit(*read.span("whose")), whole),)
    found: dict[int, Source] = {}
    tongue = sentence.tongue
    patterns = _patterns(tongue.sense("source_head").pattern, tongue.sense("outlet").pattern)
    kinds = tuple(zip(patterns, (RECORD, SPEAKER, SPEAKER, SPEAKER), strict=True))
    named = sentence.has("source_head") or sentence.has("outlet")  # without one of them none of these can match
    for pattern, depth in kinds if named else ():
        for match in pattern.finditer(sentence.text, sentence.start, sentence.end):
            if pattern is patterns.subject and not _says(sentence, match):
                continue
            if pattern is patterns.records and _of_another(sentence, match):
                continue
            source = made(sentence, match, depth, whole)
            if source is not None and "인용" in match.group() and pattern is patterns.according:
                source = source._replace(cited=True)
            if source is not None:
                found.setdefault(match.end("name"), source)
    for match in _STATED_NUMBER.finditer(sentence.text, sentence.start, sentence.end):
        name = own_words(sentence, match["name"].strip())
        number = Hit(match.end(), min(sentence.end, match.end() + _NUMBER))
        found.setdefault(match.end("name"), Source(name, Hit(*match.span("name")), SPEAKER, number, carries=False))
    for pattern, depth in ((_HE, POINTER), (_CITIZEN, SPEAKER), (_HOUSE, OUTLET), (_BODY_HOUSE, SPEAKER)):
        for match in pattern.finditer(sentence.text, sentence.start, sentence.end):
            if _says(sentence, match) or _TOLD.search(sentence.words) or sentence.text[match.end()] == "의":
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
    ahead = _FOLLOWS.search(sentence.words) or _OPENS_QUOTE.match(sentence.text, sentence.end)
    back = bool(
        (_THUS.search(sentence.words) and not ahead)
        or _RESULT.search(sentence.words)
        or (_TOLD.search(sentence.words) and not _CONTENT.search(sentence.words))
    )
    return tuple(sorted((s._replace(looks_back=back) for s in kept), key=lambda source: source.hit.start))


def _of_whom(sentence: Sentence, denied: re.Match[str], whole: Hit) -> tuple[Source, ...]:
    """「X는 … 왔다는 Y 보도를 부인했다」: the claim is that of Y, who is denied, and never of the denier."""
    name = own_words(sentence, denied["whose"].strip())
    return (speaker(sentence, name, Hit(*denied.span("whose")), whole),) if len(name) > 1 else ()


def _of_another(sentence: Sentence, match: re.Match[str]) -> bool:
    """「X가 Y 통계를 근거로」: the paper is that of Y, who stands between."""
    subject = _SUBJECT.match(sentence.text, match.end("name")) or _AFTER_SHORT.match(sentence.text, match.end("name"))
    return subject is not None and any(
        sentence.tongue.sense(sense).search(sentence.text, subject.end(), match.end())
        for sense in ("body_role", "known_body")
    )


def _embedded(sentence: Sentence, source: Source, found: dict[int, Source]) -> bool:
    """Whether a source is but the subject of what another says.

    「소식통은 당국이 … 한다고 했다」, 「당국이 … 한다고 통신이 보도했다」: in both it is not 「당국」 that speaks.
    """
    if not _ANY_SUBJECT.match(sentence.text, source.hit.end):
        return False
    content = _COMPLEMENT.search(sentence.text, source.hit.end, sentence.end)
    if content is None:
        return False
    others = [other for other in found.values() if other is not source and other.covers == source.covers]
    if not _SAYS_SO.search(sentence.text, source.hit.end, content.end()) and any(
        _says_next(sentence, other, content.end()) for other in others
    ):
        return True  # unless 「X가 … 보고했다고 Y가 전했다」
    before = (other for other in others if other.hit.end < source.hit.end - len(source.name))
    subject = _SUBJECT.match(sentence.text, source.hit.end)
    return bool(subject) and any(_TOPIC.match(sentence.text, other.hit.end) for other in before)


def _says_next(sentence: Sentence, source: Source, place: int) -> bool:
    """Whether somebody stands as a subject right after what is said, and so says it."""
    gap = sentence.text[place : source.hit.end]
    return (
        0 < len(gap) < _NEXT
        and not re.search(r"것으로|다고", gap)
        and bool(_ANY_SUBJECT.match(sentence.text, source.hit.end))
    )


def _is_venue(sentence: Sentence, source: Source, found: dict[int, Source]) -> bool:
    """「X는 위원회에서 보고했다」: where a topic before it speaks, and to whom."""
    if not sentence.text.startswith("에서", source.hit.end) or source.depth != SPEAKER:
        return False
    before = (other for other in found.values() if other.hit.end < source.hit.start)
    return any(_TOPIC.match(sentence.text, other.hit.end) for other in before)


def _relaying(sentence: Sentence, source: Source, found: dict[int, Source]) -> Source:
    """「X는 … 보고한 것으로 Y가 전했다」: Y passes on what X said."""
    if source.depth == SPEAKER and _ACCORDING.match(sentence.text, source.hit.end):
        after = (other for other in found.values() if other.depth == SPEAKER and other.hit.end > source.hit.end)
        if any(_TOPIC.match(sentence.text, other.hit.end) and _ends_saying(sentence) for other in after):
            return source._replace(depth=OUTLET)  # 「의원에 의하면 X는 … 로 추산했다」
    before = any(other.hit.end < source.hit.start for other in found.values())
    relays = before and _RELAYS.search(sentence.text[sentence.start : source.hit.end])
    return source._replace(depth=OUTLET) if relays and source.depth == SPEAKER else source


def _ends_saying(sentence: Sentence) -> bool:
    """Whether the last verb of a sentence is one of saying or reckoning, and no passive."""
    return bool(_ACTIVE.search(sentence.words))


def _in_paper(sentence: Sentence, source: Source) -> bool:
    """「보고서에서」: the paper in which somebody else says it."""
    return source.name.endswith(_PAPERS) and sentence.text.startswith("에서", source.hit.end)


def _grammatical(sentence: Sentence, whole: Hit) -> list[Source]:
    """Whoever the grammar makes the speaker, whatever the noun: before or after quoted words, or of the last verb."""
    if len(found := clauses_that_say(sentence)) > 1:
        return found
    found = []
    for pattern in (_ITS_WORDS, _QUOTED, _INDIRECT):
        for match in pattern.finditer(sentence.words):
            group = next(name for name, words in match.groupdict().items() if words)
            at = Hit(sentence.start + match.start(group), sentence.start + match.end(group))
            if pattern is _QUOTED and not _SAID.search(sentence.text, at.end, sentence.end):
                continue
            name = own_words(sentence, DATE.sub("", match[group].strip()))
            if pattern is _ITS_WORDS:
                name = _PAPER_LAST.sub("", name)
            if NOBODY.search(name) or len(name) < 2 or _POINTS.fullmatch(name):
                continue
            found.append(speaker(sentence, name, at, whole))
        if found:
            break
    return found or clauses_that_say(sentence) or topic_that_says(sentence, whole) or headline(sentence, whole)


def _says(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether a subject has a verb of saying after it: 「… 다는 게 X의 설명이다」 is the saying of X alone."""
    told = _CONFIRMED.search(sentence.words) or _TOLD.search(sentence.words)
    return bool(_SAID.search(sentence.text, match.end(), sentence.start + told.start() if told else sentence.end))
