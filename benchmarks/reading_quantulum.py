"""The peer's side of `reading_sentences.py`: run by the Python of its own environment, where nothing of ours is.

Takes sentences as one line of JSON, answers with what it reads in each; then, for each further line, reads them all
again and answers with the seconds of processor that it took.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from typing import Any

warnings.simplefilter("ignore")  # it warns that its optional classifier is not there

from quantulum3 import parser  # type: ignore[import-not-found] # noqa: E402


def answers(sentence: str) -> list[dict[str, Any]]:
    """Value, half the width of a range, unit and words of each quantity."""
    return [
        {"value": found.value, "half": found.uncertainty or 0.0, "unit": found.unit.name, "words": found.surface}
        for found in parser.parse(sentence)
    ]


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Answer line by line until the other side hangs up."""
    sentences = json.loads(sys.stdin.readline())
    _say(json.dumps([answers(sentence) for sentence in sentences]))
    for _ in sys.stdin:
        begun = time.process_time()
        for sentence in sentences:
            parser.parse(sentence)
        _say(str(time.process_time() - begun))


if __name__ == "__main__":
    main()
