"""What the brief tells of the years to come: every what-if that ships with a programme, run forward from the fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from tallystick.evidence.programme import programme_folder
from tallystick.study.apart import DRAWN
from tallystick.study.forward import FOLDER, NEEDED, RUNS, SUFFIX, keys_of, starts_after
from tallystick.study.hangs import KIND_ALONE, alone_key, alone_of
from tallystick.vocab.errors import RunError

if TYPE_CHECKING:
    from tallystick.brief.simulated import Simulated
    from tallystick.scenarios.chunks import Engine
    from tallystick.scenarios.what_if import Progress, WhatIf
    from tallystick.study.study import Study

ENGINES: tuple[Engine, ...] = ("ensemble", "means")  # of runs, and of what lies beside them without chance


def simulated_of(study: Study, meanwhile: Callable[[], object] = lambda: None) -> Simulated | None:
    """What runs of all its what-ifs found; None where a programme has none, or `as_of` lies before runs start.

    meanwhile : work for the core that is free where the runs are yet to be made.
    """
    if not has_what_ifs(study) or starts_after(study):
        return None
    from tallystick.brief.simulated import Simulated
    from tallystick.scenarios.start import text_of

    asked = study.what_if()
    if not _is_found(study, asked):
        with study.beside("what-ifs"):
            meanwhile()
    return Simulated(
        results=study.answer(asked),
        scenarios={each.id: each for each in (asked.baseline, *asked.scenarios)},
        levers=study.levers,
        model=text_of(study.programme),
        command=study.commands("simulate", to="runs")[1],
        alone=alone_of(study, asked),
    )


@contextmanager
def compiling(study: Study) -> Iterator[None]:
    """Have the engines of the runs compiled by a process of its own, once a fit that is yet to come has drawn.

    Its chains use both cores; what is said of their draws uses one. What is compiled on the other then is not waited
    for later. Nothing is lost where that process fails: whoever runs compiles what is not there.
    """
    if find_spec("numba") is None or study.is_fitted or not has_what_ifs(study) or starts_after(study):
        yield
        return
    try:
        with ExitStack() as meanwhile:
            study.listen(lambda stage, *_: meanwhile.enter_context(study.beside("engines")) if stage == DRAWN else None)
            yield
    except RunError as fault:
        study.tell(f"the model was not compiled beside the fit ({fault}); it is compiled when it is run")


def compile_all(study: Study) -> None:
    """Compile into the cache what `run_all` runs on, where there is something to compile with."""
    from tallystick.scenarios.chunks import COMPILED
    from tallystick.scenarios.start import text_of
    from tallystick.stocks.check import checked
    from tallystick.stocks.engines import chosen

    graph = checked(text_of(study.programme))
    for engine in ENGINES:
        chosen.prepare(graph, kept=study.cache_folder, draws=COMPILED[engine])


def run_all(study: Study, progress: Progress) -> None:
    """Have all that `simulated_of` tells of in the cache: what the process of the what-ifs is for (`study.apart`)."""
    asked = study.what_if()
    study.answer(asked, progress=progress)
    progress("what effects hang on", 0, 1)
    alone_of(study, asked)
    progress("what effects hang on", 1, 1)


def _is_found(study: Study, asked: WhatIf) -> bool:
    parts = [(RUNS, key) for key in keys_of(study, asked).values()]
    return all(study.find(*part) is not None for part in [*parts, (KIND_ALONE, alone_key(study, asked))])


def has_what_ifs(study: Study) -> bool:
    """Whether a programme can be run forward and ships at least one scenario."""
    folder = programme_folder(study.name) / FOLDER
    tables = study.programme.tables
    return all(name in tables for name in NEEDED) and any(folder.glob(f"*{SUFFIX}"))
