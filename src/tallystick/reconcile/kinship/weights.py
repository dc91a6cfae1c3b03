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
JUDGED: Mapping[str, float] = MappingProxyType({"runs": 4.0, "separator": 1.0, "converts": 1.0, "scale": -1.0})
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "bias": -6.85,
        "end": -0.44,
        "rounds": -0.59,
        "span": 1.17,
        "odd": 1.46,
        "odd_measure": 1.43,
        "measure": 0.08,
        "kind": 0.05,
        "host": 3.23,
        "place": -2.05,
        "sector": -0.75,
        "period": 1.19,
        "other_period": -1.24,
        "source": 1.16,
        "other_source": -0.50,
        "silent": 0.03,
        "soon": 1.59,
        "month": 1.00,
        "late": -1.10,
        "numbers": 0.51,
        "before": 1.03,
        **JUDGED,
    }
)
LIKELY = 0.5  # from here on an edge names its kind
SUSPECTED = 0.25  # from here on it is shown, and folds until a person says otherwise (docs/decisions/0007)
