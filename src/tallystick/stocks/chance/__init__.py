"""Chance: random numbers that depend on nothing but their address, and whole people drawn from them."""
