"""Names of sources in texts of the language ru, put into the case that names: «по словам Ивана Ивлева» is «Иван Ивлев».

One source should have one name, whatever stands before it. Only the head of a phrase and its adjectives change; a
country or a body in the genitive after it stays as it is. It is no dictionary: it goes by endings, and a name whose
ending says nothing is left alone.
"""

from __future__ import annotations

import re

from tallystick.claims.reading.scene import Sentence

PERSON = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?(?: [А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)?){1,2}"
_HUSH = "гкхжшщчц"
_FLEETING = {"Павла": "Павел", "Льва": "Лев", "Петра": "Пётр", "Павлу": "Павел", "Льву": "Лев", "Петру": "Пётр"}
_STRESSED = re.compile(
    r"(?:.*-)?(?:краев|областн|городск|морск|портов|налогов|торгов|полев|рядов|люд?ск|мирск|миров)", re.IGNORECASE
)
_FEMININE_ADJECTIVE = re.compile(r"(?P<stem>[\w-]+?)(?P<end>ой|ей|ую|юю)\Z")
_OTHER_ADJECTIVE = re.compile(r"(?P<stem>[\w-]+?)(?P<end>ого|его|ому|ему|ом|ем|ым|им)\Z")
_PLURAL_ADJECTIVE = re.compile(r"(?P<stem>[\w-]+?)(?P<end>ых|их|ым|им|ыми|ими)\Z")
_ADJECTIVE = re.compile(
    r"[\w-]+(?:ск|цк|н|ов|ев|ш|щ|ч|ж|тель|анн|енн|вш|ющ|ущ|ящ|ащ|нск)(?:ой|ей|ую|юю|ого|его|ому|ему|ом|ем|ым|им|ых|"
    r"их|ыми|ими)\Z"
)
_NEUTER = re.compile(
    r"(?P<stem>[\w-]*(?:ств|агентств|едомств|управлени|издани|правлени|объединени))(?P<end>а|у|е|ом|я|ю|и|ем)\Z"
)
_AGENT = re.compile(r"(?P<stem>\w{2,}(?:чик|щик|ник|ист|лог|вед|ант|ент|тор))(?:а|у|ом|е)")
_COUNTS = {  # what is counted, and by whom an adjective tells: «по российской статистике»
    "данным": ("данные", "p"),
    "сведениям": ("сведения", "p"),
    "статистике": ("статистика", "f"),
    "информации": ("информация", "f"),
    "версии": ("версия", "f"),
    "оценке": ("оценка", "f"),
    "оценкам": ("оценки", "p"),
}
_SURNAME_ALONE = re.compile(r"[А-ЯЁ][а-яё]+(?:ов|ев|ёв|ин|ын)(?:а|у|ым|е)")
_WOMAN = re.compile(r"(?P<stem>\w+?(?:ов|ев|ёв|ин|ын))(?:ой|у)\Z")
_FEMININE_BODY = re.compile(
    r"(?P<stem>(?:\w+-)?(?:служб|газет|палат|школ|групп|компани|организаци|администраци|полици|комисси|"
    r"ассоциаци|федераци|фирм|разведк|дум|миссии|корпораци|редакци|прокуратур))(?:[ыуеи]|ой|"
    r"ей)\Z"
)


_WOMANS_CITY = re.compile(r"(?:Москв|Варшав|Праг|Вен|Анкар|Гаван|Оттав|Дох|Астан|Женев|Канберр|Дум|Госдум|Африк)\Z")
_LAND = (  # a country or city in the genitive
    (r"(?<=[ие])и\Z", "я"),
    (r"(?<=[бвгджзклмнпрстфхцчшщ])[ыи]\Z", "а"),
    (r"(?<=а)я\Z", "й"),
    (r"(?<=[бвгджзклмнпрстфхцчшщ])а\Z", ""),
)


def located(name: str) -> str:
    """Where somebody speaks, as a name: «в Вашингтоне» is «Вашингтон», «в Южной Корее» «Южная Корея»."""
    *before, last = name.split()
    if last.endswith(("ии", "ее", "ае")):
        last = last[:-1] + ("й" if last.endswith("ае") else "я")
        return " ".join([*(_adjective(word, "f") for word in before), last])
    stem = last[:-1] if last[-1] in "еи" else last
    if _WOMANS_CITY.fullmatch(stem):
        return " ".join([*(_adjective(word, "f") for word in before), f"{stem}а"])
    named = f"{stem}ь" if stem.endswith(("Кремл", "Ярославл", "Севастопол")) else stem
    return " ".join([*(_adjective(word, "m") for word in before), named])


def outlet_of(name: str) -> str:
    """The name of a house of the press from the genitive: «по данным "Обозрения"» is «Обозрение»."""
    for pattern, ending in ((r"(?<=[н])ия\Z", "ие"), (r"(?<=[бвдзлмнпрстф])ы\Z", "а"), (r"(?<=[бвдзлмнпрстф])а\Z", "")):
        if " " not in name and re.search(pattern, name):
            return re.sub(pattern, ending, name)
    return name


def _land(name: str) -> str:
    *before, last = name.split()
    for pattern, ending in _LAND:
        named = re.sub(pattern, ending, last)
        if named != last:
            kind = "f" if named[-1] in "ая" else "m"
            return " ".join([*(_adjective(word, kind) for word in before), named])
    return name


def nominative(name: str, sentence: Sentence) -> str:
    """A phrase in an oblique case, in the case that names; its endings decide."""
    words = name.split()
    if not words:
        return name
    if sentence.tongue.places.fullmatch(name) and not name.isupper():
        return _land(name)
    if re.fullmatch(PERSON, name) and not _is_body(name, sentence):
        return " ".join(_person(words, sentence))
    if _SURNAME_ALONE.fullmatch(name):
        return re.sub(r"(?:а|у|ым|е)\Z", "", name)
    head = next((at for at, word in enumerate(words) if not _ADJECTIVE.fullmatch(word)), len(words) - 1)
    noun, kind = _noun(words[head], sentence)
    adjectives = [_adjective(word, kind) for word in words[:head]]
    return " ".join([*adjectives, noun, *words[head + 1 :]])


def _is_body(name: str, sentence: Sentence) -> bool:
    tongue = sentence.tongue
    return bool(tongue.sense("body_role").search(name) or _ADJECTIVE.fullmatch(name.split()[0]))


def _person(words: list[str], sentence: Sentence) -> list[str]:
    """Given name and surname: a woman's where the surname says so, else a man's."""
    if sentence.tongue.sense("mans_name").fullmatch(words[0]):  # «Ивану», to whom, and not «Анну», whom
        return [_to_man(word) for word in words]
    woman = bool(re.search(r"(?:ов|ев|ёв|ин|ын)ой\Z|скую\Z|ской\Z", words[-1])) or (
        bool(re.search(r"[уюы]\Z", words[0])) and bool(_WOMAN.fullmatch(words[-1]))
    )
    return [_womans(word) if woman else _mans(word, sentence) for word in words]


def _to_man(word: str) -> str:
    """A man's name from the case of those to whom something is given."""
    if word in _FLEETING:
        return _FLEETING[word]
    for ending, named in (
        ("скому", "ский"),
        ("цкому", "цкий"),
        ("ному", "ный"),
        ("ию", "ий"),
        ("ею", "ей"),
        ("аю", "ай"),
    ):
        if word.endswith(ending):
            return word.removesuffix(ending) + named
    return word[:-1] + "ь" if word.endswith("ю") else word.removesuffix("у")


def _womans(word: str) -> str:
    if found := _WOMAN.fullmatch(word):
        return f"{found['stem']}а"
    for ending, named in (("ской", "ская"), ("скую", "ская"), ("ьи", "ья"), ("ии", "ия"), ("ию", "ия"), ("ью", "ья")):
        if word.endswith(ending):
            return word.removesuffix(ending) + named
    if word[-1] in "ыу":
        return f"{word[:-1]}а"
    if word[-1] == "и":
        return word[:-1] + ("а" if word[-2] in _HUSH else "я")
    return f"{word[:-1]}я" if word[-1] in "ею" and len(word) > 3 else word


def _mans(word: str, sentence: Sentence) -> str:
    if word in _FLEETING or sentence.tongue.places.fullmatch(word):
        return _FLEETING.get(word, word)
    for pattern, named in (
        (r"(?<=[сц]к)(?:ого|ому|им)\Z", "ий"),
        (r"(?<=[а-я]н)(?:ого|ому|ым)\Z", "ый"),
        (r"(?<=[бвгджзклмнпрстфхчшщ])ца\Z", "ец"),
        (r"(?<=[еиая])я\Z", "й"),
        (r"(?<=[бвгдзлмнпрстф])я\Z", "ь"),
        (r"(?<=[бвгджзклмнпрстфхцчшщ])(?:а|ом|ым)\Z", ""),
        (r"(?<=ь)и\Z", "я"),
        (r"(?<=[гкх])и\Z", "а"),
        (r"(?<=[бвдзлмнпрстфц])ы\Z", "а"),
    ):
        changed = re.sub(pattern, named, word)
        if changed != word:
            return changed
    return word


def _noun(word: str, sentence: Sentence) -> tuple[str, str]:
    """The head noun and its kind: f(eminine), n(euter), m(asculine), p(lural), or "" where it was named already."""
    if word in _COUNTS:
        return _COUNTS[word]
    if word.isupper() or sentence.tongue.places.fullmatch(word):
        return word, "n" if word.isupper() and re.match(r"У|Г|МЧ", word) else ""  # «краевое УМВД»
    if found := _NEUTER.fullmatch(word):
        return found["stem"] + ("е" if found["stem"].endswith("и") else "о"), "n"
    if found := _FEMININE_BODY.fullmatch(word):
        return found["stem"] + ("я" if found["stem"].endswith("и") else "а"), "f"
    if word.lower() in ("рабочих", "рабочим"):
        return f"{word[:-2]}ие", "p"
    if found := re.fullmatch(r"(?P<stem>[а-яё]{3,}[^о\W])(?:ых|их)", word):  # «военных», «учёных»
        return found["stem"] + ("ие" if found["stem"][-1] in _HUSH else "ые"), "p"
    if agent := _AGENT.fullmatch(word):
        return agent["stem"], "m"
    if "-" in word and word.islower():  # «государствами-членами»: both halves are declined
        return "-".join(_noun(half, sentence)[0] for half in word.split("-")), "p"
    if word.endswith(("ствами", "ствам", "ствах")):
        return re.sub(r"ств\w+\Z", "ства", word), "p"
    person = sentence.tongue.sense("person_role").match(word)
    for pattern, ending, kind in (
        (r"(?:ов)\Z", "ки" if word.endswith("ков") else "ы", "p"),
        (r"(?:ам|ами|ах)\Z", "и" if word[-3:-2] in _HUSH else "ы", "p"),
        (r"(?:телей|телям|телями)\Z", "тели", "p"),
        (r"(?:ей|ям)\Z", "и", "p"),
    ):
        if re.search(pattern, word) and len(word) > 4:
            plain = re.sub(pattern, "", word)
            return (plain[:-1] if ending == "ки" else plain) + ending, kind
    if re.fullmatch(r"\w+(?:тел|ар|сл)[яюем]+", word):
        return re.sub(r"[яюем]+\Z", "ь", word), "m"
    if re.fullmatch(r"мин[а-яё]+[ыи]", word.lower()):
        return word, ""  # «Минобороны» has one form
    if word.lower() in ("человека", "человеку", "человеком"):
        return f"{word[:7]}", "m"
    if word.lower() in ("главы", "главе", "главу", "главой"):
        return f"{word[:4]}а", "m"
    if word.lower() in ("посла", "послу", "послом"):
        return f"{word[:3]}ол", "m"
    if re.fullmatch(r"\w{2,}[бвгджзклмнпрстфхчшщ](?:а|у|ом|е)", word) and (person or _masculine_body(word)):
        return re.sub(r"(?:а|у|ом|е)\Z", "", word), "m"
    if word[0].isupper() and re.fullmatch(r"\w{4,}[бвгджзклмнпрстфх]а", word):
        return word[:-1], "m"  # «Росстата»
    if re.fullmatch(r"\w{4,}(?:б|т|п|м|в|н|л|д|з|р)ы", word):
        return f"{word[:-1]}а", "f"
    if re.fullmatch(r"\w{4,}[гкх]и", word):
        return f"{word[:-1]}а", "f"
    return word, ""


def _masculine_body(word: str) -> bool:
    return bool(
        re.match(
            r"(?:институт|университет|департамент|комитет|совет|центр|фонд|профсоюз|суд|союз|мин[а-я]+|рос[а-я]+|"
            r"портал|"
            r"канал|телеканал|журнал|панел|завод|холдинг|концерн|банк|сайт)",
            word.lower(),
        )
    )


def _adjective(word: str, kind: str) -> str:
    if kind == "f" and (found := _FEMININE_ADJECTIVE.fullmatch(word)):
        return f"{found['stem']}ая"
    if kind in ("m", "n") and (found := _OTHER_ADJECTIVE.fullmatch(word)):
        stem = found["stem"]
        if kind == "n":
            return f"{stem}ое"
        if _STRESSED.fullmatch(stem):
            return f"{stem}ой"
        return stem + ("ий" if stem[-1] in _HUSH else "ый")
    if kind == "p" and (found := _PLURAL_ADJECTIVE.fullmatch(word)):
        return found["stem"] + ("ие" if found["stem"][-1] in _HUSH else "ые")
    return word
