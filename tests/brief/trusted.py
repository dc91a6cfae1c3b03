"""Invented answers about leading figures: which origin moves them, which choice, and what would narrow them."""

from __future__ import annotations

from dataclasses import replace

from tallystick.brief.document import Chapter, Details, Figure, Spans, Table, plain
from tallystick.brief.facts import Facts
from tallystick.brief.targets import spans_of
from tallystick.calibrate.headline import untold_measures
from tallystick.calibrate.leading import leading_of
from tallystick.calibrate.learning import Narrowed, Spread
from tallystick.vocab.trust import Answer, Bloc, Choice, Errors, Foretold, Leading, Silenced, Worth


def trusted(facts: Facts) -> Facts:
    """The same facts with leading figures asked; every third origin moves them, every fifth by another fit."""
    blocs = bloc(facts, "workers_present RU 2024-12", flagged=True), bloc(facts, "gross_wage RU 2024", flagged=False)
    figures = [one for one in leading_of(facts.programme) if facts.find(one.id, one.host, one.period, one.part)]
    return replace(
        facts, silenced=_silenced(facts, figures), choices=_choices(facts, figures), worth=_worth(facts, figures),
        blocs=blocs, narrowed=_narrowed(),
    )  # fmt: skip


def _narrowed() -> tuple[Narrowed, ...]:
    """One that was learnt, one that was not, and one of whose four parts two were."""
    ratios = {"start_RU": (0.3,), "permit_coverage_2018": (0.95,), "wage_RU": (0.5, 0.79, 0.81, 1.2)}
    prior, posterior = Spread(1000.0, 2000.0, 4000.0), Spread(1500.0, 2100.0, 3210.0)
    return tuple(
        Narrowed(unknown=name, part=at + 1, parts=len(each), prior=prior, posterior=posterior, ratio=ratio)
        for name, each in ratios.items()
        for at, ratio in enumerate(each)
    )


def bloc(facts: Facts, on: str, *, flagged: bool) -> Bloc:
    """Three voices that are said to agree."""
    claims = [one.claim for one in facts.account.observations if one.measure == "workers_present"][:3]
    return Bloc(
        claims=tuple(claims), voices=tuple(claims), measure="workers_present", host="RU", low=4000, high=4400,
        unit="persons", factor=9.87, tail=0.001, alike=0.4, move=0.83, on=on, reliable=not flagged, flagged=flagged,
    )  # fmt: skip


def _silenced(facts: Facts, figures: list[Leading]) -> tuple[Silenced, ...]:
    voices: dict[str, list[str]] = {}
    for one in facts.account.observations:
        if one.measure not in untold_measures(facts.programme):
            voices.setdefault(one.voice, []).append(one.claim)
    return tuple(
        _moved(facts, figure, name, tuple(claims), place)
        for place, (name, claims) in enumerate(voices.items())
        for figure in figures
    )


def _moved(facts: Facts, figure: Leading, name: str, claims: tuple[str, ...], place: int) -> Silenced:
    interval = facts.by_key[figure.id, figure.host, figure.period, figure.part].interval
    move = (0.9 / (place + 1)) * (-1) ** place if place % 3 == 0 else 0.0
    by = move * (interval.upper_80 - interval.lower_80)
    return Silenced(
        figure=figure, origin=name, claims=claims, median=max(interval.median + by, 1e-3),
        lower_80=max(interval.lower_80 + by, 1e-4), upper_80=interval.upper_80 + abs(by), move=move,
        how="refit" if place % 5 == 0 else "psis", reliable=place != 3,
        errors=Errors(median=1.5, lower_80=2.5, upper_80=3.5) if place % 5 == 0 else None,
    )  # fmt: skip


def _choices(facts: Facts, figures: list[Leading]) -> tuple[Choice, ...]:
    rows = facts.programme.tables["model"]["alternative"]
    weights = [(0.6, 0.2, 0.9), (0.4, 0.1, 0.8), *[(None, None, None)] * len(rows)]
    ids = [("", ""), *((str(row["id"]), str(row["name"])) for row in rows)]
    differences = (0.0, 7.6, -1.9, 0.01, -40.0)
    voices = list(dict.fromkeys(one.voice for one in facts.account.observations))
    return tuple(
        Choice(
            id=id, name=name, weight=weight, lower=low, upper=high, compared=80, difference=differences[place % 5],
            error=0.1 if place else 0.0, reliable=True,
            answers=tuple(_answer(facts, figure, 1 + 0.3 * place) for figure in figures),
            foretold=_foretold(voices, place) if place else (),
        )
        for place, ((id, name), (weight, low, high)) in enumerate(zip(ids, weights, strict=False))
    )  # fmt: skip


def _foretold(voices: list[str], place: int) -> tuple[Foretold, ...]:
    """The choices differ most on the last origins, and the very last two could not be asked."""
    return tuple(
        Foretold(origin=name, difference=place * at / 100, error=0.05, compared=at < len(voices) - 2)
        for at, name in enumerate(voices)
    )


def _answer(facts: Facts, figure: Leading, factor: float) -> Answer:
    interval = facts.by_key[figure.id, figure.host, figure.period, figure.part].interval
    return Answer(
        figure=figure, median=interval.median * factor, lower_80=interval.lower_80 * factor,
        upper_80=interval.upper_80 * factor, errors=Errors(median=0.5, lower_80=0.25, upper_80=0.75),
    )  # fmt: skip


def _worth(facts: Facts, figures: list[Leading]) -> tuple[Worth, ...]:
    rows = facts.programme.tables["obtainable"]["observation"]
    return tuple(
        Worth(
            figure=figure,
            observation=str(row["id"]),
            variance=0.5 / (1 + (place + at) % 5),
            error=0.01,
            width=0.1,
            width_error=0.02,
        )
        for place, row in enumerate(rows)
        for at, figure in enumerate(figures)
    )


# What a chapter says, for tests of it


def table_of(chapter: Chapter, id: str) -> Table:
    blocks = [block for section in chapter.sections for block in section.blocks]
    blocks += [inner for block in blocks if isinstance(block, Details) for inner in block.blocks]
    return next(block for block in blocks if isinstance(block, Table) and block.id == id)


def words_of(chapter: Chapter | None) -> str:
    assert chapter is not None
    return " ".join(plain(tuple(spans_of(block))) for section in chapter.sections for block in section.blocks)


def opened(spans: Spans) -> set[str]:
    return {claim for span in spans if isinstance(span, Figure) for claim in span.claims}
