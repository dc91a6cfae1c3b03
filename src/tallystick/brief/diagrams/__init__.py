"""Pictures of a model, drawn from the same `Text` that runs: stocks and flows, and causal loops.

Each comes for a page (A4, a desk, a tablet) and, `narrow`, for a phone. The same text gives the same bytes. Nothing
that a text marks as internal is drawn or named; see `elements` and `causal` for what that leaves out, and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tallystick.brief.diagrams.elements import Wording
from tallystick.brief.diagrams.scene import Scene
from tallystick.stocks.text import Text

ALL = ("people", "money", "conditions")
PLAIN = Wording()


def stock_and_flow_svg(
    text: Text,
    wording: Wording = PLAIN,
    *,
    sizes: Mapping[str, float] | None = None,
    shows: Iterable[str] = ALL,
    narrow: bool = False,
) -> str:
    """Where people are, how they move, and where the money goes.

    sizes : what flows in a month, by id of a flow, posting or carriage: arrows are as wide as they are large.
    shows : which parts, of "people", "money" and "conditions".
    """
    return stock_and_flow_scene(text, wording, sizes=sizes, shows=shows, narrow=narrow).svg()


def causal_loops_svg(text: Text, wording: Wording = PLAIN, *, narrow: bool = False) -> str:
    """Which quantity pushes which, as signs, and the loops that these form; `narrow` draws each loop by itself."""
    return causal_loops_scene(text, wording, narrow=narrow).svg()


def stock_and_flow_scene(
    text: Text,
    wording: Wording = PLAIN,
    *,
    sizes: Mapping[str, float] | None = None,
    shows: Iterable[str] = ALL,
    narrow: bool = False,
) -> Scene:
    """The same before it becomes SVG: what is drawn where, for checks; its `description` is the alternative text."""
    from tallystick.brief.diagrams.outline import stock_and_flow_outline
    from tallystick.brief.diagrams.stock_flow import stock_and_flow

    draw = stock_and_flow_outline if narrow else stock_and_flow
    return draw(text, wording, sizes or {}, frozenset(shows))


def causal_loops_scene(text: Text, wording: Wording = PLAIN, *, narrow: bool = False) -> Scene:
    """The same before it becomes SVG."""
    from tallystick.brief.diagrams.causal import causal_loops
    from tallystick.brief.diagrams.rings import loop_rings

    return (loop_rings if narrow else causal_loops)(text, wording)
