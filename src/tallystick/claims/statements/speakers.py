"""Who is named as speaking, in any sentence: also in one from which a statement without a source is read.

It finds names beside a verb of telling and is no judgement of them: whether such a person is public is decided in
`named_sources`, from the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallystick.claims.statements.patterns import CAPITAL, plain
from tallystick.claims.statements.words import StatementWords

NEAR = 70  # signs beside the verb
_NAME = rf"{CAPITAL}(?:[ \u00a0](?:{CAPITAL}|[A-ZА-ЯЁ]\.)){{1,3}}"
_BEFORE = re.compile(rf"({_NAME}),?(?:\s(?:has|had|also|later|then|now|также|потом|позже))?\s$")
_AFTER = re.compile(rf"(?:\s(?:us|me|reporters|нам|мне|журналистам))?,?\s(?:[^\W\dA-ZА-ЯЁ][\w-]*\s){{0,3}}({_NAME})")
_VIA = re.compile(
    rf"(?i:\b(?:according to|in the words of|по словам|со слов|по рассказам))\s(?:[a-zа-яё-]+\s){{0,3}}({_NAME})"
)
_HANGUL_BEFORE = re.compile(r"(?<![가-힣])([가-힣]{3})(?: ?씨)?(?:이|가)\s$")


def spoken_names(text: str, words: StatementWords) -> tuple[str, ...]:
    """The names in `text` beside which somebody tells something, each once, in their order."""
    seen, _ = plain(text)
    return tuple(dict.fromkeys(_names(seen, words)))


def _names(seen: str, words: StatementWords) -> Iterator[str]:
    yield from (found.group(1) for found in _VIA.finditer(seen))
    for language, names in words.names.items():
        for verb in names.says.finditer(seen):
            before = seen[max(0, verb.start() - NEAR) : verb.start()]
            if language == "ko":
                found = _HANGUL_BEFORE.search(before)
                if found and not _is_calling(found.group(1), words):
                    yield found.group(1)
                continue
            for near in (_BEFORE.search(before), _AFTER.match(seen, verb.end())):
                if near:
                    yield near.group(1)


def _is_calling(word: str, words: StatementWords) -> bool:
    """Whether three syllables that may be a Korean name are a word for what somebody is."""
    names = words.names["ko"]
    return bool(names.role.search(word)) or any(word.endswith(end) for end in words.callings)
