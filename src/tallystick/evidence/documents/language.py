"""English, Russian, Korean, or none of them: by script, by letters that a language does not have, and by small words.

A text of several languages has the one that most of its letters are in. Ukrainian, Bulgarian, Japanese, Chinese and
all others give "": a reader of claims that guessed would read them wrongly.
"""

from __future__ import annotations

import re

SAMPLE = 20_000  # code points that are looked at
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
CYRILLIC = re.compile("[\u0400-\u052f]")
HANGUL = re.compile("[\uac00-\ud7a3]")
KANA = re.compile("[\u3041-\u30ff]")
HAN = re.compile("[\u3400-\u9fff]")
OTHER = re.compile("[\u0370-\u03ff\u0530-\u0fff\u10a0-\u10ff]")
NOT_RUSSIAN = re.compile("[\u0404\u0406\u0407\u040e\u0454\u0456\u0457\u045e\u0490\u0491\u0402-\u0403\u0405\u0408-\u040f\u0452\u0453\u0455\u0458-\u045f\u0492-\u052f]")
WORD = re.compile("[^\\W\\d_]+")
LETTERS_PER_SYLLABLE = 2.5  # a Hangul sign says as much as two or three letters
HAN_PER_SIGN = 2.0
ENGLISH = frozenset(
    "the of and to in a is that for on was with as it by at from be are this have has were an which or not their they "
    "had been its he she who will would about more than said after but we you i".split()
)
OTHER_LATIN = frozenset(
    "der die das und ist nicht von zu mit den dem ein eine auf für im le la les des et est pas une du dans que qui pour "
    "el los las y en por con una del se su il di che e non per sono della o os um uma não het een van voor niet och att "
    "som på av i w na z że się nie jest ve bir bu için".split()
) - ENGLISH
RUSSIAN = frozenset(
    "и в не на что с по как это но из у за к о от для его их же или бы до были был была было при так они также после "
    "года году лет который которые чтобы где уже более об со только ещё еще может есть к".split()
)
BULGARIAN = frozenset("е са се да че си ще които който която като от това през към със във този тази бе беше или".split())


def language_of(text: str) -> str:
    """"en", "ru", "ko", or "" when it is none of them or cannot be told."""
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
    words = [word.lower() for word in WORD.findall(sample)]
    if script == "hangul":
        return "ko"
    if script == "cyrillic":
        return "ru" if _is_russian(sample, words) else ""
    return "en" if script == "latin" and _is_english(words) else ""


def _is_russian(sample: str, words: list[str]) -> bool:
    """Letters that Russian lacks stay below one in 200; its small words outnumber Bulgarian ones."""
    letters = len(CYRILLIC.findall(sample))
    if len(NOT_RUSSIAN.findall(sample)) * 200 > letters:
        return False
    russian = sum(word in RUSSIAN for word in words)
    bulgarian = sum(word in BULGARIAN for word in words)
    only_russian = len(re.findall("[ыэЫЭ]", sample))  # Bulgarian has neither letter
    return (only_russian * 200 > letters or letters < 200) and (russian >= bulgarian and russian + only_russian > 0)


def _is_english(words: list[str]) -> bool:
    english = sum(word in ENGLISH for word in words)
    other = sum(word in OTHER_LATIN for word in words)
    return english > other and english * 14 >= len(words)
