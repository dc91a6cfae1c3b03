"""Asks for a study in a terminal: prints and exits, computes nothing."""
