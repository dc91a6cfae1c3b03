"""The closed form of all months is the generated step, repeated: for people, what they hold, and in its gradient."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.stocks.engines import meanfield, plain
from tallystick.stocks.engines.closed import Part, Reads, Solved, paces_of, part_of, path, running_sum, solve, summed
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Inputs, Trajectory
from tallystick.stocks.labour import fields, groups, ledger
from tallystick.stocks.text import Route
from tallystick.vocab.errors import ModelError
from tests.stocks import small
from tests.stocks.engines.test_agreement import any_inputs
from tests.stocks.labour import made

EXACT = 1e-12
GRAPH = Graph(small.TEXT)
PART = part_of(GRAPH, "abroad")


def close(found: Any, expected: Any) -> None:
    """Within 1e-12, relative, or of the largest of its kind."""
    np.testing.assert_allclose(found, expected, rtol=EXACT, atol=EXACT * max(np.abs(expected).max(initial=0.0), 1e-300))


def stacked(solved: Solved) -> Any:
    """(stratum, month) present, in the order of the stock."""
    return np.stack([solved.row(stratum) for stratum in range(solved.part.size)])


def given_by(graph: Graph, stock: str, run: Trajectory) -> Any:
    """(stratum, month) who came into each stratum of the stock from other stocks."""
    first, end = graph.span(stock)
    out = np.zeros((end - first, len(run.movers)))
    for place, edge in enumerate(graph.edges):
        if first <= edge.target < end and not first <= edge.source < end:
            out[edge.target - first] += run.movers[:, place]
    return out


def solved_of(
    graph: Graph, part: Part, inputs: Inputs, run: Trajectory, signals: Any, held: str, booked: Any
) -> tuple[Solved, Solved]:
    """People, and what they hold, in closed form; `booked` is an amount for each worker-month by stratum."""
    text, (first, end) = graph.text, graph.span(part.stock)
    reads = Reads(signals, text.outside(*inputs.outside[0].T), text.parameters(*inputs.parameters[0]))
    group = [text.group(*row) for row in inputs.groups[0][first:end]]
    weights = {route: inputs.weight[0, :, at] for at, route in enumerate(graph.weighted)}
    paces = paces_of(part, reads, group, weights, np)
    people = solve(part, paces, list(inputs.people[0][first:end]), list(given_by(graph, part.stock, run)), np)
    accrued = [people.row(at) * booked[at] for at in range(part.size)]
    start = inputs.money[0][slice(*graph.span(held))]
    return people, solve(part, paces, list(start), accrued, np)


@settings(max_examples=40, deadline=None)
@given(any_inputs())
def test_people_and_what_they_hold_are_those_of_the_plain_step(inputs: Inputs) -> None:
    nobodys = np.zeros_like(inputs.money, dtype=bool)
    nobodys[:, slice(*GRAPH.span("owed"))] = inputs.people[:, slice(*GRAPH.span("abroad"))] == 0
    inputs = replace(inputs, money=np.where(nobodys, 0.0, inputs.money))  # what nobody holds nobody takes along
    run, first = plain.run(GRAPH, inputs), GRAPH.span("abroad")[0]
    wage = inputs.parameters[0][small.Parameters._fields.index("wage")]
    people, owed = solved_of(GRAPH, PART, inputs, run, None, "owed", [0.3 * wage] * 2)
    close(stacked(people), run.people[1:, slice(*GRAPH.span("abroad"))].T)
    close(stacked(owed), run.money[1:, slice(*GRAPH.span("owed"))].T)
    for flow, by_level in people.movers.items():
        found = {stratum: rows[at] for level, rows in zip(PART.levels, by_level, strict=True) if rows is not None
                 for at, stratum in enumerate(level.strata)}  # fmt: skip
        for place in GRAPH.edges_of(flow):
            close(found[GRAPH.edges[place].source - first], run.movers[:, place])


def rates(high: float) -> st.SearchStrategy[float]:
    return st.one_of(st.just(1e-6), st.floats(1e-3, high))


HAZARDS = st.builds(
    groups.Hazards,
    term_before=st.floats(1, 120), term_after=st.floats(1, 120), term_elsewhere=st.floats(1, 120),
    term_unauthorised=st.floats(1, 120), reopen_return=rates(2), last_call=rates(3), relabel=rates(0.5),
    ordered=st.fixed_dictionaries({host: rates(1) for host in made.SHAPE.hosts}),
)  # fmt: skip
SWITCHES = ("open", "before", "ordered", "last_call")


@settings(max_examples=12, deadline=None)
@given(hazards=HAZARDS, spans=st.lists(st.tuples(*[st.floats(0, 1)] * 4), min_size=30, max_size=30))
def test_the_whole_text_abroad_at_the_reference_is_the_plain_step(hazards: groups.Hazards, spans: Any) -> None:
    """With the loops cut, rates abroad know nothing of the state: strata, cohorts, regions and the ledger agree."""
    world, part = still(), abroad()
    cells = groups.with_pay(groups.people_of(made.SHAPE, hazards), made.SHAPE, made.PAY)
    table, outside = world.inputs.groups.copy(), world.inputs.outside.copy()
    table[0, slice(*world.graph.span("abroad"))] = [list(group) for group in cells.values()]
    for at, name in enumerate(SWITCHES):
        outside[0, :, fields.Outside._fields.index(name)] = np.array(spans)[:, at]
    inputs = replace(world.inputs, groups=table, outside=outside)
    run = plain.run(world.graph, inputs)
    reads = (made_reference(), made.QUIET, fields.Parameters(*inputs.parameters[0]))
    amounts = [ledger.booked(*reads, group, None) for group in cells.values()]
    people, owed = solved_of(world.graph, part, inputs, run, made_reference(), "booked", amounts)
    close(stacked(people), run.people[1:, slice(*world.graph.span("abroad"))].T)
    close(stacked(owed), run.money[1:, slice(*world.graph.span("booked"))].T)


@lru_cache
def abroad() -> Part:
    return part_of(made.graph(), "abroad")


@lru_cache
def still() -> made.World:
    """Thirty months of the invented state with every loop cut and nothing that answers to sanctions."""
    cut = dict.fromkeys(fields.Loops._fields, 0.0)
    return made.world(30).but(loops=cut, strength_orders=0.0, drop_speed=0.0)


def made_reference() -> fields.Signals:
    return fields.Signals(*(1.0 for _ in fields.Signals._fields))._replace(orders=0.0, dropped=0.0)


def test_levels_follow_the_routes() -> None:
    """First whom nobody in the stock feeds, then whom these feed: relabelled and stranded, then stranded after that."""
    strata, shape = made.SHAPE.abroad, made.SHAPE
    found = [{strata[at] for at in level.strata} for level in abroad().levels]
    assert found[0] >= {shape.early("work"), "B", "C", *(shape.later(visa) for visa in shape.visas)}
    assert found[1] >= {shape.early("study"), shape.early("other"), shape.stranded("work")}
    assert found[2] == {shape.stranded("study"), shape.stranded("other")}
    assert sum(map(len, found)) == len(strata)


def test_a_cycle_has_no_closed_form() -> None:
    there_and_back = [replace(flow, routes=(Route("near", "far"), Route("far", "near"))) if flow.id == "move" else flow
                      for flow in small.FLOWS]  # fmt: skip
    with pytest.raises(ModelError, match="abroad/near, abroad/far feed each other in a cycle"):
        part_of(Graph(small.altered(flows=there_and_back)), "abroad")


# ---- Against JAX's own loop over months ------------------------------------------------------------------------


@lru_cache
def in_jax() -> tuple[Any, Any, Inputs]:
    """Sums of people abroad by the rates of groups: by `scan` in matrix form, and in closed form."""
    from tallystick.calibrate.engine import prepare

    prepare()
    import jax.numpy as jnp

    inputs, loop = small.inputs(24, loops=[0]), meanfield.path_of(GRAPH)
    given, (first, end) = given_by(GRAPH, "abroad", plain.run(GRAPH, inputs)), GRAPH.span("abroad")
    tastes = np.linspace(1.0, 2.0, 24)[:, None] * np.array([1.0, 3.0])

    def stepped(table: Any) -> Any:
        fixed = (inputs.people[0], inputs.money[0], inputs.level[0], inputs.parameters[0], inputs.outside[0])
        people, *_ = loop(*map(jnp.asarray, fixed), jnp.asarray(inputs.weight[0]), table, jnp.asarray(inputs.loops))
        return (people[:, first:end] * tastes).sum()

    def closed(table: Any) -> Any:
        group = [small.Group(*table[at]) for at in range(first, end)]
        reads = Reads(None, small.Outside(*inputs.outside[0].T), small.Parameters(*inputs.parameters[0]))
        paces = paces_of(PART, reads, group, {}, jnp)
        solved = solve(PART, paces, list(inputs.people[0][first:end]), list(given), jnp)
        return (jnp.stack([solved.row(0), solved.row(1)]).T * tastes).sum()

    return stepped, closed, inputs


@pytest.mark.parametrize("seed", range(4))
def test_value_and_gradient_are_those_of_the_scan(seed: int) -> None:
    import jax

    stepped, closed, inputs = in_jax()
    table = inputs.groups[0] * np.random.default_rng(seed).uniform(0.5, 3, inputs.groups[0].shape)
    wanted, slope = jax.value_and_grad(stepped)(table)
    found, other = jax.value_and_grad(closed)(table)
    assert float(found) == pytest.approx(float(wanted), rel=EXACT)
    close(np.asarray(other)[1:3, 1:], np.asarray(slope)[1:3, 1:])


def test_the_gradient_is_that_of_finite_differences() -> None:
    import jax

    _, closed, inputs = in_jax()
    table, step = inputs.groups[0], 1e-6
    slope = np.asarray(jax.grad(closed)(table))
    for place in ((1, 1), (1, 2), (2, 1), (2, 2)):
        shift = np.zeros_like(table)
        shift[place] = step
        central = (float(closed(table + shift)) - float(closed(table - shift))) / (2 * step)
        assert slope[place] == pytest.approx(central, rel=1e-6)


# ---- Known answers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [1, 7, 12, 204])
def test_without_arrivals_a_group_decays_as_an_exponential(length: int) -> None:
    """x(t) = x0 exp(-h t) for a constant total hazard h: the definition of a constant hazard."""
    present, before = path(np.array([[1000.0]]), np.zeros((1, length)), np.full((1, length), 0.0382), np)
    assert present[0, -1] == pytest.approx(1000 * math.exp(-0.0382 * length), rel=EXACT)
    close(before[0], [1000.0, *present[0, :-1]])


def test_constant_rates_match_the_closed_form() -> None:
    """x(t) = s^t x0 + a (1 - s^t) / (1 - s) with s = exp(-h): the sum of a geometric series.

    Its limit a / (1 - s) is Little's law in months: people present are arrivals times the mean stay.
    """
    hazard, arrivals, months = 1 / 36 + 0.00024, 700.0, np.arange(1, 601)
    present, _ = path(np.array([[20_000.0]]), np.full((1, 600), arrivals), np.full((1, 600), hazard), np)
    stays = math.exp(-hazard)
    close(present[0], stays**months * 20_000 + arrivals * (1 - stays**months) / (1 - stays))
    assert present[0, -1] == pytest.approx(arrivals / (1 - stays), rel=1e-6)


def test_nobody_leaves_at_zero_hazards_and_nobody_comes_from_nowhere() -> None:
    present, _ = path(np.array([[50.0], [0.0]]), np.array([[0.0, 3.0, 0.0], [0.0] * 3]), np.zeros((2, 3)), np)
    assert present.tolist() == [[50.0, 53.0, 53.0], [0.0] * 3]


@pytest.mark.parametrize("months", [1, 2, 13, 36, 204])
def test_running_sums_by_blocks_are_running_sums(months: int) -> None:
    rows = np.random.default_rng(months).uniform(0, 9, (3, months))
    np.testing.assert_allclose(running_sum(rows), np.cumsum(rows, axis=-1), rtol=EXACT)
    close(running_sum(rows, own=0), np.cumsum(rows, axis=-1) - rows)


def test_sums_over_strata_pick_what_they_are_asked_for() -> None:
    levels = tuple(
        np.arange(len(level.strata))[:, None] + 10.0 * at + np.zeros(5) for at, level in enumerate(PART.levels)
    )
    assert summed(PART, levels, np.array([[1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]), np)[:, 0].tolist() == [10.0, 10.0, 0.0]
