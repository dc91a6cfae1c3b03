"""The arithmetic, the model and the promises against planted figures, put to their tests: `make statistics`."""
