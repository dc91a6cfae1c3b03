"""Breaks of whole files: what is on disk is no table at all, or no table of ours."""

from __future__ import annotations

from tests.evidence.damage import LAST, Copy, Damage

C, S, P = "claims.csv", "statements.csv", "programme.toml"


def _without_column(copy: Copy) -> None:
    lines = copy.rows(C)
    at = lines[0].index("hedge")
    copy.write(C, [line[:at] + line[at + 1 :] for line in lines])


def _with_column(copy: Copy) -> None:
    lines = copy.rows(C)
    copy.write(C, [[*line, "reviewer" if number == 0 else ""] for number, line in enumerate(lines)])


def _columns_swapped(copy: Copy) -> None:
    copy.write(C, [[line[1], line[0], *line[2:]] for line in copy.rows(C)])


def _ragged(copy: Copy) -> None:
    lines = copy.rows(C)
    copy.write(C, [*lines[:8], lines[8][:-1], *lines[9:]])


def _too_long(copy: Copy) -> None:
    lines = copy.rows(C)
    copy.write(C, [*lines[:4], [*lines[4], "one more"], *lines[5:]])


FILES = (
    Damage("missing file", lambda c: (c.folder / C).unlink(), "the file is missing", C),
    Damage("missing TOML file", lambda c: (c.folder / P).unlink(), "the file is missing", P),
    Damage("empty file", lambda c: c.bytes("events.csv", b""), "the file is empty", "events.csv"),
    Damage("not UTF-8", lambda c: c.bytes(C, c.raw(C).replace(b"Ambassador", b"\xe9mbassador", 1)), "not UTF-8", C),
    Damage("UTF-16", lambda c: c.bytes(S, "id,report".encode("utf-16")), "line 1 is not UTF-8", S),
    Damage("NUL byte", lambda c: c.bytes(C, c.raw(C).replace(b"RSIS", b"RS\0IS", 1)), "line 2 holds a NUL byte", C),
    Damage("byte order mark", lambda c: c.bytes(C, b"\xef\xbb\xbf" + c.raw(C)), "byte order mark", C),
    Damage("header of another table", lambda c: c.bytes(C, c.raw(S)), "the header lacks measure", C),
    Damage("a column is missing", _without_column, "the header lacks hedge$", C),
    Damage("a column too many", _with_column, 'the header has "reviewer" too many', C),
    Damage("columns in another order", _columns_swapped, "columns in another order", C),
    Damage("a row is too short", _ragged, "21 cells where the header has 22", C, 8),
    Damage("a row is too long", _too_long, "23 cells where the header has 22", C, 4),
    Damage("a blank line", lambda c: c.bytes(C, c.raw(C) + b"\n"), "the line is blank", C, LAST),
    Damage(
        "a quotation mark is never closed", lambda c: c.bytes(C, c.raw(C) + b'a,"b'), "is not CSV: unexpected end", C
    ),
    Damage("text after a quotation mark", lambda c: c.bytes(C, c.raw(C) + b'"a"b,c\n'), "is not CSV", C),
    Damage("no TOML", lambda c: c.text(P, 'id = "dprk"', "id = dprk"), "is not TOML", P),
    Damage("a key twice", lambda c: c.text(P, 'id = "dprk"', 'id = "dprk"\nid = "dprk"'), "is not TOML", P),
    Damage(
        "TOML that is not UTF-8", lambda c: c.bytes("levers.toml", b'a = "\xff"'), "line 1 is not UTF-8", "levers.toml"
    ),
    Damage(
        "nan in TOML",
        lambda c: c.text("asserter_classes.toml", "scale = 0.15", "scale = nan"),
        "is nan, inf or a time of day",
        "asserter_classes.toml",
        field="class[1].scale",
    ),
    Damage(
        "inf in TOML",
        lambda c: c.text("price_index.toml", "\nindex = ", "\nindex = inf # "),
        "is nan, inf or a time of day",
        "price_index.toml",
        field="level[1].index",
    ),
    Damage(
        "a time of day in TOML",
        lambda c: c.text(P, "deadline = 2019-12-22", "deadline = 2019-12-22T00:00:00"),
        "is nan, inf or a time of day",
        P,
        field="deadline",
    ),
)
