"""One problem, and every library that is measured on it."""
