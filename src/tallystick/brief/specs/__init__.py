"""Chart specifications in Vega-Lite, with their data inside; they draw what they are given and compute nothing."""
