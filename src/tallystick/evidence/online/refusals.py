"""How fetching says that it will not go on."""

from __future__ import annotations

from tallystick.vocab.errors import TallystickError


class OnlineError(TallystickError):
    """An address that is not fetched, or an answer that is not taken; the message names the address and the reason."""
