"""Where a month's pay goes: the parts close to the whole, draw by draw.

python examples/who_keeps_it.py 2024
"""

import sys

import tallystick as ts

PARTS = ("state_take", "agents_and_costs", "pocket_money", "booked_pay")


def main(year: str = "2024") -> None:
    study = ts.Study("dprk")
    pay = study.posterior.sel(host=study.programme.focus.id, year=year)
    for part in PARTS:
        share = (pay[part] / pay["gross_wage"]).quantile([0.1, 0.5, 0.9]).values
        print(f"{part}: {share[1]:.0%} of gross pay (80 % interval {share[0]:.0%} to {share[2]:.0%})")
    gap = abs(sum(pay[part] for part in PARTS) - pay["gross_wage"])
    print(f"largest gap between parts and whole: {float(gap.max()):.2f} USD a month")


if __name__ == "__main__":
    main(*sys.argv[1:2])
