"""What a fit's headline would say had more been claimed, or less: its draws, weighed again (`psis`)."""

from __future__ import annotations

from typing import Any

from tallystick.calibrate.influence import watched
from tallystick.calibrate.psis import Medians
from tallystick.vocab.programme import Programme


class Watch(Medians):
    """The headline medians of a fit, and their labels; escapes are never among them."""

    def __init__(self, programme: Programme, draws: Any) -> None:
        self.labels, quantities = watched(programme, draws)
        super().__init__(quantities)
