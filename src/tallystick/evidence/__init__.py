"""Programmes read from their folders and checked; nothing here weighs a claim."""
