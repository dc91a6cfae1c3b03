"""One repeatable run, from a programme's evidence to its cited account.

    study = Study("dprk")
    study.posterior["workers_present"].sel(host="WW", month="2024-12").median()

Each stage is computed when it is first asked for and then kept; the fit, the only slow one, is also kept on
disk under a key of everything that it depends on. The same evidence, code, libraries and seed give the same
numbers. A study is never changed: for another day or seed, make another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from tallystick.study.apart import DRAWN, Ears, Job, Part, beside, compute_apart
from tallystick.study.cache import Cache, default_folder
from tallystick.study.fits import POSTERIOR, StoredFit, inputs_hash
from tallystick.study.hashes import code_hash, hash_of, library_versions, lock_hash, processor_family
from tallystick.study.recorded import Recorded
from tallystick.study.warm import heard_of, nearest, sample
from tallystick.vocab.errors import FitError, UsageError
from tallystick.vocab.estimate import ClaimFit, Diagnostics, Estimate
from tallystick.vocab.programme import Programme
from tallystick.vocab.trust import Bloc, Choice, Silenced, Worth
from tallystick.vocab.version import VERSION

if TYPE_CHECKING:
    import xarray as xr

    from tallystick.assess.assessment import Assessment
    from tallystick.brief.facts import Facts, Run
    from tallystick.calibrate.engine import Device
    from tallystick.calibrate.sample import Progress
    from tallystick.reconcile.account import Account
    from tallystick.scenarios.chunks import Engine
    from tallystick.scenarios.executor import Where
    from tallystick.scenarios.homes import Homes
    from tallystick.scenarios.results import Results
    from tallystick.scenarios.scenario import Lever, Scenario
    from tallystick.scenarios.sensitivity import Sensitivity
    from tallystick.scenarios.what_if import Progress as Running
    from tallystick.scenarios.what_if import WhatIf

DEFAULT_SEED = 20191222  # any would do; it is stated so that a run can be repeated
FITTING = ("calibrate", "stocks", "vocab")  # whose code can move a draw
SUMMARISING = (*FITTING, "reconcile")  # whose code can move an estimate made from draws
SUMMARY = "summary.json"


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a fit without its draws."""

    estimates: tuple[Estimate, ...]
    claim_fits: tuple[ClaimFit, ...]
    silenced: tuple[Silenced, ...]
    choices: tuple[Choice, ...]
    worth: tuple[Worth, ...]
    blocs: tuple[Bloc, ...] = ()


class Study:
    """A programme's account under one seed, by one day.

    Parameters
    ----------
    programme : name of a programme that ships, or path of a programme's folder
    seed : seed of the sampler
    as_of : use only claims published by that day; None for all
    cache : folder for what is slow to compute; None for `$TALLYSTICK_CACHE` or the user's cache folder
    tell : hears messages that a person should see, such as a damaged cache
    device : where the chains of a fit run; "gpu" needs JAX's plugin for one
    warm : start from the nearest earlier fit in the cache, where there is one: quick, for a look at what a new claim
        does. It has no named alternatives and no fits without an origin, and is never published as a brief.
    recorded : of which state of a workspace's ledger the evidence is; None for a programme's own
    """

    def __init__(
        self, programme: str | Path = "dprk", *, seed: int = DEFAULT_SEED, as_of: date | None = None,
        cache: Path | str | None = None, tell: Callable[[str], None] | None = None, device: Device = "cpu",
        warm: bool = False, recorded: Recorded | None = None,
    ) -> None:  # fmt: skip
        self.name, self.seed, self.as_of = str(programme), seed, as_of
        self.tell = tell or _say_nothing
        self.device, self.warm, self.recorded = device, warm, recorded
        self._cache = Cache(default_folder() if cache is None else Path(cache), self.tell)
        self._apart = True  # whether the fit runs in a process of its own
        self._progress: Callable[[Progress], None] | None = None
        self._running: Running | None = None

    @cached_property
    def programme(self) -> Programme:
        """The evidence and its settings, checked."""
        from tallystick.evidence.programme import load_programme

        return load_programme(self.name, as_of=self.as_of)

    @cached_property
    def account(self) -> Account:
        """Claims grouped by origin, each with its disposition and the reason."""
        from tallystick.reconcile.account import reconcile
        from tallystick.reconcile.kinship.own_readings import with_own_readings

        return with_own_readings(reconcile(self.programme), self.programme)

    @cached_property
    def fit_key(self) -> str:
        """The hash of everything that the fit depends on."""
        return self._cold_key if not self.started_from else hash_of([self._cold_key, self.started_from])

    @cached_property
    def _cold_key(self) -> str:
        return hash_of({"inputs": inputs_hash(self.programme, self.account), "seed": self.seed, **self._by_what()})

    @cached_property
    def settings_key(self) -> str:
        """The hash of what the density of a fit depends on, whatever is claimed."""
        silent = replace(self.account, observations=())
        return hash_of({"settings": inputs_hash(self.programme, silent), **self._by_what()})

    def _by_what(self) -> dict[str, object]:
        return {
            "code": code_hash(FITTING),
            "libraries": library_versions(),
            "processor": processor_family(),
            "device": self.device,
        }

    @cached_property
    def started_from(self) -> str:
        """The key of the earlier fit that a warm one starts from; "" for a cold fit, and where none is like it."""
        if not self.warm or self._cache.find("fit", self._cold_key) is not None:
            return ""
        return nearest(self._cache, heard_of(self))

    def compute(self, progress: Callable[[Progress], None] | None = None) -> Study:
        """Fit now, telling `progress`; without this call the fit runs when it is first needed."""
        self._progress = progress
        _ = self._summary
        return self

    def listen(self, running: Running) -> None:
        """Tell `running` how far the what-ifs are, when an account needs them that are not in the cache.

        It hears of `apart.DRAWN`, too, once a fit has drawn.
        """
        self._running = running

    def compute_here(self, progress: Callable[[Progress], None]) -> None:
        """Fit in this very process: what the process of the fit is for (`study.apart`)."""
        self._apart = False
        self.compute(progress)

    @property
    def is_fitted(self) -> bool:
        """Whether the fit lies in the cache, so that asking for it takes no time."""
        return self._cache.find("fit", self.fit_key) is not None

    @cached_property
    def fit(self) -> StoredFit:
        """The fit, read back from the cache, so that a first and a later run see the same bytes."""
        return StoredFit(self._computed("fit", self.fit_key, self._sample))

    def _sample(self, folder: Path) -> None:
        sample(self, folder, self._progress)

    def _computed(self, kind: str, key: str, write: Callable[[Path], None]) -> Path:
        """As `kept`, but what is missing is written in a process of its own."""
        found = self._cache.find(kind, key)
        if found is None and self._apart:
            self.run_apart("fit")
            found = self._cache.find(kind, key)
            if found is None:
                raise FitError(
                    f"the {kind} is not in the cache", hint="did code or evidence change meanwhile? run it again"
                )
        return found or self._cache.keep(kind, key, write)

    def run_apart(self, part: Part) -> None:
        """Have a part of this study computed into the cache by a process of its own."""
        compute_apart(self._job(part), self._ears())

    def beside(self, part: Part) -> AbstractContextManager[None]:
        """As `run_apart`, while the caller does something else."""
        return beside(self._job(part), self._ears())

    def _job(self, part: Part) -> Job:
        return Job(
            part=part, programme=self.name, seed=self.seed, as_of=self.as_of, cache=str(self._cache.folder),
            device=self.device, warm=self.warm,
        )  # fmt: skip

    def _ears(self) -> Ears:
        return Ears(tell=self.tell, progress=self._progress, running=self._running)

    def kept(self, kind: str, key: str, write: Callable[[Path], None]) -> Path:
        """The folder that the cache holds under that key; `write` fills it when there is none."""
        return self.find(kind, key) or self._cache.keep(kind, key, write)

    def find(self, kind: str, key: str) -> Path | None:
        """The folder that the cache holds under that key, if it does."""
        return self._cache.find(kind, key)

    @property
    def cache_folder(self) -> Path:
        """Where compiled models and all that is slow to compute lie."""
        return self._cache.folder

    @property
    def summary_key(self) -> str:
        """The hash of all that estimates depend on: also claims that the fit never sees, since copies are cited."""
        return hash_of({"fit": self.fit_key, "evidence": self.programme.evidence_root, "code": code_hash(SUMMARISING)})

    @cached_property
    def _summary(self) -> Summary:
        """Estimates and claim fits."""
        folder = self._computed("summary", self.summary_key, self._summarise)
        return _read_summary((folder / SUMMARY).read_bytes())

    def _summarise(self, folder: Path) -> None:
        from concurrent.futures import ThreadPoolExecutor

        from tallystick.calibrate.blocs import blocs
        from tallystick.calibrate.estimates import claim_fits, estimates
        from tallystick.calibrate.influence import silenced
        from tallystick.calibrate.stacking import choices
        from tallystick.calibrate.value import worth

        asked, _ = (self.programme, self.account, self.fit), self.fit.draws  # read once, before two ask for them
        if self._running is not None:
            self._running(DRAWN, 0, 1)
        with ThreadPoolExecutor(1) as other:  # most of what it waits for is a compiler, which needs no lock of Python's
            values = other.submit(worth, *asked, self.seed)
            summary = Summary(
                estimates=tuple(estimates(*asked)),
                claim_fits=tuple(claim_fits(*asked)),
                silenced=silenced(*asked),
                choices=choices(self.programme, self.fit, self.seed),
                worth=values.result(),
                blocs=blocs(*asked),
            )
        written = msgspec.json.encode(summary)
        _read_summary(written)  # what cannot be read back is not kept
        (folder / SUMMARY).write_bytes(written)

    @property
    def posterior(self) -> xr.Dataset:
        """Draws of every headline estimand that is told, with labelled axes (`draw` first)."""
        return self._told(self.fit.draws)

    @property
    def prior(self) -> xr.Dataset:
        """The same estimands before any claim."""
        return self._told(self.fit.prior_draws)

    @property
    def alternatives(self) -> Mapping[str, xr.Dataset]:
        """The same estimands under each named other choice."""
        return {name: self._told(draws) for name, draws in self.fit.alternatives.items()}

    def _told(self, draws: xr.Dataset) -> xr.Dataset:
        """The draws less the estimands that no output gives a number of."""
        from tallystick.brief.facts import untold

        return draws.drop_vars(untold(self.programme), errors="ignore")

    @property
    def idata(self) -> Any:
        """The ArviZ file behind the posterior, for diagnostics of your own."""
        return self.fit.idata

    @property
    def idata_path(self) -> Path:
        """Where that file lies."""
        return self.fit.folder / POSTERIOR

    @property
    def diagnostics(self) -> Diagnostics:
        """Whether the sampler's answer may be shown."""
        return self.fit.diagnostics

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """Every headline estimand that is told, with its intervals and claims, of periods begun by the `day`."""
        return self._estimates

    @cached_property
    def _estimates(self) -> tuple[Estimate, ...]:
        from tallystick.brief.facts import untold
        from tallystick.brief.periods import begun

        apart = untold(self.programme)
        return begun((each for each in self._summary.estimates if each.id not in apart), self.day)

    @cached_property
    def day(self) -> date:
        """The last day of evidence: `as_of`, or else the last day on which a claim was first made."""
        return self.as_of or max(claim.asserted_latest for claim in self.programme.claims)

    @property
    def claim_fits(self) -> tuple[ClaimFit, ...]:
        """How each used claim sits with the fit, and how far it moves it."""
        return self._summary.claim_fits

    @property
    def silenced(self) -> tuple[Silenced, ...]:
        """Every leading figure as it would be without each origin."""
        return self._summary.silenced

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The model and each named other choice, with weights as far as the evidence can tell them apart."""
        return self._summary.choices

    @property
    def worth(self) -> tuple[Worth, ...]:
        """How much each observation that could be had would narrow each leading figure."""
        return self._summary.worth

    @property
    def blocs(self) -> tuple[Bloc, ...]:
        """Three voices or more that agree on one figure, and whether the account hangs on them."""
        return self._summary.blocs

    @cached_property
    def assessment(self) -> Assessment:
        """Law, forced labour and indicators, read over evidence and posterior."""
        from tallystick.assess.assessment import assess

        return assess(self.programme, self.account, self.posterior)

    def estimate(self, id: str, *, host: str, period: str) -> Estimate:
        """The one estimate of that id, host and period that is not split any further; KeyError if none."""
        for each in self.estimates:
            if (each.id, each.host, each.period) == (id, host, period) and not (each.visa_class or each.cohort):
                return each
        raise KeyError(f"no estimate {id} for {host}, {period}")

    @cached_property
    def levers(self) -> Mapping[str, Lever]:
        """What scenarios may pull, by id."""
        from tallystick.study.forward import levers

        return levers(self.programme)

    @cached_property
    def scenarios(self) -> Mapping[str, Scenario]:
        """The what-ifs that ship with the programme, by id."""
        from tallystick.study.forward import scenarios_of

        return scenarios_of(self)

    def what_if(
        self, names: Sequence[str | Path] | None = None, *, runs: int | None = None, until: str | None = None,
        engine: Engine = "ensemble",
    ) -> WhatIf:  # fmt: skip
        """A question to the model: scenarios by name or file beside the baseline; all that ship when none is named.

        runs : of each scenario, in whole repeats of up to 1,000 draws. until : the last month, "YYYY-MM".
        """
        from tallystick.study.forward import question

        return question(self, names, runs, until, engine)

    def simulate(
        self, names: Sequence[str | Path] | None = None, *, runs: int | None = None, until: str | None = None,
        engine: Engine = "ensemble", where: Where | None = None, progress: Running | None = None,
    ) -> Results:  # fmt: skip
        """Run scenarios forward (see `what_if`) and tell what they would change; `where` changes no number."""
        asked = self.what_if(names, runs=runs, until=until, engine=engine)
        return self.answer(asked, where=where, progress=progress)

    def answer(self, asked: WhatIf, *, where: Where | None = None, progress: Running | None = None) -> Results:
        """What the runs of a question found; kept, so that asking again takes no time."""
        from tallystick.study.forward import simulated

        return simulated(self, asked, where, progress)

    def sensitivity(
        self, names: Sequence[str | Path] | None = None, *, samples: int | None = None, year: int | None = None,
        until: str | None = None, progress: Callable[[int, int], None] | None = None,
    ) -> Sensitivity:  # fmt: skip
        """What the effects of scenarios hang on: Sobol indices over everything assumed. `samples`: a power of two.

        year : of which the effects are, the last if not said.
        """
        from tallystick.study.hangs import sensitivity_of, sensitivity_question

        return sensitivity_of(self, *sensitivity_question(self, names, samples, year, until), progress)

    def homecoming(
        self, names: Sequence[str | Path] | None = None, *, draws: int | None = None, until: str | None = None,
        progress: Running | None = None,
    ) -> Homes:  # fmt: skip
        """What simulated workers bring home, as distributions over a hundred or more; each is followed by itself.

        names : scenarios beside the baseline; those that the programme names when none is. draws : of the fit.
        """
        from tallystick.study.homes import homes, question

        return homes(self, question(self, names, draws, until), progress)

    def export_runs(self, asked: WhatIf, folder: str | Path) -> Path:
        """Write what the runs found, with charts, into `folder`, all of it or nothing."""
        from tallystick.study.forward import write_runs

        return write_runs(self, asked, Path(folder))

    @cached_property
    def facts(self) -> Facts:
        """All of the above, as the brief takes it; UsageError of a warm fit, whose bytes nobody could repeat."""
        if self.started_from:
            hint = "leave `warm` out: the cold fit takes a minute"
            raise UsageError("a warm fit is for a look, and is not published", hint=hint)
        from tallystick.study.told import facts_of

        return facts_of(self, self._run)

    def brief(self, folder: str | Path, *, pdf: bool = True) -> Path:
        """Write the whole account into `folder`, all of it or nothing; an earlier brief there is replaced."""
        from tallystick.study.publish import write_account

        return write_account(self, Path(folder), pdf=pdf)

    def export_tables(self, folder: str | Path) -> list[Path]:
        """Write the account's tables as CSV into `folder`; their paths."""
        from tallystick.study.publish import write_tables

        return write_tables(self, Path(folder))

    def export_json(self, file: str | Path) -> Path:
        """Write the document of brief.json into `file`."""
        from tallystick.study.publish import write_document

        return write_document(self, Path(file))

    def as_json(self) -> str:
        """The document of brief.json."""
        from tallystick.study.publish import document_of

        return document_of(self)

    def commands(self, write: str, *, to: str) -> tuple[str, ...]:
        """What to type, in a clone of the code, so that the command `write` gives the same folder `to` again."""
        from tallystick.evidence.programme import shipped_programmes
        from tallystick.study.manifest import commands

        shipped = self.name in shipped_programmes()
        return commands(
            self.programme, self.seed, shipped=shipped, write=write, to=to, device=self.device, recorded=self.recorded
        )

    @property
    def _run(self) -> Run:
        from tallystick.brief.facts import Run

        return Run(
            version=VERSION,
            seed=self.seed,
            command=self.commands("brief", to="brief")[1],
            as_of=str(self.day),
            lock=lock_hash(),
            facts=(
                ("Code (SHA-256)", code_hash((".",))),
                ("Everything the fit depends on (SHA-256)", self.fit_key),
                ("Processor family", processor_family()),
                *((("Ledger head", self.recorded.head),) if self.recorded else ()),
            ),
            proposed=self.recorded.proposed if self.recorded else 0,
        )

    def __repr__(self) -> str:
        return f"Study({self.name!r}, seed={self.seed}, as_of={self.as_of})"

    def _repr_html_(self) -> str:
        """What a notebook shows; it starts no fit."""
        from tallystick.study.notebook import as_html

        return as_html(self)


def _read_summary(written: bytes) -> Summary:
    try:
        return msgspec.json.decode(written, type=Summary)
    except msgspec.ValidationError as error:  # NaN and infinity become null
        raise FitError(
            f"an estimate is not finite: {error}", hint="report it; no figure of this run may be cited"
        ) from None


def _say_nothing(_: str) -> None:
    """Hear nothing: a library does not print."""
