"""What a source says, read from its own words, before anyone decides whether to believe it.

A text goes in; proposals come out, each with the exact words that it was read from. Nothing here enters an estimate:
a person accepts a proposal first (`tallystick.study.workspace`), and weighing claims is `tallystick.reconcile`.
"""
