"""The law on the first page: what is inconsistent with which obligation, and what each finding hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tallystick.assess.finding import Finding
from tallystick.brief.backing import CUMULATIVE
from tallystick.brief.chapters.answers_familiar import PLAIN
from tallystick.brief.chapters.base import by_part, chapter_ref, where
from tallystick.brief.chapters.law import days_of, far, host_of, text_ref
from tallystick.brief.document import Block, Bullets, Ref, Spans
from tallystick.brief.facts import STRANDED, Facts
from tallystick.brief.leading import answers, interval_of, leading
from tallystick.brief.names import period_of
from tallystick.brief.prose import (
    alternative,
    attributed,
    date_of,
    est,
    how_many,
    join,
    listed,
    para,
    refs,
    strong,
    tell,
)
from tallystick.brief.unknowns import side_beside
from tallystick.brief.words.grammar import agree, lower_first, stop
from tallystick.vocab.estimate import Estimate
from tallystick.vocab.records import Claim, Statement


def law_answer(facts: Facts) -> list[Block]:
    findings = facts.assessment.findings
    found = [f for f in findings if f.outcome == "inconsistent" and f.cohort is None]
    obligations = list(dict.fromkeys(f.obligation for f in found))
    out: list[Block] = []
    if obligations:
        number = how_many(len(obligations), "obligation")
        out.append(para("On the available evidence the conduct of its addressee is inconsistent with ", number, ":"))
    else:
        out.append(para("On the available evidence no conduct is found inconsistent with an obligation."))
    for id in obligations:
        out += _obligation(facts, [f for f in found if f.obligation == id])
    return [*out, *_months_after(facts), *_open_findings(facts)]


def _obligation(facts: Facts, findings: Sequence[Finding]) -> list[Block]:
    """One obligation: its text, what each finding hangs on, and what the reading of the text leaves open."""
    first = findings[0]
    open_ = list(dict.fromkeys(text for f in findings for text in f.left_open))
    left = [para(strong("Left open in each: "), tell(" ".join(stop(text) for text in open_)))] if open_ else []
    reach = "".join(f", {text}" for text in far(findings))
    return [
        para(strong(first.title), ", ", text_ref(facts, first), tell(reach), ". What each finding hangs on:"),
        Bullets(tuple(_hangs_on(facts, f) for f in findings)),
        *left,
    ]


def _hangs_on(facts: Facts, f: Finding) -> Spans:
    """One finding: who reports, what only stands beside it, and which cohorts carry it."""
    head = strong(f"{host_of(facts, f)}, {f.period_name}: ")
    days = tell(f" It speaks of {days_of(f)} and of no other day.")
    return join(head, _reported(facts, f), days, *_beside(facts, f), *_carried(facts, f), *_only_if(facts, f))


def _only_if(facts: Facts, f: Finding) -> Iterator[Spans]:
    if own := _own_terms(facts, f):
        yield tell(f" It stands {'; '.join(own)}.")


def _own_terms(facts: Facts, f: Finding) -> list[str]:
    """What this finding hangs on besides, which the others on the same obligation do not."""
    same = [each for each in facts.assessment.of(f.obligation) if each.cohort is None]
    return [text for text in f.as_far_as if text not in far(same)]


def _reported(facts: Facts, f: Finding) -> Spans:
    """How many origins report what the test asks for, then each of their rows with the account's own doubt of it."""
    reports = [facts.claims[id] for id in f.claims if id not in _papers(facts, f)]
    said = [join(attributed(claim), _doubt(facts, claim)) for claim in reports]
    said += [
        join(_in_words(facts, facts.statements[id]), *_counted_with(facts, f, facts.statements[id]))
        for id in f.statements
    ]
    lead = tell(f.because.split(". ")[0].rstrip("."))
    return join(lead, ": " if said else "", *([listed(said, "and", "; ")] if said else []), ".")


def _doubt(facts: Facts, claim: Claim) -> Spans:
    """Why a figure is used as it is, unless it was simply read as what it states."""
    reason = facts.dispositions[claim.id].reason
    return () if reason.startswith(PLAIN) else join(" [", tell(reason.rstrip("."), (claim.id,)), "]")


def _in_words(facts: Facts, statement: Statement) -> Spans:
    """A statement with who told it; only that there is one, where its row may not be named."""
    named = refs(facts, [statement.id])
    if statement.id not in {span.to for span in named if isinstance(span, Ref)}:
        return named
    report = facts.programme.reports.get(statement.report)
    who = report.published_by if report else statement.report
    told = tell(statement.statement.rstrip("."))
    return join("as told by ", tell(who), " (", named, "): ", told)


def _counted_with(facts: Facts, f: Finding, statement: Statement) -> Spans:
    """That the report of a statement is no origin of its own here, because it rests on one of the figures."""
    same = [facts.statements[id] for id in f.statements if facts.statements[id].report == statement.report]
    if statement != same[-1]:  # said once, after the last
        return ()
    rests = {facts.dispositions[id].origin for each in same for id in each.related_claims if id in facts.dispositions}
    shared = [id for id in f.claims if facts.dispositions[id].origin in rests]
    if not shared:
        return ()
    return join(
        " [counted with ", listed([join(attributed(facts.claims[id])) for id in shared]), ", which its report repeats]"
    )


def _papers(facts: Facts, f: Finding) -> frozenset[str]:
    """Claims of papers that give no leave to work: no report that anybody did."""
    measures = _row(facts, f).get("measures", {}).get("holders", ())
    read = (id for id in (*f.claims, *f.also_read) if id in facts.claims)
    return frozenset(id for id in read if facts.claims[id].measure in measures)


def _row(facts: Facts, f: Finding) -> Mapping[str, Any]:
    rows: Sequence[Mapping[str, Any]] = facts.programme.tables["obligations"]["obligation"]
    return next(row for row in rows if row["id"] == f.obligation)


def _beside(facts: Facts, f: Finding) -> Iterator[Spans]:
    papers = [attributed(facts.claims[id]) for id in (*f.claims, *f.also_read) if id in _papers(facts, f)]
    doubted = [id for id in f.also_read if id in facts.claims and id not in _papers(facts, f)]
    said = str(_row(facts, f).get("parameters", {}).get("holders_said", ""))
    if papers:
        yield join(" Beside it: ", tell(lower_first(said.rstrip("."))), ": ", listed(papers, "and", "; "), ".")
    if doubted:
        figures = [join(attributed(facts.claims[id]), _doubt(facts, facts.claims[id])) for id in doubted]
        yield join(" Read beside it and not relied on: ", listed(figures, "and", "; "), ".")


# Cohorts ----------------------------------------------------------------------------------------------------


def _carried(facts: Facts, f: Finding) -> Iterator[Spans]:
    """Which cohorts carry a finding: the others are undetermined, and the whole says no more than its parts."""
    parts = [c for c in facts.assessment.findings if c.id.startswith(f.id + ":") and c.cohort is not None]
    carry = [c for c in parts if c.outcome == "inconsistent"]
    if not parts:
        if _row(facts, f).get("parameters", {}).get("by_cohort", False):
            open_ = " Who came before the deadline, and who after it, is open." if not _own_terms(facts, f) else ""
            yield join(" No cohort is told apart here.", open_)
        return
    if not carry:
        yield join(" No cohort carries it by itself.")
    else:
        yield join(" Of the cohorts it is carried only by ", listed([_cohort(facts, c) for c in carry]), ".")
    undecided = [_name(facts, c) for c in parts if c.outcome == "undetermined"]
    if undecided:
        yield join(" Undetermined: ", listed(undecided, "and", "; "), ".")


def _cohort(facts: Facts, c: Finding) -> Spans:
    """A cohort with what speaks of it."""
    return join(_name(facts, c), " (", refs(facts, [*c.claims, *c.statements]), ")")


def _name(facts: Facts, c: Finding) -> Spans:
    return join("\u201c", tell(by_part(facts, c.cohort or "")), "\u201d")


# Presence added up ------------------------------------------------------------------------------------------


def _months_after(facts: Facts) -> list[Block]:
    """Presence after the deadline, added up, with the part of it of which nobody knows whether it earned."""
    total = facts.find(CUMULATIVE[0], facts.focus, facts.headline_year, "all")
    if total is None:
        return []
    held = held_by_the_border(facts, total)
    part = join(", of which ", held) if held else ()
    days = date_of(period_of(facts, total))
    return [para(f"Present {where(facts, total.host)} ", days, ": ", est(total), part, ".", *_other_sums(facts, total))]


def held_by_the_border(facts: Facts, total: Estimate) -> Spans:
    """The part of a sum since the deadline that the closed border held; nothing where no border closed."""
    held = facts.find(total.id, total.host, total.period, STRANDED) if facts.was_closed else None
    if held is None:
        return ()
    return join(est(held, noun=""), " are of people held by the closed border, whose earning is unknown")


def _other_sums(facts: Facts, total: Estimate) -> Spans:
    """The same sum under each choice that moves it far, at the last end of a year for which they were computed."""
    found = [e for e in facts.series(total.id, total.host, "all") if e.period <= total.period and e.alternatives]
    if not found:
        return ()
    e = found[-1]
    others = [join(alternative(e, other.interval), " if ", tell(lower_first(other.name))) for other in e.alternatives]
    sums = () if e is total else join(" To the end of ", date_of(e.period), " it was ", est(e), ".")
    return join(sums, " Under other choices, each of which can be defended, it would be ", listed(others, "or"),
                *_nearer(facts, e), ".", *side_beside(facts, e, before=" "))  # fmt: skip


def _nearer(facts: Facts, e: Estimate) -> Spans:
    """What the choices that move a leading figure less would make of it, from the lowest to the highest."""
    shown = {other.name for other in e.alternatives}
    names = {one.id: one.name for one in facts.choices}
    found = [each for figure, mine in leading(facts) if mine == e for each in answers(facts, figure).items()]
    rest = sorted((interval_of(told) for id, told in found if names[id] not in shown), key=lambda one: one.median)
    if not rest:
        return ()
    most = join(" to ", alternative(e, rest[-1])) if len(rest) > 1 else ()
    return join("; under those that move it less, ", alternative(e, rest[0]), *most)


def _open_findings(facts: Facts) -> list[Block]:
    open_ = [f for f in facts.assessment.findings if f.outcome == "undetermined"]
    whole = sum(f.cohort is None for f in open_)
    by_cohort = len(open_) - whole
    more = join(", and ", how_many(by_cohort, "more", "more"), " by cohort,") if by_cohort else ()
    return [
        para(
            "A finding speaks of the conduct of the State or person addressed, never of a worker; none is a reason to "
            "return anyone, and none is the judgment of a court. A finding about a State says nothing about a firm "
            "in it. ",
            how_many(whole, "finding", start=True),
            more,
            f" {agree(len(open_), 'stays', 'stay')} undetermined, which means that the facts do not say: see ",
            chapter_ref("the law", "law"),
            ".",
            facts.says("law_gaps", before=" "),
        )
    ]
