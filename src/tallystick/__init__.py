"""Tallystick: the account of state-run labour abroad, rebuilt from what has been published.

For users, `import tallystick as ts; ts.Study()`. Inside the package, import full module paths: what is
re-exported here is loaded only when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tallystick.study.study import Study

__all__ = ["Study"]


def __getattr__(name: str) -> Any:
    """Load `Study` on first use: the start of every command waits for this module."""
    if name == "Study":
        from tallystick.study.study import Study

        return Study
    if name == "__version__":
        from tallystick.vocab.version import VERSION

        return VERSION
    raise AttributeError(f"module 'tallystick' has no attribute {name!r}")
