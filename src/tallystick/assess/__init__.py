"""Reads the law over evidence and draws: with what conduct is inconsistent, and what nobody can say."""
