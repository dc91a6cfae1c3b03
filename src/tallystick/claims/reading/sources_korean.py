"""Attribution in Korean: 「X에 따르면」, 「X는 … 밝혔다」, 「X 자료로 보면」, 「X가 전했다」."""

from __future__ import annotations

import re

from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import OUTLET, POINTER, RECORD, SPEAKER, Source

_NOUN = (
    r"(?:[가-힣A-Za-z·']*(?:소식통|관계자|당국자|의원|교수|연구위원|연구원|장관|대사|총리|부총리|대통령|위원장|국장|소장|대변인|전문가|외교관|"
    r"활동가|신문|방송|통신|매체|저널|일보|국정원|정보원|정보국|통계청|대사관|내무부|노동부|외무부|외교부|국무부|통일부|국방부|정부|당국|"
    r"위원회|유엔|기구|단체|연구소|연구기관|센터|보고서|패널|이민국|국경수비대|수비대|총국|정찰국|사업가|기업인|업자|노동자|탈북민|주민|변호사|개발업자)|"
    r"데일리 ?NK|RFA|NK ?뉴스|WSJ|BBC|CNN|AP|NHK|VOA|연합뉴스|로이터|타스|인테르팍스|헤럴드경제|월스트리트 ?저널|자유아시아방송|쇼이구|스푸트니크)"
)
_PHRASE = rf"(?P<name>(?:[가-힣A-Za-z'·]+(?:의|인)?\s){{0,4}}?{_NOUN})(?P<short>\([^)]{{2,12}}\))?"
_SUBJECT = re.compile(_PHRASE + r"(?:은|는|이|가|에서|에서는|도)(?=\s)")
_ACCORDING = re.compile(_PHRASE + r"(?:\s?(?:자료|통계|보고서|문건|집계))?(?:에|를|을|의)?\s?(?:따르면|의하면|인용|말을\s?빌려|토대로|근거로|자료로\s?보면|보면)")
_RECORDS = re.compile(_PHRASE + r"(?:가|이)?\s?(?:[가-힣0-9\s]{0,12})(?:자료|통계|문건|집계|보고서)(?:를|을|로|에)?\s?(?:보면|따르면|의하면|인용|근거로)")
_SAID = re.compile(r"(?:고|라고|다고|며|면서|을|를|는|은|이|처럼)?\s?(?:말했|밝혔|전했|했다|했습|설명|보도|발표|주장|추산|추정|분석|보고|지적|강조|언급|덧붙|평가|썼|봤|보았|예상|전망|진단|털어놨|증언|집계|공개|내다)")
_TITLE = re.compile(r"(?:의원|교수|연구위원|연구원|장관|대사|총리|부총리|국장|소장|대변인)\Z")
_PERSON = re.compile(r"[가-힣]{2,4}\Z")
_DATE = re.compile(r"^(?:(?:지난|오는|이날|같은|한편|그러나|또|특히|이에|앞서|현지시간)\s|\d+(?:년|월|일)(?:에|간)?\s)+")
_PARTICLE = re.compile(r"(?:\w(?:을|를|은|는|에게|에서|에|고|며|면서|로|다고|라고|이|가|도|와|과))\Z")
_POINTERS = frozenset({"소식통", "관계자", "이 매체", "이 방송", "이 신문", "의원", "매체", "신문", "방송", "보고서", "당국자", "이 소식통", "이 관계자"})


def korean(sentence: Sentence) -> tuple[Source, ...]:
    """All attributions of a Korean sentence; each covers the whole of it."""
    whole = Hit(sentence.start, sentence.end)
    found: dict[int, Source] = {}
    for pattern, depth in ((_RECORDS, RECORD), (_ACCORDING, SPEAKER), (_SUBJECT, SPEAKER)):
        for match in pattern.finditer(sentence.text, sentence.start, sentence.end):
            if pattern is _SUBJECT and not _says(sentence, match):
                continue
            source = _made(sentence, match, depth, whole)
            if source is not None:
                found.setdefault(match.end("name"), source)
    return tuple(sorted(found.values(), key=lambda source: source.hit.start))


def _says(sentence: Sentence, match: re.Match[str]) -> bool:
    return bool(_SAID.search(sentence.text, match.end(), sentence.end))


def _made(sentence: Sentence, match: re.Match[str], depth: int, whole: Hit) -> Source | None:
    name = _own_words(_DATE.sub("", match["name"].strip()))
    hit = Hit(*match.span("name"))
    if name in _POINTERS:
        return Source(name, hit, POINTER, whole)
    words = name.split()
    if _TITLE.search(name) and len(words) > 1 and _PERSON.fullmatch(words[0]):
        return Source(words[0], hit, depth, whole)
    if sentence.tongue.sense("outlet").fullmatch(name):
        return Source(name, hit, OUTLET if depth != RECORD else RECORD, whole)
    return Source(name, hit, depth, whole)


def _own_words(name: str) -> str:
    """The words of the name alone: what ends in a particle before it belongs to the rest of the sentence."""
    words = name.split()
    for index in range(len(words) - 2, -1, -1):
        if _PARTICLE.search(words[index]):
            return " ".join(words[index + 1 :])
    return name
