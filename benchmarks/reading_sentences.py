"""Our number grammar beside quantulum3, on the same sentences in one run: what is read, and how fast.

    .venv/bin/python benchmarks/reading_sentences.py

`reading_sentences.txt` holds invented English sentences with the quantities that a person finds in them; they are of
ordinary life, none on our subject, and some hold units that only the peer knows. A quantity is right when its value or
the two ends of its range, and its unit, are. The peer is given the benefit of the doubt: the "1 month" that it reads
from "a month", and a minute that it takes for one of arc, cost it nothing. F1 is also given without the sentences that
name a year, a date or a time of day, which it takes for quantities.

The peer runs in an environment of its own, made on first use from engines/locks/quantulum3.txt; it is no dependency of
ours. It reads without its optional classifier, which needs scikit-learn and only makes it slower. Both have read
all sentences once before the clock runs; they take turns, and a ratio is the median of the ratios turn by turn, in
seconds of processor. Dates are timed as well: the second ratio is of quantities and dates together.

Exit code 1 when a ratio or an F1 misses what is promised, or the peer could not be installed.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, Self

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.engines.environments import NotInstalled, python_of  # noqa: E402

from tallystick.claims.numbers.days import days  # noqa: E402
from tallystick.claims.numbers.find import quantities  # noqa: E402

PEER = "quantulum3"
SENTENCES = Path(__file__).with_name("reading_sentences.txt")
WORKER = Path(__file__).with_name("reading_quantulum.py")
PROMISED = 20.0  # times the peer's sentences a second
TURNS = 7
AGAIN = 20  # times that we read all sentences in one turn, since once is over too soon to be timed
PUBLISHED = date(2024, 5, 6)  # "this spring" needs a day to be resolved against
OUR_UNITS = {
    "m": "metre",
    "km": "kilometre",
    "cm": "centimetre",
    "mm": "millimetre",
    "kg": "kilogram",
    "kW": "kilowatt",
}
PEER_UNITS = {
    "dimensionless": "",
    "percentage": "percent",
    "per cent": "percent",
    "minute of arc": "minute",
    "degree Celsius": "celsius",
    "dollar": "USD",
    "united states dollar": "USD",
    "euro": "EUR",
    "pound sterling": "GBP",
    "japanese yen": "JPY",
    "chinese yuan": "CNY",
}
DATED = ("2014", "2019", "2022", "3 May", "7:30")


class Amount(NamedTuple):
    """One quantity of a sentence; `low` and `high` are equal unless it is a range."""

    low: float
    high: float
    unit: str


class Annotated(NamedTuple):
    sentence: str
    wanted: tuple[Amount, ...]


class Score(NamedTuple):
    right: int
    read: int
    wanted: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.read + self.wanted)


class Result(NamedTuple):
    """What one run found; rates are sentences a second of processor, medians over the turns."""

    ours: Score
    peers: Score
    ours_undated: Score
    peers_undated: Score
    our_rate: float
    peer_rate: float
    ratio: float  # of quantities alone
    ratio_with_days: float  # of quantities and dates together

    def missed(self) -> list[str]:
        """What is promised and not kept."""
        return [
            *([f"{self.ratio:.1f} times the peer's speed, not {PROMISED:.0f}"] if self.ratio < PROMISED else []),
            *(["an F1 below the peer's"] if self.ours.f1 <= self.peers.f1 else []),
            *(
                ["an F1 below the peer's on sentences without dates"]
                if self.ours_undated.f1 <= self.peers_undated.f1
                else []
            ),
        ]


def annotated() -> tuple[Annotated, ...]:
    """The sentences with what a person finds in them."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    return tuple(_row(line) for line in lines if line and not line.startswith("#"))


def _row(line: str) -> Annotated:
    sentence, _, found = line.rpartition("|")
    return Annotated(sentence.strip(), tuple(_amount(one.strip()) for one in found.split(";") if one.strip()))


def _amount(written: str) -> Amount:
    value, _, unit = written.partition(" ")
    low, _, high = value.partition("..")
    return Amount(float(low), float(high or low), unit)


def ours(sentence: str) -> tuple[Amount, ...]:
    """What our grammar reads; a bound counts as its number, and what it calls vague is no quantity."""
    found = []
    for quantity in quantities(sentence, "en"):
        ends = [end for end in (quantity.low, quantity.point, quantity.high) if end is not None]
        if ends:
            unit = "" if quantity.kind == "count" else OUR_UNITS.get(quantity.unit, quantity.unit)
            found.append(Amount(ends[0], ends[-1], unit))
    return tuple(found)


class Peer:
    """The other library, in a process of its own."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.process = subprocess.Popen(
            [str(python_of(PEER)), str(WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.read = [tuple(_peers(one, found)) for one, found in zip(sentences, self._asked(sentences), strict=True)]

    def _asked(self, question: object) -> list[list[dict[str, object]]]:
        return list(json.loads(self._answer(json.dumps(question))))

    def _answer(self, line: str) -> str:
        if self.process.stdin is None or self.process.stdout is None:
            raise NotInstalled("the peer has no pipes")
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise NotInstalled(f"{PEER} ended before its answer")
        return answer

    def seconds(self) -> float:
        """Of processor, for all sentences once."""
        return float(self._answer("again"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()


def _peers(sentence: str, found: Sequence[dict[str, object]]) -> list[Amount]:
    """The peer's quantities in our words, without what it makes of the article in "a month"."""
    made = []
    for one in found:
        value, half, name = float(str(one["value"])), float(str(one["half"])), str(one["unit"]).partition(" per ")[0]
        article = value == 1.0 and str(one["words"]).split(" ")[0].lower() in ("a", "an")
        amount = Amount(value - half, value + half, PEER_UNITS.get(name, name))
        if not article or amount in _wanted(sentence):
            made.append(amount)
    return made


def _wanted(sentence: str) -> tuple[Amount, ...]:
    return next(row.wanted for row in annotated() if row.sentence == sentence)


def score(rows: Sequence[Annotated], read: Sequence[Sequence[Amount]]) -> Score:
    """Each wanted quantity can be met once."""
    right = 0
    for row, found in zip(rows, read, strict=True):
        left = list(found)
        for wanted in row.wanted:
            match = next((one for one in left if _same(one, wanted)), None)
            if match is not None:
                left.remove(match)
                right += 1
    return Score(right, sum(map(len, read)), sum(len(row.wanted) for row in rows))


def _same(one: Amount, other: Amount) -> bool:
    near = (abs(a - b) <= 1e-9 * max(abs(a), abs(b)) for a, b in ((one.low, other.low), (one.high, other.high)))
    return one.unit == other.unit and all(near)


def _seconds(sentences: Sequence[str], read: Callable[[str], object]) -> float:
    """Of processor, for all sentences once, by reading them several times."""
    begun = time.process_time()
    for _ in range(AGAIN):
        for sentence in sentences:
            read(sentence)
    return (time.process_time() - begun) / AGAIN


def _numbers_and_days(sentence: str) -> None:
    quantities(sentence, "en")
    days(sentence, "en", PUBLISHED)


def measured() -> Result:
    """Read and time both, turn by turn."""
    rows = annotated()
    sentences = [row.sentence for row in rows]
    mine = [ours(sentence) for sentence in sentences]
    _seconds(sentences, _numbers_and_days)  # tables are read and patterns compiled at first use
    with Peer(sentences) as peer:
        turns = [
            (
                peer.seconds(),
                _seconds(sentences, lambda one: quantities(one, "en")),
                _seconds(sentences, _numbers_and_days),
            )
            for _ in range(TURNS)
        ]
    undated = [index for index, one in enumerate(sentences) if not any(mark in one for mark in DATED)]
    return Result(
        score(rows, mine),
        score(rows, peer.read),
        score([rows[index] for index in undated], [mine[index] for index in undated]),
        score([rows[index] for index in undated], [peer.read[index] for index in undated]),
        statistics.median(len(rows) / numbers for _, numbers, _ in turns),
        statistics.median(len(rows) / theirs for theirs, _, _ in turns),
        statistics.median(theirs / numbers for theirs, numbers, _ in turns),
        statistics.median(theirs / both for theirs, _, both in turns),
    )


def table(result: Result) -> str:
    """The figures as lines of text."""
    return "\n".join(
        [
            f"sentences          {len(annotated())}, quantities {result.ours.wanted}",
            f"F1                 ours {result.ours.f1:.3f}, {PEER} {result.peers.f1:.3f}",
            f"F1 without dates   ours {result.ours_undated.f1:.3f}, {PEER} {result.peers_undated.f1:.3f}",
            f"sentences a second ours {result.our_rate:,.0f}, {PEER} {result.peer_rate:,.0f}",
            f"times as fast      quantities {result.ratio:.1f}, quantities and dates {result.ratio_with_days:.1f}",
        ]
    )


def main() -> int:
    """Print the table; 1 when a promise is not kept."""
    try:
        result = measured()
    except NotInstalled as fault:
        sys.stderr.write(f"error: {PEER} could not be measured: {fault}\n")
        return 1
    sys.stdout.write(table(result) + "\n")
    for miss in result.missed():
        sys.stderr.write(f"missed: {miss}\n")
    return 1 if result.missed() else 0


if __name__ == "__main__":
    sys.exit(main())
