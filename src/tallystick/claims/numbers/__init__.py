"""The grammar of numbers and dates: spans of text become quantities and days, in English, Russian and Korean.

`find.quantities` reads numbers, `days.days` reads dates. What a number measures, and whom it is about, is
`tallystick.claims.reading`. All that is particular to a language stands in `words/*.toml`; nothing here is particular
to a country. Texts are never normalised (NFKC would turn 10³ into 103): every offset is one of the text as given.
"""
