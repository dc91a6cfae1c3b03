"""Invented documents for the benchmark of reading: seeded, so that any one of them comes again by its number.

    plain        most of them: some eight sentences of news that never was, two in three with a figure or two
    near copy    of an earlier document: a headline of its own, one sentence left out, one word in thirty changed
    quoting      a document of its own that takes two sentences running from an earlier one, word for word

Nouns and names are drawn from syllables, so that two documents share wording only where one took it from the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final, Literal

Kind = Literal["plain", "near copy", "quoting"]
NEAR_COPIES, QUOTING = 0.06, 0.04  # shares of all
BEFORE_COPIES: Final = 20  # documents that come before the first copy
SENTENCES: Final = (6, 11)
OF_THEME: Final = 0.65  # share of plain documents that state figures of the theme
CHANGED: Final = 1 / 30  # words of a near copy
LANGUAGES: Final = (("en", 0.8), ("ru", 0.1), ("ko", 0.1))
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
ONSETS: Final = (
    "b",
    "d",
    "f",
    "g",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "z",
    "br",
    "dr",
    "kl",
    "st",
    "tr",
)
NUCLEI: Final = ("a", "e", "i", "o", "u", "ai", "ou")
CODAS: Final = ("", "n", "r", "l", "s", "k", "t")
RU_ONSETS: Final = ("б", "в", "г", "д", "з", "к", "л", "м", "н", "п", "р", "с", "т", "бр", "др", "ст")
RU_NUCLEI: Final = ("а", "о", "у", "и", "е")
KO_FIRST: Final = "가나다라마바사아자차카타파하거너더러머버서어저처고노도로모보소오조초구누두루무부수우주추"
FRAMES: Final = {
    "en": (
        "The {a} of {P} was said to have {b} the {c} near {Q} before the {d} was over.",
        "Nobody at the {a} in {P} would say why the {b} had been moved from {Q} to the {c}.",
        "In {P} a {a} with a {b} waited for the {c}, and the {d} of {Q} did not come.",
        "It was the {a}, and not the {b}, that the people of {Q} had asked the {c} about.",
        "A {a} from {P} told this paper that the {b} and the {c} will be sold in {Q} as one {d}.",
        "They have been at the {a} in {Q} since the {b}, with a {c} but without their {d}.",
    ),
    "ru": (
        "В городе {P} говорят, что {a} и {b} были проданы до того, как {c} закрылся в {Q}.",
        "Никто из {P} не сказал, где был {a} и почему его {b} увезли в {Q} через {c}.",
        "После этого {a} и {b} остались в {P}, а {c} так и не был готов для {Q}.",
        "Уже в {Q} было известно, что {a} лучше, чем {b}, и что {c} для них чужой.",
    ),
    "ko": (
        "{P}에서 {a} 문제로 {b} 회의가 열렸으나 {c} 쪽은 {Q} 제안에 답하지 않았다.",
        "{Q} 주민들은 {a} 소식을 듣고 {b} 앞에 모였지만 {c} 담당자는 나오지 않았다.",
        "{P}의 {a} 사업은 {b} 때문에 늦어졌고 {c} 예산도 {Q} 의회에서 줄었다.",
    ),
}
FIGURES: Final = {
    "en": (
        "{S} said that {bound}{n} North Korean workers were in {host} in {month} {year}.",
        "According to {S}, North Korean workers in {host} earn {bound}${pay} a month.",
        "{S} counted {bound}{n} North Korean labourers at building sites in {host} at the end of {year}.",
    ),
    "ru": ("По данным {S}, в {year} году в России работали {n} северокорейских рабочих.",),
    "ko": ("{S}는 {year}년 러시아에 북한 노동자 {n}명이 있다고 밝혔다.",),
}
HOSTS: Final = ("Russia", "China", "Russia", "Kuwait", "Qatar")
BOUNDS: Final = ("", "", "at least ", "about ", "up to ")
HEADS: Final = {"en": "{P} Courier", "ru": "Вести {P}", "ko": "{P}일보"}


@dataclass(frozen=True, slots=True)
class Made:
    """One document; `of` is the number of the one that it took from, or -1."""

    number: int
    kind: Kind
    language: str
    of: int
    title: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """As it lies in its file."""
        return f"{self.title}\n\n{' '.join(self.sentences)}\n"


def made(number: int, seed: int) -> Made:
    """The document of that number."""
    kind, luck = _kind(number, seed), Random(f"{seed} {number} taken")
    if kind == "plain":
        return _plain(number, seed)
    source = _source(number, seed, luck)
    return _near_copy(number, source, luck) if kind == "near copy" else _quoting(number, source, luck)


def _kind(number: int, seed: int) -> Kind:
    drawn = Random(f"{seed} {number}").random()
    if number < BEFORE_COPIES or drawn >= NEAR_COPIES + QUOTING:
        return "plain"
    return "near copy" if drawn < NEAR_COPIES else "quoting"


def _source(number: int, seed: int, luck: Random) -> Made:
    """An earlier plain document: from among the last hundred, or from any time."""
    since = max(0, number - 100) if luck.random() < 0.5 else 0
    while _kind(chosen := luck.randrange(since, number), seed) != "plain":
        pass
    return _plain(chosen, seed)


def _plain(number: int, seed: int) -> Made:
    luck = Random(f"{seed} {number} text")
    (language,) = luck.choices([name for name, _ in LANGUAGES], [share for _, share in LANGUAGES])
    told = [_filled(luck.choice(FRAMES[language]), language, luck) for _ in range(luck.randint(*SENTENCES))]
    if luck.random() < OF_THEME:
        for _ in range(luck.choice((1, 1, 2))):
            told.insert(luck.randrange(len(told)), _figure(language, luck))
    return Made(number, "plain", language, -1, _title(language, luck), tuple(told))


def _near_copy(number: int, source: Made, luck: Random) -> Made:
    kept = list(source.sentences)
    del kept[luck.randrange(len(kept))]
    told = tuple(_reworded(sentence, source.language, luck) for sentence in kept)
    return Made(number, "near copy", source.language, source.number, _title(source.language, luck), told)


def _quoting(number: int, source: Made, luck: Random) -> Made:
    around = [_filled(luck.choice(FRAMES[source.language]), source.language, luck) for _ in range(8)]
    start = luck.randrange(len(source.sentences) - 1)
    told = (*around[:4], *source.sentences[start : start + 2], *around[4:])
    return Made(number, "quoting", source.language, source.number, _title(source.language, luck), told)


def _reworded(sentence: str, language: str, luck: Random) -> str:
    words = sentence.split(" ")
    changed = [
        _word(language, luck) if word.isalpha() and word.islower() and luck.random() < CHANGED else word
        for word in words
    ]
    return " ".join(changed)


def _title(language: str, luck: Random) -> str:
    head, month = HEADS[language].format(P=_name(language, luck)), luck.choice(MONTHS)
    return f"{head}. {luck.randint(1, 28)} {month} {luck.randint(2019, 2025)}"


def _filled(frame: str, language: str, luck: Random) -> str:
    named = {place: _name(language, luck) for place in "PQ"}
    return frame.format(**named, **{place: _word(language, luck) for place in "abcd"})


def _figure(language: str, luck: Random) -> str:
    """A count as such texts have it: round numbers often, odd ones now and then."""
    digits = luck.choice((1, 2, 2, 3, 4))
    count = round(10 ** luck.uniform(2.3, 4.9))
    rounded = int(float(f"{count:.{digits - 1}e}"))
    return luck.choice(FIGURES[language]).format(
        S=_source_name(language, luck), bound=luck.choice(BOUNDS), n=f"{rounded:,}" if language != "ru" else rounded,
        pay=luck.randrange(150, 1200, 10), host=luck.choice(HOSTS), month=luck.choice(MONTHS),
        year=luck.randint(2015, 2024),
    )  # fmt: skip


def _source_name(language: str, luck: Random) -> str:
    name = _name(language, luck)
    return {"en": f"the {name} Institute", "ru": f"института {name}", "ko": f"{name} 연구소"}[language]


def _name(language: str, luck: Random) -> str:
    return _word(language, luck).capitalize()


def _word(language: str, luck: Random) -> str:
    if language == "ko":
        return "".join(luck.choice(KO_FIRST) for _ in range(luck.choice((2, 2, 3))))
    onsets, nuclei, codas = (RU_ONSETS, RU_NUCLEI, ["", "", "н", "р"]) if language == "ru" else (ONSETS, NUCLEI, CODAS)
    return "".join(
        luck.choice(onsets) + luck.choice(nuclei) + luck.choice(codas) for _ in range(luck.choice((2, 2, 3)))
    )


def write(folder: Path, numbers: Sequence[int], seed: int) -> Iterator[Made]:
    """Each of them as a file, in folders of a thousand, by number."""
    for number in numbers:
        one = made(number, seed)
        file = folder / f"{number // 1000:03d}" / f"{number:06d}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(one.text, encoding="utf-8")
        yield one
