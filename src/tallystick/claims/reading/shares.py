"""Which measure a share or ratio belongs to: the part of the pay that is taken or kept, or a part of the people.

A share belongs to whoever takes it. Sums of money are `pay`.
"""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.amounts import largest
from tallystick.claims.reading.parts import of_thing, of_wage_before, share_of_people
from tallystick.claims.reading.scene import FAR, Sentence
from tallystick.claims.reading.verdict import GOVERNED, NOUN, OBSERVED, THEME, Verdict

_NEAR = 110
_COUNTED_TIMES = 40  # no number of crossings grows so many times over
_KEPT = 20  # letters between "keep" and the share
_THEY = re.compile(
    r"(?:\b(?:they|he|she|who)|"
    r"(?:\A|[,;:] |\b(?:the|each|a|most|all|these|those|that|and|but|while|because|said|says) )(?:[\w’'-]+ ){0,2}"
    r"(?:workers?|labou?rers?|loggers?|builders?|crews?|employees|migrants|men|women|man|woman)"
    r"(?: from(?: [\w-]+){1,2})?)"
    r"(?: (?:can|may|only|just|actually|themselves|then|gets? to|are (?:allowed|left) to|to))*\s\Z",
    re.I,
)
_THEY_GET = re.compile(r"\s?(?:밖에|만|도)\s?(?:못\s?)?(?:받|쥐|쥔|챙기|챙긴)")  # so little that it can only be theirs
KEEP = re.compile(r"ke(?:ep|pt)|оставл|себе", re.IGNORECASE)
_GREATER = re.compile(r"\s(?:as|more|greater|higher|larger|up|the|that|what|больше|выше|чем|превы\w+)\b")
_RISE = 12  # cost: "a 12-fold jump"
_OFF = ("theft", "trade", "weapons_cost")


def off_theme(sentence: Sentence, quantity: Quantity, senses: tuple[str, ...]) -> bool:
    """Whether a word of another subject stands nearer to a number than any word of pay or of work."""
    other = min(sentence.cost(sense, quantity) for sense in _OFF)
    own = min(sentence.cost(sense, quantity) for sense in senses)
    return other < own


def share(sentence: Sentence, quantity: Quantity, ours: bool) -> Verdict | None:
    """The measure of a percentage or fraction."""
    if not ours:
        return None
    own = {hit for hit in sentence.hits("gap") if quantity.start <= hit.start < quantity.end}  # "no less than 70%"
    if sentence.cost("gap", quantity, own) < 30 and any(
        sentence.has(of) for of in ("comparable", "against", "employer")
    ):
        return Verdict("wage_gap_share", OBSERVED, GOVERNED, "less than others are paid")
    if (where := share_of_people(sentence, quantity)) is not None:
        return where
    if off_theme(sentence, quantity, ("take", "wage", "net", "workers_share", "labour")) or of_thing(
        sentence, quantity
    ):
        return None
    costs = {
        sense: sentence.cost(sense, quantity) for sense in ("take", "comparable", "change", "workers_share", "due")
    }
    costs["net"] = sentence.own_cost("net", quantity)
    if costs["comparable"] < 60 and costs["comparable"] < costs["take"]:
        return Verdict("", OBSERVED, THEME, "a share of other workers' pay")
    if costs["change"] < 25 and costs["change"] < min(costs["take"], costs["net"]):
        return Verdict("", OBSERVED, THEME, "a growth or decline") if sentence.has("labour") else None
    if min(costs["take"], costs["due"]) > _NEAR and costs["net"] > _NEAR:
        return _other_share(sentence)
    return _taken_share(sentence, quantity, costs)


def _taken_share(sentence: Sentence, quantity: Quantity, costs: dict[str, int]) -> Verdict:
    if _workers_keep(sentence, quantity):
        return Verdict("worker_keep_share", OBSERVED, GOVERNED, "a share that the worker keeps")
    kept_by_worker = costs["net"] + 6 < min(costs["take"], costs["due"]) and not _state_keeps(sentence, quantity)
    if kept_by_worker:
        return Verdict("worker_keep_share", OBSERVED, NOUN, "a share that the worker keeps")
    named = any(map(sentence.has, ("regime", "wage", "due"))) or of_wage_before(sentence, quantity)
    if not named:
        return Verdict("", OBSERVED, THEME, "a share taken, of what is not said")
    evidence = GOVERNED if costs["take"] < 40 else NOUN
    return Verdict("state_take_share", OBSERVED, evidence, "a share of pay that the State or its agents take")


def _workers_keep(sentence: Sentence, quantity: Quantity) -> bool:
    """ "They keep a third": the subject before the verb is the people."""
    if sentence.language == "ko":
        return bool(_THEY_GET.match(sentence.text, quantity.end))
    if sentence.language != "en":
        return False
    keeps = [hit for hit in sentence.hits("net") if hit.end <= quantity.start]
    if not keeps or quantity.start - keeps[-1].end > _KEPT:
        return False
    return bool(_THEY.search(sentence.text[sentence.start : keeps[-1].start]))


def _state_keeps(sentence: Sentence, quantity: Quantity) -> bool:
    """ "The government keeps 70 percent": the subject before the verb is the State."""
    keeps = [hit for hit in sentence.hits("net") if hit.end <= quantity.start and KEEP.match(sentence.text, hit.start)]
    if sentence.language == "ko" or not keeps:
        return False
    left = sentence.text[max(sentence.start, keeps[-1].start - 25) : keeps[-1].start]
    return bool(sentence.tongue.sense("regime").search(left))


def _other_share(sentence: Sentence) -> Verdict | None:
    if sentence.has("labour") and sentence.has("sender"):
        return Verdict("", OBSERVED, THEME, "a share on the theme")
    return None


def multiple(sentence: Sentence, quantity: Quantity, ours: bool) -> Verdict | None:
    """Twelve times as many, three times the wage: on the theme, of no measure that the texts give alone."""
    counted = sentence.cost("enter", quantity) < _NEAR and not _GREATER.match(sentence.text, quantity.end)
    if ours and counted and largest(quantity) >= _COUNTED_TIMES:
        return Verdict("entries_total", OBSERVED, GOVERNED, "how many times a border was crossed")
    crossed = sentence.has("crossing") or sentence.has("enter") or (sentence.has("study") and sentence.has("permits"))
    if ours and crossed and (sentence.has("study") or sentence.cost("change", quantity) < _RISE):
        return Verdict("entries_growth_factor", OBSERVED, NOUN, "so many times the entries of before")
    near = min(sentence.cost(sense, quantity) for sense in ("wage", "labour", "arrived", "comparable"))
    if not ours or near == FAR or off_theme(sentence, quantity, ("wage", "labour", "arrived", "comparable")):
        return None
    return Verdict("", OBSERVED, THEME, "a ratio on the theme")
