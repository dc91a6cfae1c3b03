"""English, Russian, Korean, or none of them: by script, by letters that a language does not have, and by small words.

A text of several languages has the one that most of its letters are in. Ukrainian, Bulgarian, Japanese, Chinese and
all others give "": a reader of claims that guessed would read them wrongly.
"""

from __future__ import annotations

import re

from tallystick.evidence.documents.letters import words

SAMPLE = 20_000  # code points that are looked at
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
CYRILLIC = re.compile("[\u0400-\u052f]")
HANGUL = re.compile("[\uac00-\ud7a3]")
KANA = re.compile("[\u3041-\u30ff]")
HAN = re.compile("[\u3400-\u9fff]")
OTHER = re.compile("[\u0370-\u03ff\u0530-\u0fff\u10a0-\u10ff]")
NOT_RUSSIAN = re.compile(
    "[\u0402-\u040f\u0452-\u045f\u0490-\u052f]"  # Ukrainian, Belarusian, Serbian, Macedonian, Turkic letters
)
WORD = re.compile("[^\\W\\d_]+")
LETTERS_PER_SYLLABLE = 2.5  # a Hangul sign says as much as two or three letters
HAN_PER_SIGN = 2.0
SHORT = 200  # Cyrillic letters below which a text may have no word that tells
ENGLISH = words(
    "the of and to in a is that for on was with as it by at from be are this have has were an which or not their "
    "they had been its he she who will would about more than said after but we you i"
)
OTHER_LATIN = (
    words(
        "der die das und ist nicht von zu mit den dem ein eine auf für im le la les des et est pas une du dans que qui "
        "pour el los las y en por con una del se su il di che e non per sono della o os um uma não het een van voor "
        "niet och att som på av i w na z że się nie jest ve bir bu için"
    )
    - ENGLISH
)
ONLY_RUSSIAN = words(
    "в что с это из у к для его их же или бы был была было были так они также после году лет который которые чтобы "
    "где уже только ещё есть со"
)
BULGARIAN = words("е са се да че си ще които който която като от това през към със във този тази бе беше или")


def language_of(text: str) -> str:
    """ "en", "ru", "ko", or "" when it is none of them or cannot be told."""
    sample = text[:SAMPLE]
    weight = {
        "latin": float(len(LATIN.findall(sample))), "cyrillic": float(len(CYRILLIC.findall(sample))),
        "hangul": LETTERS_PER_SYLLABLE * len(HANGUL.findall(sample)),
        "han": HAN_PER_SIGN * len(HAN.findall(sample)) + HAN_PER_SIGN * len(KANA.findall(sample)),
        "other": float(len(OTHER.findall(sample))),
    }  # fmt: skip
    script = max(weight, key=lambda name: weight[name])
    if not weight[script]:
        return ""
    found = [word.lower() for word in WORD.findall(sample)]
    if script == "hangul":
        return "ko"
    if script == "cyrillic":
        return "ru" if _is_russian(sample, found) else ""
    return "en" if script == "latin" and _is_english(found) else ""


def _is_russian(sample: str, words: list[str]) -> bool:
    """Letters that Russian lacks stay below one in 200; what only Russian has outnumbers what only Bulgarian has.

    Bulgarian has neither ы nor э, and writes ъ as a vowel; Russian writes it only before е, ё, ю, я.
    """
    letters = len(CYRILLIC.findall(sample))
    if len(NOT_RUSSIAN.findall(sample)) * 200 > letters:
        return False
    russian = sum(word in ONLY_RUSSIAN for word in words) + len(re.findall("[ыэЫЭ]", sample))
    bulgarian = sum(word in BULGARIAN for word in words) + len(re.findall("ъ(?![еёюя])", sample))
    return russian > bulgarian or (bulgarian == 0 and letters < SHORT)


def _is_english(words: list[str]) -> bool:
    english = sum(word in ENGLISH for word in words)
    other = sum(word in OTHER_LATIN for word in words)
    return english > other and english * 14 >= len(words)
