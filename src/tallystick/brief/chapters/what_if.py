"""What would change it: what a model with assumed loops finds, then what reports say, clearly apart.

A forced return is never told as plain success: its cost to those returned and the bar on returning people to harm
stand in the same lines as the fall in numbers. No outcome tells of flight, and nothing here is advice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tallystick.brief.chapters import levers
from tallystick.brief.chapters.base import caution, chapter_ref, method_note, start, where
from tallystick.brief.chapters.what_if_assumed import assumed_section
from tallystick.brief.chapters.what_if_pictures import pictures_section
from tallystick.brief.chapters.what_if_tables import all_pulled, belief_table, beliefs, effect_tables, spread_table
from tallystick.brief.chapters.what_if_words import effect, figure, level, mean_figure, name, size, thing
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
from tallystick.brief.simulated import HEAD, MODEL, RETURN, Simulated
from tallystick.brief.specs.what_if import change_chart, fan_chart
from tallystick.brief.words.grammar import agree, capital, stop
from tallystick.brief.words.numbers import plain, tenths
from tallystick.brief.words.rounding import significant

DOING = {"lowers": "which lowers it ", "raises": "which raises it "}
MOST = 3  # what-ifs named as those that move the number most, each way
REPORTED = 2  # lines of reports on the page of answers, beside those of the model
IN_A_BOX = 5  # effects told of one what-if; the tables have all
BOXED = (
    "arrivals", "sent", "state_income", "paid_at_once", "booked_owed", "booked_lost", "goods_income",
    "military_builders", "withdrawn", "deaths", "injuries",
)  # fmt: skip
PRESENCE = ("region:", "builders:")  # what a lever acts on that puts people where a plan says
REDIRECTED = "redirect_share"  # the assumption of how many of those refused are sent elsewhere
REFUSAL = "refusal"  # what the lever acts on by which a host admits nobody new


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
        blocks=(Bullets(tuple(plain_answers(facts, found))), _read_first()),
        sections=tuple(sections),
    )


def _standfirst(found: Simulated) -> Spans:
    return join(
        "Run to the end of ",
        date_of(str(found.last)),
        ": ",
        how_many(len(found.ordered), "what-if"),
        ", each beside the same runs with nothing changed. They are what-ifs of a model whose loop sizes are assumed, "
        "not forecasts.",
    )


def _read_first() -> Block:
    return caution(
        "Before you use any of this",
        para(
            "It is no advice. A lever acts on people who did not choose it, and those abroad bear its cost first; "
            "nothing here may be read as a reason to put anyone in danger. Nobody may be returned to torture or other "
            "grave harm, whatever a duty to send home asks. No run tells of flight, of what could help or hinder it, "
            "or of anyone by name."
        ),
    )


# In plain words ---------------------------------------------------------------------------------------------


def plain_answers(facts: Facts, found: Simulated) -> Iterator[Spans]:
    """What moves the number most, what hardly does, what moves people elsewhere, and what it would cost people."""
    yield from _unchanged(facts, found)
    yield from _most(found)
    yield from _less(found)
    yield from _unsure(found)
    yield from _hardly(found)
    yield from _elsewhere(facts, found)
    yield from _cost(facts, found)


def _unchanged(facts: Facts, found: Simulated) -> Iterator[Spans]:
    row = found.find("level", found.baseline, HEAD)
    if row is not None:
        yield join(
            strong("If nothing is changed, "), *thing(facts, row), " is ", *level(row),
            ", as the plan of arrivals wanders and the loops of the map act.",
        )  # fmt: skip


def _moving(found: Simulated, verdict: str) -> list[str]:
    ids = [id for id in found.ordered if found.verdict(id, HEAD) == verdict]
    return ids[:MOST] if verdict == "lowers" else ids[::-1][:MOST]


def _most(found: Simulated) -> Iterator[Spans]:
    for verdict, lead in (("lowers", "Lowers it most: "), ("raises", "Raises it most: ")):
        ids = _moving(found, verdict)
        if ids:
            said = [join(name(found, id), ", ", *size(found, id), *_beside(found, id)) for id in ids]
            yield join(strong(lead), *said[0], *(join("; ", *one) for one in said[1:]), ".")


def _less(found: Simulated) -> Iterator[Spans]:
    """What moves it more than chance does, and less than those named before."""
    named = {id for verdict in DOING for id in _moving(found, verdict)}
    rest = [id for id in found.ordered if found.verdict(id, HEAD) in DOING and id not in named]
    if rest:
        said = [join(name(found, id), ", ", DOING[found.verdict(id, HEAD)], *size(found, id)) for id in rest]
        yield join(strong("Moves it less: "), *said[0], *(join("; ", *one) for one in said[1:]), ".")


def _beside(found: Simulated, id: str) -> Spans:
    """What must stand beside the size of an effect."""
    acts = found.acts(id)
    if RETURN in acts:
        return join(", which means forced return for some")
    if any(act.startswith(PRESENCE) for act in acts):
        return join(", as the what-if itself supposes")
    return join(", if what it believes holds") if found.scenarios[id].belief else ()


def _hardly(found: Simulated) -> Iterator[Spans]:
    ids, width = _small(found), found.chance_width(HEAD)
    row = found.find("level", found.baseline, HEAD)
    if ids and width and row is not None:
        yield join(
            strong("Hardly moves it: "), *listed([(name(found, id),) for id in ids]),
            ". Each moves the number by less than the width of chance, ",
            figure(row, plain(significant(width, 2)), "level"), ", so that a count could not tell that it was done.",
        )  # fmt: skip


def _small(found: Simulated) -> list[str]:
    return [id for id in found.ordered if found.verdict(id, HEAD) in ("none", "small")]


def _unsure(found: Simulated) -> Iterator[Spans]:
    ids = [id for id in found.ordered if found.verdict(id, HEAD) == "unsure"]
    if ids:
        said = listed([(name(found, id),) for id in ids])
        yield join(strong("May lower or raise it: "), *said, ". What is assumed decides even the direction.")


def _elsewhere(facts: Facts, found: Simulated) -> Iterator[Spans]:
    """Of those whom a host no longer admits, how many go to the focus host instead."""
    for id in found.ordered:
        more, all_ = found.summed(id, "arrivals"), found.summed(id, "sent")
        fewer = more - all_  # by how many fewer go elsewhere
        if REFUSAL not in found.acts(id) or fewer <= 0 or more <= 0:
            continue
        hosts = [host for pull in found.scenarios[id].pulls for host in found.levers[pull.lever].hosts]
        refused = listed([tell(facts.host_name(host)) for host in dict.fromkeys(hosts)])
        yield join(
            strong("Moves people elsewhere: "), "under ", name(found, id), ", about ", tenths(more / fewer),
            " of those whom ", *refused, " refuses go to ", *tell(facts.host_name(facts.focus)), " instead: ",
            mean_figure(found, id, "arrivals"), " more arrivals there on average from ", date_of(str(found.years[0])),
            " to ", date_of(str(found.last)), ". ", Ref("That share is assumed.", "assumption", REDIRECTED),
        )  # fmt: skip


def _cost(facts: Facts, found: Simulated) -> Iterator[Spans]:
    for id in found.ordered:
        if RETURN in found.acts(id):
            yield join(strong("What it would cost people: "), *cost_of_return(facts, found, id))


def cost_of_return(facts: Facts, found: Simulated, id: str, called: str = "") -> Spans:
    """Who would be ordered home and what they would lose, then what no number may hide."""
    said = join(called or name(found, id), " means forced return for some")
    if found.summed(id, "ordered_home") >= 1:
        said = join(
            *said, ": ", mean_figure(found, id, "ordered_home"), " more people are ordered home ",
            where(facts, facts.focus).replace("in ", "from ", 1), " by the end of ", date_of(str(found.last)),
            " on average",
        )  # fmt: skip
    year = _worst_year(found, id)
    row = found.find("effect", id, "booked_lost", year)
    if year is not None and row is not None:
        said = join(
            *said, "; booked pay lost in all hosts up to the end of ", date_of(str(year)), ", when the gap is widest, ",
            "is higher ", *size(found, id, "booked_lost", year), " than if nothing is changed",
        )  # fmt: skip
    return join(*said, ". ", *tell(stop(found.scenarios[id].caution)) if found.scenarios[id].caution else ())


def _worst_year(found: Simulated, id: str) -> int | None:
    """The year in which most more booked pay is lost than if nothing was changed.

    Those who leave later lose theirs, too, so that the gap closes again.
    """
    means = {year: row.figures.mean for year in found.years if (row := found.find("effect", id, "booked_lost", year))}
    worst = max(means, key=lambda year: means[year], default=None)
    return worst if worst is not None and means[worst] > 0 else None


# Sections ---------------------------------------------------------------------------------------------------


def _effects(facts: Facts, found: Simulated) -> tuple[Block, ...]:
    width = found.results.draws * found.results.repeats
    how = method_note(
        "How to read the tables",
        para(
            "Every what-if was run ",
            method(f"{width:,} times"),
            " on the same random numbers as the runs with nothing changed, so that what differs is what was pulled. "
            "The width of chance is that of the ",
            EIGHTY,
            " interval that chance alone gives the number when nothing is changed: an effect below it could not be "
            "told from luck. Yearly values are in the file ",
            Emph("scenarios.csv"),
            ". All of it rests on ",
            Ref("one model and what it assumes", "model", MODEL),
            ".",
        ),
    )
    return (*_charts(facts, found), how, *effect_tables(facts, found), spread_table(facts, found))


def _charts(facts: Facts, found: Simulated) -> Iterator[Chart]:
    """The number present as it goes, and what each what-if changes; medians and intervals open in the tables."""
    names, here = {id: each.name for id, each in found.scenarios.items()}, where(facts, facts.focus)
    first = found.find("level", found.baseline, HEAD)
    if first is None:
        return
    fan, change = fan_chart(found.results, names, ()), change_chart(found.results, names, (), HEAD)
    ours: dict[str, Any] = {"estimates": (), "of_runs": True}
    yield replace(fan, id="what-if-workers", title=f"Workers {here} as it goes, and what what-ifs make of it", **ours)
    title = f"What each what-if changes: workers {here}, end of {found.last}"
    yield replace(change, id="what-if-changes", title=title, **ours)


def _beliefs(facts: Facts, found: Simulated) -> Iterator[Section]:
    tables = tuple(belief_table(facts, found, title, ids) for title, ids in beliefs(found).items())
    if tables:
        lead = para("Reports differ on what would follow. Each belief was run by itself; they are never averaged.")
        yield Section(id="what-if-beliefs", title="One question, two beliefs", blocks=(lead, *tables))


def _boxes(facts: Facts, found: Simulated) -> Iterator[Card]:
    for id in found.ordered:
        each = found.scenarios[id]
        said = [*_told(facts, found, id)]
        body: list[Paragraph | Bullets] = [para(*_question(each.question))]
        body.append(para(strong("Pulled. "), *tell(stop(capital(all_pulled(found, id))))))
        body += [para(*tell(stop(each.says)))] if each.says else []
        body += [para(strong("Believed. "), *tell(stop(each.belief)))] if each.belief else []
        body.append(Bullets(tuple(said)))
        if RETURN in found.acts(id):
            body.append(para(strong("Caution. "), *cost_of_return(facts, found, id, "It")))
        elif each.caution:
            body.append(para(strong("Caution. "), *tell(stop(each.caution))))
        body += [para("Evidence: ", refs(facts, each.evidence), ".")] if refs(facts, each.evidence) else []
        yield Card(title=(name(found, id),), body=tuple(body), id=f"what-if-{id}")


def _question(text: str) -> Spans:
    return tuple(Emph(span.text) if isinstance(span, Text) else span for span in tell(text))


def _told(facts: Facts, found: Simulated, id: str) -> Iterator[Spans]:
    """The number present, and the other effects that are larger than chance."""
    moved = found.verdict(id, HEAD) in ("lowers", "raises")
    yield join("It ", *effect(facts, found, id, HEAD), *(_beside(found, id) if moved else ()), ".")
    clear = [outcome for outcome in BOXED if found.verdict(id, outcome) in ("lowers", "raises")]
    for outcome in clear[: IN_A_BOX - 1]:
        yield join("It ", *effect(facts, found, id, outcome), ".")


# For the page of answers ------------------------------------------------------------------------------------


def in_short(facts: Facts) -> tuple[Block, ...]:
    """Three lines from the model, then what reports say in as many: for the page of answers."""
    found = facts.simulated
    if found is None:
        return levers.in_short(facts)
    row = found.find("level", found.baseline, HEAD)
    if row is None:
        return levers.in_short(facts)
    lead = para(
        "In this model, whose loop sizes are assumed, what-ifs move ", *thing(facts, row), " as follows. They are no "
        "forecasts and no advice; what each would cost people: ", chapter_ref("what would change it", "what-if"), ".",
    )  # fmt: skip
    return lead, Bullets(tuple(_lines(facts, found))), *levers.in_short(facts, most=REPORTED)


def _lines(facts: Facts, found: Simulated) -> Iterator[Spans]:
    for verdict, lead in (("lowers", "It falls most under "), ("raises", "It rises most under ")):
        for id in _moving(found, verdict)[:1]:
            bar = (
                join(", who would lose booked pay; nobody may be sent back to grave harm")
                if RETURN in found.acts(id)
                else ()
            )
            yield join(lead, name(found, id), ", ", *size(found, id), *_beside(found, id), *bar, ".")
    ids = _small(found)
    if ids:
        many = how_many(len(ids), "what-if", start=True)
        verb = agree(len(ids), "moves", "move")
        named = listed([(name(found, id),) for id in ids[:MOST]])
        lead = ", among them " if len(ids) > MOST else ": "
        yield join(many, f" {verb} it by less than the width of chance", lead, *named, ".")
    yield from (start(join(*line[1:])) for line in _elsewhere(facts, found))
