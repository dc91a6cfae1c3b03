"""Fits the rates of the stocks to the observations; the only home of the sampler."""
