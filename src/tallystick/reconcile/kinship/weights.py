"""What each feature of a pair of claims is worth, in logits, and since when.

Set on 2026-11-23 by `benchmarks/lineage.py --fit`: a logistic regression with a ridge penalty of 1 on all pairs of
claims of the shipped evidence that share a number, pairs with only a suspected link between them left out. How well
weights set that way do on origins that they were not set on is in docs/reference/lineage.md, method and limits are
in docs/methods/lineage.md. No shipped page has its text, so `runs` could not be set from data: it is a judgement,
as large as the two strongest features that could.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

BIAS = "bias"
JUDGED: Mapping[str, float] = MappingProxyType({"runs": 4.0})
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "bias": -7.16,
        "end": -0.42,
        "rounds": -0.58,
        "converts": 0.13,
        "separator": -0.70,
        "scale": -0.18,
        "span": 1.44,
        "odd": 2.47,
        "odd_period": -0.37,
        "measure": 0.59,
        "kind": -0.52,
        "host": 3.19,
        "place": -2.05,
        "sector": -0.96,
        "period": 1.52,
        "other_period": -1.20,
        "source": 1.26,
        "other_source": -0.46,
        "silent": 0.03,
        "soon": 1.58,
        "month": 0.84,
        "late": -1.05,
        "numbers": 0.48,
        "before": 1.14,
        **JUDGED,
    }
)
LIKELY = 0.5  # from here on an edge names its kind
SUSPECTED = 0.25  # from here on it is shown, and folds until a person says otherwise (docs/decisions/0007)
