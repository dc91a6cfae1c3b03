"""Fuzz the number grammar and the dates: no text may raise, and every span lies inside it, in order and apart.

    python fuzz/number_grammar.py -runs=20000              a short form, half a minute
    python fuzz/number_grammar.py -max_total_time=3600     an hour
    python fuzz/number_grammar.py --ratios                 how much longer twice the text takes, for repeats

What makes it fail is written to crash-*; `python fuzz/number_grammar.py crash-...` runs it again. The first byte of an
input chooses the language, the rest is UTF-8.
"""

from __future__ import annotations

import sys
from datetime import date
from time import process_time

import atheris

with atheris.instrument_imports(include=["tallystick.claims.numbers"]):
    from tallystick.claims.numbers.days import days
    from tallystick.claims.numbers.find import masked, quantities

LANGUAGES = ("en", "ru", "ko")
PUBLISHED = date(2025, 11, 14)
REPEATS = (
    *(
        "1",
        "1,",
        "1,234,",
        "1.",
        "1-",
        "1/",
        "12 ",
        "1 (",
        "$1 ",
        "US$1-",
        "[1]",
        "1²",
        "１",
        "+7 ",
        "010-",
        "http://a.b/1",
    ),
    *("one ", "million ", "half a ", "between 1 and ", "up to up to 5 ", "5 of the ", "May 5 ", "last ", "Resolution "),
    *(
        "5 тыс. ",
        "тысяч ",
        "от 1 до ",
        "1 000 ",
        "5 красных ",
        "만",
        "1만 ",
        "일이삼",
        "수천 ",
        "3분의 ",
        "1월부터 ",
        "9월 ",
    ),
)


def test_one(data: bytes) -> None:
    """One input: reading it must hold what the module promises."""
    language = LANGUAGES[data[0] % 3] if data else "en"
    text = data[1:].decode("utf-8", errors="replace")
    end = 0
    for found in quantities(text, language):
        if not end <= found.start <= found.number_start < found.number_end <= found.end <= len(text):
            raise AssertionError(f"{found} lies outside, or reaches into the one before")
        end = found.end
    for day in days(text, language, PUBLISHED):
        if not (0 <= day.start < day.end <= len(text) and day.first <= day.last):
            raise AssertionError(f"{day} lies outside, or ends before it begins")
    masked(text, language)


def seconds(text: str, language: str) -> float:
    """Processor time of one reading."""
    start = process_time()
    quantities(text, language)
    days(text, language, PUBLISHED)
    return process_time() - start


def ratios() -> None:
    """The time for 40,000 signs over that for 20,000, for each repeat; 2 is linear, 4 would be quadratic."""
    for language in LANGUAGES:
        for piece in REPEATS:
            once, twice = (min(seconds((piece * size)[:size], language) for _ in range(3)) for size in (20_000, 40_000))
            sys.stdout.write(f"{language} {piece!r}: {twice / max(once, 1e-4):.2f}\n")


if __name__ == "__main__":
    if "--ratios" in sys.argv:
        ratios()
    else:
        atheris.Setup(sys.argv, test_one)
        atheris.Fuzz()
