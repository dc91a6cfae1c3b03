"""What the runs found, in plain sentences: the baseline, what lowers and raises the number, what people would bear.

Nothing is ranked whose intervals overlap. Wherever people are ordered home, how many they are and what they lose stands
in the same lines, and what the law bars.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallystick.brief.backing import is_projection, last_described
from tallystick.brief.cards_runs import prior_words, shown_assumptions, starts
from tallystick.brief.chapters.base import where
from tallystick.brief.chapters.what_if_words import (
    amount,
    effect,
    figure,
    level,
    name,
    puts_elsewhere,
    size,
    thing,
)
from tallystick.brief.document import Ref, Spans
from tallystick.brief.facts import Facts
from tallystick.brief.prose import EIGHTY, date_of, est, join, listed, method, strong, tell
from tallystick.brief.simulated import HEAD, LOST, ORDERED, Simulated
from tallystick.brief.words import dates
from tallystick.brief.words.grammar import stop
from tallystick.brief.words.numbers import plain
from tallystick.brief.words.rounding import significant

BUILDERS = "builders:"  # what a lever acts on that sends people of an army
REDIRECTED = "redirect_share"  # the assumption of how many of those refused are sent elsewhere
REFUSAL = "refusal"  # what the lever acts on by which a host admits nobody new
BAR = "Nobody may be returned to torture or other grave harm; the runs make no exception for those whom that protects."


def plain_answers(facts: Facts, found: Simulated) -> Iterator[Spans]:
    """What moves the number and what hardly does, what moves people elsewhere, and whom it orders home."""
    yield from _unchanged(facts, found)
    yield from _emptied(found)
    yield from _moved(found, "lowers", "Lowers it: ")
    yield from _moved(found, "raises", "Raises it: ")
    yield from _hardly(found)
    yield from _not_at_all(found)
    yield from _unsure(found)
    yield from _elsewhere(facts, found)
    yield from _ordered(found)


def _unchanged(facts: Facts, found: Simulated) -> Iterator[Spans]:
    """The level that all others are compared with, where it starts, and that it is no forecast."""
    row = found.find("level", found.baseline, HEAD)
    if row is not None:
        yield join(
            strong("If nothing is changed "), "(the baseline: ", name(found, found.baseline), "), ",
            *thing(facts, found, row), " is ", *level(row), ", as the plan of arrivals wanders and the loops of the "
            "map act.", *_start(facts), " It is what all others are compared with, and no forecast.",
        )  # fmt: skip


def _start(facts: Facts) -> Spans:
    """How many the runs start from, and whether anybody counted them."""
    run = facts.programme.tables["scenarios"]["run"]["start"]
    first = next((each for each in starts(facts, run) if each.host == facts.focus), None)
    if first is None:
        return ()
    said = join(
        " The runs start at ", date_of(dates.period_words(first.period)), " from ", est(first, noun=""),
    )  # fmt: skip
    day = last_described(facts, first.host)
    if not is_projection(facts, first) or day is None:
        return join(said, ".")
    return join(said, ", itself a projection: the last count describes ", date_of(dates.day(day)), ".")


def emptied(found: Simulated) -> list[str]:
    """What-ifs under which next to nobody is left."""
    return [id for id in found.ordered if found.ends_near_nothing(id, HEAD)]


def moving(found: Simulated, verdict: str) -> list[str]:
    """What-ifs that move the number one way and leave some, in the order of their medians."""
    gone = emptied(found)
    ids = [id for id in found.ordered if found.verdict(id, HEAD) == verdict and id not in gone]
    return ids if verdict == "lowers" else ids[::-1]


def _emptied(found: Simulated) -> Iterator[Spans]:
    for id in emptied(found):
        yield join(strong("Brings it "), *size(found, id), ": ", name(found, id), *beside(found, id), ".")


def _moved(found: Simulated, verdict: str, lead: str) -> Iterator[Spans]:
    ids = moving(found, verdict)
    if ids:
        said = [join(name(found, id), ", ", *size(found, id), *beside(found, id)) for id in ids]
        yield join(strong(lead), *said[0], *(join("; ", *one) for one in said[1:]), ".", no_ranking(found, ids))


def no_ranking(found: Simulated, ids: Sequence[str]) -> str:
    """That what-ifs whose intervals overlap are not ranked, and on what their order would hang."""
    if not found.overlap(ids):
        return ""
    return (
        " Where intervals overlap, this order (of the medians) is no ranking: it hangs on how strong each "
        "what-if was supposed to be and on sizes that nobody has measured."
    )


def beside(found: Simulated, id: str) -> Spans:
    """What must stand beside the size of an effect."""
    parts = [*_who_is_ordered(found, id)]
    if found.scenarios[id].belief:
        parts.append(join("if what it believes holds"))
    if puts_elsewhere(found, id):
        parts.append(join("since the what-if itself puts them there"))
    if REFUSAL in found.acts(id):
        parts.append(join("by an assumed share of those refused"))
    parts += _builders(found, id)
    return join(*(join(", ", *part) for part in parts))


def _who_is_ordered(found: Simulated, id: str) -> Iterator[Spans]:
    row = found.find("effect", id, ORDERED)
    if row is not None and found.orders_home(id):
        yield join("with the forced return of ", *amount(row), " people from all hosts")


def _builders(found: Simulated, id: str) -> Iterator[Spans]:
    row = found.find("effect", id, "military_builders")
    if row is not None and any(act.startswith(BUILDERS) for act in found.acts(id)):
        yield join("beside ", *amount(row), " military builders, who are in no number of workers")


def small(found: Simulated) -> list[str]:
    """What-ifs that move the number by less than chance does."""
    return [id for id in found.ordered if found.verdict(id, HEAD) == "small"]


def still(found: Simulated) -> list[str]:
    """What-ifs that do not move the number in any run."""
    return [id for id in found.ordered if found.verdict(id, HEAD) == "none"]


def _hardly(found: Simulated) -> Iterator[Spans]:
    ids, width = small(found), found.chance_width(HEAD)
    row = found.find("level", found.baseline, HEAD)
    if ids and width and row is not None:
        yield join(
            strong("Hardly moves it: "), *_named(found, ids),
            ". Chance alone spreads the number over ", figure(row, plain(significant(width, 2)), "level"),
            " (the width of its ", EIGHTY, " interval), and each of these moves it by less.",
        )  # fmt: skip


def _not_at_all(found: Simulated) -> Iterator[Spans]:
    ids = still(found)
    if ids:
        yield join(
            strong("Does not move it, by assumption: "), *_named(found, ids),
            ". No equation leads from what is pulled to the number of people: that is put in and not found.",
        )  # fmt: skip


def _unsure(found: Simulated) -> Iterator[Spans]:
    ids = [id for id in found.ordered if found.verdict(id, HEAD) == "unsure"]
    if ids:
        yield join(
            strong("May lower or raise it: "), *_named(found, ids), ". What is assumed decides even the direction.",
        )  # fmt: skip


def _named(found: Simulated, ids: Sequence[str]) -> Spans:
    return listed([(name(found, id),) for id in ids])


def _elsewhere(facts: Facts, found: Simulated) -> Iterator[Spans]:
    """What becomes of those whom hosts no longer admit: fewer there, more in the focus host, by an assumed share."""
    for id in found.ordered:
        said = sent_instead(facts, found, id)
        if said:
            fewer = [join(*effect(facts, found, id, f"{HEAD}_{host}")) for host in _refusing(found, id)]
            yield join(
                strong("Moves people elsewhere: "), "under ", *said, " It ", *listed(fewer), ". How many of those "
                "refused are sent on is ", Ref("assumed", "assumption", REDIRECTED), *_share(facts), ".",
            )  # fmt: skip


def sent_instead(facts: Facts, found: Simulated, id: str) -> Spans:
    """How many more arrive in the focus host when others admit nobody new; nothing where none do."""
    more = found.find("effect", id, "arrivals_since")
    if REFUSAL not in found.acts(id) or more is None or found.verdict(id, "arrivals_since") != "raises":
        return ()
    return join(
        name(found, id), ", ", *amount(more), " more arrive ", where(facts, facts.focus), " in ",
        date_of(f"{found.years[0]} to {found.last}"), " together, by an assumed share of those refused.",
    )  # fmt: skip


def _refusing(found: Simulated, id: str) -> tuple[str, ...]:
    hosts = (host for pull in found.scenarios[id].pulls for host in found.levers[pull.lever].hosts)
    return tuple(dict.fromkeys(hosts))


def _share(facts: Facts) -> Spans:
    one = shown_assumptions(facts).get(REDIRECTED)
    return join(": a share of ", method(prior_words(one))) if one is not None else ()


# What people would bear -------------------------------------------------------------------------------------


def _ordered(found: Simulated) -> Iterator[Spans]:
    """Every what-if that orders people home, how many, and what they lose."""
    ids = [id for id in found.ordered if found.orders_home(id)]
    if ids:
        said = [join(name(found, id), ", ", *forced(found, id)) for id in ids]
        yield join(
            strong("Orders people home: "), *said[0], *(join("; ", *one) for one in said[1:]), ". All hosts together, "
            "to the end of ", date_of(str(found.last)), ", beyond the baseline. A forced return is a harm and no plain "
            "success. ", *tell(BAR), " What happens to people after return is not counted.",
        )  # fmt: skip


def forced(found: Simulated, id: str) -> Spans:
    """ "5,000 people (...), who lose USD 3 million of booked pay (...)": medians over the runs' own sums."""
    people, pay = found.find("effect", id, ORDERED), found.find("effect", id, LOST)
    assert people is not None, "asked for after people were found"
    lost = join(", who lose booked pay of ", *amount(pay)) if pay is not None and pay.figures.all.median > 0 else ()
    return join(*amount(people), " people", *lost)


def borne(found: Simulated, id: str) -> Spans:
    """What a what-if would cost people: whom it orders home, then what its author would not have hidden."""
    caution = found.scenarios[id].caution
    if found.orders_home(id):
        said = join(
            "It means forced return: to the end of ", date_of(str(found.last)), " and beyond the baseline, all hosts "
            "together order home ", *forced(found, id), ".",
        )  # fmt: skip
    else:
        said = join("In most runs it orders home no more people than the baseline does.")
    return join(*said, " ", *tell(stop(caution))) if caution else said
