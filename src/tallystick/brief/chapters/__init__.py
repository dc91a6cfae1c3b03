"""The chapters of the brief, one module each: pure functions of `Facts` that return a `Chapter`."""
