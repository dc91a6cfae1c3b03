"""Small English: lists, articles, capitals, full stops."""

from __future__ import annotations

from collections.abc import Sequence

_VOWEL_SOUND = ("a", "e", "i", "o", "u", "8")
_NOT_VOWEL_SOUND = ("uni", "use", "usual", "one", "eu", "u.s", "us ", "usd")
_AN_ALTHOUGH_CONSONANT = ("hour", "honest", "hono", "heir")
_LETTERS_SAID_WITH_VOWEL = "AEFHILMNORSX"


def join(parts: Sequence[str], word: str = "and") -> str:
    """ "A", "A and B", "A, B and C"; semicolons where a part holds a comma. Empty parts raise."""
    if not parts or not all(parts):
        raise ValueError("a list in a sentence needs parts, none of them empty")
    if len(parts) < 2:
        return parts[0]
    mark = "; " if any("," in part.replace(",0", "") for part in parts) and len(parts) > 2 else ", "
    return f"{mark.join(parts[:-1])} {word} {parts[-1]}"


def article(noun: str) -> str:
    """The noun with "a" or "an", by sound: "an hour", "a unit", "an NGO", "a USD 5 levy"."""
    first = noun.split(" ", 1)[0]
    low = noun.lower()
    if len(first) > 1 and first.isupper() and first.isalpha() and low[:3] not in _NOT_VOWEL_SOUND:
        vowel = first[0] in _LETTERS_SAID_WITH_VOWEL
    elif low.startswith(_AN_ALTHOUGH_CONSONANT) or first.split("-")[0] in ("11", "18"):
        vowel = True
    else:
        vowel = low.startswith(_VOWEL_SOUND) and not low.startswith(_NOT_VOWEL_SOUND)
    return f"{'an' if vowel else 'a'} {noun}"


def capital(text: str) -> str:
    """The first letter large, the rest as it is (so names keep theirs)."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The first letter small, unless the first word is a name, an abbreviation or a single letter."""
    first = text.split(" ", 1)[0]
    return text if first != first.capitalize() or len(first) == 1 else text[:1].lower() + text[1:]


def stop(text: str) -> str:
    """The text with a capital at its start and one full stop at its end."""
    text = capital(text.strip())
    return text if text.endswith((".", "?", "!", ".\u201d", ".)")) else text + "."


def quoted(text: str) -> str:
    return f"\u201c{text}\u201d"


def agree(number: float, one: str, many: str) -> str:
    """The verb or noun that goes with so many."""
    return one if number == 1 else many
