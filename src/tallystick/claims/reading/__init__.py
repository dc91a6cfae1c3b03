"""From sentences to typed claims: what is measured, of whom, where, when and who says so.

The numbers themselves are read by `tallystick.claims.numbers`. Nothing read here is believed: a person reviews it.
"""
