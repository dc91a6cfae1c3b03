"""Breaks of rows that are no figures, of settings, and of what the developers judged by hand."""

from __future__ import annotations

from tests.evidence.damage import LAST, Damage

S, E, N, L = "statements.csv", "events.csv", "entities.csv", "legal.csv"
H = "hand/withheld.csv"
W, F, P = "ilo_indicators.csv", "forced_labour_framework.csv", "hand/predictions.csv"
TOML, M, K = "programme.toml", "measures.toml", "asserter_classes.toml"
R, U, V, A = "exchange_rates.toml", "price_index.toml", "drivers.toml", "apart.toml"
ONE = "fuels25_s33"  # speaks to I08, in two cells of the framework


def row(title: str, match: str, file: str, row_id: str, field: str, /, **fields: str) -> Damage:
    """A break of one row whose fault stands in that very row."""
    return Damage(title, lambda copy: copy.cell(file, row_id, **fields), match, file, row_id, field)


def toml(title: str, match: str, file: str, place: tuple[int | None, str], old: str, new: str) -> Damage:
    """A break of one passage of a TOML file; `place` is the number of the entry and the key."""
    return Damage(title, lambda copy: copy.text(file, old, new), match, file, *place)


ROWS = (
    row("an unknown indicator", 'unknown indicator "I12"', S, ONE, "ilo_indicators", ilo_indicators="I12"),
    row(
        "an unknown limb", 'unknown limb "poverty"', S, ONE, "framework_limb", framework_limb="involuntariness;poverty"
    ),
    row("an unknown phase", 'unknown phase "sleep"', S, ONE, "framework_phase", framework_phase="work_and_life;sleep"),
    row(
        "an unknown bearing",
        'unknown bearing "proves"',
        S,
        ONE,
        "framework_bearing",
        framework_bearing="supports;proves",
    ),
    row(
        "lists that do not match",
        r"differ in number \(2, 2, 1\)",
        S,
        ONE,
        "framework_bearing",
        framework_bearing="supports",
    ),
    row(
        "neutral with an indicator",
        "is neutral, but",
        S,
        ONE,
        "supports_or_contradicts",
        supports_or_contradicts="neutral",
    ),
    row("support for nothing", "is blank, but the row supports", S, ONE, "ilo_indicators", ilo_indicators=""),
    row(
        "a related claim that is not there",
        'no claim is called "nobody"',
        S,
        ONE,
        "related_claims",
        related_claims="nobody",
    ),
    row("an unknown report", 'unknown report "other26"', S, ONE, "report", report="other26"),
    row("an unknown kind of statement", 'unknown kind of statement "gossip"', S, ONE, "kind", kind="gossip"),
    row("a paragraph that is none", '"15a" is no paragraph', S, ONE, "paragraph", paragraph="15a"),
    row("an actor without a row", "names somebody without a row", S, ONE, "actors", actors="workers;Kim Some-body"),
    Damage("a statement twice", lambda c: c.add(S, ONE), f'"{ONE}" stands twice', S, LAST, "id"),
    row("an unknown precision", 'unknown precision "about"', E, "E28", "precision", precision="about"),
    row(
        "a day that lasts a month",
        "is day, but the event spans 30 days",
        E,
        "E28",
        "precision",
        start="2023-09-01",
        end="2023-09-30",
    ),
    row("an event that ends first", r"2023-09-12 is before start", E, "E28", "end", end="2023-09-12"),
    row("an event by a stranger", "names somebody without a row", E, "E28", "actors", actors="A Stranger"),
    row("an entity of no report", 'unknown report "other26"', N, "N001", "reports", reports="other26"),
    row("an entity without a kind", "is blank", N, "N001", "kind", kind=""),
    row("an unknown way of reading", 'unknown way of reading "hearsay"', L, "L01", "how_read", how_read="hearsay"),
    row("a law of an impossible day", '"2017-08-32" is no day', L, "L01", "adopted_on", adopted_on="2017-08-32"),
    row("an unsafe address of a law", "is no address", L, "L01", "source_url", source_url="data:text/html,x"),
    row("an indicator of no measure", 'unknown measure "pay"', W, "I02", "related_measures", related_measures="pay"),
    row(
        "an indicator of no cell",
        'unknown cell of the framework "FL9"',
        W,
        "I02",
        "framework_cells",
        framework_cells="FL9",
    ),
    row("a cell of no indicator", "unknown indicator", F, "FL1", "indicators", indicators="I01;I99"),
    row(
        "a cell of no kind", 'unknown kind of statement "gossip"', F, "FL1", "statement_kinds", statement_kinds="gossip"
    ),
    row("an unknown state of a prediction", 'unknown state "maybe"', P, "above_50000", "state", state="maybe"),
    row("held for no reason", "is blank, but the state is held", P, "above_50000", "evidence", state="held"),
    row(
        "held by nothing", 'no row is called "nothing"', P, "above_50000", "evidence", state="held", evidence="nothing"
    ),
    Damage("a prediction without state", lambda c: c.drop(P, "above_50000"), "is not judged", P, None, "id"),
    Damage(
        "a state of no prediction", lambda c: c.add(P, "above_50000", id="other"), "no prediction is called", P, 9, "id"
    ),
    row(
        "a judgement on no claim",
        'no claim is called "nobody"',
        "hand/dispositions.csv",
        "tip19",
        "claim",
        claim="nobody",
    ),
    row(
        "an unknown disposition",
        'disposition "binned"',
        "hand/dispositions.csv",
        "tip19",
        "disposition",
        disposition="binned",
    ),
    *(
        row(what, told, "hand/dispositions.csv", "wsj19_several", field, **cells)
        for what, told, field, cells in (
            (
                "a bound of words read as a point",
                "2000 does not go with read_as",
                "read_low",
                {"read_as": "", "read_high": ""},
            ),
            ("a range with one end", "a range with one end", "read_as", {"read_high": ""}),
            ("a bound of nothing", "0 is not above zero", "read_low", {"read_low": "0"}),
        )
    ),
    row("a wording withheld of no row", 'no statement is called "nobody"', H, "fuels25_s37", "id", id="nobody"),
    row("a wording withheld of a row of another kind", "no claim is called", H, "fuels25_s37", "id", kind="claim"),
    row("an unknown kind withheld", 'kind of row "rumour"', H, "fuels25_s37", "kind", kind="rumour"),
    row("a wording withheld for no reason", "is blank", H, "fuels25_s37", "why", why=""),
    row("a withheld row that speaks", "does not agree", S, "fuels25_s37", "statement", statement="Words."),
    row("a withheld row that says where", "says something of a row", S, "fuels25_s37", "place", place="Pyongyang"),
    row("a row withheld unasked", "does not agree", S, "fuels25_s65", "statement", statement="withheld"),
    row("a wording withheld twice", "is withheld twice", H, "fuels25_s46", "id", id="fuels25_s37"),
)
SETTINGS = (
    toml("a missing key", "is missing", TOML, (None, "title"), "title = ", "# title = "),
    toml("a key that nobody reads", 'unknown key "tilte"', TOML, (None, "tilte"), "title = ", 'tilte = "x"\ntitle = '),
    toml("a number as text", '"2010" is not a whole number', TOML, (None, "first_year"), "= 2010", '= "2010"'),
    toml("true as a number", '"True" is not a whole number', TOML, (None, "first_year"), "= 2010", "= true"),
    toml("a text as a number", '"7" is not a text', TOML, (None, "sender"), '= "North Korea"', "= 7"),
    toml(
        "a window that ends first",
        "2009 is before first_year",
        TOML,
        (None, "last_year"),
        "last_year = 2026",
        "last_year = 2009",
    ),
    toml("two hosts in focus", "2 hosts are the focus", TOML, (None, "host"), "focus = false", "focus = true"),
    toml("a place of no host", 'unknown host "ASIA"', TOML, (2, "place.host"), 'host = "CN"', 'host = "ASIA"'),
    toml("a visa class twice", '"work" stands 2 times', TOML, (None, "visa_class"), 'id = "study"', 'id = "work"'),
    toml(
        "a list that is none",
        '"clue" is not a list of texts',
        M,
        (1, "measure.units"),
        'units = ["persons"]',
        'units = "clue"',
    ),
    toml(
        "a list of numbers",
        "holds something that is no text",
        M,
        (1, "measure.units"),
        'units = ["persons"]',
        "units = [1]",
    ),
    toml("an unknown kind of measure", 'unknown kind "Q"', M, (1, "measure.kind"), 'kind = "S"', 'kind = "Q"'),
    toml("an unknown role", 'unknown role "guessed"', M, (1, "measure.role"), 'role = "estimated"', 'role = "guessed"'),
    toml(
        "a measure twice",
        '"workers_peak" stands 2 times',
        M,
        (None, "measure"),
        'id = "nationals_present"',
        'id = "workers_peak"',
    ),
    toml("a scale of zero", "is not a number above 0", K, (1, "class.scale"), "scale = 0.15", "scale = 0"),
    toml(
        "a negative rate",
        "is not a number above 0",
        R,
        (1, "rate.per_usd"),
        "per_usd = 30.69203",
        "per_usd = -30.69203",
    ),
    toml("a rate of no currency", '"rub" is no currency code', R, (1, "rate.currency"), '"RUB"', '"rub"'),
    toml("a rate twice", '"RUB 2003" stands 2 times', R, (None, "rate"), "year = 2004", "year = 2003"),
    toml("a price level of zero", "is not a number above 0", U, (1, "level.index"), "\nindex = ", "\nindex = 0.0 # "),
    Damage(
        "a base year without prices",
        lambda copy: copy.text(TOML, "constant_usd_year = 2024", "constant_usd_year = 1950"),
        "has no level for 1950, the year of constant dollars",
        U,
        None,
        "level.year",
    ),
    Damage(
        "a sum without a rate",
        lambda copy: copy.text(R, 'currency = "ISK"', 'currency = "ISX"'),
        "no rate for ISK in 2025",
        "claims.csv",
        "dv_isk",
        "unit",
    ),
    toml("an unknown kind of driver", 'unknown kind "wave"', V, (1, "driver.kind"), 'kind = "switch"', 'kind = "wave"'),
    toml(
        "a driver that ends first",
        "2019-08-31 is before start",
        V,
        (1, "driver.end"),
        "end = 2023-08-31",
        "end = 2019-08-31",
    ),
    toml("a driver on loose ground", 'no row is called "E99"', V, (1, "driver.evidence"), '"E17"', '"E99"'),
    toml("a lever without words", "is blank", "levers.toml", (1, "lever.name"), '"Demand that Moscow comply"', '""'),
    toml(
        "a system twice",
        '"recruitment" stands twice',
        "systems.toml",
        (2, "system.id"),
        'id = "visa_channel"',
        'id = "recruitment"',
    ),
    Damage("no tables at all", lambda copy: copy.bytes("levers.toml", b""), "is missing", "levers.toml", None, "lever"),
    toml("a fall without its later count", "is missing", A, (1, "fall.after"), 'after = "ru_permits_2018"\n', ""),
    toml("a place of no claim", 'unknown region "Kirsk"', A, (1, "place.regions"), '["Kursk"]', '["Kirsk"]'),
    toml("a place twice", '"kursk" stands twice', A, (2, "place.id"), 'id = "unstated"', 'id = "kursk"'),
    toml("a dating of one", "names 1", A, (1, "dating.events"), '["E01", "E02"]', '["E01"]'),
    toml("a dating of none", "names 0", A, (1, "dating.events"), '["E01", "E02"]', "[]"),
    toml("places of no measure", 'unknown measure "workers"', A, (None, "measures"), '"workers_on_site"', '"workers"'),
    toml("words without a table", "is no table", A, (None, "in_words"), "[in_words]", "[[in_words]]"),
    toml("words that say nothing", "is blank", A, (None, "in_words.shoigu_sappers"), '"1,000 sappers"', '""'),
    toml("uncounted without why", "is blank", A, (1, "uncounted.why"), '"a denial"', '""'),
    toml("a kind of its own", 'unknown key "rise"', A, (None, "rise"), "[[fall]]", "[[rise]]\n\n[[fall]]"),
)
