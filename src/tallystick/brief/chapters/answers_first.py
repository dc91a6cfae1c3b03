"""What a reader must know before any number of the first page: how far counting reaches, and what this is not."""

from __future__ import annotations

from tallystick.brief.chapters.base import chapter_ref, where
from tallystick.brief.chapters.law import read_in_part
from tallystick.brief.chapters.use_goods import firm_rules, rule_told
from tallystick.brief.document import Bullets, Callout, Neutral, Spans
from tallystick.brief.facts import Facts
from tallystick.brief.periods import STOCK
from tallystick.brief.prose import EIGHTY, date_of, how_many, join, listed, tell
from tallystick.brief.words import dates, grammar
from tallystick.brief.words.grammar import agree, capital
from tallystick.brief.words.numbers import plural_of

COPIES = ("repeat", "garbled")
OUTCOMES = {"inconsistent": "inconsistent with work freely offered", "not_applicable": "not applicable"}


def reach(facts: Facts) -> Spans:
    """The last day counted, then what was counted and how often each voice is heard."""
    return join(
        "The last day that a used figure ",
        where(facts, facts.focus),
        " describes is ",
        date_of(dates.day(facts.last_described)),
        *_last_of_each(facts),
        "; later months are projection. ",
        *counts(facts),
        " Every number opens what it rests on.",
    )


def _last_of_each(facts: Facts) -> Spans:
    """How far heads were counted, and how far passages and papers: " (heads were last counted on ...)"."""
    heads = [one.end for one in facts.counted if one.measure == STOCK]
    papers = [one.end for one in facts.counted if facts.programme.measures[one.measure].object != "person"]
    said = [
        join(words, " ", date_of(dates.day(max(ends))))
        for words, ends in (("heads were last counted on", heads), ("passages or papers until", papers))
        if ends
    ]
    return join(" (", listed(said), ")") if said else ()


def counts(facts: Facts) -> Spans:
    """Claims, what they go back to, used claims and separate origins, each told apart from the others."""
    copies = sum(d.disposition in COPIES for d in facts.account.dispositions)
    used = sum(d.disposition == "used" for d in facts.account.dispositions)
    voices = len({seen.voice for seen in facts.account.observations})
    return join(
        how_many(len(facts.programme.claims), "published claim", start=True),
        " go back to ",
        how_many(len(facts.account.origins), "origin"),
        "; ",
        how_many(copies, "claim"),
        f" {agree(copies, 'repeats or garbles another and adds', 'repeat or garble another and add')} nothing. ",
        how_many(used, "claim", start=True),
        f" {agree(used, 'is', 'are')} used; with the figures of one table or briefing taken as one voice, they are ",
        how_many(voices, "separate origin"),
        ".",
    )


def before_you_quote(facts: Facts) -> Callout:
    """Who has reviewed this, who is counted, what is said of forced labour and what of firms."""
    items = (_review(facts), _who_is_counted(facts), _words_used(), _forced_labour(facts), _firms(facts))
    return Callout("limit", "Before you quote", (Bullets(items),))


def _review(facts: Facts) -> Spans:
    law = facts.programme.law
    partly = read_in_part(law)
    reviewed = join(
        "Nobody outside has reviewed this: classes of asserters, links between claims, their use and the findings are "
        "the developers\u2019 judgement."
    )
    if not partly:
        return reviewed
    of = join(" of ", Neutral(str(len(law)), "count")) if partly < len(law) else ()
    none = "" if of else " No text of law was read in its official edition:"
    read = f" {agree(partly, 'was', 'were')} read in a summary, in a copy on another site or from general knowledge; "
    rows = how_many(partly, "row of law", "rows of law", start=bool(of))
    return join(reviewed, none, " ", rows, of, read, "check the official text.")


def _who_is_counted(facts: Facts) -> Spans:
    apart = [*_sectors_apart(facts), *_others_apart(facts)]
    counted = f"Counted are workers whom {facts.programme.sender} sends abroad."
    return join(counted, f" Kept apart and never added: {grammar.join(apart)}." if apart else "")


def _words_used() -> Spans:
    return join(
        "Words used: a claim is one figure of one source; an origin, what several claims go back to; a prior, what we "
        "assumed before any claim; a worker-month, one worker there for a month, at work or not; a median, the middle "
        "of what the model holds possible, and an ",
        EIGHTY,
        " interval, where it sees eight chances in ten; the evidence root, a fingerprint of every row used.",
    )


def _sectors_apart(facts: Facts) -> list[str]:
    rules = facts.programme.tables.get("reconcile", {}).get("out_of_scope", [])
    named = facts.programme.sectors
    return [f"people in {named.get(id, id)}" for rule in rules for id in rule.get("sectors", [])]


def _others_apart(facts: Facts) -> list[str]:
    """Kinds of persons, other than workers, that some measure counts by the head and the rules leave out."""
    rules = facts.programme.tables.get("reconcile", {}).get("out_of_scope", [])
    by_head = {m.object for m in facts.programme.measures.values() if "persons" in m.units}
    return [plural_of(kind) for rule in rules for kind in rule.get("objects", []) if kind in by_head]


def _forced_labour(facts: Facts) -> Spans:
    found = facts.assessment.forced_labour.conclusions
    open_ = all(c.outcome == "undetermined" for c in found)
    if open_:
        said = join("undetermined: neither shown nor excluded")
    else:
        said = listed([join(tell(c.name), ": ", OUTCOMES.get(c.outcome, c.outcome)) for c in found], "and", "; ")
    return join(
        chapter_ref("Forced labour", "forced-labour"),
        ": ",
        said,
        "; no verdict is given on any worker or firm.",
        facts.says("forced_labour_reach", before=" "),
    )


def _firms(facts: Facts) -> Spans:
    """That no supplier is cleared, what each rule read here asks of firms, and where others are named."""
    said = join(capital("for firms: nothing here clears or accuses a supplier."))
    told = [rule_told(facts, rule, short=True) for rule in firm_rules(facts) if rule.assessed]
    if not told:
        return said
    more = chapter_ref("what this cannot tell who vets suppliers", "use-compliance")
    return join(said, *(join(" ", each) for each in told), " Other rules may bind you: see ", more, ".")
