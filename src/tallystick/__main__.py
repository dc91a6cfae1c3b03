"""`python -m tallystick` is the same as `tallystick`."""

from tallystick.cli.main import main

if __name__ == "__main__":
    main()
