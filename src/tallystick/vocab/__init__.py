"""The words all other packages are spelled in."""
