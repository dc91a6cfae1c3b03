"""Breaks of single claims, their links, their dates and their asserters."""

from __future__ import annotations

from tests.evidence.damage import LAST, Copy, Damage

C, D, A = "claims.csv", "assertion_dates.csv", "hand/asserters.csv"
X = "nis_oct24_stock"  # 4,000 persons present, a point without links
Y = "chosun12_wage"  # 200 to 1,000 dollars a month, a range without links
COPY = "asiapress25_nis4000"  # repeats X


def claim(title: str, match: str, field: str, name: str = X, /, **fields: str) -> Damage:
    """A break of one claim whose fault stands in that very row."""
    return Damage(title, lambda copy: copy.cell(C, name, **fields), match, C, name, field)


def _circle(copy: Copy) -> None:
    copy.cell(C, X, link_kind="repeats", derived_from=COPY)
    copy.cell(D, COPY, asserted_earliest="2024-10-29", asserted_latest="2024-10-29")


CLAIMS = (
    claim("unknown measure", 'unknown measure "workers_presnt"', "measure", measure="workers_presnt"),
    claim("unit that does not fit", 'unit "visas" does not fit workers_present', "unit", unit="visas"),
    claim("unit left out", "is blank", "unit", unit=""),
    claim("low above high", r"low \(2000\) is above high \(1000\)", "value_low", Y, value_low="2000"),
    claim("point above its high bound", r"point \(4000\) lies outside \.\.3000", "value_point", value_high="3000"),
    claim("point below its low bound", r"point \(4000\) lies outside 5000\.\.", "value_point", value_low="5000"),
    claim("no value at all", "holds no value at all", "value_point", value_point=""),
    claim("nan", '"nan" is no plain number', "value_point", value_point="nan"),
    claim("inf", '"inf" is no plain number', "value_point", value_point="inf"),
    claim("1e400", '"1e400" is no plain number', "value_point", value_point="1e400"),
    claim("a number of 400 digits", "is too large for a number", "value_point", value_point="9" * 400),
    claim("a thousands sign", '"4,000" is no plain number', "value_point", value_point="4,000"),
    claim("digits of another script", "is no plain number", "value_point", value_point="４０００"),
    claim("a formula", '"=2\\+2" is no plain number', "value_point", value_point="=2+2"),
    claim("negative persons", "-4000 is negative", "value_point", value_point="-4000"),
    claim("half a person", "4000.5 is no whole number of persons", "value_point", value_point="4000.5"),
    claim("a share above one", "1.4 is above 1, the most that share", "value_point", "hom_half", value_point="1.4"),
    claim("a day of 25 hours", "25 is above 24", "value_point", "wsj25_hours", value_point="25"),
    claim("a number that is no day", "20191332 is no day", "value_point", "kbs_1223", value_point="20191332"),
    claim("a malformed host", '"Russia" is no country code', "host_country", host_country="Russia"),
    claim("an unknown host", 'unknown host "XQ"', "host_country", host_country="XQ"),
    claim("an unknown sector", 'unknown sector "building"', "sector", sector="building"),
    claim("a day that is none", '"2023-02-30" is no day', "period_start", period_start="2023-02-30"),
    claim("a day in another order", '"29.10.2024" is no day', "period_start", period_start="29.10.2024"),
    claim("a day far from our time", '"0024-10-29" is no day', "period_start", period_start="0024-10-29"),
    claim(
        "an end before its start",
        r"2024-10-01 is before period_start \(2024-10-29\)",
        "period_end",
        period_end="2024-10-01",
    ),
    claim(
        "no date of publication", '"10/02/2025" is no date', "published_on", "mats_sept19", published_on="10/02/2025"
    ),
    claim(
        "published before it was said", "before the first day", "published_on", "mats_sept19", published_on="2019-08"
    ),
    claim("a script for an address", "is no address", "url", url="javascript:alert(1)"),
    claim("a report that nobody listed", 'unknown report "other26"', "url", url="reports/other26.txt"),
    claim("an unknown kind of link", 'unknown kind of link "copies"', "link_kind", COPY, link_kind="copies"),
    claim(
        "an origin that is not there", 'no claim is called "nobody_24"', "derived_from", COPY, derived_from="nobody_24"
    ),
    claim(
        "a suspect that is not there",
        'no claim is called "nobody"',
        "suspected_from",
        "mt_47k",
        suspected_from="nobody",
    ),
    claim("a claim that points at itself", "points at itself", "derived_from", COPY, derived_from=COPY),
    claim("one origin named twice", "names one claim twice", "derived_from", COPY, derived_from=f"{X};{X}"),
    claim("an empty part of a list", "has an empty part", "derived_from", COPY, derived_from=f"{X};"),
    claim("proven and suspected at once", "stands in derived_from too", "suspected_from", COPY, suspected_from=X),
    claim("none, yet derived", "is none, but derived_from is filled", "link_kind", COPY, link_kind="none"),
    claim("none, yet suspected", "is none, but suspected_from is filled", "link_kind", "mt_47k", link_kind="none"),
    claim("a repeat of nothing", "is blank, but link_kind is repeats", "derived_from", link_kind="repeats"),
    claim("suspected of nothing", "is blank, but link_kind is suspected", "suspected_from", link_kind="suspected"),
    claim(
        "suspected, yet proven",
        "is suspected, but derived_from is filled",
        "link_kind",
        "glav_50k",
        link_kind="suspected",
    ),
    Damage("a circle", _circle, f"the links run in a circle: .*{X}", C, COPY, "derived_from"),
    claim("an unknown asserter", 'unknown asserter "A Stranger"', "asserted_by", asserted_by="A Stranger"),
    claim("a control character", r"the unseen sign U\+0007", "note", note="a bell\a rings"),
    claim("a line break inside a cell", r"the unseen sign U\+000A", "note", note="two\nlines"),
    claim("a sign that reverses the line", r"the unseen sign U\+202E", "note", note="4,000 \u202e000,4"),
    claim("a space of no width", r"the unseen sign U\+200B", "hedge", hedge="about\u200b"),
    claim("a letter lost in copying", r"the unseen sign U\+FFFD", "note", note="Cor\ufffde"),
    claim("a space at the end", "begins or ends with a space", "region", region="Primorye "),
    claim("another name for the same page", "for this page", "title", "rsis23_gap", title="Another title"),
    Damage("an id that is none", lambda c: c.add(C, X, id="nis oct"), '"nis oct" is no id', C, LAST, "id"),
    Damage("an id twice", lambda c: c.add(C, X), f'"{X}" stands twice, first in row', C, LAST, "id"),
)
DATES = (
    Damage("a claim without dates", lambda c: c.drop(D, X), f'"{X}" has no row in {D}', C, X, "id"),
    Damage("dates of no claim", lambda c: c.add(D, X, id="nobody"), 'no claim is called "nobody"', D, LAST, "id"),
    Damage("dated twice", lambda c: c.add(D, X), "is dated twice, first in row", D, LAST, "id"),
    Damage(
        "earliest after latest",
        lambda c: c.cell(D, X, asserted_latest="2024-10-28"),
        r"2024-10-28 is before asserted_earliest \(2024-10-29\)",
        D,
        X,
        "asserted_latest",
    ),
    Damage("no earliest day", lambda c: c.cell(D, X, asserted_earliest=""), "is blank", D, X, "asserted_earliest"),
    Damage(
        "an impossible day", lambda c: c.cell(D, X, asserted_latest="2024-02-31"), "no day", D, X, "asserted_latest"
    ),
    Damage("an unknown basis", lambda c: c.cell(D, X, basis="hearsay"), 'unknown basis "hearsay"', D, X, "basis"),
    Damage("an unknown sureness", lambda c: c.cell(D, X, how_sure="very"), 'unknown sureness "very"', D, X, "how_sure"),
    Damage(
        "a copy older than its origin",
        lambda c: c.cell(D, COPY, asserted_earliest="2024-10-01", asserted_latest="2024-10-20"),
        f'"{COPY}" may date from 2024-10-01, before "{X}"',
        D,
        COPY,
        "asserted_earliest",
    ),
)
ASSERTERS = (
    Damage(
        "an unknown class",
        lambda c: c.cell(A, "NIS", **{"class": "spy"}),
        'class of asserters "spy"',
        A,
        "NIS",
        "class",
    ),
    Damage("a class without reason", lambda c: c.cell(A, "NIS", reason=""), "is blank", A, "NIS", "reason"),
    Damage("an asserter judged twice", lambda c: c.add(A, "NIS"), '"NIS" is judged twice', A, LAST, "asserted_by"),
    Damage("a judgement without a day", lambda c: c.cell(A, "NIS", judged_on=""), "is blank", A, "NIS", "judged_on"),
)
