"""What an extractor read and nobody has accepted yet: claims and statements, each with its exact words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

GRAMMAR = "grammar"
LENT_SOURCE = frozenset(("source: carried", "source: ahead"))  # reasons of a claim whose source another sentence names
AND = "; "  # between the names of extractors that proposed the same claim


def naming(one: str, other: str) -> str:
    """The names of both extractors, each once, in the order in which they proposed."""
    return AND.join(dict.fromkeys((*one.split(AND), *other.split(AND))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One claim as proposed. Offsets are code points of the derived text, end exclusive.

    measure, unit    in the programme's words, or measure "" for a quantity on the theme that none of them covers
    low, point, high in the source's own bounds and in `unit`; shares 0-1
    host             ISO 3166 alpha-2, or WW where several or none is said
    start, end       the days described; None where neither the text nor its date supports any
    asserted_by      the deepest source that the text names for this number, as the text has it; "" when none
    attribution      every source named for it, the deepest first
    status           observed, planned or forecast
    quote            text[quote_start:quote_end], the shortest span that carries the claim
    passage          the sentences needed to understand it
    restricted       why it must be kept back, "" when nothing in it narrows to anyone
    confidence       0-1: the share of such readings that was right on the annotated texts
    extractor        "grammar" and its version, or "model" and its name
    reasons          why this measure, this host, this source, for the person who reviews it
    """

    measure: str
    low: float | None
    point: float | None
    high: float | None
    unit: str
    host: str
    region: str = ""
    sector: str = ""
    start: date | None = None
    end: date | None = None
    asserted_by: str = ""
    attribution: tuple[str, ...] = ()
    hedge: str = ""
    status: str = "observed"
    quote: str
    quote_start: int
    quote_end: int
    passage_start: int
    passage_end: int
    restricted: str = ""
    confidence: float = 0.5
    extractor: str = GRAMMAR
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementProposal:
    """One qualitative assertion as proposed: a clue, never proof, and never scored.

    indicators   ids of the ILO indicators that it bears on (I01 ... I11)
    limbs        involuntariness, menace of penalty; in parallel with `phases` (recruitment, work, leaving)
    topics       control, pay, housing, recruitment, escape, hours, documents, movement ...
    bearing      supports, contradicts, mixed, or neutral where it bears on nothing or may be denied
    """

    indicators: tuple[str, ...]
    limbs: tuple[str, ...]
    phases: tuple[str, ...]
    topics: tuple[str, ...]
    bearing: str
    quote: str
    quote_start: int
    quote_end: int
    passage_start: int
    passage_end: int
    asserted_by: str = ""
    restricted: str = ""
    extractor: str = GRAMMAR
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read from one text; `on_theme` is False for a text on another subject, which gives no claims.

    notes    what the extractor has to say of its reading, for the person who asked for it
    """

    claims: tuple[Proposal, ...] = field(default=())
    statements: tuple[StatementProposal, ...] = field(default=())
    on_theme: bool = True
    notes: tuple[str, ...] = ()
