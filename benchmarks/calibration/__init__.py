"""Our sampler beside others, on the posterior of the evidence that ships."""
