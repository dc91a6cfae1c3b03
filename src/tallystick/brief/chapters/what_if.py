"""What would change it: what a model with assumed loops finds, then what reports say, clearly apart.

A forced return is never told as plain success: its cost to those returned and the bar on returning people to harm
stand in the same lines as the fall in numbers. No outcome tells of flight, and nothing here is advice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from tallystick.brief.cards_runs import month, place_of
from tallystick.brief.chapters import levers
from tallystick.brief.chapters.base import caution, chapter_ref, method_note
from tallystick.brief.chapters.what_if_assumed import assumed_section
from tallystick.brief.chapters.what_if_links import assumed_for, not_run, where_it_acts
from tallystick.brief.chapters.what_if_pictures import pictures_section
from tallystick.brief.chapters.what_if_plain import (
    BAR,
    REFUSAL,
    SENT,
    beside,
    borne,
    by_force,
    emptied,
    in_all,
    moving,
    of_verdict,
    plain_answers,
    sent_instead,
)
from tallystick.brief.chapters.what_if_short import short_tables
from tallystick.brief.chapters.what_if_tables import (
    NOT_COMPARABLE,
    all_changes,
    belief_table,
    beliefs,
    effect_tables,
    spread_table,
)
from tallystick.brief.chapters.what_if_words import amount, called, effect, figure, here, level, name, thing
from tallystick.brief.document import (
    Block,
    Bullets,
    Card,
    Cards,
    Chapter,
    Chart,
    Emph,
    Paragraph,
    Ref,
    Section,
    Spans,
    Text,
)
from tallystick.brief.facts import Facts
from tallystick.brief.prose import EIGHTY, date_of, how_many, join, listed, method, para, refs, strong, tell
from tallystick.brief.simulated import HEAD, MODEL, Simulated
from tallystick.brief.specs.what_if import change_chart, fan_chart
from tallystick.brief.words.grammar import agree, capital, lower_first, stop
from tallystick.brief.words.numbers import plain
from tallystick.brief.words.rounding import significant
from tallystick.brief.words.runs import percent_of
from tallystick.scenarios.results import Row

REPORTED = 2  # lines of reports on the page of answers, beside those of the model
NAMED = 3  # what-ifs that a line of the page of answers may name; more are only counted
IN_A_BOX = 5  # effects told of one what-if; the tables have all
BOXED = (
    "arrivals", "sent", "withdrawn", "state_income", "paid_at_once", "booked_owed", "booked_lost", "goods_income",
    "military_builders",
)  # fmt: skip


def what_if(facts: Facts) -> Chapter | None:
    """The model's answers with the reports' below them; the reports' alone where nothing was run."""
    found, reported = facts.simulated, levers.levers(facts)
    if found is None:
        return reported
    sections = [
        Section(id="what-if-effects", title="What each what-if moves", blocks=_effects(facts, found)),
        *_beliefs(facts, found),
        Section(id="what-if-each", title="Each what-if", blocks=(Cards(tuple(_boxes(facts, found))),)),
        assumed_section(facts, found),
        pictures_section(facts, found),
    ]
    if reported is not None:
        said = (para(*reported.standfirst), *reported.blocks)
        sections.append(Section(id=reported.id, title=reported.title, blocks=said))
    return Chapter(
        id="what-if",
        title="What would change it",
        standfirst=_standfirst(found),
        blocks=(Bullets(tuple(plain_answers(facts, found))), *short_tables(facts, found), _read_first()),
        sections=tuple(sections),
    )


def _standfirst(found: Simulated) -> Spans:
    return join(
        "Fewer workers is not by itself better for anyone. Run to the end of ",
        date_of(str(found.last)),
        ": ",
        how_many(len(found.ordered), "what-if"),
        ", each beside the same runs with nothing changed. They are what-ifs of a model whose loop sizes are assumed, "
        "not forecasts.",
        *_convention(found),
    )


def _read_first() -> Block:
    return caution(
        "Before you use any of this",
        para(
            "It is no advice. Such a measure acts on people who did not choose it, and those abroad bear its cost "
            "first; nothing here may be read as a reason to put anyone in danger. ",
            BAR,
            " Flight is held constant in every run; no what-if changes it. No run tells of anyone by name.",
        ),
        para(
            "It tells nothing about any firm, site, product or supplier: a small effect of a what-if clears nobody, a "
            "large one accuses nobody, and duties of those who buy or hire do not depend on either."
        ),
    )


# Sections ---------------------------------------------------------------------------------------------------


def _effects(facts: Facts, found: Simulated) -> tuple[Block, ...]:
    width = found.results.draws * found.results.repeats
    how = method_note(
        "How to read the tables",
        para(
            "Every what-if was run ",
            method(f"{width:,} times"),
            " on the same random numbers as the baseline, so that only what it changes makes them differ.",
            *_luck(found),
            " A strength of ",
            method("100 percent"),
            " is all that such a measure can do in the model; how much that is, is assumed. A dot stands "
            "where even the ends of the interval are less than one part in fifty of the largest median of its "
            "column.",
        ),
        para(
            *_chance(found),
            "An effect as small as that no count could show; a larger one could not "
            "be read off a count either, since the unknown sizes and the plan of arrivals move the number by far more. "
            "That is no test of an effect: the runs share their random numbers, so that its sign can be sure though "
            "it is small. Yearly values are in the file ",
            Emph("scenarios.csv"),
            ". All of it rests on ",
            Ref("one model and what it assumes", "model", MODEL),
            ".",
        ),
    )
    return (*_charts(facts, found), how, *effect_tables(facts, found), spread_table(facts, found))


def _convention(found: Simulated) -> Spans:
    """The month in which most what-ifs begin, which nobody has announced; nothing where none names a month."""
    starts = Counter(pull.start for id in found.ordered for pull in found.scenarios[id].pulls)
    if not starts:
        return ()
    ((first, _),) = starts.most_common(1)
    return join(
        " They are assumed to begin in ", date_of(month(first)), " where they name no other month: a convention, "
        "so that all have the same time to act. It may lie before the day on which you read this; nothing says that "
        "anybody did any of it.",
    )  # fmt: skip


def _chance(found: Simulated) -> Spans:
    """Over how much chance alone spreads the baseline's number; nothing where runs know no chance."""
    width, row = found.chance_width(HEAD), found.find("level", found.baseline, HEAD)
    if row is None or not width:
        return ()
    return join(
        "Chance alone spreads the baseline's number over ", figure(row, plain(significant(width, 2)), "level"),
        " (the width of its ", EIGHTY, " interval). ",
    )  # fmt: skip


def _luck(found: Simulated) -> Spans:
    """How far the baseline would move if other random numbers had been drawn; nothing where that cannot be told."""
    row = found.find("level", found.baseline, HEAD)
    if row is None or not row.figures.error:
        return ()
    percent = method(percent_of(row.figures.error / row.figures.mean))
    return join(
        " Other random numbers would move the mean of the baseline's number of workers by some ", percent,
        " (its standard error).",
    )  # fmt: skip


def _charts(facts: Facts, found: Simulated) -> Iterator[Chart]:
    """The number present in the baseline, and what each what-if changes; medians and intervals open in the tables."""
    names, place = {id: each.name for id, each in found.scenarios.items()}, here(facts, found, found.ordered)
    first = found.find("level", found.baseline, HEAD)
    if first is None:
        return
    ours: dict[str, Any] = {"estimates": (), "of_runs": True}
    alone = replace(found.results, levels=_of(found.results.levels, found.baseline), effects=())
    said = "Grey: 50, 80 and 95 % of the runs in which nothing is changed. No forecast."
    title = f"Workers {place}: the baseline"
    yield replace(fan_chart(alone, names, ()), id="what-if-workers", title=title, subtitle=said, **ours)
    if not found.unforced:
        return
    some = replace(found.results, effects=_of(found.results.effects, *found.unforced))
    said = (
        "Against the baseline, on the same random numbers: median, 50, 80 and 95 % of the runs. No ranking. Those that "
        "order people home are not drawn."
    )
    title = f"What each what-if that orders nobody home changes: workers {place}, end of {found.last}"
    yield replace(change_chart(some, names, (), HEAD), id="what-if-changes", title=title, subtitle=said, **ours)


def _of(rows: tuple[Row, ...], *scenarios: str) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.scenario in scenarios)


def _beliefs(facts: Facts, found: Simulated) -> Iterator[Section]:
    tables = tuple(belief_table(facts, found, title, ids) for title, ids in beliefs(found).items())
    if tables:
        lead = para("Reports differ on what would follow. Each belief was run by itself; they are never averaged.")
        yield Section(id="what-if-beliefs", title="One question, two beliefs", blocks=(lead, *tables))


def _boxes(facts: Facts, found: Simulated) -> Iterator[Card]:
    for id in found.ordered:
        each = found.scenarios[id]
        body: list[Paragraph | Bullets] = [para(*_question(each.question))]
        cost = borne(found, id)
        body += [para(strong("What it would cost people, and caution. "), *cost)] if cost else []
        body.append(para(strong("What is supposed. "), *tell(stop(capital(all_changes(found, id))))))
        body += [para(*tell(stop(each.says)))] if each.says else []
        body += [para(*said) for said in (where_it_acts(facts, found, id), assumed_for(facts, found, id)) if said]
        body += [para(strong("Believed. "), *tell(stop(each.belief)))] if each.belief else []
        body.append(Bullets(tuple(_told(facts, found, id))))
        body += [para("Evidence: ", refs(facts, each.evidence), ".")] if refs(facts, each.evidence) else []
        yield Card(title=(name(found, id),), body=tuple(body), id=f"what-if-{id}")


def _question(text: str) -> Spans:
    return tuple(Emph(span.text) if isinstance(span, Text) else span for span in tell(text))


def _told(facts: Facts, found: Simulated, id: str) -> Iterator[Spans]:
    """The number present, and the other effects that are larger than chance."""
    moved = found.verdict(id, HEAD) in ("lowers", "raises", "near")
    yield join("In the runs, it ", *effect(facts, found, id, HEAD), *(beside(facts, found, id) if moved else ()), ".")
    places = [outcome for outcome in found.outcomes if place_of(facts, outcome)]
    refuses = REFUSAL in found.acts(id)
    if refuses:
        yield in_all(facts, found, id)
    left_out = {*([SENT] if refuses else []), *(NOT_COMPARABLE if found.orders_home(id) else ())}
    left_out |= {outcome for outcome in places if not_run(facts, found, id, outcome)}
    told = [outcome for outcome in (*places, *BOXED) if outcome not in left_out]
    clear = [outcome for outcome in told if found.verdict(id, outcome) in ("lowers", "raises")]
    for outcome in clear[: IN_A_BOX - 1]:
        yield join("In the runs, it ", *effect(facts, found, id, outcome), ".")


# For the page of answers ------------------------------------------------------------------------------------


def in_short(facts: Facts) -> tuple[Block, ...]:
    """A few lines from the model, then what reports say in as many: for the page of answers."""
    found = facts.simulated
    if found is None:
        return levers.in_short(facts)
    row = found.find("level", found.baseline, HEAD)
    if row is None:
        return levers.in_short(facts)
    lead = para(
        "In this model, whose loop sizes are assumed, ", *thing(facts, found, row), ", ", *level(row),
        " in the baseline, moves as follows. These are no forecasts, no ranking and no advice; the chapter ",
        chapter_ref("what would change it", "what-if"), " tells what each would cost people.",
    )  # fmt: skip
    costs = facts.says("what_if_costs")
    borne_by = (para(*tell(costs)),) if costs else ()
    return lead, Bullets(tuple(_lines(facts, found))), *borne_by, *levers.in_short(facts, most=REPORTED)


def _lines(facts: Facts, found: Simulated) -> Iterator[Spans]:
    yield from _many(found, moving(found, "raises"), "raise")
    yield from _many(found, moving(found, "lowers"), "lower", _by_less(found))
    for id in found.ordered:
        if said := sent_instead(facts, found, id):
            yield join("Under ", *said, " ", *in_all(facts, found, id))
    yield from _forced(found)


def _many(found: Simulated, ids: Sequence[str], verb: str, more: Spans = ()) -> Iterator[Spans]:
    """How many what-ifs move the number one way, by how much, and which they are where they are few."""
    if ids:
        yield join(
            how_many(len(ids), "what-if", start=True), f" {agree(len(ids), verb + 's', verb)} it, by medians of ",
            *_medians(found, ids), *_which(found, ids), ".", *more,
        )  # fmt: skip


def _forced(found: Simulated) -> Iterator[Spans]:
    """What orders people home, last and apart: it is no plain success."""
    for id in found.forced:
        if id in emptied(found):
            yield join(
                strong("Forced return, which is no plain success: "), *called(found, id), " leaves nearly nobody",
                *by_force(found, id), ".", *_orders_some(found),
            )  # fmt: skip


def _orders_some(found: Simulated) -> Spans:
    """The others that order people home."""
    some = [id for id in found.forced if id not in emptied(found)]
    if not some:
        return ()
    return join(
        " ",
        *listed([called(found, id) for id in some]),
        f" {agree(len(some), 'orders', 'order')} some home, too, by assumed links.",
    )


def _medians(found: Simulated, ids: Sequence[str]) -> Spans:
    """The smallest and the largest median of these what-ifs, each opening its own card."""
    rows = [row for id in ids if (row := found.find("effect", id, HEAD)) is not None]
    rows.sort(key=lambda row: abs(row.figures.all.median))
    ends = [rows[0], rows[-1]] if len(rows) > 1 else rows
    return listed([amount(row)[:1] for row in ends], "to")


def _which(found: Simulated, ids: Sequence[str]) -> Spans:
    return join(": ", *listed([_with_care(found, id) for id in ids])) if len(ids) <= NAMED else ()


def _with_care(found: Simulated, id: str) -> Spans:
    """A what-if by its name; of one that hangs on what people tell, that it is assumed and whom it can harm."""
    care = join(" (assumed; ", *tell(lower_first(found.scenarios[id].caution.rstrip("."))), ")")
    return join(*called(found, id), *(care if found.hangs_on_talk(id) else ()))


def _by_less(found: Simulated) -> Spans:
    """How many others move it by how little, at most."""
    ids = of_verdict(found, "small", "near", "none")
    rows = [row for id in ids if (row := found.find("effect", id, HEAD)) is not None]
    if not rows:
        return ()
    most = max(rows, key=lambda row: abs(row.figures.all.median))
    return join(
        " ", how_many(len(ids), "other", start=True), f" {agree(len(ids), 'moves', 'move')} it by about ",
        *amount(most)[:1], " or fewer in the runs.",
    )  # fmt: skip
