"""Fuzz one loader: python fuzz/loaders.py TARGET [corpus folder] [options of libFuzzer]

    python fuzz/loaders.py html -max_total_time=60
    python fuzz/loaders.py seeds FOLDER          writes a corpus of small documents of every format

A finding is any exception that is no verdict (`DocumentError`), a text without an account of where it came from, or a
crash. Outside this script loaders run only behind walls; run it where a crash does no harm.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path

import atheris

# A neighbour of this file may be named like a module of the standard library.
sys.path[:] = [path for path in sys.path if Path(path).resolve() != Path(__file__).resolve().parent]

with atheris.instrument_imports(include=["tallystick", "email", "docx", "warcio", "pypdf"]):
    from tallystick.evidence.documents.derived import Derived
    from tallystick.evidence.documents.encodings import decode, signs
    from tallystick.evidence.documents.formats import format_of
    from tallystick.evidence.documents.hidden import mixed_words, shown
    from tallystick.evidence.documents.html_page import read_html
    from tallystick.evidence.documents.language import language_of
    from tallystick.evidence.documents.load import load
    from tallystick.evidence.documents.pdf_file import read_pdf
    from tallystick.evidence.documents.plain_text import read_text
    from tallystick.evidence.documents.published import published_in
    from tallystick.evidence.documents.verdicts import DocumentError
    from tallystick.evidence.documents.warm import samples
    from tallystick.evidence.documents.wire import heard
    from tallystick.evidence.documents.word_file import read_docx


def _text(data: bytes) -> tuple[Derived, ...]:
    return (read_text(data),)


def _html(data: bytes) -> tuple[Derived, ...]:
    return (read_html(data),)


def _pdf(data: bytes) -> tuple[Derived, ...]:
    return (read_pdf(data),)


def _pdf_second(data: bytes) -> tuple[Derived, ...]:
    return (read_pdf(data, second=True),)


def _docx(data: bytes) -> tuple[Derived, ...]:
    return (read_docx(data),)


def _mail(data: bytes) -> tuple[Derived, ...]:
    return load(b"From: a@example.org\nDate: Wed, 5 May 2021 10:00:00 +0000\n" + data)


def _warc(data: bytes) -> tuple[Derived, ...]:
    return load(b"WARC/1.0\r\n" + data)


def _encodings(data: bytes) -> tuple[Derived, ...]:
    made = decode(data)
    for run in made.stretches:
        text, widths = signs(data[run.source_start : run.source_end], made.encoding)
        assert text == made.text[run.start : run.end]
        assert sum(widths) == run.source_end - run.source_start
    return ()


def _formats(data: bytes) -> tuple[Derived, ...]:
    format_of(data)
    return ()


def _words(data: bytes) -> tuple[Derived, ...]:
    text = data.decode("utf-8", "replace")
    assert shown(shown(text)) == shown(text)
    mixed_words(text)
    language_of(text)
    published_in(text)
    return ()


def _answer(data: bytes) -> tuple[Derived, ...]:
    """What a child that was taken over may answer."""
    import msgspec

    try:
        return heard(data)[0]
    except (ValueError, msgspec.MsgspecError):
        return ()


TARGETS: dict[str, Callable[[bytes], tuple[Derived, ...]]] = {
    "answer": _answer, "docx": _docx, "eml": _mail, "encodings": _encodings, "formats": _formats, "html": _html,
    "load": load, "pdf": _pdf, "pdf-second": _pdf_second, "text": _text, "warc": _warc, "words": _words,
}  # fmt: skip


def checked(target: Callable[[bytes], tuple[Derived, ...]]) -> Callable[[bytes], None]:
    """`target`, with what must hold of every text that a loader makes."""

    def run(data: bytes) -> None:
        try:
            made = target(data)
        except DocumentError:
            return
        for each in made:
            at = 0
            for start, end, _, first, last in each.stretches:
                assert at <= start <= end <= len(each.text)
                assert first <= last
                at = end

    return run


def write_seeds(folder: Path) -> None:
    """A small document of each format, to start from."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, sample in enumerate(samples()):
        (folder / f"seed-{number}").write_bytes(sample)


def main() -> None:
    """Fuzz the target named by the first argument."""
    name = sys.argv.pop(1) if len(sys.argv) > 1 else ""
    if name == "seeds" and len(sys.argv) > 1:
        return write_seeds(Path(sys.argv[1]))
    if name not in TARGETS:
        sys.exit(f"{__doc__}\nTARGET is one of: {', '.join(sorted(TARGETS))}")
    logging.disable(logging.CRITICAL)
    atheris.Setup(sys.argv, checked(TARGETS[name]))
    atheris.Fuzz()
    return None


if __name__ == "__main__":
    main()
