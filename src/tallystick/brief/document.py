"""The brief as a tree of blocks, before anyone decides whether it becomes HTML or PDF.

Sentences are tuples of spans. A number is never loose text: it is a `Figure`, which names the claims or the
estimate that a reader may open, or a `Neutral`, which says why it needs none (a date, a label, our own count).
`brief.numbers` walks the finished page and finds what slipped through.

    Document
    ├── notices                shown before everything (a run that failed its diagnostics)
    ├── chapters               the first one is the page of answers
    │   ├── blocks             Paragraph, Lead, Cards, Bullets, Table, Chart, Picture, Callout, Details
    │   └── sections           one level, blocks again
    ├── estimates              what opens when a reader opens one of our numbers
    ├── runs, scenarios        what opens when a reader opens a number that runs of the model gave
    ├── model, assumptions     what those runs rest on
    ├── claims                 what opens when a reader opens a published number
    ├── entries                law rows, statements, events, and whatever else a `Ref` may open
    └── sources                who published it

Nothing here is markup: every string is plain text, and renderers escape all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tallystick.vocab.errors import BriefError

RefKind = Literal["chapter", "chart", "claim", "estimate", "run", "scenario", "model", "assumption", "entry", "source"]
NeutralKind = Literal["date", "label", "method", "count"]
Align = Literal["left", "right", "center"]
Tone = Literal["plain", "inconsistent", "consistent", "undetermined", "not_applicable"]


# Spans ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words. Digits in it are found by `brief.numbers` and fail T1."""

    text: str


@dataclass(frozen=True, slots=True)
class Emph:
    """Words that carry the weight of the sentence."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Foreign:
    """A name or phrase in its own script; `lang` is BCP 47 ("ko", "ru")."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Neutral:
    """Digits that rest on no claim, and why: a date, a label (a resolution's number), our method, our own count."""

    text: str
    kind: NeutralKind = "label"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a sentence or cell that opens its claims, the estimate that lists them, or the runs that gave it.

    `estimate` is the id of an `EstimateCard`, `run` of a `RunCard`. `title` is what a pointer shows: "estimate, 80 %
    interval ...".
    """

    text: str
    claims: tuple[str, ...] = ()
    estimate: str | None = None
    title: str = ""
    run: str | None = None

    def __post_init__(self) -> None:
        if not self.claims and self.estimate is None and self.run is None:
            raise BriefError(
                f"the figure {self.text!r} names neither a claim nor an estimate",
                hint="give its claims, or use Neutral and say why it rests on none",
            )

    @property
    def is_ours(self) -> bool:
        """Whether we made the number: it is not a published one."""
        return self.estimate is not None or self.run is not None


@dataclass(frozen=True, slots=True)
class Ref:
    """Words that lead to another part of the brief."""

    text: str
    kind: RefKind
    to: str


Span = Text | Emph | Foreign | Neutral | Figure | Ref
Spans = tuple[Span, ...]
Words = str | Spans  # where a heading may be plain


def spans(*parts: str | Span) -> Spans:
    """Spans from words and spans: `spans("About ", Figure("4,000", ("c1",)), " workers.")`."""
    return tuple(Text(part) if isinstance(part, str) else part for part in parts if part != "")


def as_spans(words: Words) -> Spans:
    """Words as spans, whichever way they were given."""
    return spans(words) if isinstance(words, str) else words


def plain(words: Words) -> str:
    """The words alone, for a place that can hold no link."""
    return "".join(span.text for span in as_spans(words))


# Blocks -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadItem:
    """One big answer: "workers present" / 12,000 / "80 % interval 9,000 to 16,000" / one sentence."""

    label: Spans
    figure: Figure
    unit: str = ""
    interval: Spans = ()
    note: Spans = ()


@dataclass(frozen=True, slots=True)
class Lead:
    """The big answers, two to six of them."""

    items: tuple[LeadItem, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Spans, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A small framed piece: a finding, a chain, a disagreement. `tag` is shown in the colour of `tone`."""

    title: Spans
    body: tuple[Paragraph | Bullets, ...]
    tag: str = ""
    tone: Tone = "plain"
    id: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`width` is a wish on paper: above 1, more room than the length of the column's text asks for."""

    title: Words
    align: Align = "left"
    width: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells; every row has one cell per column. `id` names the data file when there is one."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Spans, ...], ...]
    caption: Spans = ()
    note: Spans = ()
    id: str = ""
    sortable: bool = False

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise BriefError(f"table {self.id!r}, row {number}: {len(row)} cells for {len(self.columns)} columns")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A Vega-Lite spec with its data inside (`data.values` or `datasets`), and the words around it.

    `title` says what the chart shows as a sentence, `subtitle` what is drawn and in which unit, `alt` what a
    reader who cannot see it should know. `claims` and `estimates` are what its numbers rest on; those of `of_runs` rest
    on the document's `ModelCard`.
    """

    id: str
    title: str
    subtitle: str
    alt: str
    spec: Mapping[str, Any]
    note: Spans = ()
    claims: tuple[str, ...] = ()
    estimates: tuple[str, ...] = ()
    of_runs: bool = False

    def __post_init__(self) -> None:
        if not self.claims and not self.estimates and not self.of_runs:
            raise BriefError(f"chart {self.id}: names neither claims nor estimates")
        if not self.alt.strip():
            raise BriefError(f"chart {self.id}: has no words for a reader who cannot see it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing of the model as one SVG element for a page and one for a phone; `alt` says all that it shows.

    Its letters and numbers name elements of the model, so it rests on the document's `ModelCard`.
    """

    id: str
    title: str
    subtitle: str
    alt: str
    wide: str
    narrow: str
    note: Spans = ()

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise BriefError(f"picture {self.id}: has no words for a reader who cannot see it")


@dataclass(frozen=True, slots=True)
class Callout:
    """Words set apart: a caution, a limit of what is known, a note on method."""

    kind: Literal["caution", "limit", "method"]
    title: Words
    body: tuple[Paragraph | Bullets, ...]


@dataclass(frozen=True, slots=True)
class Details:
    """Blocks folded away on screen (open in print and PDF), under a summary line."""

    summary: Words
    blocks: tuple[Block, ...]


Block = Paragraph | Lead | Bullets | Cards | Table | Chart | Picture | Callout | Details


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    id: str
    title: Words
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """`standfirst` is the chapter in one or two sentences, set large below its title."""

    id: str
    title: Words
    standfirst: Spans = ()
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


# What opens -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCard:
    """Everything a reader sees when a published number is opened. Words, ready to show; "" where not stated."""

    id: str
    value: str  # as stated: "at least 10,000 persons"
    measure: str
    host: str
    period: str
    asserted_by: str
    asserter_class: str = ""
    asserted_when: str = ""
    published_by: str
    title: str
    published_on: str
    url: str
    source: str = ""  # id of a SourceCard
    hedge: str = ""
    disposition: str  # used, repeat, garbled, context, out_of_scope
    reason: str
    origin: str = ""  # id of the claim it goes back to (its own id when it is the origin)
    lineage: tuple[tuple[str, str], ...] = ()  # (how, claim id): ("repeats", "c1"), ("is repeated by", "c2")
    tail_probability: str = ""
    influence: str = ""
    note: str = ""
    words: str = ""  # the quote, where a copy of the page is held
    passage: str = ""
    copy: str = ""  # which copy, and where in it


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateCard:
    """What opens behind one of our numbers. `levels` are rows such as ("80 %", "9,000", "16,000")."""

    id: str
    title: str  # "Workers present in ..., end of 2025"
    median: str
    unit: str
    levels: tuple[tuple[str, str, str], ...]
    prior: str = ""
    alternatives: tuple[tuple[str, str], ...] = ()  # (name of the other choice, its answer)
    origins: int = 0
    claims: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCard:
    """What opens behind a number that runs of the model gave. `levels` and `parts` are rows as in `EstimateCard`.

    `parts` are what the assumed and fitted numbers alone, and what chance alone, would make of the spread.
    """

    id: str
    title: str  # "Workers present in ..., the end of 2030: Ceasefire, against As it goes"
    median: str
    unit: str
    levels: tuple[tuple[str, str, str], ...]
    parts: tuple[tuple[str, str, str], ...] = ()
    scenario: str  # id of a ScenarioCard
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioCard:
    """One what-if that was run: what was asked, what was pulled and when, and what may not be left out beside it."""

    id: str
    name: str
    question: str
    pulled: tuple[str, ...]
    says: str
    belief: str = ""
    caution: str = ""
    evidence: tuple[str, ...] = ()  # claims and entries
    model: str  # id of the ModelCard


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """What every run rests on: the text of the model, its seed and runs, where it starts, and what it assumes."""

    id: str
    text: str
    seed: int
    runs: str  # "10,000 of each scenario: 500 draws, 20 runs of each"
    starts: str
    estimates: tuple[str, ...]  # where it starts, as estimated
    assumptions: tuple[str, ...]  # ids of AssumptionCards
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumptionCard:
    """One number of the model that no claim gives: its prior, why it is so, and the rows that it leans on."""

    id: str
    name: str
    prior: str
    why: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A law row, statement, event or other record that a `Ref` of kind "entry" opens."""

    id: str
    group: str  # heading it stands under in the appendix: "Law", "Statements"
    title: str
    fields: tuple[tuple[str, str], ...]
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCard:
    id: str
    published_by: str
    title: str
    published_on: str
    url: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What the title page and the footer say of the run; `facts` are further (name, value) lines."""

    programme: str
    evidence_root: str
    version: str
    seed: int
    command: str
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def short_root(self) -> str:
        """Twelve hexadecimal digits, enough to compare by eye."""
        return self.evidence_root[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The whole brief. Construction fails when a number or a reference opens nothing."""

    title: str
    subtitle: str
    as_of: str  # ISO date: the last day of evidence
    meta: Meta
    chapters: tuple[Chapter, ...]
    claims: tuple[ClaimCard, ...] = ()
    estimates: tuple[EstimateCard, ...] = ()
    runs: tuple[RunCard, ...] = ()
    scenarios: tuple[ScenarioCard, ...] = ()
    model: ModelCard | None = None
    assumptions: tuple[AssumptionCard, ...] = ()
    entries: tuple[Entry, ...] = ()
    sources: tuple[SourceCard, ...] = ()
    notices: tuple[Callout, ...] = ()
    footer: Spans = ()
    targets: Mapping[str, frozenset[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        from tallystick.brief.targets import check, targets_of

        object.__setattr__(self, "targets", targets_of(self))
        check(self)

    def charts(self) -> Iterator[Chart]:
        """Every chart, in reading order."""
        return (block for block in self.blocks() if isinstance(block, Chart))

    def pictures(self) -> Iterator[Picture]:
        """Every picture of the model, in reading order."""
        return (block for block in self.blocks() if isinstance(block, Picture))

    def tables(self) -> Iterator[Table]:
        """Every table, in reading order."""
        return (block for block in self.blocks() if isinstance(block, Table))

    def blocks(self) -> Iterator[Block]:
        """Every block, in reading order; blocks inside a `Details` follow it."""
        yield from self.notices
        for chapter in self.chapters:
            yield from _unfolded(chapter.blocks)
            for section in chapter.sections:
                yield from _unfolded(section.blocks)


def _unfolded(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Details):
            yield from _unfolded(block.blocks)
