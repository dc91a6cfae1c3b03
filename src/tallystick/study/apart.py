"""The fit, the engines and the what-ifs of an account, each in a process of its own, which takes its memory with it.

The child computes what the cache lacks and keeps it there; the parent reads it from the cache. On stdout the child
tells one JSON line at a time: how far it is, what a person should see, or why it failed. It sits in a session of its
own, so that Ctrl-C reaches it once, from its parent; when the parent is gone, its next line finds no reader (engines
are compiled to their end, some seconds).

    python -m tallystick.study.apart JOB
"""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

import msgspec

from tallystick.calibrate.engine import Device, own_settings
from tallystick.vocab.errors import FitError, RunError, TallystickError

if TYPE_CHECKING:
    from tallystick.calibrate.sample import Progress
    from tallystick.scenarios.what_if import Progress as Running

INTERRUPTED = 130
PATIENCE = 30  # seconds that a child has to clean up after itself
DRAWN = "the draws of a fit"  # a stage: they are kept, and what they say is worked out, on one core
Part = Literal["fit", "engines", "what-ifs"]
ERRORS: dict[Part, type[FitError | RunError]] = {"fit": FitError, "engines": RunError, "what-ifs": RunError}


class Job(msgspec.Struct, frozen=True):
    """The part of a study to compute."""

    part: Part
    programme: str
    seed: int
    as_of: date | None
    cache: str
    device: Device = "cpu"
    warm: bool = False


class Step(msgspec.Struct, frozen=True, tag="step"):
    """How far a stage of the fit is: the fields of `calibrate.sample.Progress`."""

    stage: str
    chains: int
    done: int
    total: int
    divergences: int
    seconds_left: float


class Ran(msgspec.Struct, frozen=True, tag="ran"):
    """How far the what-ifs are, or that a fit has drawn."""

    stage: str
    done: int
    every: int


class Said(msgspec.Struct, frozen=True, tag="said"):
    """A message for a person."""

    message: str


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """An error that the user can mend."""

    message: str
    hint: str


class NoPlace(msgspec.Struct, frozen=True, tag="no place"):
    """A file that could not be written or read."""

    number: int
    message: str
    file: str | None


Line = Step | Ran | Said | Failed | NoPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Ears:
    """Who hears what the child tells; nobody where None."""

    tell: Callable[[str], None]
    progress: Callable[[Progress], None] | None = None
    running: Running | None = None


def compute_apart(job: Job, ears: Ears) -> None:
    """Have a child compute that part of the study into its cache; raises what the child could not mend."""
    with beside(job, ears):
        pass


@contextmanager
def beside(job: Job, ears: Ears) -> Iterator[None]:
    """As `compute_apart`, while the caller does something else; a caller that fails or is interrupted stops it."""
    command = [sys.executable, "-m", "tallystick.study.apart", msgspec.json.encode(job).decode()]
    child = subprocess.Popen(
        command, env=own_settings(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True
    )
    error: Exception | None = None
    with child:
        assert child.stdout is not None
        try:
            yield
            for line in child.stdout:
                error = _hear(msgspec.json.decode(line, type=Line), ears, ERRORS[job.part]) or error
        except BaseException:
            _stop(child)
            raise
    if error is None and child.returncode != 0:
        ended = f"the process of the {job.part} ended with code {child.returncode}"
        error = ERRORS[job.part](ended, hint="what it said stands above")
    if error is not None:
        raise error


def _stop(child: subprocess.Popen[bytes]) -> None:
    """Let the child clean up after itself; a second Ctrl-C ends it at once, and so does `PATIENCE`.

    A child hears no Ctrl-C where whoever began us hears none: `nohup tallystick ... &` in a script.
    """
    child.send_signal(signal.SIGINT)
    try:
        child.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
    except BaseException:
        child.kill()
        raise


def _hear(line: Line, ears: Ears, kind: type[FitError | RunError]) -> FitError | RunError | OSError | None:
    """Pass on what the child tells; the error that it ended with, if it did."""
    match line:
        case Step() if ears.progress is not None:
            from tallystick.calibrate.sample import Progress

            ears.progress(Progress(**msgspec.structs.asdict(line)))
        case Ran(stage, done, every) if ears.running is not None:
            ears.running(stage, done, every)
        case Said(message):
            ears.tell(message)
        case Failed(message, hint):
            return kind(message, hint=hint)
        case NoPlace(number, message, file):
            return OSError(number, message, file)
    return None


class _Tells(logging.Handler):
    """Passes on what our code logs: the stderr of a child is seen by nobody in a notebook."""

    def emit(self, record: logging.LogRecord) -> None:
        """Tell it as a message."""
        _tell(Said(self.format(record)))


def main() -> int:
    """Compute the study of the job on the command line, as the child."""
    logging.getLogger("tallystick").addHandler(_Tells())
    job = msgspec.json.decode(sys.argv[1], type=Job)
    try:
        _compute(job)
    except TallystickError as error:
        _tell(Failed(str(error), error.hint))
    except BrokenPipeError:
        return INTERRUPTED  # the parent is gone
    except OSError as error:
        _tell(NoPlace(error.errno or 0, error.strerror or str(error), error.filename))
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _compute(job: Job) -> None:
    from tallystick.study.study import Study

    study = Study(
        job.programme, seed=job.seed, as_of=job.as_of, cache=job.cache, tell=lambda message: _tell(Said(message)),
        device=job.device, warm=job.warm,
    )  # fmt: skip

    def running(stage: str, done: int, every: int) -> None:
        _tell(Ran(stage, done, every))

    study.listen(running)
    if job.part == "fit":
        study.compute_here(
            lambda now: _tell(Step(now.stage, now.chains, now.done, now.total, now.divergences, now.seconds_left))
        )
    elif job.part == "engines":
        from tallystick.study.ahead import compile_all

        compile_all(study)
    else:
        from tallystick.study.ahead import run_all

        run_all(study, running)


def _tell(line: Line) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
