"""Promise: short texts with a headline and a day give the claims that their words make, however they are put."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from tallystick.claims.proposal import Proposal
from tallystick.claims.reading.read import read
from tallystick.claims.reading.words import Words


class Text(NamedTuple):
    """One line of `titled.txt`."""

    language: str
    title: str
    day: date | None
    words: str
    wanted: tuple[str, ...]  # measure:low/point/high, "!value" for what must not be claimed at all


def _texts() -> list[Text]:
    made = []
    for line in Path(__file__).with_name("titled.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, title, day, words, wanted = (part.strip() for part in line.split("|"))
            claims = tuple(claim.strip() for claim in wanted.split(";"))
            made.append(Text(language, title, date.fromisoformat(day) if day else None, words, claims))
    return made


def _written(claim: Proposal) -> str:
    bounds = (claim.low, claim.point, claim.high)
    return f"{claim.measure}:{'/'.join('' if bound is None else f'{bound:g}' for bound in bounds)}"


@pytest.mark.parametrize("text", _texts(), ids=lambda text: f"{text.language} {text.words[:40]}")
def test_a_titled_text_gives_its_claims_and_none_that_is_ruled_out(text: Text, words: Words) -> None:
    reading = read(text.words, language=text.language, published=text.day, title=text.title, publisher="", words=words)
    found = {_written(claim) for claim in reading.claims}
    assert {claim for claim in text.wanted if claim[0] != "!"} <= found
    ruled_out = {claim[1:] for claim in text.wanted if claim[0] == "!"}
    assert not {claim for claim in found if claim.split(":")[1] in ruled_out}
