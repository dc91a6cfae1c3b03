"""What a manifest asks of a programme, and nothing else of one."""

from types import SimpleNamespace
from typing import Any

PROGRAMME: Any = SimpleNamespace(id="invented", as_of=None, evidence_root="0" * 64)
