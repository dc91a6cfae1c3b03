"""Composes the stages into one repeatable run: inputs, seed, cache, manifest."""
