"""Where the outcomes of runs are: tables and charts that leave this study's chapters have to name it themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tallystick.brief.own_words import own_words
from tallystick.scenarios.reported import of_focus
from tallystick.scenarios.results import Results
from tallystick.scenarios.start import shape_of
from tallystick.vocab.programme import Programme


def places_of(programme: Programme) -> dict[str, str]:
    """Where the outcomes are that name no place: the host that is followed, and land that is counted with it."""
    return dict.fromkeys(of_focus(shape_of(programme)), hosts_of(programme)[programme.focus.id])


def hosts_of(programme: Programme) -> dict[str, str]:
    """Each host as words say where, the one that is followed with the land that is counted with it."""
    land = own_words(programme).get("land_counted_with_host", "")
    names = {id: f"in {each.name}" for id, each in programme.hosts.items()}
    return names | {programme.focus.id: names[programme.focus.id] + (f" and {land}" if land else "")}


def placed(found: Results, places: Mapping[str, str]) -> Results:
    """The same with the place in the name of each outcome."""
    levels, effects = (
        tuple(replace(row, name=f"{row.name}, {places[row.outcome]}") if row.outcome in places else row for row in rows)
        for rows in (found.levels, found.effects)
    )
    return replace(found, levels=levels, effects=effects)
