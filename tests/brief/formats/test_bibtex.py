"""Promise: a reader of BibTeX finds every page once under the brief's own id, whatever its title holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import bibtexparser
import pytest
from bibtexparser import Library
from bibtexparser.model import Entry
from hypothesis import given
from hypothesis import strategies as st

from tallystick.brief.formats.bibtex import ESCAPES, MONTHS, bibtex, escaped
from tallystick.brief.formats.shown import Shown, web
from tallystick.vocab.cells import printable


def _read(text: str) -> Library:
    found = bibtexparser.parse_string(text)
    assert found.failed_blocks == []
    return found


def _plain(value: str) -> str:
    """TeX's spellings back to the signs that they stand for, from left to right."""
    spelled, found = sorted(((tex, sign) for sign, tex in ESCAPES.items()), key=lambda pair: -len(pair[0])), ""
    value = value.removeprefix("{").removesuffix("}") if value.startswith("{") and value.endswith("}") else value
    while value:
        tex, sign = next(((tex, sign) for tex, sign in spelled if value.startswith(tex)), (value[0], value[0]))
        found, value = found + sign, value[len(tex) :]
    return found


@pytest.fixture(scope="module")
def entries(told: Shown) -> dict[str, Entry]:
    return _read(bibtex(told)).entries_dict


def test_there_is_one_entry_per_page_under_its_own_id(told: Shown, entries: dict[str, Entry]) -> None:
    assert list(entries) == [page.id for page in told.pages]
    assert {entry.entry_type for entry in entries.values()} == {"misc"}


def test_fields_are_those_of_the_page(told: Shown, entries: dict[str, Entry]) -> None:
    for page in told.pages:
        fields = {key: field.value for key, field in entries[page.id].fields_dict.items()}
        assert _plain(fields["howpublished"]) == page.published_by
        assert _plain(fields.get("title", "")) == page.title
        assert unquote(fields.get("url", "")) == unquote(web(page))
        assert ("title" in fields) != ("key" in fields)
        assert _plain(fields["note"]) == f"Claims: {', '.join(page.claims)}"


def test_a_date_is_as_exact_as_it_is_known(told: Shown, entries: dict[str, Entry]) -> None:
    for page in told.pages:
        fields = {key: field.value for key, field in entries[page.id].fields_dict.items()}
        month = f"-{MONTHS.index(fields['month']) + 1:02d}" if "month" in fields else ""
        day = f"-{int(fields['day']):02d}" if "day" in fields else ""
        assert fields.get("year", "") + month + day == page.published_on


def test_the_day_of_reading_stands_only_where_it_is_known(told: Shown, entries: dict[str, Entry]) -> None:
    assert not [entry for entry in entries.values() if "urldate" in entry.fields_dict]
    page = told.pages[0]
    read = _read(bibtex(told, {page.id: date(2026, 2, 1)})).entries_dict
    dated = {key: entry.fields_dict["urldate"].value for key, entry in read.items() if "urldate" in entry.fields_dict}
    assert dated == {page.id: "2026-02-01"}


def test_other_scripts_stay_as_they_are() -> None:
    assert escaped("노동자 рабочие 労働者 5 %") == r"노동자 рабочие 労働者 5 \%"


@given(st.text(st.sampled_from('\\{}%$&#_~^@"=, aб노') | st.characters(codec="utf-8"), max_size=30))
def test_no_title_breaks_out_of_its_entry(title: str) -> None:
    """The brackets keep blanks at the ends, which a parser may strip."""
    shown = f"<{title}>"
    page = replace(_PAGE, title=shown)
    library = _read(bibtex(replace(_TOLD, pages=(page,))))
    (entry,) = library.entries
    assert _plain(entry.fields_dict["title"].value) == printable(shown)


def test_an_address_with_braces_stays_one_address() -> None:
    page = replace(_PAGE, url="https://example.org/a{b}\\c d?x=1%20&y=é")
    (entry,) = _read(bibtex(replace(_TOLD, pages=(page,)))).entries
    assert entry.fields_dict["url"].value == "https://example.org/a%7Bb%7D%5Cc%20d?x=1%20&y=%C3%A9"


def _one() -> Shown:
    from tests.brief.formats.conftest import told_of

    return told_of()


_TOLD = _one()
_PAGE = _TOLD.pages[0]
