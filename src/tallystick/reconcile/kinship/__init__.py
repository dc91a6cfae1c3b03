"""Who copies whom among texts and claims that nobody has linked yet: scored edges that give their reasons."""
