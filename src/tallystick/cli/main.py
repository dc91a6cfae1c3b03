"""The command `tallystick`: its commands, and what becomes of an error.

Data goes to stdout, everything else to stderr. Exit codes: 0 done, 1 the work found a fault that it names,
2 wrong usage, 130 stopped by Ctrl-C. Nothing heavier than typer is imported before a command runs, so that
`--help` and completion answer at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import TyperException

from tallystick.calibrate.engine import ONE_THREAD
from tallystick.cli import account, backtest, figures, folder, forecast, read, review, verify, what_if, workspace
from tallystick.vocab.cells import printable
from tallystick.vocab.errors import EvidenceFaults, TallystickError
from tallystick.vocab.version import VERSION

INTERRUPTED = 130  # what a shell expects of a program stopped by Ctrl-C (128 + SIGINT)

app = typer.Typer(
    name="tallystick",
    rich_markup_mode=None,  # plain help: rich would double the start-up time
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with `tallystick brief`, then `tallystick show ID` for any claim that it cites.",
)


def _print_version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"tallystick {VERSION}\n")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Rebuild, from what has been published, the account of state-run labour abroad.

    Every figure comes with its interval, the origins it rests on and the reason for each claim that was not used.
    """


folder.add_to(app)
verify.add_to(app)
account.add_to(app)
figures.add_to(app)
backtest.add_to(app)
forecast.add_to(app)
what_if.add_to(app)
workspace.add_to(app)
read.add_to(app)
review.add_to(app)
workspace.add_rest_to(app)


def report(error: TallystickError) -> None:
    """Write an error as `error: ...` and `hint: ...`; of several faults, each."""
    for fault in error.faults if isinstance(error, EvidenceFaults) else (error,):
        sys.stderr.write(f"error: {fault}\n")
        if fault.hint:
            sys.stderr.write(f"hint: {fault.hint}\n")


def _report_usage(error: TyperException) -> None:
    sys.stderr.write(f"error: {error.format_message()}\n")
    context = getattr(error, "ctx", None)
    if context is not None:
        sys.stderr.write(f"hint: {context.command_path} --help\n")


def _report_place(error: OSError) -> None:
    """A place that cannot be read or written, or a full disk: what the system says of it, and where else to go."""
    named = f"{error.filename}: " if error.filename else ""
    sys.stderr.write(f"error: {printable(named + (error.strerror or str(error)))}\n")
    sys.stderr.write("hint: make room or name another place: with -o what is written, in TALLYSTICK_CACHE the cache\n")
    try:
        sys.stdout.flush()
    except OSError:  # the place was stdout itself: what it did not take must not fail once more at exit
        _drop_stdout()


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    try:
        code = app(args=list(arguments) or ["--help"], prog_name="tallystick", standalone_mode=False)
        sys.stdout.flush()
    except TyperException as error:
        _report_usage(error)
        return error.exit_code
    except TallystickError as error:
        report(error)
        return error.exit_code
    except SystemExit as left:  # typer's answer to a broken pipe, which it takes for a failure
        if not isinstance(left.__context__, BrokenPipeError):
            raise
        return _reader_left()
    except BrokenPipeError:
        return _reader_left()
    except OSError as error:
        _report_place(error)
        return TallystickError.exit_code
    if code == INTERRUPTED:  # typer's answer to Ctrl-C
        sys.stderr.write("\nstopped: nothing was left half written\n")
    return code if isinstance(code, int) else 0


def _reader_left() -> int:
    """The reader of our output (`| head`) has enough: no fault, and Python must not complain at exit."""
    _drop_stdout()
    return 0


def _drop_stdout() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """Run the command line as given to the process."""
    os.environ.update(ONE_THREAD)
    sys.exit(run(sys.argv[1:]))
