"""The state's share of pay: what its claims count, which years they describe, and the answer under fixed dues."""

from __future__ import annotations

from tallystick.brief.chapters.base import at, other_choices, start, where, year_runs
from tallystick.brief.document import Block, Spans
from tallystick.brief.facts import Facts
from tallystick.brief.prose import alternative, date_of, est, how_many, join, para, tell
from tallystick.brief.words.grammar import lower_first
from tallystick.vocab.estimate import Estimate

FIXED = "fixed_quota"  # the named choice under which the state takes a sum and no share
TAKE = "state_take"


def share_of_pay(facts: Facts, share: Estimate) -> list[Block]:
    return [
        para(
            "Of gross pay the state alone took ",
            est(share),
            *for_all_years(facts, share),
            ". The claims (",
            how_many(len(share.claims), "used claim"),
            ") speak of pay taken by the state and those who act for it",
            *described_years(facts, share),
            " and do not tell the two apart; an assumption does.",
            *fixed_dues(facts),
        ),
        *other_choices(share),
    ]


def described_years(facts: Facts, share: Estimate) -> Spans:
    """Which years the claims behind a share describe: " in 2022 to 2023"."""
    seen = [o for o in facts.account.observations if o.claim in share.claims]
    years = sorted({year for o in seen for year in range(o.start.year, o.end.year + 1)})
    if not years:
        return ()
    return join(" in ", date_of(year_runs(years)))


def for_all_years(facts: Facts, share: Estimate) -> Spans:
    """That a share is one number for all years, where the model lets it be no other."""
    series = facts.series(share.id, share.host)
    is_level = len(series) > 1 and len({e.interval for e in series}) == 1
    return join(", one level assumed for all years") if is_level else ()


def fixed_dues(facts: Facts) -> Spans:
    """What the state takes if it takes a fixed sum, beside what it takes as a share, in the last year computed."""
    found = [(e, o) for e in facts.series(TAKE, facts.focus) for o in e.alternatives if o.id == FIXED]
    if not found:
        return ()
    e, other = found[-1]
    return join(
        " ",
        start(at(e.period)),
        " the state took ",
        est(e),
        " ",
        where(facts, e.host),
        "; if ",
        tell(lower_first(other.name)),
        ", ",
        alternative(e, other.interval),
        ".",
    )
