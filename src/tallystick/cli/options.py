"""The options that several commands share, and how their values are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from tallystick.vocab.errors import UsageError

if TYPE_CHECKING:
    from tallystick.study.recorded import Recorded
    from tallystick.study.study import Study


class Format(StrEnum):
    """How rows are written to stdout."""

    table = "table"
    json = "json"
    csv = "csv"


class Processor(StrEnum):
    """What the chains of a fit run on."""

    cpu = "cpu"
    gpu = "gpu"


Programme = Annotated[
    str, typer.Option("--programme", metavar="NAME|DIR", help="A programme that ships with Tallystick, or a folder.")
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="YYYY-MM-DD", help="Use only what had been published by that day."),
]
Workspace = Annotated[
    Path | None,
    typer.Option("--workspace", metavar="DIR", help="An analyst's workspace: what was accepted there counts too."),
]
LedgerAsOf = Annotated[
    str | None,
    typer.Option("--ledger-as-of", metavar="YYYY-MM-DD", help="Use only what the workspace's ledger held by that day."),
]
IncludeProposed = Annotated[
    bool,
    typer.Option("--include-proposed", help="Also use what nobody has accepted yet; the account says so."),
]
Seed = Annotated[
    int | None, typer.Option("--seed", min=0, max=2**32 - 1, metavar="N", help="Seed of the sampler; 0 is a seed.")
]
Device = Annotated[
    Processor,
    typer.Option("--device", help="Where a fit's chains run; gpu needs JAX's plugin for an NVIDIA GPU."),
]
Shape = Annotated[Format, typer.Option("--format", help="How to print: a table to read, or json or csv to work with.")]


class Recording(NamedTuple):
    """What a command was told of a workspace."""

    workspace: Path | None = None
    ledger_as_of: str | None = None
    include_proposed: bool = False


PROGRAMME_ALONE = Recording()
PROGRAMME = "dprk"
WIDTH = 80  # characters of a terminal
EXAMPLES = "\b\nExamples:\n"  # \b keeps the lines below as they are


def examples(*lines: str) -> str:
    """The closing part of a command's help: what to type, line by line."""
    return EXAMPLES + "\n".join(f"  {line}" for line in lines)


def day(text: str | None, option: str = "--as-of") -> date | None:
    """The day that an option names."""
    if text is None:
        return None
    try:
        named = date.fromisoformat(text)
    except ValueError:
        named = None
    if named is None or named.isoformat() != text:  # Python also reads 20240630 and weeks, which nobody else would
        raise UsageError(
            f"{option}: {text!r} is not a day", hint=f"write year, month and day, as in {option} 2024-06-30"
        )
    return named


def one_of(what: str, name: str | None, known: Iterable[str], also: Mapping[str, str] | None = None) -> str | None:
    """`name` if it is known (letter case aside); a usage error with the nearest names if not.

    `also` gives other words for known names, as a country's name for its code.
    """
    if name is None:
        return None
    listed = sorted(known)
    names = {word.casefold(): meant for word, meant in (also or {}).items()} | {
        each.casefold(): each for each in listed
    }
    if name.casefold() in names:
        return names[name.casefold()]
    near = dict.fromkeys(names[word] for word in get_close_matches(name.casefold(), names, n=3, cutoff=0.6))
    hint = f"did you mean {' or '.join(near)}?" if near else f"known: {_listed(listed)}"
    raise UsageError(f"unknown {what} {name!r}", hint=hint)


def _listed(names: list[str], most: int = 12) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def host_of(study: Study, name: str | None) -> str | None:
    """The code of the host that a filter names by code or by name."""
    known = study.programme
    codes = {*known.hosts, *known.places}
    named = {each.name: code for shelf in (known.places, known.hosts) for code, each in shelf.items()}
    return one_of("host", name, codes, named)


def moment(text: str | None) -> datetime | None:
    """The last instant of the day that --ledger-as-of names, in UTC; or the very moment that a manifest names."""
    if text is None:
        return None
    try:
        named = datetime.fromisoformat(text)
    except ValueError:
        named = None
    if named is not None and named.tzinfo is not None:
        return named
    last = day(text, "--ledger-as-of")
    return None if last is None else datetime.combine(last, time.max, tzinfo=UTC)


def open_study(
    programme: str,
    as_of: str | None,
    seed: int | None = None,
    device: Processor = Processor.cpu,
    *,
    warm: bool = False,
    of: Recording = PROGRAMME_ALONE,
) -> Study:
    """The study that the options describe; nothing is computed yet."""
    published_by, upto = day(as_of), moment(of.ledger_as_of)
    from tallystick.cli.meter import say
    from tallystick.study.study import DEFAULT_SEED, Study

    chosen = DEFAULT_SEED if seed is None else seed
    if of.workspace is None:
        _only_with_a_workspace(of)
        return Study(programme, seed=chosen, as_of=published_by, tell=say, device=device.value, warm=warm)
    folder, recorded = _evidence_of(of.workspace, upto, of.include_proposed)
    return Study(folder, seed=chosen, as_of=published_by, tell=say, device=device.value, warm=warm, recorded=recorded)


def _evidence_of(workspace: Path, upto: datetime | None, include_proposed: bool) -> tuple[Path, Recorded]:
    from tallystick.cli.meter import say
    from tallystick.study.cache import Cache
    from tallystick.study.workspace.evidence import evidence_of
    from tallystick.study.workspace.workspace import EVIDENCE, Workspace

    with Workspace.open(workspace) as opened:  # without an identity: nothing that is restricted can be read
        kept = Cache(opened.folder.absolute() / EVIDENCE, say)  # in the workspace, so that an erasure reaches it
        return evidence_of(opened, kept, upto=upto, include_proposed=include_proposed)


def _only_with_a_workspace(of: Recording) -> None:
    for option, given in (("--ledger-as-of", of.ledger_as_of is not None), ("--include-proposed", of.include_proposed)):
        if given:
            raise UsageError(f"{option}: no workspace is named", hint="name one with --workspace DIR")
