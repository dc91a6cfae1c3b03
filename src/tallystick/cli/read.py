"""`read`: documents in, proposed claims out; over the network, by a model or on a cluster only where that is asked."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallystick.cli import options
from tallystick.cli.meter import running, say
from tallystick.cli.options import Format, Shape, examples
from tallystick.cli.workspace import Folder, Identity, Insist, Who, check_text, now, open_workspace, who_of
from tallystick.vocab.errors import EvidenceError, RunError, UsageError

if TYPE_CHECKING:
    from tallystick.claims.model.endpoint import Endpoint
    from tallystick.scenarios.executor import Where
    from tallystick.study.workspace.by_model import Model
    from tallystick.study.workspace.read import Source, Told
    from tallystick.study.workspace.workspace import Workspace

UNDATED = (
    "what names no time in them has a period that is only assumed; to give the day, `tallystick erase ID --why ...` "
    "and read them with --again --published"
)
NOT_ABSENT = "what is not proposed is not absent: a document may say more than was found in it"
ADDRESS = re.compile(r"www\.\S+|[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}/\S*", re.IGNORECASE)  # without its scheme
TOLD_COLUMNS = ("document", "origin", "outcome", "claims", "statements", "kept_back", "verdict", "message")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Documents in, proposed claims out.",
        epilog=examples(
            "tallystick read report.txt --public --workspace cases",
            "tallystick read saved/ --jobs 2 --workspace cases",
            "tallystick read saved/*.html report.txt --published 2024-04-02 --workspace cases",
        ),
    )(read)


def read(
    what: Annotated[
        list[str], typer.Argument(metavar="PATH|URL...", help="Files, folders, or with --online addresses.")
    ],
    online: Annotated[
        bool, typer.Option("--online", help="Fetch what is named by an address; without it nothing asks the network.")
    ] = False,
    public: Annotated[
        bool, typer.Option("--public", help="Published reports. Without it a document is restricted and kept sealed.")
    ] = False,
    published: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="When all of these were published, where they do not say.")
    ] = None,
    publisher: Annotated[str, typer.Option(metavar="TEXT", help="Who published all of these.")] = "",
    title: Annotated[str, typer.Option(metavar="TEXT", help="What all of these are called.")] = "",
    jobs: Annotated[int, typer.Option(min=1, metavar="N", help="Documents read at the same time.")] = 1,
    cluster: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Read on this dask cluster.")] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="URL", help="Also ask a language model at this OpenAI-compatible endpoint."),
    ] = None,
    model_name: Annotated[
        str, typer.Option("--model-name", metavar="NAME", help="Which model; not needed where the server has one.")
    ] = "",
    model_key: Annotated[
        str, typer.Option("--model-key", metavar="VARIABLE", help="Environment variable that holds the API key.")
    ] = "",
    may_leave: Annotated[
        bool,
        typer.Option("--may-leave", help="Restricted texts may go to a model or a cluster on another machine."),
    ] = False,
    opens: Annotated[
        bool, typer.Option("--open", help="With --public: also bring into clear what lies sealed here until now.")
    ] = False,
    insist: Insist = False,
    again: Annotated[bool, typer.Option("--again", help="Also read what was erased from this workspace.")] = False,
    workspace: Folder = None,
    by: Who = None,
    identity: Identity = None,
    shape: Shape = Format.table,
) -> None:
    """Read documents, keep exact copies of them, and propose the claims and statements that they make.

    Text, HTML, PDF, DOCX, EML and WARC, in English, Russian and Korean. Nothing proposed enters an estimate before
    `tallystick review` has accepted it. A document that is known by its bytes is not read again, so that a read which
    was broken off goes on where it stopped.
    """
    from tallystick.cli.output import write_rows
    from tallystick.study.workspace.many import Reader, read_all
    from tallystick.study.workspace.relate import relate
    from tallystick.study.workspace.taken import Given
    from tallystick.study.workspace.telling import check_telling

    for option, text in (("--publisher", publisher), ("--title", title)):
        check_text(text, option)
    if opens and not public:
        raise UsageError("--open: nothing is made public", hint="add --public, where what is named was published")
    where = _where(jobs, cluster, restricted=not public, may_leave=may_leave)
    asked = _model(model, model_name, model_key, restricted=not public, may_leave=may_leave)
    found = _sources(what, online=online)
    told: list[Told] = []
    with open_workspace(workspace, identity, writes=True) as opened:
        who = who_of(by, opened)
        if public:
            check_telling(opened, {"--publisher": publisher, "--title": title}, insists=insist)
        given = Given(published_on=_published(published), publisher=publisher, title=title, by=who)
        reader = Reader(
            programme=opened.settings.programme, given=given, model=_with_words(asked, opened, may_leave=may_leave)
        )
        answers = read_all(opened, found, reader, by=who, public=public, now=now, where=where, again=again, opens=opens)
        failed = _hear(answers, told, len(found))
        relate(opened, by=who)
        undated = _undated(opened, told)
    write_rows(TOLD_COLUMNS, [_row(one) for one in told], shape, table=_shown(told))
    if any(one.refused is None for one in told):
        say(NOT_ABSENT)
    if undated:
        say(f"{undated} without a date: {UNDATED}")
    if failed is not None:  # a model or a cluster that went: what was read until then is read, and told
        raise failed
    _judge(told)


def _published(text: str | None) -> date | None:
    """The day that --published names; UsageError for one that is yet to come wherever on earth the document is read."""
    day = options.day(text, "--published")
    if day is not None and day > now().date() + timedelta(days=1):
        raise UsageError(f"--published: {day} is yet to come", hint="name the day on which it was published")
    return day


def _hear(answers: Iterable[Told], told: list[Told], count: int) -> RunError | None:
    """Add each answer to `told` as it comes; what ended them before their time, if something did."""
    with running() as hear:
        try:
            for one in answers:
                told.append(one)
                hear("read", len(told), count)
        except RunError as error:
            return error
    return None


def _undated(workspace: Workspace, told: Sequence[Told]) -> int:
    """How many of the documents that were read just now say nowhere when they were published."""
    known = workspace.state.documents
    ids = (id for one in told if one.outcome == "read" for id in one.documents)
    return sum(id in known and known[id].published_on is None for id in ids)


def _judge(told: Sequence[Told]) -> None:
    refused = [one for one in told if one.refused is not None]
    for one in told:
        for warning in one.warnings:
            say(f"{' '.join(one.documents) if one.nameless else one.origin}: {warning}")
        _warn(one)
    if refused:
        first = refused[0]
        count = f"{len(refused)} of {len(told)} documents were not read" if len(told) > 1 else "it was not read"
        assert first.refused is not None
        for one in refused[1:]:
            say(f"{one.origin}: {_why(one)}")
        raise EvidenceError(f"{_why(first)}; {count}", file=first.origin, hint=first.refused.hint)


def _why(one: Told) -> str:
    """Why a document was refused, without its name, which stands beside it already; "" where it was not."""
    message = one.refused.message if one.refused else ""
    return message.removeprefix(f"{one.origin}: ").removeprefix(f"{Path(one.origin).name}: ")


def _warn(one: Told) -> None:
    """Say what lies in clear and perhaps should not: by its id, since a file's name may tell of somebody."""
    ids = " ".join(one.documents)
    way_out = f"if that is wrong, `tallystick erase {ids} --why ...` and read it with --again, without --public"
    if one.narrowing:
        count = "a passage that narrows" if one.narrowing == 1 else f"{one.narrowing} passages that narrow"
        look = " and ".join(f"`tallystick review --narrowing {id}`" for id in one.documents)
        say(f"{ids} holds {count} to a person, a helper or a way; it lies here in clear: {look} shows; {way_out}")
    if one.outcome == "opened":
        say(f"{ids} was sealed until now; it lies here in clear from now on: {way_out}")
    if one.in_clear:
        say(f"{ids} was read before with --public, and still lies here in clear: {way_out}")


def _shown(told: Sequence[Told]) -> list[str]:
    refused = any(one.refused for one in told)
    return [name for name in TOLD_COLUMNS if refused or name not in ("verdict", "message")]


def _row(one: Told) -> dict[str, object]:
    return {
        "document": " ".join(one.documents),
        "origin": "" if one.nameless else one.origin,
        "outcome": one.outcome,
        "claims": one.claims,
        "statements": one.statements,
        "kept_back": one.restricted,
        "verdict": one.refused.verdict if one.refused else "",
        "message": _why(one),
    }


def _sources(what: Sequence[str], *, online: bool) -> list[Source]:
    found = [source for name in what for source in _named(name, online=online)]
    if not found:
        raise UsageError(f"{what[0]}: holds no file", hint="files whose names begin with a dot are left out")
    return found


def _named(name: str, *, online: bool) -> list[Source]:
    """The files below a name, or the page at an address; UsageError for what is neither, or was not asked for."""
    from tallystick.study.workspace.read import is_address, sources

    if is_address(name):
        return [_page(name, online=online)]
    if not Path(name).exists():
        if ADDRESS.fullmatch(name):
            hint = f"name it as https://{name} and add --online, or save the page and name its file"
            raise UsageError(f"{name}: is no file, and an address begins with http:// or https://", hint=hint)
        raise UsageError(f"{name}: there is no such file", hint="name files and folders that are there")
    return list(sources([Path(name)]))


def _page(address: str, *, online: bool) -> Source:
    if not online:
        hint = "add --online, or save the page and name its file"
        raise UsageError(f"{address}: is an address, and nothing asks the network without --online", hint=hint)
    from tallystick.study.workspace.online import check_scheme, page

    check_scheme(address)
    return page(address, now)


def _model(url: str | None, name: str, key: str, *, restricted: bool, may_leave: bool) -> Endpoint | None:
    """The model to ask; refused before any document is opened where nothing may be sent to it."""
    if url is None:
        given = next((option for option, value in (("--model-name", name), ("--model-key", key)) if value), None)
        if given:
            raise UsageError(f"{given}: no model is asked", hint="name its endpoint with --model URL")
        return None
    from tallystick.claims.model.endpoint import Endpoint, key_of, may_be_sent
    from tallystick.claims.model.served import UNNAMED, with_only_model

    endpoint = Endpoint(url=url, model=name or UNNAMED, key_variable=key)
    may_be_sent(endpoint, restricted=restricted, may_leave=may_leave)
    key_of(endpoint, os.environ)
    return endpoint if name else with_only_model(endpoint)


def _with_words(endpoint: Endpoint | None, opened: Workspace, may_leave: bool) -> Model | None:
    """The model with the words of the programme as the ledger has it."""
    if endpoint is None:
        return None
    from tallystick.claims.model.vocabulary import vocabulary_of
    from tallystick.study.workspace.by_model import Model

    return Model(endpoint=endpoint, words=vocabulary_of(opened.programme), may_leave=may_leave)


def _where(jobs: int, cluster: str | None, *, restricted: bool, may_leave: bool) -> Where | None:
    from tallystick.scenarios.executor import Where

    if cluster is not None:
        from tallystick.study.workspace.elsewhere import check_cluster

        check_cluster(cluster, restricted=restricted, may_leave=may_leave)
        return Where(kind="cluster", address=cluster)
    return None if jobs == 1 else Where(kind="processes", workers=jobs)
