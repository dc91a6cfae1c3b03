"""Personal names that belong to nobody public: workers, escapees, helpers, whoever is named without an office.

A name is taken for a public one when an office or a profession of public life stands next to it anywhere in the text,
or when the programme's entities name that person. All others are kept back as soon as anything ties them to a life:
a title, an age, a pseudonym's mark, a verb of working or fleeing. It finds names by their surroundings and spelling;
it is no register of persons, and a name that stands alone in a list of names can pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tallystick.claims.statements.patterns import CAPITAL, OF, OWNER, SCRIPTS
from tallystick.claims.statements.stretches import Span
from tallystick.claims.statements.words import NameWords

_ACRONYM = r"[A-ZА-ЯЁ]{2,}\b"
_RUN = re.compile(
    rf"(?:{CAPITAL}|\b[A-ZА-ЯЁ]\.(?=\s?[A-ZА-ЯЁ]|[\s,)]|$)|\b{_ACRONYM})"
    rf"(?:[ \u00a0](?:{CAPITAL}|[A-ZА-ЯЁ]\.|{_ACRONYM})){{0,4}}"
)
_AGE_AFTER = re.compile(
    r"\s?(?:,|\()\s?(?:who is |who was |now |then |aged |now aged )?[1-9]\d"
    r"(?:\s?(?:years old|лет|года?))?\s?(?:[,).;—–]|$)"
    r"|,? aged [1-9]\d\b|,? (?:is|was) [1-9]\d\b|, in (?:his|her) \w+ies\b"
)
_AGE_BEFORE = re.compile(r"[1-9]\d(?:[- ]year[- ]old|-?\s?летн\w+)(?: [\w-]+){0,3} $")
_ADVERB = (
    r"\s?,?\s(?:(?:had|has|have|was|were|then|also|later|finally|eventually|first|once|never|who|often|still|just"
    r"|himself|herself|has been|had been|однажды|потом|тоже|наконец|уже|долго|сам|всё же|тогда|ночью|позже) )*"
)
_OF = re.compile(rf"\s(?:{OF})\s([^,(—–]{{0,60}})")
# What follows a name in somebody's story: an apposition that tells no office, kin, body and belongings.
_APPOSED = re.compile(
    r"\s?,\s(?:a|an|once|formerly|then|now|whose|his|her|who|himself|herself|one of)\s"
    r"|\s?,\s(?:бывш\w+|который|которая|тогда|простой)\s"
)
_BELONGS = re.compile(
    r"\s(?:and (?:his|her)|wife|husband|son|daughter|mother|father|brother|sister|family|parents"
    r"|hands?|legs?|arms?|face|eyes?|back|story|account|escape|flight|death|body|diary|bunk|crew|nephew|uncle|contract|passport|debt|village)\b"
)
_BETWEEN = re.compile(r"(?:,? and |,? и |, |·| or )$")


def private_names(text: str, sentences: Iterable[Span], words: NameWords, public: frozenset[str]) -> set[Span]:
    """The spans of names in `text` that nothing public explains, with their later mentions."""
    runs = [run for span in sentences for run in _runs(text, span, words)]
    office = _with_office(text, runs, words)
    parts = frozenset(part for name in public for part in name.split())
    private = {run for run in runs if _is_private(text, run, words, office, public, parts)}
    named = {part for run in private for part in _parts(text, run) if len(part) > 1}
    again = (run for run in runs if text[slice(*run)] not in public)
    return private | {run for run in again if _shared(text, run, parts) & named - office}


def _is_private(
    text: str, run: Span, words: NameWords, office: frozenset[str], public: frozenset[str], parts: frozenset[str]
) -> bool:
    """Whether a name is tied to a life and is not public: by its office in this text, or whole, or as a bare surname.

    Of bare surnames those that sound like one of the sending state count as public only after a verb of office.
    """
    name = OWNER.sub("", text[slice(*run)])
    if name in office or name in public:
        return False
    if " " not in name and name in parts:
        return _sounds(name, words) and _is_lived(text, run, words, strictly=True)
    return _is_lived(text, run, words)


def _runs(text: str, sentence: Span, words: NameWords) -> list[Span]:
    """Capitalised runs of a sentence, cut where a common word or an office stands."""
    found: list[Span] = []
    for match in _RUN.finditer(text, *sentence):
        if bool(SCRIPTS["ru"].match(match.group())) != words.cyrillic:
            continue  # each script is read with its own words
        open_at = -1
        last = match.start()
        for token in re.finditer(r"\S+", match.group()):
            start, end = match.start() + token.start(), match.start() + token.end()
            if _is_word(token.group(), words):
                if open_at >= 0:
                    found.append((open_at, last))
                open_at = -1
            elif open_at < 0:
                open_at = start
            last = end
        if open_at >= 0:
            found.append((open_at, last))
    return found


def _is_word(token: str, words: NameWords) -> bool:
    bare = re.sub(r"['’]s?$", "", token)
    if words.not_role and words.not_role.fullmatch(bare):
        return True
    return bare in words.common or bool(words.role.fullmatch(bare)) or bool(words.title and words.title.fullmatch(bare))


def _parts(text: str, run: Span) -> set[str]:
    whole = OWNER.sub("", text[slice(*run)])
    return {whole, *whole.split()}


def _shared(text: str, run: Span, parts: frozenset[str]) -> set[str]:
    """The parts of a name by which it may be another's again: of a whole name no surname that public persons bear."""
    own = _parts(text, run)
    return own - parts if len(own) > 1 else own


def _with_office(text: str, runs: list[Span], words: NameWords) -> frozenset[str]:
    """All parts of the names next to which an office stands, and of those joined to such a name by "and"."""
    found: set[str] = set()
    previous = (0, 0)
    for run in runs:
        joined = bool(_BETWEEN.fullmatch(text[previous[1] : run[0]])) and text[slice(*previous)] in found
        if _has_office(text, run, words) or joined:
            found |= _parts(text, run)
        previous = run
    return frozenset(found)


def _has_office(text: str, run: Span, words: NameWords) -> bool:
    before = text[max(0, run[0] - 45) : run[0]].rsplit("\n", 1)[-1]
    near = re.findall(r"[\w.-]+", re.split(r"[,;:!?]", before)[-1])[-3:]
    after = re.split(r"[.;:!?\n]", text[run[1] : run[1] + 90])[0]
    apposed = re.match(r"\s?(?:,|\(|—|–|-)\s?((?:[\w'’-]+\s?){1,9})", after)
    if _office_in(" ".join(near), words):
        return True
    return bool(apposed and _office_in(apposed.group(1), words)) or _of_institution(after, words)


def _of_institution(after: str, words: NameWords) -> bool:
    """Whether a name is said to be of, at or from a body that is named: whoever speaks for one is public."""
    of = _OF.match(after)
    found = words.institution.search(of.group(1)) if of and words.institution else None
    if of is None or found is None or (words.not_role and words.not_role.search(of.group(1))):
        return False
    return words.cyrillic or found.group()[0].isupper()


def _office_in(stretch: str, words: NameWords) -> bool:
    office = any(words.role.fullmatch(token) for token in re.findall(r"[\w.-]+", stretch))
    return office and not (words.not_role and words.not_role.search(stretch))


def _sounds(name: str, words: NameWords) -> bool:
    return bool(words.sounds and words.sounds.fullmatch(name.title() if name.isupper() else name))


def _is_lived(text: str, run: Span, words: NameWords, *, strictly: bool = False) -> bool:
    """Whether the surroundings of a name tie it to somebody's life; `strictly` leaves out what officials do too."""
    before, after = text[max(0, run[0] - 60) : run[0]], text[run[1] : run[1] + 80]
    is_called = words.called_after is not None and words.called_after.match(after)
    if _AGE_AFTER.match(after) or _AGE_BEFORE.search(before) or is_called:
        return True
    if words.title and not strictly and re.search(rf"(?:{words.title.pattern})\s+$", before):
        return True
    if words.lived is None:
        return False
    name = OWNER.sub("", text[slice(*run)])
    sounds = _sounds(name, words)
    if sounds and not strictly and _is_told_of(text[slice(*run)], before, after, words):
        return True
    group = name.endswith(("s", "ы", "и")) or name.isupper()  # peoples, firms and agencies also work, flee and earn
    return (sounds or not group) and bool(re.match(_ADVERB + words.lived.pattern, after, re.IGNORECASE))


def _is_told_of(name: str, before: str, after: str, words: NameWords) -> bool:
    """Whether a name that sounds like one of the sending state tells, does what anybody does, or owns something."""
    if words.spoke and re.match(_ADVERB + words.spoke.pattern, after):
        return True
    owns = OWNER.search(name) and _BELONGS.match(after)
    tells = not name.isupper() and _is_told_before(before, words)  # capitals alone name an agency
    return bool(tells or _APPOSED.match(after) or owns)


def _is_told_before(before: str, words: NameWords) -> bool:
    """Whether a verb of telling stands directly before the name."""
    return any(not before[told.end() :].strip() for told in words.says.finditer(before))
