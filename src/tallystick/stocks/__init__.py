"""The stock-and-flow model: pure functions of state, rates and time, knowing no source and no programme."""
