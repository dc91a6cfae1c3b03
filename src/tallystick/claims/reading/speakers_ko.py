"""Who speaks in a Korean sentence by its grammar alone, whatever the noun: the topic of a last verb of saying.

「X는 … 다고 했다」, 「X는 … 로 추산한다」, 「X는 이렇게 말했다」. The same form has a subject that goes unsaid
(「임금은 올랐다고 했다」), so the topic must be somebody who can speak: a State, a body, a person by name or by the
ending of a noun. A verb that people alone do (「털어놨다」) leaves no such doubt, if the sentence opens with the noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallystick.claims.reading.names_ko import DATE, after_office, own_words, speaker
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import Source

_WITH_DO = (  # nouns of saying and reckoning that 하다 makes verbs
    r"(?:말|설명|보도|발표|주장|추산|추정|분석|보고|지적|강조|언급|평가|증언|집계|공개|전망|진단|예상|예측|판단|파악|확인|인정|"
    r"시인|부인|토로|호소|하소연|회고|회상|고백|폭로|통보|답|답변|경고|비판|관측|소개|기억|귀띔|이야기|얘기|반박|우려|계산|단언|장담|"
    r"통지|진술|시사|공언|회신)(?:을|를)?\s?(?:했|한다|하고|하며|하면서|합니다|하였|해\s?왔)"
)
_NATIVE = (
    r"(?:결론지|결론\s?내|밝혔|밝힌|밝히|전했|전한다|전하고|전해\s?왔|덧붙|알렸|알려\s?왔|썼|쓰고|적었|적고|털어놨|털어놓|꼬집|짚었|내다봤|내다본|"
    r"봤|본다|봅니다|보고\s?있|보았|여긴|여기고|귀띔|입을 모|일러\s?[왔줬]|불렀|부른다)"
)
_VERB = rf"(?:{_WITH_DO}|{_NATIVE})"
_SAID = re.compile(  # what a sentence of saying ends with, from the sign that its content ends
    rf"(?:(?:(?:다|라|자|냐)고[\"”’']?|[\"”](?:이?라)?고)\s?(?:[^.\"“”]{{0,30}}\s)?(?:{_VERB}|했|합니다(?=[.!?\"”]|\Z))|"
    rf"것으로\s(?:[^.\"“”]{{0,20}}\s)?{_VERB}|[\d명개%러안]\s?(?:이상|이하|정도|가량|안팎)?(?:으)?로\s(?:[^.\"“”]{{0,12}}\s)?{_VERB}|"
    r"(?:조사|면담|인터뷰|분석|집계|취재|확인|설문|심층면접)(?:한|해 본|해본)\s결과.*|"
    rf"(?:소식|내용|사실|계획|결과|증언|수치)(?:을|를)\s(?:[^.\"“”]{{0,12}}\s)?{_VERB}|"
    rf"(?:이렇게|이같이|이 같이|이와 같이|다음과 같이|아래와 같이|이런 식으로)\s(?:[^.\"“”]{{0,12}}\s)?{_VERB})"
    r"[^\s\"“”]*(?:\s있[다습었]\S*?)?\s?[.:!?”\"]*\Z"
)
_PARTICLE = re.compile(r"(?:\([^)]{1,30}\))?(?:들)?(?:은|는|이|가)\s")
_CAN = re.compile(  # how nouns of those who act end
    r"(?:[가-힣](?:자|원|인|가|관|사|장|민|상|꾼|책|측|단|부|처|국|청|씨|팀|진)|본부|업체|업주|학생|협회|기관|회사|재단|대표|노조|은행|"
    r"타임스|데일리|뉴스|신문|일보|통신|방송|포스트|저널|[A-Z]{2,})\Z"
)
_CANNOT = re.compile(
    r"(?:전사자|사망자|부상자|사상자|희생자|노동자|근로자|건설자|숫자|비자|투자|적자|흑자|인원|직원|공장|현장|시장|국가|평가|물가|단가|허가|증가|공사|행사|기사|"
    r"이상|이하|정도|가량|안팎|등지|역사|회사원|학생|유학생|군인|외국인|사람|인력|것|수|때|중|점|곳|사실|내용|월급|임금|규모|이는|전부|일부|"
    r"대부|외부|내부|결국|전국|양국|여권|급여|입장|주장|성장|시간당|임금의|지원|원인|요인|확인|통관|습관|기간|시장가|"
    r"\d\S*)\Z"
)
_RARE = "르프트크스드브츠코토키셰케페카타푸쿠투렌옌핀킨빈슨닌먼레네메베니리"  # syllables of few words of the language
_FOREIGN = re.compile(rf"(?=.*[{_RARE}])[가-힣]{{1,6}}(?: [가-힣]{{2,7}}){{1,2}}\Z")  # a name of two words or three
_OPENING = re.compile(  # verbs that leave no doubt that the sentence opens with whoever speaks
    r"(?P<name>[^\"“”,.]{1,30}?)(?:은|(?<![하있없되받않])(?<!\s[사오가아])는|이|가)\s.*(?:다|라|자)고\s(?:[^.\"“”]{0,30}\s)?"
    r"(?:(?:말|보고|통보|설명|주장|발표|강조|지적|언급|귀띔|답|회신|토로|증언|하소연|고백|추산|불평|불만|회고|회상|기억|비판|호소|"
    r"우려|반박|항변|전언)(?:했|한다|합니다|하고|한 바|을 더듬|을 털어)|밝[혔힌]|전[했한해]|덧붙|알[렸린]|"
    r"결론지|결론\s?내|썼|적[었는]|"
    r"내다[봤본]|털어[놨놓]|꼬집|잘라 말)\S*(?:\s있\S*)?[.!?”\"]*\Z"
)
NOBODY = re.compile(  # what ends as a noun before a particle, and can say nothing
    r"(?:것|수|때|중|점|곳|사실|내용|월급|임금|숫자|규모|인원|이는|나아|이제|때로|실제|더|\d\S*)\Z"
)
_SEVERAL = re.compile(r"(?:[가-힣]+ )+(?:\d{1,2}|[두세네]|다섯|여섯|일곱|여덟) ?명")  # 「관리 2명은 … 말했다」
_CLAUSE = re.compile(  # 「A국은 … 보냈다고 했고, B국은 …」: a clause that says, and another after it
    r"(?:다|라|자)고\s(?:말|보고|답|전|밝|주장|설명|발표|통보|회신)?(?:했|혔|하였)(?:고|으며|지만|으나|는데),?\s"
)
_CLAUSE_TOPIC = re.compile(r"(?P<name>[^,.\"“”]{1,40}?)(?:은|는)\s")
_HEADLINE = re.compile(  # 「당국 "더 온다"」, 「더 온다…당국」: nobody else can say it
    r"(?P<before>[^\"“”‘’'.,:…]{2,30}?)\s?[,:]?\s?(?:[\"“][^\"“”]+[\"”]|[‘'][^‘’']+[’'])\Z|"
    r".+[^.…\d](?:…|\.\.\.?|\s[-–—]\s)\s?(?P<after>[^\"“”‘’'.,:…]{2,20})\Z"
)
_DESCRIBES = re.compile(r"(?:[하있없되받않]|종사하|(?<![가-힣])[사오가아])는\Z")  # a verb before its noun, no topic
_LONGEST = 40  # letters of a name
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")


def topic_that_says(sentence: Sentence, whole: Hit) -> list[Source]:
    """Who says what a sentence's last verb reports: its first topic that can speak, else its first such subject."""
    if opening := _OPENING.match(sentence.words):
        name = own_words(sentence, DATE.sub("", opening["name"].strip()))
        nobody = NOBODY.search(name) and not _SEVERAL.fullmatch(name)
        if name and not (nobody or sentence.tongue.sense("sender").fullmatch(name)):
            return [speaker(sentence, name, Hit(sentence.start, sentence.start + opening.end("name")), whole)]
    if not _SAID.search(sentence.words):
        return []
    phrases = tuple(_phrases(sentence))
    for particles in ("은는", "이가"):
        for name, at, particle in phrases:
            if particle in particles and _can_speak(sentence, name):
                return [speaker(sentence, name, at, whole)]
    return []


def clauses_that_say(sentence: Sentence) -> list[Source]:
    """Who says each clause of a sentence, where more than one of them ends in a verb of saying."""
    ends = [match.end() for match in _CLAUSE.finditer(sentence.text, sentence.start, sentence.end)]
    if not ends:
        return []
    found = []
    for begin, end in zip([sentence.start, *ends], [*ends, sentence.end], strict=True):
        topic = _CLAUSE_TOPIC.match(sentence.text, begin, end)
        name = own_words(sentence, DATE.sub("", topic["name"].strip())) if topic else ""
        if topic and name and (end < sentence.end or _SAID.search(sentence.text[begin:end])):
            last = name.split()[-1]
            name = last if sentence.tongue.places.fullmatch(last) else name  # 「가장 많이 보낸 나라」
            if _can_speak(sentence, name):
                found.append(speaker(sentence, name, Hit(begin, topic.end("name")), Hit(begin, end)))
    return found


def headline(sentence: Sentence, whole: Hit) -> list[Source]:
    """Who says what stands in a line without a verb of its own."""
    match = _HEADLINE.fullmatch(sentence.words)
    group = ("before" if match["before"] else "after") if match else ""
    if not match or not _can_speak(sentence, match[group].strip()):
        return []
    at = Hit(sentence.start + match.start(group), sentence.start + match.end(group))
    return [speaker(sentence, match[group].strip(), at, whole)]


def _phrases(sentence: Sentence) -> Iterator[tuple[str, Hit, str]]:
    """The noun phrases before particles of topic and subject, outside of quotation marks."""
    words = _QUOTED.sub(lambda quoted: " " * len(quoted.group()), sentence.words)
    begin = 0
    for match in _PARTICLE.finditer(words):
        if _DESCRIBES.search(words[: match.end()].rstrip()):
            continue
        phrase = words[begin : match.start()]
        begin = match.end()
        name = own_words(sentence, DATE.sub("", phrase.strip(" ,·")))
        if name and not re.search(r"[\"“”.]", name):
            end = sentence.start + match.start()
            yield name, Hit(end - len(name), end), match.group().strip()[-1]


def _can_speak(sentence: Sentence, name: str) -> bool:
    tongue = sentence.tongue
    last = name.split()[-1]
    if _SEVERAL.fullmatch(name):
        return True
    if _CANNOT.search(last) or len(name) > _LONGEST or re.search(r"\d", name):
        return False
    if tongue.sense("sender").search(last) and not tongue.sense("source_head").search(last):
        return False
    if tongue.places.fullmatch(name):
        return not tongue.sense("sender").search(name)
    if any(found.end() == len(name) for found in tongue.sense("source_head").finditer(name)):
        return True
    return bool(_CAN.search(last) and len(last) > 1) or bool(_FOREIGN.match(after_office(sentence, name)))
