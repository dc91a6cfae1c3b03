"""What a Korean phrase names: the person before or after an office, the outlet by its own name, a body whole.

A noun phrase has no sign where it begins: what ends in a particle before it belongs to the rest of the sentence.
"""

from __future__ import annotations

import re

from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import OUTLET, POINTER, RECORD, SPEAKER, Source

_OFFICES = (  # that stand after a name, and alone for whoever was named
    r"의원|교수|연구위원|연구원|장관|대사|총리|부총리|국장|소장|대변인|서기|보고관|총장|주지사|변호사|기자|박사|대표|부장|영사|참사|"
    r"차관|지사|위원장|의장|센터장|본부장"
)
_TITLE = re.compile(
    rf"(?:{_OFFICES})\Z|"
    r"(?<=[가-힣] [가-힣]{2} )시장\Z|(?<=[가-힣] [가-힣]{3} )시장\Z|"  # of a city, not of labour
    r"(?<=[가-힣] [가-힣]{4} )시장\Z"
)
_FAMILY_NAME = 2  # letters that an outlet's own name has more of: 「통신」 alone names none
_ALONE_WITH_OFFICE = 2  # words of a name and an office
_FOREIGN = 4  # words; a name of two words with its office, which is kept whole
_PERSON = re.compile(r"[가-힣]{2,6}\Z")
DATE = re.compile(
    r"^(?:(?:이?라고|다고|고|며|면서|지난|오는|이날|같은|한편|그러나|또|특히|이에|앞서|현지시간|게|건|것은|것이|"
    r"지금까지|현재|당시|최근|올해|작년|지난해|앞으로|그동안|이미|다만|아울러|이와 관련해)\s|"
    r"\d*(?:년|월|일|시|분)(?:에|간)?\s)+"
)
_PARTICLE = re.compile(
    r"(?:지만|는데|으나|려고|도록|했고|됐고|따르면|의하면|인용해|인용하며|통해|대해|관련해|"
    r"\w(?:을|를|은|는|에게|에서|에|고|며|면서|로|다고|라고|이|가|(?<![북남])도|와|과))\Z"
)
_WHOLE = re.compile(
    r"(?:마을|가을|전문가|국가|작가|사업가|활동가|회의|제도|정도|인도|반도|속도|지도)\Z"
)  # ends as a particle does
_BACK = re.compile(rf"(?:이|그|같은|해당|[가-힣](?= (?:{_OFFICES}|원장|사장|회장|시장|씨)))\s")
_ALONE = frozenset({"의원", "매체", "신문", "방송", "소식통", "관계자", "당국자", "보고서"})
_AFFILIATION = re.compile(r"[대위원부청처국사회당인]\Z")  # how short names of bodies end
_ADNOMINAL = re.compile(r"[가-힣]+(?:한|된|던|는|힌|난|온|간|운|낸|친|진)\Z|온\Z")  # a verb that describes its noun
_TOLD_BY = re.compile(
    r"(?:밝힌|전한|말한|공개한|발표한|제출한|낸|펴낸|작성한|집계한|조사한|보고한|내놓은|보도한|인용한|입수한)"
)
_CONTENT = re.compile(r"(?:.*\s)?[가-힣]{2,}(?:다|라)고(?=[가-힣]{2})")
_OFFICE = re.compile(
    rf"(?:{_OFFICES}|회장|사장|이사|임원|간부|관료|관리|공무원|관리자|책임자|지배인|주인|비서|보좌관|고문|단장|위원|원장|팀장|감독|"
    r"탈북민|탈북자|활동가|사업가|기업인|개발업자|전문가|노동자|근로자|기술자)\Z"
)
_AGENT = re.compile(r"[가-힣](?:자|원|인|가|관|사|장|민|상|꾼)\Z")
_APPOSED = re.compile(
    r"(?P<office>.+?)(?:인|이자|였던|이었던|이던|을 지낸|를 지낸| 출신인?) "
    r"(?P<name>[가-힣]{3,7}|[가-힣]{2,7}(?: [가-힣]{2,7}){1,2})"
)
_STANDING = re.compile(r"(?:담당|소속|출신|수석|특별|상임|정무|공보|공사|선임|신임|전직|현직|익명|한|전|현|두|세)\Z")
_FAMILY = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설"
)


def made(sentence: Sentence, match: re.Match[str], depth: int, whole: Hit) -> Source | None:
    """A source from the words of a name, a pointer where they only point back."""
    name = own_words(sentence, DATE.sub("", _parted(sentence, match["name"].strip())))
    hit = Hit(*match.span("name"))
    if name in _ALONE or (_BACK.match(name) and len(name.split()) == 2):
        return Source(name, hit, POINTER, whole)
    return _person(sentence, name, hit, depth, whole) or _other(sentence, name, hit, depth, whole)


def _parted(sentence: Sentence, name: str) -> str:
    """A name from which what stood before it without a blank is taken off: 「…갔다고감독청」, 「하루통신은감독청」."""
    if (content := _CONTENT.match(name)) and _noun(sentence, name[content.end() :]):
        return name[content.end() :]
    outlet = sentence.tongue.sense("outlet").search(name.split(" ")[0])
    rest = name[outlet.end() :] if outlet else ""
    parted = rest[:1] in ("은", "는", "이", "가") and rest[1:2].strip() and _noun(sentence, rest[1:])
    return rest[1:] if parted else name


def _person(sentence: Sentence, name: str, hit: Hit, depth: int, whole: Hit) -> Source | None:
    """The name before an office: three syllables of a Korean name, or the words of a foreign one."""
    words = name.split()
    if not _TITLE.search(name) or len(words) < 2:
        return None
    if (name_after := _after_house(sentence, words)) is not None:
        return Source(name_after, hit, depth, whole)
    if sentence.tongue.places.match(words[0]):
        return None
    names = [word for word in (words[-2], words[0]) if len(word) == 3 and word[0] in _FAMILY]
    names = [word for word in names if not _noun(sentence, word)]
    if names:  # 「정보위 간사인 이성준 의원」, 「이서준 한솔대 교수」
        return Source(next((n for n in names if not _AFFILIATION.search(n)), names[0]), hit, depth, whole)
    given = after_office(sentence, " ".join(words[:-1]))
    if given != " ".join(words[:-1]) and len(given.split()) > 1:  # 「동양학자 파벨 도른 교수」
        return Source(given, hit, depth, whole)
    alone = len(words) == _ALONE_WITH_OFFICE and _AFFILIATION.search(words[0])
    if (
        not alone
        and len(words) < _FOREIGN
        and all(_PERSON.fullmatch(word) and not _noun(sentence, word) for word in words[:-1])
    ):
        return Source(" ".join(words[:-1]), hit, depth, whole)
    named = 0
    while named < len(words) and _PERSON.fullmatch(words[named]) and not _noun(sentence, words[named]):
        named += 1
    if 0 < named < len(words) - 1 and named < _FOREIGN:
        return Source(" ".join(words[:named]), hit, depth, whole)  # a foreign name, then the country and the office
    return None


def _after_house(sentence: Sentence, words: list[str]) -> str | None:
    """「감독청의 한나 노박 대변인」: the name between the house and the office."""
    houses = [at for at, word in enumerate(words[:-1]) if word.endswith("의") and _noun(sentence, word)]
    given = words[houses[-1] + 1 : -1] if houses else []
    return " ".join(given) if len(given) > 1 and _is_name(sentence, given) else None


def _is_name(sentence: Sentence, words: list[str]) -> bool:
    """Whether words can be a person's name: two or three of a foreign one, or the three syllables of one."""
    able = all(
        _PERSON.fullmatch(word)
        and not (_STANDING.search(word) or _noun(sentence, word))
        and not sentence.tongue.sense("no_person").match(word)
        for word in words
    )
    return able and (1 < len(words) < _FOREIGN or (len(words) == 1 and len(words[0]) == 3 and words[0][0] in _FAMILY))


def after_office(sentence: Sentence, name: str) -> str:
    """「건설사 회장 안톤 베레진」: the name that stands after an office; the whole where none does."""
    words = name.split()
    apposed = _APPOSED.fullmatch(name)
    if apposed and (_OFFICE.search(apposed["office"]) or _AGENT.search(apposed["office"])):
        return apposed["name"]  # 「식품회사 임원인 안톤」
    offices = [at for at, word in enumerate(words[:-1]) if _OFFICE.search(word)]
    if not offices and len(words) == _FOREIGN - 1 and _AGENT.search(words[0]):
        offices = [0]  # 「촌장 파벨 도른」
    return " ".join(words[offices[-1] + 1 :]) if offices and _is_name(sentence, words[offices[-1] + 1 :]) else name


def _noun(sentence: Sentence, word: str) -> bool:
    tongue = sentence.tongue
    return any(tongue.sense(name).search(word) for name in ("source_head", "body_role", "outlet")) or bool(
        tongue.places.match(word)
    )


def _other(sentence: Sentence, name: str, hit: Hit, depth: int, whole: Hit) -> Source:
    name = after_office(sentence, name)
    last = name.split()[-1]
    if len(name.split()) > 1 and len(last) > _FAMILY_NAME and sentence.tongue.sense("outlet").fullmatch(last):
        name = last  # 「이웃 나라 하루신문」
    if sentence.tongue.sense("outlet").fullmatch(name) or re.search(
        r"(?:신문|일보|방송|통신|뉴스|타임스|저널)\Z", last
    ):
        return Source(name, hit, OUTLET if depth != RECORD else RECORD, whole)
    return Source(name, hit, depth, whole)


def own_words(sentence: Sentence, name: str) -> str:
    """The words of the name alone: what ends in a particle before it belongs to the rest of the sentence."""
    words = name.split()
    if len(words) > 1 and _TOLD_BY.fullmatch(words[0]):
        return own_words(sentence, " ".join(words[1:]))
    titled = bool(_TITLE.search(name))
    for index in range(len(words) - 2, -1, -1):
        if (
            titled
            and _PERSON.fullmatch(words[index])
            and words[index][-1] in "이가도나"
            and index >= len(words) - 3
            and not sentence.tongue.sense("no_person").match(words[index])
            and not _noun(sentence, words[index])
        ):
            continue  # a foreign name that ends as a particle does
        if _PARTICLE.search(words[index]) and not _WHOLE.search(words[index]):
            rest = words[index + 1 :]
            return " ".join(rest[1:] if len(rest) > 1 and _ADNOMINAL.fullmatch(rest[0]) else rest)
    return name


def speaker(sentence: Sentence, name: str, at: Hit, whole: Hit) -> Source:
    if name in _ALONE or name in ("그", "그녀", "그들") or (_BACK.match(name) and len(name.split()) == 2):
        return Source(name, at, POINTER, whole)
    return _person(sentence, name, at, SPEAKER, whole) or _other(sentence, name, at, SPEAKER, whole)
