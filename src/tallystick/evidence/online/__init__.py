"""Pages read over the network, only where a person asks for it. Everything else in this package works offline."""
