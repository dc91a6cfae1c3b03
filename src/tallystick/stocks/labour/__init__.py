"""The system of state-run labour as one `Text`: its stocks, flows, ledger, levels and loops, for any programme."""
