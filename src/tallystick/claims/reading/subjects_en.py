"""The subject of an English verb of saying: the noun phrase that stands before it, whatever stands between the two.

It walks back from the verb over adverbs, times, asides between commas, dashes or brackets ("Holt, a senator, said") and
relative clauses ("a panel that watches the ports said"). It knows no grammar of whole sentences: where what it meets is
neither of these, there is no subject, and nothing is named.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tallystick.claims.reading.scene import Sentence

MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)(?!\w)\.?"
)
DAYS = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_AUXILIARY = r"has|have|had|is|was|were|are|be|been|did|do|does|will|would"
_ADVERB = (
    r"also|then|now|later|earlier|once|here|there|too|both|further|thus|still|again|already|even|first|yesterday|today|"
    r"meanwhile|however|perhaps|often|never|himself|herself|itself|themselves|alike|since|so|just|(?!rally|family|ally|"
    r"daily|weekly|monthly)[a-z]+ly|[a-z]+ly(?= (?:said|told))"
)
_WHEN = (
    rf"(?:(?:late|early|back) )?(?:(?:on|in|by|for|during|at|last|this|that|the|next|late|early|earlier|later)\s+)*"
    rf"(?:{DAYS}|{MONTHS}(?:\s+\d{{1,2}})?(?:,? \d{{4}})?|(?:19|20)\d\d|week|month|year|spring|summer|autumn|fall|"
    rf"winter|"
    r"morning|evening|time|night|\d{1,2} " + MONTHS + r")"
)
_TRAILING = re.compile(rf"(?:(?<!\w)(?:{_AUXILIARY}|{_ADVERB}|{_WHEN})\s*)\Z")
_NUMBER_COMMA = re.compile(r"(?<=\d),(?=\d{3})")
_HARD = re.compile(  # where the phrase before a verb begins at the latest
    r"[,;:()\"“”]|\s-+\s|[—–]|(?<![\w-])(?:and|but|[Ww]hile|whereas|[Tt]hough|[Aa]lthough|[Aa]s|[Ii]f|[Ww]hen|[Bb]ecause|yet|whose|"
    r"where|what|or|[Ss]o)(?![\w-])"
)
_THAT = re.compile(r"(?<!\w)(?:that|which|who)(?!\w)")
_WHO = re.compile(r"(?<=\w),? (?:who|which)\Z|(?<=\w), that\Z|(?<=report) that\Z|(?<=study) that\Z|(?<=survey) that\Z")
MADE_PAPER = (  # by whom a paper is said to be
    r"(?:published|released|issued|written|prepared|compiled|produced|conducted|carried out|commissioned)"
)
_SAID_OF_PAPER = re.compile(rf"{MADE_PAPER}(?!\w)")
_RELATIVE = re.compile(r"(?P<noun>[\w’'-]+)\)? (?P<word>who|which|that) (?P<next>[\w’'-]+)")
_BEGINS_CLAUSE = re.compile(  # after "that": a subject of its own
    r"(?:the|an?|its|his|her|their|our|my|this|these|those|some|many|most|more|few|all|no|each|it|he|she|they|we|I|you|"
    r"there|one|two|three|around|about|nearly|over|up|at|in|on|by|since|until|from|for|after|before|North|South|"
    r"workers|"
    r"labou?rers|men|people|\d.*|[A-Z].*)\Z"
)
_CONTENT_NOUN = re.compile(r"(?:fact|news|claim|report|belief|view|idea|sign|evidence|hope|fear|word|estimate)s?\Z")
FINITE = re.compile(  # a verb of a clause; none stands in a noun phrase
    r"(?<![\w-])(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|does|did|keep|kept|earn|"
    r"live|"
    r"lived|came|comes?|went|go|gets?|got|makes?|made|takes?|took|left|stood|rose|fell|grew|pays?|paid|works?(?= in|"
    r" for| at| \d)|"
    r"sends?|sent|says?|said|told|visited|met|passed|numbered|remain(?:s|ed)?)(?!\w)"
)
_ASIDE = re.compile(  # how what stands between two commas after a name begins
    r"(?:the|an?|its|his|her|their|who|whose|which|where|both|all|now|then|formerly|once|also|too|meanwhile|however|"
    r"in|on|at|of|after|before|during|from|with|for|as|by|like|until|since|himself|herself|itself|about|under|over|"
    r"(?:one|two|three|some|most|many|another|each|several) of|"
    r"and|or|\d{1,3}\Z|\w+ing|\w+ed|known|\w+ly|head|chief|author|left|told|speaking)(?!\w)",
    re.IGNORECASE,
)
CALLED = re.compile(
    r"(?:\w+ )?(?:called|named|known as|identified (?:only )?as|calling (?:him|her)self|referred to as) "
    r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})"
)


_APPOSED = re.compile(
    r"(?:\A|[;:“\"] ?)(?!(?:In|On|At|By|For|From|After|Before|Since|During|Under|Near|Last|This) )"
    r"(?P<name>(?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+), (?P<aside>an? [^,;:“\"]{3,60})\Z"
)


_QUOTED_HOUSE = re.compile(
    r"(?:\A|[,;:] ?|(?<!\w)and )(?:(?:[Tt]he|[Aa]n?) )?(?:[A-Za-z][\w-]* ){0,3}[\"“«]"
    r"(?P<own>[A-Z][\w.’'-]*(?: (?:of|the|[A-Z][\w.’'-]*)){0,3})[\"”»]\Z"
)
_BEFORE_SUBJECT = re.compile(r"(?:In|On|At|After|By|Asked|Speaking|Contacted) [^,]{2,50}, ")
_OPENING_NOUN = re.compile(  # "the firm denied it and said"
    r"(?P<words>(?:[Tt]he|[Aa]n?) (?:[\w-]+ ){0,3}?[\w-]+)(?=(?:, [^,]{3,40},)? (?:has |had |also )?[a-z]+ed )"
)
_OPENING = re.compile(
    r"(?P<words>(?:[Tt]he |[Aa]n? )?(?:[\w-]+ ){0,3}?(?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+)(?=,| of | from | has |"
    r" had | [a-z]+(?:ed|s) )"
)


_TWO_NAMES = re.compile(r"(?:\A|[,;:“\"] ?)(?P<first>(?:[A-Z][\w’'-]+ ){2,3})and \Z")
_TWO_NOUNS = re.compile(  # "the agency and researchers said"
    r"(?:\A|[,;:“\"] ?)(?P<first>(?:[Tt]he |[A-Z])[\w’'-]*(?: [\w’'-]+){0,4} )and ?\Z"
)


class Phrase(NamedTuple):
    """The words of a noun phrase, where they begin, and what was said of it between commas."""

    words: str
    start: int
    asides: tuple[str, ...] = ()
    relative: bool = False  # it is the "which" or "who" of the clause before it


def subject(sentence: Sentence, verb: int) -> Phrase | None:
    """The phrase of whoever does the saying; None where something else stands before the verb."""
    left = sentence.text[sentence.start : verb]
    asides: list[str] = []
    for _ in range(8):
        left = _without_trailing(left)
        if not left:
            return None
        opened = _aside(left)
        if opened is None:
            if asides and (before := _name_before_aside(left)) is not None:
                asides.append(left[before:].strip(" ,"))
                left = left[:before]
                continue
            shorter = _before_relative(left, sentence)
            if shorter is None:
                break
            left = shorter
            continue
        aside = left[opened:].strip(" ,—–-()")
        if left[-1] != ")" and not _is_aside(aside, sentence):
            return None
        asides.append(aside)
        left = left[:opened]
    if quoted := _QUOTED_HOUSE.search(left):  # 'the daily "Lark" claimed'
        return Phrase(quoted["own"], sentence.start + quoted.start("own"), tuple(asides))
    if left[-1] in ',;:"“”—–-':
        return None
    if whose := _WHO.search(left):  # "a broker who says": the broker, of what follows
        rest = left[: whose.start()].rstrip(" ,")
        comma = rest.rfind(",")
        if whose.group().startswith(",") and comma > 0 and _SAID_OF_PAPER.match(rest[comma + 1 :].strip()):
            asides.append(rest[comma + 1 :].strip())  # "a report, published by the institute, which says"
            rest = rest[:comma]
        found = _phrase(rest, sentence.start, tuple(asides))
        return found._replace(relative=True) if found else None
    return _phrase(left, sentence.start, tuple(asides))


def _without_trailing(left: str) -> str:
    left = left.rstrip()
    while match := _TRAILING.search(left):
        left = left[: match.start()].rstrip()
    return left


def _aside(left: str) -> int | None:
    """Where the aside that ends here opens: after the comma, dash or bracket that pairs with the last sign."""
    last, body = left[-1], left[:-1]
    if last == ")":
        return _at(body.rfind("("))
    if last in "—–" or left.endswith(" -"):
        return _at(max(body.rfind("—"), body.rfind("–"), body.rstrip(" -").rfind(" - ")))
    if last != ",":
        return None
    plain = _NUMBER_COMMA.sub("0", body)
    return _at(plain.rfind(","))


def _at(place: int) -> int | None:
    return place if place > 0 else None


def _name_before_aside(left: str) -> int | None:
    """Where one aside more begins, between a name and the aside that was found: "Holt, 54, a senator, who chairs"."""
    match = re.search(
        r"(?:\A|[,;:“”\"] ?|(?<!\w)and )(?:[A-Z][\w.’'-]+ )*[A-Z][\w.’'-]+(?P<aside>(?:, (?:(?:an?|the|head|"
        r"chief|director|author|founder|leader|owner|editor|member|chair\w*|president|secretary|professor|deputy|former|minister|"
        r"ambassador|spokes\w+|researcher|analyst|[a-z]+ (?:of|at|for|to|in|with)) [^,]+|\d{2,3}))+)\Z",
        left,
    )
    return match.start("aside") if match else None


def _is_aside(words: str, sentence: Sentence) -> bool:
    """Whether words between commas tell of the name before them, and are no clause of their own."""
    if not words or re.search(r"[\"“”;:]", words):
        return False
    if re.match(r"(?:who|whose|which|where|a|an|the)(?!\w)", words):
        return True
    if FINITE.search(words):
        return False
    titled = any(sentence.tongue.sense(name).search(words) for name in ("person_role", "body_role", "outlet_role"))
    return bool(_ASIDE.match(words)) or titled or bool(re.fullmatch(r"[A-Z][\w. ’'-]+", words))


def _before_relative(left: str, sentence: Sentence) -> str | None:
    """What stands before a relative clause without commas; None where there is none."""
    begin = _last(_HARD, left)
    for match in reversed(list(_RELATIVE.finditer(left, begin))):
        if match["word"] == "that" and (
            _BEGINS_CLAUSE.match(match["next"])
            or _CONTENT_NOUN.search(match["noun"])
            or sentence.tongue.sense("says").fullmatch(match["noun"])
        ):
            continue
        return left[: match.end("noun")]
    return None


def _phrase(left: str, offset: int, asides: tuple[str, ...]) -> Phrase | None:
    if apposed := _APPOSED.search(left):  # "Jane Roe, a former teacher who lives there said": no second comma
        return Phrase(apposed["name"], offset + apposed.start("name"), (*asides, apposed["aside"]))
    begin = max(_last(_HARD, left), _last(_THAT, left))
    joined = _TWO_NAMES.search(left[:begin]) or (_TWO_NOUNS.search(left[:begin]) if left[begin:].strip() else None)
    if joined and not FINITE.search(joined["first"]):
        begin = joined.start("first")
    relative = bool(re.search(r"(?:which|who)\Z", left[:begin].rstrip()))
    words = left[begin:]
    if not words.strip() and (shared := _shared(left[:begin])):
        return Phrase(shared.group("words"), offset + shared.start("words"), asides)
    return Phrase(words, offset + begin, asides, relative) if words.strip() else None


def _shared(left: str) -> re.Match[str] | None:
    """The subject of a clause whose verbs are joined: "Jane Roe likened it to a camp and said"."""
    if not re.search(r"(?<!\w)(?:and|but|then)\Z", left.rstrip()):
        return None
    begun = _BEFORE_SUBJECT.match(left)
    return _OPENING.match(left) or _OPENING_NOUN.match(left, begun.end() if begun else 0)


def _last(pattern: re.Pattern[str], words: str) -> int:
    ends = [match.end() for match in pattern.finditer(_NUMBER_COMMA.sub("0", words))]
    return ends[-1] if ends else 0
