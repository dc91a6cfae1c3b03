"""Which origins are repeated most, and how many independent claims is that really?

python examples/loudest_origins.py
"""

import tallystick as ts


def main(most: int = 5) -> None:
    account = ts.Study("dprk").account
    loudest = sorted(account.origins, key=lambda origin: (-len(origin.members), origin.id))[:most]
    for origin in loudest:
        print(f"{origin.id}: {len(origin.members)} claims, one origin")


if __name__ == "__main__":
    main()
