"""Whether a text tells of itself as testimony: by a label in its first lines, or in the first person all over.

Such a text narrows whole, since everything in it is told by one who can be found. A report that quotes witnesses is
none: what stands between quotation marks is left out, and a paper in which "we" count workers speaks of no life.
Where the first person stands but twice, a helper, a way out or somebody's own kin beside it makes it testimony all the
same: most of what a witness tells is of the place, in the third person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallystick.claims.statements.stretches import Span
from tallystick.claims.statements.words import AccountWords, StatementWords

HEAD = 500  # signs in which a record says what it is
LEAST = 4  # sentences; fewer are no text in the first person
SHARE = 0.4  # of the sentences outside quotations
TWICE = 2  # sentences in the first person that are enough beside a helper, a way or the speaker's own kin
_QUOTED = re.compile(r"“[^”]{0,3000}”|«[^»]{0,3000}»|\"[^\"\n]{0,3000}\"|「[^」]{0,3000}」|‘[^’\n]{0,3000}’")


def is_own_account(seen: str, stretches: Sequence[Span], words: StatementWords) -> bool:
    """Whether the text with these sentences is, by its own words, a record of what somebody told of themselves."""
    if not stretches:
        return False
    head = seen[:HEAD]
    if any(label.search(head) for account in words.accounts.values() for label in account.label):
        return True
    bare = _QUOTED.sub(lambda quoted: " " * len(quoted.group()), seen)
    told = [bare[start:end] for start, end in stretches if re.search(r"\w", bare[start:end])]
    return any(_is_told(told, account) or _is_lived(bare, told, account) for account in words.accounts.values())


def _is_lived(bare: str, told: Sequence[str], account: AccountWords) -> bool:
    """Whether somebody speaks of themselves at least twice, and of a helper, a way or kin of their own besides."""
    return sum(bool(account.first.search(sentence)) for sentence in told) >= TWICE and bool(account.lived.search(bare))


def _is_told(told: Sequence[str], account: AccountWords) -> bool:
    """Whether enough sentences are in the first person, some of them of one alone, who tells of a life there."""
    first = sum(bool(account.first.search(sentence)) for sentence in told)
    single = sum(bool(account.single.search(sentence)) for sentence in told)
    if first < max(LEAST, SHARE * len(told)) or single < 2:
        return False
    return any(account.told.search(sentence) for sentence in told)
