"""What the draws of whole people are held against: regimes, the exact law, and the power to catch a wrong sampler."""
