"""What must be proposed as restricted: passages that narrow to a person, a few people, a helper, a source or a way.

A claim read from such a passage is kept back whole until a person has looked. Recall comes first: a false alarm costs
a look. Finding nothing here is no permission to publish; it says that no word of these tables was met.

A narrowing is a whole sentence (and the next ones while they go on with "he" or "she"), since what stands beside a
masked name often names the person as well as the name does. Its reason repeats nothing of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tallystick.claims.statements.first_person import is_own_account
from tallystick.claims.statements.names import private_names
from tallystick.claims.statements.patterns import CAPITAL, OWNER, SCRIPTS, plain
from tallystick.claims.statements.stretches import Span, holding, sentences
from tallystick.claims.statements.words import LANGUAGES, NarrowingPattern, StatementWords

NEAR = 3  # sentences before a pronoun in which somebody public may have been named
LONGEST_QUOTE = 8  # sentences; a quotation mark that nobody closed must not hide the rest of a text
REASONS = {
    "person": "seems to tell of one person who holds no public office",
    "interviewee": "tells one person's account or details",
    "small_group": "counts so few people that each can be found",
    "helper": "tells of somebody who serves, helps or meets people there and holds no public office",
    "partner": "points to a source inside the sending state or to its place",
    "escape": "tells how or by which way somebody fled",
    "contact": "tells by what means people are reached",
    "casualty": "tells of one person, or of few, who died or were hurt",
    "address": "gives an address at which few can be found",
    "account": "belongs to a text that tells of itself as somebody's own account",
    "unread": "is in a language without a table of words, so that nobody has looked",
}
_GOES_ON = frozenset({"person", "interviewee", "casualty", "escape", "small_group"})  # kinds that "he" can refer to
_OF_GROUPS = frozenset({"small_group"})  # those that "they" can refer to, where few are meant
_KOREAN_NAME = re.compile(r"([가-힣]{2,4}?)(?: ?\(가명| ?씨)")
_LAST_NAME = re.compile(rf"{CAPITAL}(?: {CAPITAL})*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """A stretch of the text that narrows, in code points, end exclusive, and why, in words that say nothing of it."""

    start: int
    end: int
    kind: str
    reason: str


def narrows(text: str, *, language: str, words: StatementWords) -> tuple[Narrowing, ...]:
    """All stretches of `text` that narrow, in order of their start, each kind merged where its stretches touch.

    Every language's tables are laid on every text, since names and quotes of one stand in texts of another; a text in
    a language that has no table is given back whole.
    """
    if language not in LANGUAGES:
        whole = Narrowing(start=0, end=len(text), kind="unread", reason=REASONS["unread"])
        return (whole,) if text.strip() else ()
    seen, places = plain(text)
    stretches = sentences(seen)
    account = {(stretches[0][0], stretches[-1][1], "account")} if is_own_account(seen, stretches, words) else set()
    found = account | _by_table(seen, stretches, words) | _by_name(seen, stretches, words)
    found |= _of_nobody_named(seen, stretches, words) | _in_first_person(seen, stretches, words)
    found = _carried_on(seen, stretches, found, words)
    merged = _merged(seen, found)
    return tuple(
        Narrowing(start=places[start], end=places[end], kind=kind, reason=REASONS[kind]) for start, end, kind in merged
    )


def private_persons(text: str, *, words: StatementWords) -> frozenset[str]:
    """The names in a text that belong to nobody public: a claim that has one of them as its source gives it away."""
    seen, _ = plain(text)
    stretches = sentences(seen)
    spans = (private_names(seen, stretches, words.names[language], words.public) for language in ("en", "ru"))
    found = {OWNER.sub("", seen[slice(*span)]) for each in spans for span in each}
    return frozenset(found | (set(_KOREAN_NAME.findall(seen)) - words.public))


def names_someone(names: Iterable[str], private: frozenset[str]) -> str:
    """Why a claim with these sources is proposed as restricted; "" where none of them is a private person's name."""
    hit = any(set(person.split()) <= set(re.findall(r"[\w'’-]+", name)) for name in names for person in private)
    return REASONS["person"] if hit else ""


def restricts(start: int, end: int, narrowings: Iterable[Narrowing]) -> str:
    """Why a claim or statement whose passage is `start` to `end` is proposed as restricted; "" when nothing overlaps.

    Give the whole passage and not the quote: what narrows may stand beside the words that carry the claim.
    """
    reasons = {item.reason: None for item in narrowings if item.start < end and start < item.end}
    return "; ".join(reasons)


def _by_table(seen: str, stretches: tuple[Span, ...], words: StatementWords) -> set[tuple[int, int, str]]:
    found: set[tuple[int, int, str]] = set()
    for language, table in words.narrowing.items():
        if not SCRIPTS[language].search(seen):
            continue
        for one in table:
            for match in one.pattern.finditer(seen):
                start, end = holding(stretches, match.start(), match.end())
                sentence = seen[start:end]
                is_let_go = _is_let_go(sentence, match, one, words) or _is_in_clear(sentence, one.kind, words)
                if match.group() and not is_let_go:
                    found.add((start, end, one.kind))
    return found


def _is_let_go(sentence: str, match: re.Match[str], one: NarrowingPattern, words: StatementWords) -> bool:
    """Whether the sentence says that a body did it, or the name in the match is public or a word of a heading."""
    if one.unless and one.unless.search(sentence):
        return True
    return one.named and (_is_public(match.group(), words) or _is_heading(sentence, match, words))


def _is_in_clear(sentence: str, kind: str, words: StatementWords) -> bool:
    """Whether a public body tells it to all the world, or it is told of the average, and no mark of anybody with it."""
    return any(
        kind in one.kinds and not one.unless.search(sentence) and all(need.search(sentence) for need in one.needs)
        for table in words.in_clear.values()
        for one in table
    )


def _is_public(matched: str, words: StatementWords) -> bool:
    """Whether the name at the end of a match is, whole, a public person's, or that of a place or an institution.

    A surname alone never is: the commonest ones are shared by rulers and by those who fled.
    """
    run = _LAST_NAME.search(matched)
    if run is None:
        return False
    common = frozenset().union(*(names.common for names in words.names.values()))
    return run.group() in words.public or run.group().split()[-1] in common


def _is_heading(sentence: str, match: re.Match[str], words: StatementWords) -> bool:
    """Whether the name is but a word of a heading in capitals, and none that sounds like a name."""
    tokens = [token for token in re.findall(r"[^\W\d_][\w'’-]*", sentence) if len(token) > 3]
    run = _LAST_NAME.search(match.group())
    first = run.group().split()[0] if run else ""
    sounds = any(names.sounds and names.sounds.fullmatch(first) for names in words.names.values())
    return len(tokens) > 3 and all(token[0].isupper() for token in tokens) and not sounds


def _by_name(seen: str, stretches: tuple[Span, ...], words: StatementWords) -> set[tuple[int, int, str]]:
    spans: set[Span] = set()
    for language in ("en", "ru"):
        spans |= private_names(seen, stretches, words.names[language], words.public)
    for name in set(_KOREAN_NAME.findall(seen)) - words.public:
        spans |= {match.span() for match in re.finditer(re.escape(name), seen)}
    return {(*holding(stretches, *span), "person") for span in spans}


def _of_nobody_named(seen: str, stretches: tuple[Span, ...], words: StatementWords) -> set[tuple[int, int, str]]:
    """Sentences about a "he" or "she" whom neither they nor the sentences just before give an office or a public name.

    In reports on workers such a person is one of them, or helped one.
    """
    found = set()
    for at, span in enumerate(stretches):
        sentence = seen[slice(*span)]
        if any(names.pronoun.search(sentence) for names in words.names.values()):
            near = seen[stretches[max(0, at - NEAR)][0] : span[1]]
            office = any(names.role.search(near) for names in words.names.values())
            if not office and not any(name in near for name in words.public):
                found.add((*span, "person"))
    return found


def _in_first_person(seen: str, stretches: tuple[Span, ...], words: StatementWords) -> set[tuple[int, int, str]]:
    """Sentences in which somebody speaks of a life of their own among the workers, whoever quotes them."""
    spans = (match.span() for account in words.accounts.values() for match in account.told.finditer(seen))
    return {(*holding(stretches, *span), "interviewee") for span in spans}


def _carried_on(
    seen: str, stretches: Sequence[Span], found: set[tuple[int, int, str]], words: StatementWords
) -> set[tuple[int, int, str]]:
    """`found` and the sentences after each that go on: in the same open quotation, or about the same "he" or "she"."""
    more = set(found)
    opened = 0  # sentences since an open quotation began to narrow
    for before, after in pairwise(stretches):
        kinds = {kind for start, end, kind in more if start < before[1] and before[0] < end}
        sentence = seen[slice(*after)]
        opened = opened + 1 if kinds and _is_open(seen, before[1]) else 0
        if 0 < opened <= LONGEST_QUOTE:
            more |= {(*after, kind) for kind in kinds}
        elif any(group.match(sentence) for group in words.groups.values()) and kinds & _OF_GROUPS:
            more |= {(*after, kind) for kind in kinds & _OF_GROUPS}
        elif any(names.pronoun.search(sentence) for names in words.names.values()):
            more |= {(*after, kind) for kind in kinds & _GOES_ON}
    return more


def _is_open(seen: str, end: int) -> bool:
    """Whether a quotation is open at `end`, in the paragraph that ends there."""
    paragraph = seen[seen.rfind("\n", 0, end) + 1 : end]
    return (
        paragraph.count('"') % 2 == 1
        or paragraph.rfind("“") > paragraph.rfind("”")
        or (paragraph.rfind("«") > paragraph.rfind("»"))
    )


def _merged(seen: str, found: set[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Stretches of one kind joined where only white space stands between them."""
    merged: list[tuple[int, int, str]] = []
    for kind in REASONS:
        run: list[tuple[int, int, str]] = []
        for start, end, _ in sorted(item for item in found if item[2] == kind):
            if run and not seen[run[-1][1] : start].strip():
                run[-1] = (run[-1][0], max(end, run[-1][1]), kind)
            else:
                run.append((start, end, kind))
        merged += run
    return sorted(merged)
