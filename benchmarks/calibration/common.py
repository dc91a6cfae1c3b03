"""What the scripts beside this one share: what they are asked, and what they answer. It needs NumPy alone.

A script compiles, draws, writes its draws (chain, draw, unknown) of standard normals to a file, and tells in a line of
JSON how long compiling and drawing took. Draws include all warm-up. What libraries print goes to stderr.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints


class Asked(NamedTuple):
    """One run. out : the file that the draws go to."""

    name: str
    seed: int
    draws: int
    out: Path
    device: str


class Drawn(NamedTuple):
    """z : (chain, draw, unknown). gradients : how many, warm-up too; 0 where the library does not tell."""

    z: Any
    gradients: int


Draw = Callable[[], Drawn]


def serve(prepare: Callable[[Asked], Draw], library: str) -> int:
    """The command of a script: `NAME SEED DRAWS OUT DEVICE`. `prepare` compiles and returns what draws."""
    import importlib.metadata

    import numpy as np

    parser = argparse.ArgumentParser()
    for name, kind in get_type_hints(Asked).items():
        parser.add_argument(name, type=kind)
    asked = Asked(**vars(parser.parse_args()))
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    began = time.perf_counter()
    draw = prepare(asked)
    compiled, cpu = time.perf_counter(), _cpu()
    drawn = draw()
    ended = {"compile_s": compiled - began, "sample_s": time.perf_counter() - compiled, "cpu_s": _cpu() - cpu}
    np.save(asked.out, np.asarray(drawn.z, dtype=float), allow_pickle=False)
    version = importlib.metadata.version(library)
    told.write(json.dumps(ended | {"gradients": drawn.gradients, "library": library, "version": version}) + "\n")
    told.flush()
    return 0


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
