"""An analyst's workspace in its folder: made, opened, and asked for what holds at present.

DIR/workspace.toml   which programme, whose workspace, for whom restricted material is sealed
DIR/ledger.sqlite    what was done (`evidence.ledger`); the only thing here that cannot be made again
DIR/recognise.*      by which restricted documents are known again (`marks`)
DIR/derived.sqlite   what holds at present (`study.workspace.kept`); derived, as is
DIR/prints.sqlite    marks of the wording of public documents (`reconcile.kinship.prints`)
DIR/copies/          documents and their texts, as files named by SHA-256
DIR/evidence/        the programme's folder that follows from what was accepted; derived, and made again as needed
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tallystick.evidence.documents.derived import Refused
from tallystick.evidence.ledger.store import Ledger
from tallystick.evidence.programme import load_programme, programme_folder
from tallystick.reconcile.kinship.prints import Prints
from tallystick.reconcile.lineage import lineage
from tallystick.study.swap import scratch
from tallystick.study.workspace.contents import Key
from tallystick.study.workspace.copies import Copies
from tallystick.study.workspace.evidence_folder import write_evidence
from tallystick.study.workspace.kept import Kept, prints_of
from tallystick.study.workspace.marks import Marks
from tallystick.study.workspace.records import Held, HeldStatement
from tallystick.study.workspace.state import State, restrict_as, state_of
from tallystick.vocab.errors import UsageError
from tallystick.vocab.programme import Programme
from tallystick.vocab.version import VERSION

SETTINGS, LEDGER, COPIES, EVIDENCE = "workspace.toml", "ledger.sqlite", "copies", "evidence"
AS_WRITTEN: Final = "# Whose workspace this is. Restricted material is sealed for the recipients, by age.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What workspace.toml says."""

    programme: str
    analyst: str
    recipients: tuple[str, ...] = ()

    def as_toml(self) -> str:
        """The file's text."""
        listed = "".join(f"    {json.dumps(recipient)},\n" for recipient in self.recipients)
        named = f"programme = {json.dumps(self.programme)}\nanalyst = {json.dumps(self.analyst)}\n"
        return f"{AS_WRITTEN}{named}recipients = [\n{listed}]\n"


def is_workspace(folder: Path) -> bool:
    """Whether `tallystick init` made that folder."""
    return (folder / SETTINGS).is_file() and (folder / LEDGER).is_file()


class Workspace:
    """An open workspace. Use it in a `with`, or `close` it."""

    def __init__(self, folder: Path, settings: Settings, ledger: Ledger, key: Key) -> None:
        self.folder, self.settings, self.ledger, self.key = folder, settings, ledger, key
        self.copies = Copies(folder / COPIES)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        now: Callable[[], datetime] | None = None,
        token: Callable[[int], bytes] | None = None,
        identity: Path | None = None,
    ) -> Self:
        """The workspace in that folder; without a clock and a source of random bytes, to read only.

        `identity` names the file of the age identity that opens what is restricted; None opens nothing of it.
        """
        settings = _settings(folder)
        ledger = Ledger.open(folder / LEDGER, now=now, token=token)
        key = Key(recipients=settings.recipients, identity=identity, marks=Marks(folder, identity))
        return cls(folder, settings, ledger, key)

    def close(self) -> None:
        """Close all its files."""
        self.forget_state()
        self.ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def state(self) -> State:
        """What holds now, as far as the key opens it."""
        return self.kept.full

    @cached_property
    def kept(self) -> Kept:
        """What holds now, in its file."""
        return Kept.open(self.folder, self.ledger, self.key)

    @cached_property
    def prints(self) -> Prints:
        """Which documents share wording; of public ones alone, and made again where the file is lost or torn."""
        return prints_of(self.folder, self.kept)

    @cached_property
    def origins(self) -> Mapping[str, str]:
        """The origin of each claim that the programme ships."""
        return lineage(self.programme.claims, {}).origin_of

    @cached_property
    def programme(self) -> Programme:
        """The programme as the ledger took it in when the workspace was made, without what was accepted since."""
        shipped = programme_folder(self.settings.programme)
        with scratch() as place:
            write_evidence(place, shipped, self.state.base, (), lambda *_: None)
            return load_programme(place)

    def kept_back_in_clear(self) -> tuple[str, ...]:
        """Claims and statements that people keep back, and whose words the ledger tells to who has no key."""
        clear = self.kept.clear
        told: list[Held | HeldStatement] = [*clear.held.values(), *clear.statements.values()]
        return tuple(sorted(one.id for one in told if clear.is_kept_back(one)))

    def state_at(self, moment: datetime | None) -> State:
        """What held after everything that was recorded by `moment`; None for all.

        What was restricted or erased later is so in every earlier state too.
        """
        state = state_of(self.ledger.entries(upto=moment), self.key, self.ledger.own)
        if moment is not None:
            later = state_of(self.ledger.entries(), self.key, self.ledger.own)
            restrict_as(state, later)
        return state

    def state_within(self, heads: Mapping[str, tuple[str, int]], *, as_it_was: bool = False) -> State:
        """What held when each chain had that head and length; chains that are not named had not been taken over.

        What was restricted later is so here too, unless it is asked for `as_it_was`: to be compared, and not shown.
        """
        entries = (entry for entry in self.ledger.entries() if entry.number <= heads.get(entry.chain, ("", 0))[1])
        state = state_of(entries, self.key, self.ledger.own)
        if not as_it_was:
            restrict_as(state, state_of(self.ledger.entries(), self.key, self.ledger.own))  # as it is at this moment
        return state

    def ids_of(self, data: bytes) -> tuple[str, ...]:
        """The documents that were read from these bytes, also where nobody here can open them."""
        found = self.state.ids_of(sha256(data).hexdigest())
        return found or tuple(id for id in self._sealed_of(data) if id.startswith("d"))

    def own_id(self, name: str) -> str | None:
        """The id under which what goes by that name was read here; None where only others read it."""
        own = self.ledger.own
        ids = self.state.all_ids_of(name)
        return next((id for id in ids if any(entry.chain == own for entry in self.ledger.about(id)[:1])), None)

    def was_refused(self, data: bytes) -> bool:
        """Whether a refusal of these bytes lies sealed here, and nobody at hand can open it."""
        return any(id.startswith("x") for id in self._sealed_of(data))

    def refusals_of(self, data: bytes) -> tuple[str, ...]:
        """The ids under which it stands here that these bytes were refused."""
        told = [one.id for one in self.state.refused.get(sha256(data).hexdigest(), ())] if data else []
        return tuple(dict.fromkeys((*told, *(id for id in self._sealed_of(data) if id.startswith("x")))))

    def _sealed_of(self, data: bytes) -> Sequence[str]:
        if not self.state.by_mark:
            return ()
        return self.state.by_mark.get(self.key.known_mark(data) or "", ())

    def refusal_of(self, data: bytes, name: str) -> Refused | None:
        """Why these bytes cannot be read, where this version found so before; a refusal that may pass is none."""
        known = self.state.refused.get(sha256(data).hexdigest(), ()) if data else ()
        found = next((one for one in known if one.holds_for(name, VERSION)), None)
        return Refused(verdict=found.verdict, message=f"{name}: {found.message}", hint=found.hint) if found else None

    def rebuild(self) -> dict[str, int]:
        """Work out again what is derived; how many records of each kind were kept otherwise than the ledger says."""
        differing = self.kept.rebuild()
        self.prints.empty()
        self.forget_state()
        return differing

    def forget_state(self) -> None:
        """Let go of what is derived; it is opened again when it is next asked for."""
        for name in ("kept", "prints"):
            opened = self.__dict__.pop(name, None)
            if opened is not None:
                opened.close()


def _settings(folder: Path) -> Settings:
    file = folder / SETTINGS
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
        return Settings(
            programme=str(read["programme"]),
            analyst=str(read["analyst"]),
            recipients=tuple(map(str, read.get("recipients", ()))),
        )
    except FileNotFoundError as error:
        hint = "name the folder that `tallystick init` made"
        raise UsageError(f"{folder}: there is no {SETTINGS}, so this is no workspace", hint=hint) from error
    except (tomllib.TOMLDecodeError, KeyError, UnicodeDecodeError) as error:
        hint = "it needs programme, analyst and recipients, as `tallystick init` writes them"
        raise UsageError(f"{file}: cannot be read ({error})", hint=hint) from error
