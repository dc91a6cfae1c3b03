"""What a published brief was made from, and whether the files are still what was published.

`manifest.json` names the evidence, the code, the lock file, the seed and the processor family, the commands
that repeat the run, and every other file of the folder with its SHA-256. It holds no time and no path of the
machine: the same run gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import msgspec

from tallystick.study.hashes import code_hash, library_versions, lock_hash, processor_family, sha256_of
from tallystick.study.recorded import Recorded
from tallystick.vocab.errors import BriefError
from tallystick.vocab.programme import Programme
from tallystick.vocab.version import VERSION

MANIFEST = "manifest.json"
SCHEMA = "tallystick-manifest/1"
FOLDER = "FOLDER"  # stands for the path of a programme that did not ship


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Everything that a reader needs to repeat a brief and to tell it from a changed one."""

    schema: str
    programme: str
    as_of: str | None
    evidence_root: str
    version: str
    code: str  # SHA-256 over the package's modules
    lock: str  # SHA-256 of the lock file
    libraries: dict[str, str]  # the versions that really ran
    seed: int
    processor_family: str
    repeat: tuple[str, ...]
    files: dict[str, str]  # path below the folder -> SHA-256
    forecasts: str | None = None  # the hash on which the record of forecasts hangs that a brief prints
    ledger: str | None = None  # the last entry of the workspace's ledger from which the evidence follows
    ledger_entries: int | None = None  # how many entries counted, of all its chains
    ledger_heads: tuple[str, ...] | None = None  # the last entry that counted of each of its chains

    @property
    def command(self) -> str:
        """The command that wrote the folder: brief, export or simulate; a manifest may have been changed."""
        lines = [line.split() for line in self.repeat]
        ours = (words[1] for words in lines if len(words) > 1 and words[0].endswith("tallystick"))
        return next(ours, "another program")


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which a folder is not what its manifest says."""

    file: str
    problem: str  # missing, changed, extra

    def __str__(self) -> str:
        return f"{self.file}: {self.problem}"


def write_manifest(
    folder: Path,
    programme: Programme,
    seed: int,
    repeat: tuple[str, ...] | None = None,
    forecasts: str | None = None,
    recorded: Recorded | None = None,
) -> Manifest:
    """Describe the folder as it stands; nothing may be written to it afterwards.

    `repeat` holds the commands that write the same folder; those of a whole brief when left out. `forecasts` is the
    head of the record of forecasts that the folder shows, `recorded` the state of a workspace's ledger.
    """
    manifest = Manifest(
        schema=SCHEMA,
        programme=programme.id,
        as_of=str(programme.as_of) if programme.as_of else None,
        evidence_root=programme.evidence_root,
        version=VERSION,
        code=code_hash((".",)),
        lock=lock_hash(),
        libraries=library_versions(),
        seed=seed,
        processor_family=processor_family(),
        repeat=commands(programme, seed) if repeat is None else repeat,
        files={name: sha256_of(folder / name) for name in sorted(_files(folder))},
        forecasts=forecasts,
        ledger=recorded.head if recorded else None,
        ledger_entries=recorded.entries if recorded else None,
        ledger_heads=recorded.heads if recorded else None,
    )
    document = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
    (folder / MANIFEST).write_bytes(document + b"\n")
    return manifest


def commands(
    programme: Programme,
    seed: int,
    *,
    shipped: bool = True,
    write: str = "brief",
    to: str = "brief",
    device: str = "cpu",
    recorded: Recorded | None = None,
) -> tuple[str, ...]:
    """What to type, in a clone of the code, to get the same folder.

    `write` is the command with its own options, `to` the folder that it writes, `device` what its fit ran on. A
    programme that did not ship is named FOLDER: where it lay is nobody's business, and its evidence root says whether
    another copy is the same.
    """
    options = f"--programme {programme.id if shipped else FOLDER} --seed {seed}"
    if recorded is not None:
        options = " ".join(filter(None, (f"--workspace {FOLDER}", recorded.options, f"--seed {seed}")))
    if programme.as_of:
        options += f" --as-of {programme.as_of}"
    if device != "cpu":
        options += f" --device {device}"
    return ("make setup", f".venv/bin/tallystick {write} {options} -o {to}", f".venv/bin/tallystick verify {to}")


def _files(folder: Path) -> set[str]:
    """Every file below the folder but the manifest; links are files here, and never followed."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return {path.relative_to(folder).as_posix() for path in found} - {MANIFEST}


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder; a BriefError names what is wrong with it."""
    if not folder.is_dir():
        raise BriefError(f"{folder}: there is no such folder", hint="name the folder that `tallystick brief` wrote")
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except FileNotFoundError:
        raise BriefError(
            f"{folder}: no {MANIFEST} here, so this is no brief", hint="name the folder that `tallystick brief` wrote"
        ) from None
    except (msgspec.MsgspecError, OSError) as error:
        raise BriefError(
            f"{folder / MANIFEST}: {error}", hint="the manifest itself was changed; write a new brief elsewhere"
        ) from None
    _refuse_strange(folder, manifest)
    return manifest


def _refuse_strange(folder: Path, manifest: Manifest) -> None:
    """A manifest speaks of its own folder, and of a kind that we know."""
    if manifest.schema != SCHEMA:
        raise BriefError(f"{folder / MANIFEST}: unknown kind {manifest.schema!r}", hint=f"this version reads {SCHEMA}")
    for name in manifest.files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or path.as_posix() != name:
            raise BriefError(
                f"{folder / MANIFEST}: {name!r} does not lie in the folder", hint="write a new brief elsewhere"
            )


def verify(folder: Path) -> tuple[Fault, ...]:
    """Each file that is missing, changed or extra, by name; empty when the folder is what its manifest says."""
    expected, present = read_manifest(folder).files, _files(folder)
    missing = [Fault(name, "missing") for name in sorted(expected.keys() - present)]
    changed = [
        Fault(name, "changed") for name in sorted(expected.keys() & present) if not _is(folder / name, expected[name])
    ]
    extra = [Fault(name, "extra: the manifest does not name it") for name in sorted(present - expected.keys())]
    return (*missing, *changed, *extra)


def _is(file: Path, expected: str) -> bool:
    return not file.is_symlink() and file.is_file() and sha256_of(file) == expected
