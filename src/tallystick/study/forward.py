"""What-ifs of a study: the scenarios that there are, and what runs of them found, kept in the cache.

Scenarios share their random numbers, so that one found alone is the same as one found among others: each is kept by
itself, under a hash of everything that it depends on, and only what is missing is run. How many threads, processes or
machines did the work is no part of that.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from tallystick.evidence.programme import load_programme, programme_folder
from tallystick.scenarios.executor import Where
from tallystick.scenarios.results import Results, joined
from tallystick.scenarios.scenario import (
    ASSUMED,
    Drive,
    Lever,
    Scenario,
    Span,
    check_places,
    check_run,
    levers_of,
    load_scenario,
    load_scenarios,
)
from tallystick.study.hashes import code_hash, hash_of, library_versions, processor_family
from tallystick.vocab.errors import UsageError
from tallystick.vocab.programme import Programme

if TYPE_CHECKING:
    from tallystick.scenarios.chunks import Engine
    from tallystick.scenarios.what_if import Progress, WhatIf
    from tallystick.study.study import Study

FOLDER, SUFFIX = "scenarios", ".toml"
NEEDED = ("system", "scenarios")  # tables without which a programme cannot be run forward
FOUND, TABLE, CHARTS = "results.json", "results.csv", "charts"
RUNS = "runs"  # the kind of entry in the cache, and what the folder of an example is called
SCHEMA = "tallystick-runs/1"
RUNNING = ("stocks", "scenarios", "calibrate", "vocab")  # whose code can move a run
COMPILING = ("numba", "llvmlite", "scipy", "salib")  # what can move one beside the libraries of the fit


def scenarios_of(study: Study) -> dict[str, Scenario]:
    """The scenarios that ship with the programme, by id."""
    found = load_scenarios(_folder(study), scenarios_table(study.programme), _known_rows(study))
    if not found:
        raise UsageError(f"{study.programme.title} has no scenarios", hint=f"put files into {FOLDER}/ of its folder")
    return found


def _folder(study: Study) -> Path:
    return programme_folder(study.name) / FOLDER


def _known_rows(study: Study) -> list[str]:
    """Ids that a scenario may name as its evidence; what was published after `as_of` is known to its author too."""
    whole = study.programme if study.as_of is None else load_programme(study.name)
    groups: Iterable[Sequence[Any]] = (whole.claims, whole.statements, whole.events, whole.law, whole.indicators)
    return [record.id for group in groups for record in group]


def levers(programme: Programme) -> dict[str, Lever]:
    """The levers that a programme's scenarios may pull; UsageError where it has none."""
    return levers_of(scenarios_table(programme))


def scenarios_table(programme: Programme) -> Mapping[str, Any]:
    """What a programme says of its runs, checked; UsageError where it cannot be run forward."""
    lacking = [name for name in NEEDED if name not in programme.tables]
    if lacking:
        raise UsageError(
            f"{programme.title} cannot be run forward: it has no {' and no '.join(f'{name}.toml' for name in lacking)}",
            hint="docs/reference/programme-folder.md says what they hold",
        )
    table: Mapping[str, Any] = programme.tables["scenarios"]
    check_run(table)
    return table


def question(
    study: Study, names: Sequence[str | Path] | None, runs: int | None, until: str | None, engine: Engine
) -> WhatIf:
    """The question that these words ask; faults of wording are told now, and not after the fit."""
    from tallystick.scenarios.levers import check_months
    from tallystick.scenarios.start import shape_of
    from tallystick.scenarios.what_if import RUNS as USUAL
    from tallystick.scenarios.what_if import WhatIf, run_months

    check_places(scenarios_table(study.programme), shape_of(study.programme))
    _refuse_before(study)
    baseline, *others = _named(study, names)
    until = until or _horizon(study, others or [baseline])
    for each in others:
        check_months(each, run_months(study.programme, until))
    runs = USUAL if runs is None else runs
    if runs < 1:
        raise UsageError(f"{runs} runs were asked for", hint="ask for at least 1")
    return WhatIf(
        programme=study.programme, baseline=baseline, scenarios=tuple(others), levers=study.levers, runs=runs,
        until=until, seed=study.seed, engine=engine,
    )  # fmt: skip


def levers_alone(study: Study, asked: WhatIf, *, every: bool) -> WhatIf:
    """The same question of each lever alone; with `every`, also of levers that can be run and no scenario pulls."""
    from tallystick.scenarios.effects import at_full, each_alone

    found = each_alone(asked.scenarios, study.levers)
    start = scenarios_table(study.programme)["run"].get("pulled_from")
    if every and start is not None:
        pulled = {pull.lever for each in found for pull in each.pulls}
        idle = [each for id, each in study.levers.items() if each.acts and id not in pulled]
        found += tuple(at_full(each, start, asked.scenarios) for each in idle)
    return replace(asked, scenarios=found)


def known_year(asked: WhatIf, year: int | None) -> int:
    """That year, or the last; UsageError, before anything is run, for one that would not be run."""
    first = int(asked.months[0][:4])
    last = first + len(asked.months) // 12 - 1
    if year is not None and not first <= year <= last:
        raise UsageError(f"no year {year} is run", hint=f"there are {first} to {last}")
    return last if year is None else year


def outcome_ids(asked: WhatIf) -> tuple[str, ...]:
    """The outcomes that runs of this programme have, in the order in which tables have them; without a fit."""
    from tallystick.scenarios.reported import outcomes_of
    from tallystick.scenarios.start import shape_of

    return tuple(each.id for each in outcomes_of(shape_of(asked.programme)))


def starts_after(study: Study) -> bool:
    """Whether runs start after the last day of the evidence that is used: of that month nothing was known yet."""
    start = scenarios_table(study.programme)["run"]["start"]
    return study.as_of is not None and str(study.as_of)[:7] < start


def _refuse_before(study: Study) -> None:
    if starts_after(study):
        start = scenarios_table(study.programme)["run"]["start"]
        raise UsageError(
            f"runs start at the end of {start}, and evidence published by {study.as_of} does not reach it",
            hint=f"name a day of {start} or later with --as-of, or leave it out",
        )


def _horizon(study: Study, scenarios: Sequence[Scenario]) -> str:
    """The latest month that any of them is to be run to, so that all are run over the same months."""
    usual: str = study.programme.tables["scenarios"]["run"]["until"]
    return max(each.until or usual for each in scenarios)


def _named(study: Study, names: Sequence[str | Path] | None) -> tuple[Scenario, ...]:
    """The scenarios of these names or files, the baseline first; all that ship when none is named."""
    from tallystick.scenarios.what_if import baseline_of

    shipped = study.scenarios
    baseline = baseline_of(list(shipped.values()))
    asked = list(shipped.values()) if not names else [_one(study, str(name)) for name in names]
    found = {each.id: each for each in (baseline, *asked)}
    texts: dict[str, str] = {}
    for each in with_bases((baseline, *asked)):
        if texts.setdefault(each.id, each.text) != each.text or shipped.get(each.id, each).text != each.text:
            raise UsageError(f"two scenarios are called {each.id!r}", hint="rename your file, and the id in it")
    return tuple(found.values())


def with_bases(scenarios: Iterable[Scenario]) -> Iterator[Scenario]:
    """These scenarios, each followed by those that it is based on."""
    for each in scenarios:
        yield from (each, *each.based_on)


def _one(study: Study, name: str) -> Scenario:
    if name in study.scenarios:
        return study.scenarios[name]
    if name.endswith(SUFFIX) or "/" in name:
        return load_scenario(Path(name), scenarios_table(study.programme), _known_rows(study), _folder(study))
    raise UsageError(f"unknown scenario {name!r}", hint=_instead(study, name))


def _instead(study: Study, name: str) -> str:
    """What somebody may have meant: a scenario, or a lever, which is in scenarios and is none."""
    if name in study.levers:
        pulling = [id for id, each in study.scenarios.items() if name in {pull.lever for pull in each.pulls}]
        told = f"pulled in {', '.join(pulling)}" if pulling else "which no scenario that ships pulls"
        return f"it is a lever, {told}; --levers tells of each lever alone, and a file of your own can pull it"
    near = get_close_matches(name, study.scenarios, n=3)
    return f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(study.scenarios)}; or give a file"


def simulated(study: Study, asked: WhatIf, where: Where | None, progress: Progress | None) -> Results:
    """What the runs found, from the cache where it lies there."""
    keys = keys_of(study, asked)
    folders = {id: study.find(RUNS, key) for id, key in keys.items()}
    missing = [id for id, folder in folders.items() if folder is None]
    if missing:
        from tallystick.scenarios.what_if import answer

        some = replace(asked, scenarios=tuple(each for each in asked.scenarios if each.id in missing))
        found = answer(some, study.fit.unknowns, where=where, kept=study.cache_folder, progress=progress)
        folders |= {id: study.kept(RUNS, keys[id], partial(_write, found.of([id]))) for id in missing}
    return joined([_read(folder) for folder in folders.values() if folder is not None])


def _write(found: Results, folder: Path) -> None:
    (folder / FOUND).write_bytes(msgspec.json.encode(found.as_json()))


def _read(folder: Path) -> Results:
    return Results.from_json(msgspec.json.decode((folder / FOUND).read_bytes()))


def keys_of(study: Study, asked: WhatIf) -> dict[str, str]:
    """By scenario, the hash of everything that its runs depend on; words for readers are not among it."""
    question = (asked.runs, asked.until, asked.seed, asked.engine, _device(asked.engine))
    common = hash_of((rests_on(study), asked.baseline.id, question))
    every = (asked.baseline, *asked.scenarios)
    return {each.id: hash_of((common, each.id, each.pulls, [_set(drive) for drive in each.drives])) for each in every}


def _device(engine: Engine) -> str:
    """What the nearly exact draws are made on: a GPU rounds in another way than a CPU. Nothing else goes to one."""
    if engine != "fast":
        return "cpu"
    from tallystick.stocks.engines.fast import on_gpu

    return "gpu" if on_gpu() else "cpu"


def _set(drive: Drive) -> tuple[object, ...]:
    """A drive without its name."""
    return drive.acts, drive.level, drive.is_factor, drive.start, drive.until, drive.over_months


def rests_on(study: Study) -> dict[str, Any]:
    """What any run of a study depends on beside its question."""
    return {
        "fit": study.fit_key,
        "code": code_hash(RUNNING),
        "libraries": library_versions() | {name: _version(name) for name in COMPILING},
        "processor": processor_family(),
        "tables": {name: study.programme.tables[name] for name in (*NEEDED, "programme")},
    }


def _version(library: str) -> str:
    """Of a library that runs can do without, "" where it is missing: then NumPy does the work."""
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def document(asked: WhatIf, found: Results) -> dict[str, Any]:
    """The question in plain values, and all that was found."""
    return {
        "schema": SCHEMA,
        "programme": asked.programme.id,
        "until": asked.until,
        "engine": asked.engine,
        "scenarios": [_about(each) for each in (asked.baseline, *asked.scenarios)],
        **found.as_json(),
    }


def _about(scenario: Scenario) -> dict[str, Any]:
    words = ("id", "name", "question", "says", "belief", "caution")
    pulls = [{"id": each.lever, "strength": each.strength, **_span(each)} for each in scenario.pulls]
    drives = [
        {"id": each.driver, "factor" if each.is_factor else "value": each.level, **_span(each)}
        | {"evidence": list(each.evidence) or ASSUMED}
        for each in scenario.drives
    ]
    about = {name: getattr(scenario, name) for name in words}
    return about | {"levers": pulls, "drivers": drives, "evidence": list(scenario.evidence)}


def _span(each: Span) -> dict[str, Any]:
    return {"from": each.start, "until": each.until or None, "over_months": each.over_months}


def write_runs(study: Study, asked: WhatIf, folder: Path) -> Path:
    """results.json, results.csv, charts and the scenarios' own files, with a manifest; all of it or nothing."""
    from tallystick.study.folder import replace_whole
    from tallystick.study.manifest import write_manifest

    found = study.answer(asked)

    def write(draft: Path) -> None:
        text = msgspec.json.format(msgspec.json.encode(document(asked, found)), indent=1)
        _put(draft, {FOUND: text.decode() + "\n", TABLE: found.as_csv()})
        _put(draft / FOLDER, _files(asked))
        _put(draft / CHARTS, _drawings(asked, found))
        write_manifest(draft, study.programme, study.seed, _repeat(study, asked))

    return replace_whole(folder, write, "simulate")


def _put(folder: Path, texts: Mapping[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _drawings(asked: WhatIf, found: Results) -> dict[str, str]:
    from tallystick.brief.charts import file_of
    from tallystick.brief.specs.what_if import charts_of
    from tallystick.study.places import placed, places_of

    told = placed(found, places_of(asked.programme))
    return {f"{each.id}.svg": file_of(each) + "\n" for each in charts_of(asked.baseline, asked.scenarios, told)}


def _files(asked: WhatIf) -> dict[str, str]:
    """The scenarios, and those that they are based on: the folder can be run again by itself."""
    return {f"{each.id}{SUFFIX}": each.text for each in with_bases((asked.baseline, *asked.scenarios))}


def _repeat(study: Study, asked: WhatIf) -> tuple[str, ...]:
    """The commands that write the same folder; a scenario of one's own is taken from there."""
    names = [
        each.id if each.id in study.scenarios else f"{RUNS}/{FOLDER}/{each.id}{SUFFIX}"
        for each in asked.scenarios or (asked.baseline,)  # without a name, all that ship would be run
    ]
    asks = f"simulate {shlex.join(names)} --runs {asked.runs} --until {asked.until} --engine {asked.engine}"
    return study.commands(asks, to=RUNS)
