"""How probable is it that more than 10,000 workers were present? One line on the draws.

python examples/chance_above.py 10000 2024-12
"""

import sys

import tallystick as ts


def main(threshold: float = 10_000, month: str = "2024-12") -> None:
    study = ts.Study("dprk")
    host = study.programme.focus
    present = study.posterior["workers_present"].sel(host=host.id, month=month)
    chance = float((present > threshold).mean())
    print(f"{host.name}, end of {month}: more than {threshold:,.0f} workers present with probability {chance:.2f}")


if __name__ == "__main__":
    main(*([float(sys.argv[1]), *sys.argv[2:3]] if len(sys.argv) > 1 else []))
