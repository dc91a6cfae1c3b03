"""Promise: what the cache hands out is what was put in, whole; anything else is thrown away and said."""

from pathlib import Path

import pytest

from tallystick.study.cache import ENTRY, VARIABLE, Cache, default_folder


def _write(folder: Path) -> None:
    (folder / "draws.nc").write_bytes(b"draws")
    (folder / "diagnostics.json").write_bytes(b"{}")


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def cache(tmp_path: Path, said: list[str]) -> Cache:
    return Cache(tmp_path, said.append)


def test_an_entry_is_found_under_its_kind_and_key_only(cache: Cache) -> None:
    kept = cache.keep("fit", "a" * 64, _write)
    assert cache.find("fit", "a" * 64) == kept
    assert cache.find("fit", "b" * 64) is None
    assert cache.find("summary", "a" * 64) is None


def _change(entry: Path) -> None:
    (entry / "draws.nc").write_bytes(b"drawz")


def _truncate(entry: Path) -> None:
    (entry / "draws.nc").write_bytes(b"")


def _remove(entry: Path) -> None:
    (entry / "draws.nc").unlink()


def _add(entry: Path) -> None:
    (entry / "alternative-x.nc").write_bytes(b"more")


def _break_list(entry: Path) -> None:
    (entry / ENTRY).write_bytes(b"{")


def _lose_list(entry: Path) -> None:
    (entry / ENTRY).unlink()


@pytest.mark.parametrize("damage", [_change, _truncate, _remove, _add, _break_list, _lose_list])
def test_a_damaged_entry_is_never_trusted(cache: Cache, said: list[str], damage) -> None:  # type: ignore[no-untyped-def]
    damage(cache.keep("fit", "a" * 64, _write))
    assert cache.find("fit", "a" * 64) is None
    assert said
    assert "damaged" in said[0]
    assert cache.find("fit", "a" * 64) is None
    assert len(said) == 1  # thrown away: nothing to complain about any more


def test_a_writer_that_is_stopped_leaves_nothing(cache: Cache, tmp_path: Path) -> None:
    def stopped(folder: Path) -> None:
        _write(folder)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.keep("fit", "a" * 64, stopped)
    assert list((tmp_path / "fit").iterdir()) == []


def test_the_first_of_two_writers_stands(cache: Cache, tmp_path: Path) -> None:
    def late(folder: Path) -> None:
        cache.keep("fit", "a" * 64, _write)
        (folder / "draws.nc").write_bytes(b"late")

    entry = cache.keep("fit", "a" * 64, late)
    assert (entry / "draws.nc").read_bytes() == b"draws"
    assert [path.name for path in (tmp_path / "fit").iterdir()] == ["a" * 64]


def test_what_a_killed_run_left_half_written_is_cleared_whatever_is_kept_next(cache: Cache, tmp_path: Path) -> None:
    (tmp_path / "fit").mkdir()
    killed = tmp_path / "fit" / f".{'a' * 64}.draft-killed"
    killed.mkdir()
    _write(killed)

    def beside(folder: Path) -> None:
        cache.keep("fit", "c" * 64, _write)  # which leaves the draft of a living run alone
        _write(folder)

    cache.keep("fit", "b" * 64, beside)
    assert sorted(path.name for path in (tmp_path / "fit").iterdir()) == ["b" * 64, "c" * 64]


def test_the_environment_may_name_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.delenv(VARIABLE)
    assert default_folder().name == "tallystick"


def test_files_in_folders_of_an_entry_are_kept_and_watched(cache: Cache, said: list[str]) -> None:
    def write(folder: Path) -> None:
        (folder / "data").mkdir()
        (folder / "data" / "a.csv").write_text("a")

    entry = cache.keep("pages", "c" * 64, write)
    assert cache.find("pages", "c" * 64) == entry
    (entry / "data" / "a.csv").write_text("b")
    assert cache.find("pages", "c" * 64) is None
    assert "changed: data/a.csv" in said[0]
