"""Promise: what stands beside a headline figure tells a reader how far it may be leant on."""

from __future__ import annotations

from dataclasses import replace

from tallystick.brief.backing import last_voices
from tallystick.brief.chapters.answers import _last_counted
from tallystick.brief.chapters.answers_familiar import familiar
from tallystick.brief.chapters.conditions import conditions
from tallystick.brief.chapters.revenue import _would_narrow, revenue
from tallystick.brief.chapters.use import TIERS, use
from tallystick.brief.document import Chapter, Paragraph, Table, plain
from tallystick.brief.draws import cohort_share
from tallystick.brief.facts import STRANDED, Facts
from tallystick.brief.leading import leading
from tallystick.brief.prose import cell
from tallystick.brief.targets import spans_of
from tests.brief.factory import moved, wider
from tests.brief.test_answers import with_coverage, with_papers
from tests.brief.tried import invented
from tests.brief.trusted import trusted


def words(chapter: Chapter) -> str:
    return " ".join(plain(tuple(spans_of(block))) for section in chapter.sections for block in section.blocks)


def told_of_crossings(facts: Facts) -> Facts:
    """The headcount of the headline month, narrow, described in its own year by crossings alone."""
    made, key = with_papers(facts), ("workers_present", facts.focus, facts.headline_month)
    return replace(made, estimates=tuple(
        replace(e, prior=wider(e.interval, 20.0), alternatives=()) if (e.id, e.host, e.period) == key else e
        for e in made.estimates
    ))  # fmt: skip


def test_persons_made_of_passages_stand_apart_from_persons_counted_with_how_their_forecasts_fared(facts: Facts) -> None:
    made = told_of_crossings(facts)
    kept = with_coverage(invented(made), "crossings and permits", 0.1)
    section = use(replace(made, backtest=kept)).sections[0]
    tables = {b.id: b for b in section.blocks if isinstance(b, Table)}
    assert "Workers present" in " ".join(plain(row[0]) for row in tables["cited-turned"].rows)
    counted = tables["cited-counted"].rows if "cited-counted" in tables else ()
    year = made.headline_month[:4]
    assert not [row for row in counted if "present" in plain(row[0]) and year in plain(row[1])]
    lead = next(plain(b.spans) for b in section.blocks if isinstance(b, Paragraph) and plain(b.spans)[:7] == "Second:")
    assert lead.startswith(TIERS["turned"])
    assert "In the trial the 80 % forecasts of such figures held only 10 % of " in lead
    fair = use(replace(made, backtest=with_coverage(kept, "crossings and permits", 0.9))).sections[0]
    assert "In the trial" not in " ".join(plain(b.spans) for b in fair.blocks if isinstance(b, Paragraph))


def test_a_last_count_far_from_ours_is_laid_beside_ours_of_its_own_month(facts: Facts) -> None:
    """The model goes on from a host's last figure; where it does not follow it, the first page says so."""
    (last,) = last_voices(facts, "CN")
    claim, key = facts.claims[last.claim], ("workers_present", "CN", f"{last.end:%Y-%m}")
    low, ours = claim.point or claim.low or 0.0, facts.find(*key)
    assert ours is not None

    def with_ours(factor: float) -> Facts:
        other = replace(ours, interval=moved(ours.interval, factor / ours.interval.median))
        return replace(facts, estimates=tuple(other if e is ours else e for e in facts.estimates))

    far, near = with_ours(0.1 * low), with_ours(1.05 * low)
    before = max(o.end for o in facts.reach.counted("CN") if o.end < last.end).year
    told = f", above our own of that month, {plain(cell(far.find(*key)))}; the last before it describes {before}"
    assert plain(_last_counted(far, "CN")).endswith(told)
    assert "our own of that month" not in plain(_last_counted(near, "CN"))
    for made, shown in ((far, True), (near, False)):
        section = familiar(made)
        assert section is not None
        rows = [row for b in section.blocks if isinstance(b, Table) for row in b.rows]
        mine = [row for row in rows if getattr(row[0][0], "claims", ()) == (claim.id,)]
        assert bool(mine) is shown
        assert all("above our interval" in plain(row[3]) for row in mine)


def test_a_sum_says_that_those_held_by_the_border_are_in_it_as_if_they_earned(facts: Facts) -> None:
    held = cohort_share(facts.draws, STRANDED, facts.focus, "2022")
    assert abs(float(held.mean()) - 0.3) < 1e-9  # as the factory makes it
    said = words(revenue(facts))
    assert "count people held by the closed border as if they earned like others, which is not known" in said
    never = facts.draws.assign(workers_present_by_cohort=facts.draws["workers_present_by_cohort"] * 0)
    assert "as if they earned" not in words(revenue(replace(facts, draws=never)))


def test_what_would_narrow_a_sum_is_what_could_be_had_and_no_share_of_its_spread(facts: Facts) -> None:
    made = trusted(facts)
    figure, e = next((one, e) for one, e in leading(made) if one.id == "programme_revenue")
    first = max((one for one in made.worth if one.figure == figure), key=lambda one: one.variance)
    names = {one["id"]: one["name"] for one in facts.programme.tables["obtainable"]["observation"]}
    said = plain(_would_narrow(made, e))
    assert said.startswith(f"; of what could be had, \u201c{names[first.observation]}\u201d by 10 % and \u201c")
    assert said.endswith("of its width, would narrow it most")
    apart = {one.observation: 0.02 + 0.001 * at for at, one in enumerate(made.worth) if one.figure == figure}
    wide = replace(made, worth=[replace(one, width=apart[one.observation]) for one in made.worth])
    last = names[max(apart, key=lambda id: apart[id])]
    assert plain(_would_narrow(wide, e)).startswith(f"; of what could be had, \u201c{last}\u201d by ")
    assert _would_narrow(facts, e) == ()
    assert "a better count there would narrow it most" not in words(revenue(made))


def test_hours_of_the_model_are_no_count_and_stand_beside_what_each_side_tells(facts: Facts) -> None:
    found = facts.series("hours_worked", facts.focus)[-1]
    ours = replace(found, interval=replace(found.interval, lower_80=3_600, median=4_300, upper_80=5_100))
    said = words(conditions(replace(facts, estimates=tuple(ours if e is found else e for e in facts.estimates))))
    assert "Nobody counted hours." in said
    assert "near those told by Pavel Belenets (Eskadra) (3,760 to 5,010)" in said
    assert "and below those told by escaped workers (BBC) (at least 6,540); it weighs all alike, which" in said
    assert "Do not quote it against a witness." in said
