"""What runs the generated step: plain Python, NumPy, numba, JAX; each by its own means, all the same text."""
