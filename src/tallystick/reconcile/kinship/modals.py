"""Words by which a passage speaks of what is planned, expected or possible: of what is not there yet.

A closed class of grammar in three languages, and wider than what makes a figure a plan: "could" may tell of a guess.
It only ever speaks for a source: who says "could" has not turned a plan into a fact, whatever we read the figure as.
"""

from __future__ import annotations

import re

ENGLISH = (
    r"could|would|will|shall|may|might|should|project(?:s|ed|ing|ions?)?|plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|"
    r"expect(?:s|ed|ing|ations?)?|forecast(?:s|ed|ing)?|predict(?:s|ed|ing|ions?)?|anticipat(?:es?|ed|ing)|"
    r"envisag(?:es?|ed|ing)|aim(?:s|ed|ing)?|target(?:s|ed|ing)?|hop(?:es?|ed|ing)|eventually|likely|set to|due to|"
    r"pledg(?:es?|ed)|promis(?:es?|ed)|propos(?:es?|ed|als?)|offer(?:s|ed)?|agreed? to|about to|in the future"
)
RUSSIAN = (
    r"мо(?:жет|гут|гл[аио]|г)|буд(?:ет|ут)|план\w*|намер\w+|собира\w+ся|ожида\w+|прогноз\w*|предпол\w+|"
    r"рассчитыва\w+|обеща\w+|предл\w+|готов\w*|хо(?:чет|тят|тел\w*)|долж(?:ен|на|но|ны)|"
    r"(?:достигнет|превысит|составит|вырастет|прибудут|приедут|направят|отправят)"
)
KOREAN = r"계획|예정|전망|예상|방침|기대|목표|추진|[할될갈올일낼릴을] ?(?:수 ?있|것|듯|가능성)"
MODALS = re.compile(rf"(?<!\w)(?:{ENGLISH}|{RUSSIAN})(?!\w)|{KOREAN}", re.IGNORECASE)


def speaks_of_what_may_come(passage: str) -> bool:
    """Whether anything in it may tell of a plan, a forecast or a possibility."""
    return MODALS.search(passage) is not None
