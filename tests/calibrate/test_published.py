"""Promise: what a fit publishes tells of no claim of what is never told how a draw sits with it."""

from __future__ import annotations

import numpy as np

from tallystick.calibrate.density import terms_of
from tallystick.calibrate.fit import idata_of
from tallystick.calibrate.sample import Run
from tests.calibrate import real


def test_no_draw_tells_how_it_sits_with_a_claim_that_is_shown_alone() -> None:
    """Each column is filled with its claim's place, so that a claim and its column are seen to stay together."""
    ready, z = real.ready(), np.zeros((1, 2, real.size()))
    observed, none = ready.observations, np.zeros((1, 2))
    places = np.broadcast_to(np.arange(len(observed), dtype=float), (1, 2, len(observed)))
    arrays = dict.fromkeys(("log_likelihood", "centre", "scale"), places)
    idata = idata_of(ready, terms_of(ready.model, ready.data), Run(z, none, none, none, none), arrays)
    told = [idata.log_likelihood["claims"], idata.posterior_predictive["centre"], idata.posterior_predictive["scale"]]
    rest = {one.claim: at for at, one in enumerate(observed) if one.measure != "escapes"}
    assert len(rest) < len(observed)
    for each in told:
        assert dict(zip(each.claim.values.tolist(), each.values[0, 0].tolist(), strict=True)) == rest
