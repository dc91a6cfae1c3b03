"""Persons followed one by one: their month, their money, their spells; `individuals` runs them."""
