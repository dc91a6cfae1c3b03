"""The exact draw against the exact law in full: ten million draws in each of twenty regimes.

    python -m tests.stocks.chance.full [--draws 10000000] [--seed 1] [--threads 1]

Prints the table and ends with 1 if a corrected p-value is below 1e-4. With one thread: well under a minute.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.stocks.chance import law

CHUNK = 500_000  # draws; numbers have addresses, so that neither chunks nor threads change a count


def counted(regime: tuple[int, float], draws: int, seed: int, pool: ThreadPoolExecutor) -> law.Counts:
    """Counts of one regime, in chunks."""
    firsts = range(0, draws, CHUNK)
    parts = pool.map(lambda first: law.drawn(*regime, min(CHUNK, draws - first), seed=seed, first=first), firsts)
    total = next(parts)
    for part in parts:
        total += part
    return total


def report(draws: int, seed: int, threads: int) -> tuple[str, float]:
    """The table, and the smallest corrected p-value."""
    lines = [f"{'n':>11} {'p':>8} {'n p':>12} {'cells':>6} {'fine p':>9} {'coarse p':>9}  power, p 0.5 % off"]
    results = []
    with ThreadPoolExecutor(threads) as pool:
        for n, p in law.REGIMES:
            result = law.judged(n, p, counted((n, p), draws, seed, pool))
            results.append(result)
            sure = law.power(n, p, p * (1.005 if p < 0.9 else 0.995), draws)
            lines.append(
                f"{n:11,} {p:8.4g} {n * p:12,.6g} {result.cells:6,} {result.fine:9.2g} {result.coarse:9.2g}  {sure:.3f}"
            )
    smallest = law.smallest(results)
    lines.append(f"{draws:,} draws each, seed {seed}; smallest p-value after Bonferroni: {smallest:.3g}")
    return "\n".join(lines), smallest


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=10_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args(arguments)
    table, smallest = report(given.draws, given.seed, given.threads)
    print(table)  # noqa: T201 - a command
    return 0 if smallest >= law.WORST else 1


if __name__ == "__main__":
    sys.exit(main())
