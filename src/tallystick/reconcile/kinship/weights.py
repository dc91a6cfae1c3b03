"""What each feature of a pair of claims is worth, in logits, and since when.

Set on 2026-11-23 by `benchmarks/lineage.py --fit`: a logistic regression with a ridge penalty of 1 on all pairs of
claims of the shipped evidence whose numbers are related, pairs with only a suspected link between them left out. How
well weights set that way do on origins that they have not seen is in docs/reference/lineage.md; method and limits
are in docs/methods/lineage.md. JUDGED could not be set from data: no shipped page has its text, and broken or
converted numbers come from one or two origins each.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

BIAS = "bias"
JUDGED: Mapping[str, float] = MappingProxyType({"runs": 4.0, "separator": 1.0, "converts": 1.0, "scale": -1.0})
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "bias": -5.65,
        "end": -0.03,
        "rounds": -0.48,
        "span": 1.06,
        "odd": 1.13,
        "odd_measure": 1.59,
        "measure": -0.37,
        "kind": 0.36,
        "host": 3.00,
        "place": -1.89,
        "sector": -0.61,
        "period": 1.00,
        "other_period": -1.48,
        "source": 1.29,
        "other_source": -0.81,
        "silent": -0.14,
        "soon": 1.40,
        "month": 0.81,
        "late": -0.91,
        "numbers": 0.57,
        "before": 0.92,
        **JUDGED,
    }
)
LIKELY = 0.5  # from here on an edge names its kind
# Where precision and recall are about equal: shown, and folded until a person says otherwise (docs/decisions/0007).
SUSPECTED = 0.34
