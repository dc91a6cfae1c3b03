"""Who repeats whom, what each claim is good for, and why figures differ."""
