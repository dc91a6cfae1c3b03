"""Sizes, colours and spacing of the pictures, for a page and for a phone."""

from __future__ import annotations

from typing import Final, NamedTuple

from tallystick.brief.charts import CATEGORIES, INK, QUIET

PEOPLE: Final = CATEGORIES[0]
MONEY: Final = CATEGORIES[4]
CONDITIONS: Final = "#4b5964"
PLUS: Final = CATEGORIES[0]
MINUS: Final = CATEGORIES[1]
PEOPLE_WASH: Final = "#eaf2f8"
MONEY_WASH: Final = "#f8f3df"
WASH: Final = "#f1f3f5"
PAPER: Final = "#ffffff"
HAIR: Final = "#d8dee4"
WORDS: Final = INK
QUIET_WORDS: Final = QUIET


class Look(NamedTuple):
    """Measures in px for one width of canvas."""

    width: float
    box: float  # width of a stock's box
    name: float  # size of its name
    small: float  # size of ids, valves and legend
    pill: float  # widest words of a valve
    layer_gap: float
    node_gap: float
    line_gap: float

    def spacing(self) -> dict[str, float]:
        """Distances by the layout engine's names."""
        return {
            "layer_gap": self.layer_gap,
            "node_gap": self.node_gap,
            "dummy_gap": self.line_gap,
            "port_gap": self.line_gap,
            "port_stroke_clear": 8.0,
            "stub": 13.0,
            "isolated_gap": self.node_gap,
            "edge_label_margin": 0.0,
        }


WIDE: Final = Look(800, 116, 13, 11.5, 110, 20, 16, 14)  # on A4, 160 mm of it: 8 and 7 points
LOOPS: Final = WIDE._replace(box=86)
NARROW: Final = Look(340, 88, 12, 11, 112, 20, 10, 9)
MARGIN: Final = 6.0
GAP: Final = 26.0  # between one part of a picture and the next
