"""What a backtest is asked for: which days, and what is believed before any figure."""

from typing import Literal

Cuts = Literal["named", "half-yearly", "all"]  # days of backtest.toml
Priors = Literal["stated", "generic"]  # those that the model states, as far as they could be known; or an outsider's
