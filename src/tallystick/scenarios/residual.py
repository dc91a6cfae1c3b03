"""What outcomes would give away together: a flow that nobody reports, found by subtraction.

People are conserved: who was there at the year's end is who was there at its start, plus all who came, less all who
left by any route. Report the stock and every route but one, and the last is known too, in the mean of each scenario
and in each effect. The same holds for balances and payments. Here that is linear algebra: every outcome is a sum over
routes and payments (a stock, by what changed it), and no combination of outcomes may come to a sum over internal ones
alone. A ratio is taken for what stands above its line: who knows what stands below would have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tallystick.scenarios.outcomes import LaidOut, Outcome, is_hidden
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.terms import record_size
from tallystick.vocab.errors import ModelError

Array = NDArray[np.float64]
SMALL = 1e-9  # relative: below this a combination is nothing but rounding


def refuse_residuals(graph: Graph, outcomes: Sequence[Outcome], inputs: Inputs) -> None:
    """ModelError where outcomes, put together, tell an internal flow."""
    known = _known(graph, [replace(each, per=()) for each in outcomes], inputs)
    hidden = _hidden(graph)
    if not hidden.any() or not len(known):
        return
    known = known / np.maximum(np.abs(known).max(axis=1, keepdims=True), 1e-300)
    told = _unseen_by(known[:, ~hidden]) @ known[:, hidden]
    if np.abs(told).max(initial=0.0) > SMALL:
        flows = sorted({edge.flow.id for edge in graph.edges if is_hidden(graph, edge.flow)})
        raise ModelError(
            f"these outcomes together would tell of {' or '.join(flows)}, by subtraction", equation=graph.text.id,
            hint="leave out one of the flows or payments that lead out of the same stock or account",
        )  # fmt: skip


def _unseen_by(open_part: Array) -> Array:
    """The combinations of rows that come to nothing in the columns given: an orthonormal basis, one in each row."""
    rows, columns = open_part.shape
    left, sizes, _ = np.linalg.svd(open_part, full_matrices=rows > columns)  # all rows' combinations, not all columns'
    rank = int((sizes > SMALL * max(sizes.max(initial=0.0), 1.0)).sum())
    return np.asarray(left[:, rank:].T)


def _hidden(graph: Graph) -> NDArray[np.bool_]:
    """Which columns are internal: routes, payments, then the rests of payments."""
    routes = [is_hidden(graph, edge.flow) for edge in graph.edges]
    paid = [each.edge >= 0 and routes[each.edge] for each in graph.transfers]
    return np.array([*routes, *paid, *paid], dtype=bool)


def _known(graph: Graph, outcomes: Sequence[Outcome], inputs: Inputs) -> Array:
    """(outcome, column): each outcome as a sum over routes, payments and rests; levels and months tell nothing."""
    changes = _changes(graph)
    rows = np.zeros((len(outcomes), changes.shape[1]))
    for column in LaidOut(graph, outcomes, inputs).columns:
        for place, factor in column.places:
            rows[column.outcome] += factor * column.scale * changes[place]
    return rows[np.abs(rows).max(axis=1) > 0] if len(rows) else rows


def _changes(graph: Graph) -> Array:
    """(place in a year's record, column): by how much a mover, a payment or a rest changes it within the year."""
    strata, edges, transfers = map(len, (graph.strata, graph.edges, graph.transfers))
    out = np.zeros((record_size(graph), edges + 2 * transfers))
    out[:strata, :edges] = graph.moves
    out[2 * strata : 2 * strata + edges, :edges] = np.eye(edges)
    first = 2 * strata + edges
    out[first : first + transfers, edges : edges + transfers] = np.eye(transfers)
    for at, each in enumerate(graph.transfers):
        for place, balance, sign in ((at, each.source, -1), (at, each.target, 1), (transfers + at, each.source, -1)):
            out[first + transfers + balance, edges + place] += sign if place < transfers or each.rest >= 0 else 0
        if each.rest >= 0:
            out[first + transfers + each.rest, edges + transfers + at] += 1
    return out
