"""Words for how sure a sentence is, each with one meaning (table in docs/reference/words.md).

The bands are those of the US intelligence community's directive 203 (2015), which analysts already read in one way;
the brief prints the probability beside the word wherever it has one.
"""

from __future__ import annotations

BANDS: tuple[tuple[float, str], ...] = (
    (0.01, "practically excluded"),
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "about as likely as not"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (0.99, "almost certain"),
    (1.01, "practically certain"),
)


def probability_word(probability: float) -> str:
    """The calibrated word for a probability; ValueError outside 0 to 1."""
    if not 0 <= probability <= 1:
        raise ValueError(f"a probability lies between 0 and 1, not {probability}")
    return next(word for upper, word in BANDS if probability < upper)


# By the ratio r of the 80 % widths after and before the claims (log scale): for normal errors r squared is the share of
# the information that was assumed. Below a quarter the answer is mostly evidence, above a half mostly assumption.
_EVIDENCE, _ASSUMPTION = 0.25, 0.5


def learnt_word(width_ratio: float) -> str:
    """What the evidence added, by the ratio of the posterior's 80 % width to the prior's."""
    assumed = width_ratio**2
    if assumed < _EVIDENCE:
        return "mostly evidence"
    return "part evidence, part assumption" if assumed <= _ASSUMPTION else "mostly assumption"
