"""How the account is made, what was assumed, whether the sampler can be trusted, and how to repeat it."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp

from tallystick.brief.document import Block, Bullets, Chapter, Column, Details, Neutral, Ref, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.leading import UNANSWERED
from tallystick.brief.names import NAMES, label_name
from tallystick.brief.prose import EIGHTY, claim_ref, date_of, how_many, join, method, para, refs, said, tell
from tallystick.brief.words import dates
from tallystick.brief.words.grammar import stop
from tallystick.reconcile.standing import weight_of_class
from tallystick.vocab.estimate import ClaimFit

UNLIKELY = (
    0.05  # a tail probability below this is worth a second look, and no more: one in twenty is below it by chance
)
MOST_INFLUENTIAL = 20


def method_chapter(facts: Facts) -> Chapter:
    return Chapter(
        id="method",
        title="Method",
        standfirst=join(
            "From reports to claims, from claims to origins, from origins to an interval, and from there to sentences."
        ),
        sections=(_steps(facts), _classes(facts), _rounding(), _words()),
    )


def _steps(facts: Facts) -> Section:
    first, last = facts.programme.window
    items = (
        join(
            "Claims. Each row is one published statement with its measure, bounds, unit, host, period and "
            "asserter, right or wrong. It is evidence of what was said."
        ),
        join(
            "Origins. Claims that repeat, round, convert, garble or compute from another are grouped with "
            "it, and each group speaks once. Every claim gets a disposition with a reason."
        ),
        join(
            "Observations. Money becomes dollars of its period at the mean rate of that year; US consumer "
            "prices restate it in dollars of ",
            date_of(str(facts.programme.constant_usd_year)),
            ", kept beside it. A point is a point, \u201cat least\u201d a floor, \u201cup to\u201d a "
            "ceiling, a range a range.",
        ),
        join(
            "Model. From ",
            date_of(f"{first} to {last}"),
            ", month by month: people depart, stay for a term, return, are ordered home, ",
            "are held by a closed border, or leave in other ways. The closed border is a switch, and those it held are "
            "a cohort of their own. "
            if facts.was_closed
            else "or leave in other ways. ",
            "Crossings, visas and permits follow from stays through unknowns of their own.",
        ),
        join(
            "Pay. Gross pay equals the state\u2019s part plus agents and costs plus cash plus booked pay, "
            "exactly. Booked pay gathers in a ledger until return."
        ),
        join(
            "Fit. The unknowns are sampled by Hamiltonian Monte Carlo. Errors are on the log scale with heavy tails; "
            "their size and common bias go by class of asserter."
        ),
        join(
            "Intervals. The number shown is the median; the interval is the central ",
            EIGHTY,
            " of the draws. Every card also gives ",
            method("50 %"),
            " and ",
            method("95 %"),
            " and what was assumed beforehand.",
        ),
        join(
            "Law. Each obligation is a rule with addressee, test, reading and exceptions; it reads claims, "
            "statements and draws, and answers with one of four words."
        ),
    )
    return Section(id="method-steps", title="In eight steps", blocks=(Bullets(items, ordered=True),))


def _classes(facts: Facts) -> Section:
    columns = (
        Column(title="Class", width=1.6),
        Column(title="Who belongs to it", width=2.4),
        Column(title="Error", align="right", width=0.7),
        Column(title="Bias", align="right", width=0.6),
        Column(title="Weight", align="right", width=0.7),
        *([Column(title="Prior to posterior", width=1.4)] if facts.learnt else []),
        Column(title="Claims", align="right", width=0.8),
        Column(title="Why", width=2.2),
    )
    rows: list[tuple[Spans, ...]] = []
    for kind in facts.programme.asserter_classes.values():
        number = sum(claim.asserter_class == kind.id for claim in facts.programme.claims)
        rows.append(
            (
                tell(kind.name),
                tell(stop(kind.criteria)),
                (method(f"{kind.scale:g}"),),
                (method(f"{kind.bias_sd:g}"),),
                (method(f"{weight_of_class(kind.id, facts.programme):.2f}"),),
                *([_learnt(kind.id, facts)] if facts.learnt else []),
                (Neutral(str(number), "count"),),
                tell(stop(kind.why)),
            )
        )
    lead = para(
        "What is assumed of each class of asserters. Which asserter belongs where is the "
        "developers\u2019 dated judgement, not yet reviewed by others."
    )
    from tallystick.calibrate.learning import LEARNT

    note = join(
        "Error: prior median of the standard deviation of a figure around the truth. Bias: prior standard deviation of "
        "what the figures of a class have in common. Both on the log scale. Weight: of one figure by itself, by its "
        "error alone, against one of the class that errs least; a copy weighs nothing, as its origin was counted.",
        *((" Prior to posterior: geometric mean of the error, means of biases; not learnt where the evidence leaves "
           "a standard deviation above ",
           method(f"{LEARNT:.0%}".replace("%", " %")), " of the prior\u2019s.") if facts.learnt else ()),
    )  # fmt: skip
    table = Table(id="asserter-classes", columns=columns, rows=tuple(rows), note=note)
    return Section(id="method-classes", title="Classes of asserters", blocks=(lead, table))


def _learnt(kind: str, facts: Facts) -> Spans:
    """The error, geometric mean, and the biases, means, of a class before and after evidence that narrowed them."""
    parts: list[Spans] = []
    for one in (one for one in facts.learnt if one.asserter_class == kind and one.learnt):
        if one.quantity == "scale":
            ends = [f"{exp(mean):.2f}" for mean, _ in (one.prior, one.posterior)]
        else:
            ends = [f"{mean:+.2f}" if abs(mean) >= 0.005 else "0" for mean, _ in (one.prior, one.posterior)]
        what = "error " if one.quantity == "scale" else f"bias on {one.quantity} "
        parts.append(join("; " if parts else "", what, method(ends[0]), " to ", method(ends[1])))
    return join(*(span for part in parts for span in part)) if parts else tell("not learnt")


def _rounding() -> Section:
    block = para(
        "A bound keeps digits down to the largest power of ten that is not above half its distance from "
        "the median; the median "
        "likewise, by the shorter of the two distances. A number that would move by more than ",
        method("3 percent"),
        " of itself keeps a digit more, unless the interval is far wider. At least one digit "
        "stays, and people come whole. Claims are never rounded: they stand as stated.",
    )
    return Section(id="method-rounding", title="Rounding", blocks=(block,))


def _words() -> Section:
    from tallystick.brief.words.hedges import BANDS

    columns = (Column(title="Word", width=2), Column(title="Probability", align="right", width=1))
    rows: list[tuple[Spans, ...]] = []
    low = 0.0
    for upper, word in BANDS:
        high = min(upper, 1.0)
        rows.append((join(word), (method(f"{low * 100:g} to {high * 100:g} percent"),)))
        low = upper
    table = Table(
        id="words", columns=columns, rows=tuple(rows), caption=join("What the words of probability mean here")
    )
    return Section(id="method-words", title="Words for probability", blocks=(table,))


# Diagnostics ------------------------------------------------------------------------------------------------


def diagnostics(facts: Facts) -> Chapter:
    d = facts.diagnostics
    verdict = "passed" if d.passed else "failed"
    return Chapter(
        id="diagnostics",
        title="Diagnostics",
        standfirst=join(f"The sampler {verdict} its checks over every headline quantity."),
        sections=(_sampler(facts), _surprising(facts), _influence(facts)),
    )


def _sampler(facts: Facts) -> Section:
    d = facts.diagnostics
    columns = (
        Column(title="Check", width=2),
        Column(title="Found", align="right"),
        Column(title="Wanted", align="right"),
    )
    lines = (
        ("Largest R-hat", f"{d.r_hat_max:.4f}", "1.01 or less"),
        ("Smallest effective sample, bulk", f"{d.ess_bulk_min:,.0f}", "400 or more"),
        ("Smallest effective sample, tail", f"{d.ess_tail_min:,.0f}", "400 or more"),
        ("Divergent steps", f"{d.divergences:,}", "0"),
    )
    rows = tuple((join(name), (method(found),), (method(wanted),)) for name, found, wanted in lines)
    lead = para(
        how_many(d.chains, "chain", start=True),
        " of ",
        method(f"{d.draws:,}"),
        " kept draws, seed ",
        method(str(d.seed)),
        ". The quantity that mixes worst is ",
        tell(NAMES.get(d.worst.split()[0], d.worst).lower()),
        ". The sampler passed its checks, which says nothing of whether the model is right."
        if d.passed
        else ". The sampler did not pass its checks, so that no number here should be quoted.",
    )
    return Section(
        id="diagnostics-sampler", title="Sampler", blocks=(lead, Table(id="diagnostics", columns=columns, rows=rows))
    )


def _surprising(facts: Facts) -> Section:
    odd = sorted((fit for fit in facts.fits if fit.tail_probability < UNLIKELY), key=lambda fit: fit.tail_probability)
    apart = len({one.claim for one in facts.account.observations} - {fit.claim for fit in facts.fits})
    lead = para(
        how_many(len(facts.fits), "used claim", start=True),
        " laid against what the fitted model would have them say",
        *(
            (
                " (",
                how_many(apart, "more speaks", "more speak"),
                " of those who reach safety, and of these nothing is weighed)",
            )
            if apart
            else ()
        ),
        ". ",
        how_many(len(odd), "claim", start=True),
        " lie further out than ",
        method("95 percent"),
        " of what it expects; with so many claims about ",
        method(f"{UNLIKELY * len(facts.fits):.0f}"),
        " would do so by chance. A claim in the tail is not thereby false: the model, the class or the "
        "reading may be wrong.",
    )
    blocks: list[Block] = [lead]
    if odd:
        blocks.append(_fit_table(facts, odd, "surprising"))
    return Section(id="diagnostics-tails", title="Claims that surprise the model", blocks=tuple(blocks))


def _influence(facts: Facts) -> Section:
    shown = [fit for fit in facts.fits if facts.shows_influence(fit)]
    shaky = [fit for fit in shown if not fit.influence_reliable]
    firm = sorted((fit for fit in shown if fit.influence_reliable), key=lambda fit: -fit.influence)
    once = _one_of_each(facts, [*firm, *shaky])
    ranked = [fit for fit in once if fit.influence_reliable][:MOST_INFLUENTIAL]
    lead = para(
        "How far a headline median moves, in widths of its ",
        EIGHTY,
        " interval, when the origin of a claim is left out. The largest ",
        method(str(len(ranked))),
        " are shown, one claim for each origin; for ",
        how_many(len(shaky), "claim"),
        " the weights cannot tell: these stand last, without a number. Nothing is said of what moves the "
        "number who reach safety.",
    )
    blocks: list[Block] = [lead]
    if shown:
        rest = [fit for fit in once if not fit.influence_reliable]
        blocks.append(_fit_table(facts, [*ranked, *rest], "influence"))
    return Section(id="diagnostics-influence", title="Claims that weigh most", blocks=tuple(blocks))


def _one_of_each(facts: Facts, fits: Iterable[ClaimFit]) -> list[ClaimFit]:
    """The first claim of each separate origin: all that an origin says is left out together."""
    voices = {one.claim: one.voice for one in facts.account.observations}
    found: dict[str, ClaimFit] = {}
    for fit in fits:
        found.setdefault(voices.get(fit.claim, fit.claim), fit)
    return list(found.values())


def _fit_table(facts: Facts, fits: Iterable[ClaimFit], id: str) -> Table:
    columns = (
        Column(title="Claim", width=1.2),
        Column(title="As stated", width=1.3),
        Column(title="Asserted by", width=1.5),
        Column(title="Tail probability", align="right", width=0.8),
        Column(title="Influence", align="right", width=0.8),
        Column(title="On", width=1.6),
    )
    return Table(id=id, columns=columns, rows=tuple(_fit_row(facts, fit) for fit in fits))


def _fit_row(facts: Facts, fit: ClaimFit) -> tuple[Spans, ...]:
    claim = facts.claims[fit.claim]
    return (
        (claim_ref(claim),),
        (said(claim),),
        tell(claim.asserted_by),
        (method(f"{fit.tail_probability:.3f}"),),
        *_moved(facts, fit),
    )


def _moved(facts: Facts, fit: ClaimFit) -> tuple[Spans, Spans]:
    """How far an estimate moves without the claim's origin, and which; neither where weights cannot tell."""
    if not facts.shows_influence(fit):
        return join("\u2013"), join("not said")
    if not fit.influence_reliable:
        return join(UNANSWERED), join("\u2013")
    return (method(f"{fit.influence:.2f}"),), tell(label_name(facts, fit.influence_on))


# Sources and repetition -------------------------------------------------------------------------------------


def sources(facts: Facts) -> Chapter:
    from tallystick.brief.chapters.systems import entities, events

    found = sorted(facts.sources, key=lambda source: (source.published_by.lower(), source.published_on, source.id))
    columns = (
        Column(title="Published by", width=1.6),
        Column(title="Title", width=2.6),
        Column(title="Date", width=0.9),
        Column(title="Claims", width=2.6),
    )
    rows = tuple(
        (
            (Ref(s.published_by, "source", s.id),),
            tell(s.title),
            (date_of(dates.published(s.published_on)),),
            refs(facts, s.claims),
        )
        for s in found
    )
    return Chapter(
        id="sources",
        title="Sources",
        standfirst=join(
            how_many(len(found), "page", start=True),
            " on which the claims were read. A page is not an origin: most print what others said first.",
        ),
        blocks=(Details("All pages", (Table(id="sources-list", columns=columns, rows=rows),)),),
        sections=(events(facts), entities(facts)),
    )


def repeat(facts: Facts) -> Chapter:
    run = facts.run
    lines: list[tuple[str, str]] = [
        ("Programme", f"{facts.programme.id} ({facts.programme.title})"),
        ("Evidence root (SHA-256)", facts.programme.evidence_root),
        ("Evidence published by", run.as_of),
        ("Version of the code", run.version),
        ("Seed", str(run.seed)),
        *([("Lock of the requirements (SHA-256)", run.lock)] if run.lock else []),
        *run.facts,
    ]
    columns = (Column(title="What", width=1), Column(title="Value", width=3))
    rows = tuple(
        (join(name) if not any(c.isdigit() for c in name) else (method(name),), (Neutral(value, "label"),))
        for name, value in lines
    )
    return Chapter(
        id="repeat",
        title="How to repeat this",
        standfirst=join(
            "The same evidence, lock and seed give the same numbers and the same bytes on the same family of "
            "processors with the same instruction sets; elsewhere medians and ends of intervals differ by the chance "
            "of the computation, as a rule by less than a tenth of an interval. The command is run in a copy of the "
            "project, after its own set-up (make setup)."
        ),
        blocks=(para("Run ", Neutral(run.command, "label"), "."), Table(id="repeat", columns=columns, rows=rows)),
    )
