"""What the runs found, in plain sentences: the baseline, where people go instead, what people would bear.

Wherever people are ordered home, how many they are stands beside the fall in numbers, and what the law bars.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallystick.brief.cards_runs import month, prior_words, shown_assumptions, starts
from tallystick.brief.chapters.what_if_links import through
from tallystick.brief.chapters.what_if_words import (
    amount,
    called,
    change,
    effect,
    here,
    level,
    name,
    puts_elsewhere,
    size,
    thing,
)
from tallystick.brief.document import Ref, Spans
from tallystick.brief.facts import Facts
from tallystick.brief.prose import date_of, est, join, listed, method, strong, tell
from tallystick.brief.simulated import HEAD, LOST, ORDERED, Simulated, Verdict, interval_of, is_nothing
from tallystick.brief.words import dates
from tallystick.brief.words.grammar import agree, stop

BUILDERS = "builders:"  # what a lever acts on that sends people of an army
REDIRECTED = "redirect_share"  # the assumption of how many of those refused are sent elsewhere
SENT = "sent"  # the outcome of all who are sent, to whatever host
REFUSAL = "refusal"  # what the lever acts on by which a host admits nobody new
BAR = "Nobody may be returned to torture or other grave harm; the runs make no exception for those whom that protects."


def plain_answers(facts: Facts, found: Simulated) -> Iterator[Spans]:
    """The baseline, where people go instead, what leaves next to nobody, and last all that orders people home."""
    yield from _unchanged(facts, found)
    yield from _elsewhere(facts, found)
    yield from _emptied(found)
    yield from _ordered(found)


def _unchanged(facts: Facts, found: Simulated) -> Iterator[Spans]:
    """The level that all others are compared with, where it starts, and that it is no forecast."""
    row = found.find("level", found.baseline, HEAD)
    if row is not None:
        yield join(
            strong("If nothing is changed "), "(the baseline: ", name(found, found.baseline), "), ",
            *thing(facts, found, row), " is ", *level(row), ". The plan of arrivals wanders by an assumed amount, and "
            "every loop of the map acts.", *_start(facts), " All others are compared with it; it is no forecast.",
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
    day = facts.reach.last_described(first.host)
    if not facts.reach.is_projection(first) or day is None:
        return join(said, ".")
    return join(said, ", itself a projection: the last count describes ", date_of(dates.day(day)), ".")


def emptied(found: Simulated) -> list[str]:
    """What-ifs under which next to nobody is left, those that order people home among them."""
    return [id for id in found.ordered if found.ends_near_nothing(id, HEAD)]


def moving(found: Simulated, verdict: str) -> list[str]:
    """What-ifs that move the number one way, order nobody home and leave some, in the order of their medians."""
    gone = emptied(found)
    ids = [id for id in found.unforced if found.verdict(id, HEAD) == verdict and id not in gone]
    return ids if verdict == "lowers" else ids[::-1]


def _emptied(found: Simulated) -> Iterator[Spans]:
    """Those that order people home among them are told with forced return."""
    for id in emptied(found):
        if id in found.unforced:
            yield join(strong("Brings it "), *size(found, id), ": ", *called(found, id), ".")


def by_force(found: Simulated, id: str) -> Spans:
    """What a what-if that leaves next to nobody by ordering people home does to them."""
    return join(
        ", by sending everybody home from every host: ", *_returns(found, id),
        " in all hosts together, ", *_since(found, id), ", people among them whose return law "
        "forbids", *pay_lost(found, id, "; those returned lose booked pay of "),
    )  # fmt: skip


def _returns(found: Simulated, id: str) -> Spans:
    row = found.find("effect", id, ORDERED)
    assert row is not None, "asked for after people were found"
    return amount(row, "forced returns")


def _since(found: Simulated, id: str) -> Spans:
    """ "July 2026 to the end of 2030"."""
    first = min((each.start for each in found.scenarios[id].pulls), default="")
    end = join("the end of ", date_of(str(found.last)))
    return join(date_of(month(first)), " to ", *end) if first else join("up to ", *end)


def beside(facts: Facts, found: Simulated, id: str) -> Spans:
    """What must stand beside the size of an effect."""
    parts = [*_who_is_ordered(found, id)]
    if found.scenarios[id].belief:
        parts.append(join("if what it believes holds"))
    if puts_elsewhere(found, id):
        parts.append(join("since the what-if itself puts them there"))
    if REFUSAL in found.acts(id):
        parts.append(join("by an assumed share of those refused"))
    elif names := through(facts, found, id):
        parts.append(join(f"by the assumed {agree(len(names), 'number', 'numbers')} named above"))
    parts += _builders(found, id)
    return join(*(join(", ", *part) for part in parts))


def _who_is_ordered(found: Simulated, id: str) -> Iterator[Spans]:
    row = found.find("effect", id, ORDERED)
    if row is not None and found.orders_home(id):
        yield join("with the forced return of ", *amount(row, "people"), " from all hosts")


def _builders(found: Simulated, id: str) -> Iterator[Spans]:
    row = found.find("effect", id, "military_builders")
    if row is not None and any(act.startswith(BUILDERS) for act in found.acts(id)):
        yield join("beside ", *amount(row, "military builders"), ", who are in no number of workers")


def of_verdict(found: Simulated, *verdicts: Verdict) -> list[str]:
    """What-ifs that order nobody home and whose effect on the number is told with one of these words."""
    return [id for id in found.unforced if found.verdict(id, HEAD) in verdicts]


def _elsewhere(facts: Facts, found: Simulated) -> Iterator[Spans]:
    """What becomes of those whom hosts no longer admit: fewer there, more in the focus host, by an assumed share."""
    for id in found.ordered:
        said = sent_instead(facts, found, id)
        if said:
            fewer = [join(*effect(facts, found, id, f"{HEAD}_{host}")) for host in _refusing(found, id)]
            yield join(
                strong("Moves people elsewhere: "), "under ", *said, " In the runs, it ", *listed(fewer), ". How "
                "many of those refused are sent on is ", Ref("assumed", "assumption", REDIRECTED), *_share(facts), ". ",
                *in_all(facts, found, id),
            )  # fmt: skip


def in_all(facts: Facts, found: Simulated, id: str) -> Spans:
    """Whether fewer are sent in all, which is what such a what-if asks; nothing where that is not known."""
    row = found.find("effect", id, SENT)
    if row is None:
        return ()
    interval = interval_of(row.figures.all)
    if interval.lower_80 <= 0 <= interval.upper_80 and not is_nothing(row.figures):
        printed = change(row)
        return join("Whether fewer are sent in all cannot be told: in ", date_of(str(row.year)), ", ", *printed, ".")
    return join("In all, it ", *effect(facts, found, id, SENT), ".")


def sent_instead(facts: Facts, found: Simulated, id: str) -> Spans:
    """How many more arrive in the focus host when others admit nobody new; nothing where none do."""
    more = found.find("effect", id, "arrivals_since")
    if REFUSAL not in found.acts(id) or more is None or found.verdict(id, "arrivals_since") != "raises":
        return ()
    return join(
        *called(found, id), ", ", *amount(more, "people"), " more arrive ", here(facts, found, found.ordered), " in ",
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
    """Every what-if that orders people home; how many stands in the table below, what they lose in its box."""
    if found.forced:
        yield join(
            strong("Forced return: "), *_named(found, found.forced), " order people home. A forced return is a harm "
            "and no plain success; how many they are stands in a table of its own, what each costs them in its box. ",
            *tell(BAR), " What happens to people after return is not counted.",
            *(join(" ", *called(found, id), " leaves nearly nobody", *by_force(found, id), ".")
              for id in emptied(found) if id in found.forced),
        )  # fmt: skip


def _named(found: Simulated, ids: Sequence[str]) -> Spans:
    return listed([called(found, id) for id in ids])


def forced(found: Simulated, id: str) -> Spans:
    """ "5,000 people (...) more than in the baseline, who lose ...": medians over the runs' own sums."""
    people = found.find("effect", id, ORDERED)
    assert people is not None, "asked for after people were found"
    return join(
        *amount(people, "people"), " more than the baseline does", *pay_lost(found, id, "; they lose booked pay of ")
    )


def pay_lost(found: Simulated, id: str, lead: str) -> Spans:
    """The booked pay that those ordered home lose, after these words; nothing where it is none."""
    pay = found.find("effect", id, LOST)
    return join(lead, *amount(pay)) if pay is not None and pay.figures.all.median > 0 else ()


def borne(found: Simulated, id: str) -> Spans:
    """What a what-if would cost people: whom it orders home, then what its author would not have hidden."""
    caution = found.scenarios[id].caution
    said = _means(found, id) if found.orders_home(id) else ()
    return join(*said, " " if said and caution else "", *(tell(stop(caution)) if caution else ()))


def _means(found: Simulated, id: str) -> Spans:
    return join(
        "In the runs it means forced return: to the end of ", date_of(str(found.last)), ", all hosts together order "
        "home ", *forced(found, id), ".",
    )  # fmt: skip
