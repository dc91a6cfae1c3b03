"""A workspace through its commands, from the terminal to the ledger."""
