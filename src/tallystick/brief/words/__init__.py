"""The grammar of the brief: how numbers, dates, hedges and lists become English.

Everything here turns values into strings and knows nothing of chapters or of any programme. What must not be lost on
the way: a rounded number never claims more than its interval supports, and a claim keeps the bound that its source set.
"""
