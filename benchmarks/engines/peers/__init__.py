"""One script for each library, run by the Python of that library's own environment."""
