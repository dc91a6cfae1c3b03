"""How fast our engines are beside others: `.venv/bin/python benchmarks/engines.py`, or `make bench-engines`.

`engines/problem.py` says what is solved. Each library solves it as its authors would write it, in an environment of its
own, made on first use from a file of hashes under `engines/locks`. All are started first; then they take turns, one run
each, so that a noise of the machine hits all alike; a ratio is the median of the ratios turn by turn, with its range.
What is too slow to run 10,000 times is run less often and scaled, and the table says so.

The table goes to stdout; `--write` also fills docs/reference/engines.md with its figures as JSON and its picture.
Exit code 1 when a library could not be installed or run, an end state is wrong, or a ratio misses what is promised;
130 when interrupted, and then nothing is written. Needs Linux, two cores, and the network on first use.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the folder `engines` beside this file is the package benchmarks.engines

if __name__ == "__main__":
    from benchmarks.engines.main import main

    sys.exit(main(about=__doc__))
