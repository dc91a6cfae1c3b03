"""Promise: code names no country, no text names the machine it was made on, and links lead somewhere."""

import re
import subprocess
from pathlib import Path

import pytest

from tallystick.evidence.programme import load_programme
from tests.docs.pages import ROOT, pages

INDEXES = (("pypi", "org"), ("python", "hosted"), ("registry", "npm"), ("deb", "debian", "org"))  # not named whole here
MACHINE = re.compile(
    "|".join(
        [r"(?<![\w.])/(?:work|root|home|farm|opt)/", "file://", *(r"\.?".join(map(re.escape, one)) for one in INDEXES)]
    ),
    re.IGNORECASE,
)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")
# Words of the programme that are also plain English, or the subject of the method and not of a programme.
PLAIN = {"the world", "other hosts", "International Labour Organization", "ILO", "United Nations", "UN"}


def _tracked(*patterns: str) -> list[Path]:
    """Files that git knows; what is built or ignored is nobody's text."""
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def _names_of_the_programme() -> set[str]:
    """What only data may spell: the sender, hosts and places, and every state, office and firm with its aliases."""
    known = load_programme()
    names = {
        known.sender,
        *(host.name for host in known.hosts.values()),
        *(place.name for place in known.places.values()),
    }
    names |= {name for entity in known.entities for name in (entity.name, *entity.aliases)}
    return {name for name in names if len(name) > 2} - PLAIN


def _as_word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


def test_no_module_names_a_country_an_agency_or_a_firm() -> None:
    words = [(_as_word(name), name) for name in sorted(_names_of_the_programme())]
    found = [
        f"{module.relative_to(ROOT)}: {name}"
        for module in sorted((ROOT / "src").rglob("*.py"))
        for pattern, name in words
        if pattern.search(module.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_word_list_is_not_empty_and_would_find_a_slip() -> None:
    names = _names_of_the_programme()
    assert len(names) > 50
    sender = load_programme().sender
    assert any(_as_word(name).search(f'HOST = "{sender}"') for name in names)


def test_no_text_names_this_machine_or_an_index() -> None:
    binary = {".ttf", ".woff2", ".png", ".nc", ".pdf"}
    found = [
        f"{file.relative_to(ROOT)}: {hit.group()}"
        for file in _tracked()
        if file.suffix not in binary and file.name != Path(__file__).name
        for hit in MACHINE.finditer(file.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_pages_that_code_and_data_name_exist() -> None:
    named = re.compile(r"(?<![\w/.])docs/[\w./-]*\w")
    files = [
        file for file in _tracked("src", "tests", "*.toml", "Makefile") if file.suffix in {".py", ".toml", ".csv", ""}
    ]
    texts = {name for file in files for name in named.findall(file.read_text(encoding="utf-8"))}
    assert [name for name in sorted(texts) if not list(ROOT.glob(f"{name}*"))] == []


def test_every_page_can_be_reached_from_the_index() -> None:
    """A page that no page links to is not read; folders named in the index stand for the pages in them."""
    reached, waiting = set[Path](), [ROOT / "docs" / "index.md"]
    while waiting:
        page = waiting.pop().resolve()
        if page in reached or not page.exists():
            continue
        reached.add(page)
        if page.is_dir():
            waiting += page.glob("*.md")
        elif page.suffix == ".md":
            waiting += [page.parent / target for target in LINK.findall(page.read_text(encoding="utf-8"))]
    assert set((ROOT / "docs").rglob("*.md")) <= reached


def test_each_decision_has_a_number_of_its_own_and_none_is_left_out() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    headings = [file.read_text(encoding="utf-8").partition("\n")[0] for file in files]
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    assert [at for at, heading in enumerate(headings, start=1) if not heading.startswith(f"# {at}. ")] == []
