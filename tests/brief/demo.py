"""A document with every kind of block, its numbers, names and laws invented."""

from __future__ import annotations

from math import sin
from typing import Any

from tallystick.brief.document import (
    AssumptionCard,
    Bullets,
    Callout,
    Card,
    Cards,
    Chapter,
    Chart,
    ClaimCard,
    Column,
    Details,
    Document,
    Emph,
    Entry,
    EstimateCard,
    Figure,
    Foreign,
    Lead,
    LeadItem,
    Meta,
    ModelCard,
    Neutral,
    Paragraph,
    Picture,
    Ref,
    RunCard,
    ScenarioCard,
    Section,
    SourceCard,
    Table,
    spans,
)

YEARS = range(2015, 2026)


def claim(name: str, value: str = "4,000 persons", **changes: Any) -> ClaimCard:
    """A claim card; `changes` replace its fields."""
    fields: dict[str, Any] = {
        "id": name,
        "value": value,
        "measure": "workers present",
        "host": "Ruritania",
        "period": "October 2024",
        "asserted_by": "Intelligence service",
        "asserter_class": "government or intelligence",
        "asserted_when": "29 October 2024",
        "published_by": "The Courier",
        "title": "Workers keep coming",
        "published_on": "2024-10-30",
        "url": "https://example.org/a?b=1&c=2",
        "source": "courier",
        "hedge": "about",
        "disposition": "used",
        "reason": "Gives a number of persons at a time, and goes back to no other claim.",
        "origin": name,
        "tail_probability": "a figure at least as far out has a chance of 41 %",
        "influence": "moves workers present (end of 2024) by 6 % of its 80 % interval",
        "note": "Called an estimate.",
        "words": "some 12,000 hands",
        "passage": "The courier counts some 12,000 hands on the quays.",
        "copy": f"SHA-256 {'0f' * 32}, characters 19 to 36 of its text",
    }
    return ClaimCard(**(fields | changes))


def claims() -> tuple[ClaimCard, ...]:
    """Three claims of two origins, one copy garbled."""
    copy = claim(
        "wire24",
        "up to 15,000 persons",
        disposition="garbled",
        reason="A total of all arrivals became a number present.",
        origin="courier24",
        lineage=(("garbles", "courier24"),),
    )
    first = claim("courier24", lineage=(("is garbled by", "wire24"),))
    return first, copy, claim("visas23", "9,240 visas", measure="visas issued", disposition="context", period="2023")


def stock_chart() -> Chart:
    """A band with its median and two claims on it."""
    months = [f"{year}-{month:02d}-01" for year in YEARS for month in range(1, 13)]
    rows = [
        {"month": month, "median": (middle := 20000 + 9000 * sin(i / 14)), "low": middle * 0.72, "high": middle * 1.35}
        for i, month in enumerate(months)
    ]
    marks = [
        {"month": "2018-01-01", "persons": 30023, "who": "permits"},
        {"month": "2024-10-01", "persons": 4000, "who": "service"},
    ]
    x = {"field": "month", "type": "temporal", "title": None}
    band = {
        "mark": {"type": "area", "opacity": 0.22, "clip": True},
        "encoding": {
            "x": x,
            "y": {"field": "low", "type": "quantitative", "title": "persons"},
            "y2": {"field": "high"},
        },
    }
    line = {"mark": "line", "encoding": {"x": x, "y": {"field": "median", "type": "quantitative"}}}
    dots = {
        "data": {"values": marks},
        "mark": {"type": "point", "size": 70, "color": "#c4540a"},
        "encoding": {"x": x, "y": {"field": "persons", "type": "quantitative"}},
    }
    return Chart(
        id="stock",
        title="The number present fell by two thirds and came back",
        subtitle="Workers present at the end of each month, median and 80 % interval; dots are claims",
        alt="A band that falls from 28,000 in 2017 to 11,000 in 2020 and rises again to 29,000 in 2024.",
        spec={"width": 640, "height": 300, "data": {"values": rows}, "layer": [band, line, dots]},
        note=spans("Claims that give a ceiling are not drawn."),
        claims=("courier24", "wire24"),
        estimates=("present-2024",),
    )


def bar_chart() -> Chart:
    """Bars by category with names in two scripts."""
    rows = [
        {"who": who, "usd": usd} for who, usd in (("State", 450), ("Agents", 120), ("임금 (pocket)", 90), ("Оклад", 60))
    ]
    encoding = {
        "y": {"field": "who", "type": "nominal", "sort": None, "title": None},
        "x": {"field": "usd", "type": "quantitative", "title": "USD per worker-month"},
        "color": {"field": "who", "type": "nominal", "legend": None},
    }
    return Chart(
        id="pay",
        title="Most of a month's pay never reaches the worker",
        subtitle="Where a month's pay goes, 2024",
        alt="Four bars: the state's share is by far the longest.",
        spec={"width": 600, "height": {"step": 34}, "data": {"values": rows}, "mark": "bar", "encoding": encoding},
        claims=("visas23",),
    )


def estimate() -> EstimateCard:
    return EstimateCard(
        id="present-2024",
        title="Workers present in Ruritania, end of 2024",
        median="13,000",
        unit="persons",
        levels=(("50 %", "11,000", "15,000"), ("80 %", "9,500", "17,000"), ("95 %", "7,800", "21,000")),
        prior="4,000 to 60,000 (80 %)",
        alternatives=(("If permit counts are complete", "11,000 (8,000 to 14,000)"),),
        origins=2,
        claims=("courier24", "visas23"),
    )


def answers() -> Chapter:
    lead = Lead(
        (
            LeadItem(
                label=spans("Workers present in Ruritania, end of ", Neutral("2024", "date")),
                figure=Figure("13,000", ("courier24",), "present-2024", "80 % interval 9,500 to 17,000"),
                unit="persons",
                interval=spans(Neutral("80 %", "method"), " interval ", Figure("9,500 to 17,000", (), "present-2024")),
                note=spans("Two origins speak of it; the rest repeat them."),
            ),
            LeadItem(
                label=spans("What the state takes of a month's pay"),
                figure=Figure("about 450", ("visas23",)),
                unit="USD per worker and month",
                interval=spans("published as ", Figure("400 to 500", ("courier24", "visas23"))),
            ),
            LeadItem(label=spans("Visas issued"), figure=Figure("9,240", ("visas23",)), unit="visas in a year"),
        )
    )
    text = Paragraph(
        spans(
            "The service said ",
            Figure("4,000", ("courier24",), title="claim courier24"),
            ", while a copy of it has ",
            Figure("up to 15,000", ("wire24",)),
            ". Both go back to one origin: see ",
            Ref("the chains", "chapter", "chains"),
            ". The place is written ",
            Foreign("평양", "ko"),
            " and ",
            Foreign("Владивосток", "ru"),
            ". ",
            Emph("Nothing here is a finding about a person."),
        )
    )
    return Chapter(
        id="answers",
        title="The answers",
        standfirst=spans(
            "Between ",
            Figure("9,500 and 17,000", (), "present-2024"),
            " people worked there at the end of ",
            Neutral("2024", "date"),
            ".",
        ),
        blocks=(lead, text, Callout("limit", "What this cannot tell", (Paragraph(spans("Who any of them is.")),))),
    )


def chains() -> Chapter:
    finding = Card(
        title=spans("Keeping earners after the deadline"),
        body=(
            Paragraph(spans(Ref("Treaty 7, paragraph 3", "entry", "X01"), " asks each State to send them home.")),
            Bullets((spans("No exception was invoked."), spans("Left open: who paid."))),
        ),
        tag="inconsistent",
        tone="inconsistent",
    )
    other = Card(
        title=spans("Reporting to the committee"),
        body=(Paragraph(spans("No report was found.")),),
        tag="undetermined",
        tone="undetermined",
    )
    table = Table(
        id="claims-by-year",
        columns=(Column(title="What", width=2.0), Column(title="Figure", align="right"), Column(title="Said by")),
        rows=(
            (spans("Present"), spans(Figure("4,000", ("courier24",))), spans("Intelligence service")),
            (spans("Visas"), spans(Figure("9,240", ("visas23",))), spans("Ministry")),
        ),
        caption=spans("Figures side by side"),
        note=spans("Different things: persons and visas."),
        sortable=True,
    )
    return Chapter(
        id="chains",
        title="Copies of copies",
        standfirst=spans("Most published figures repeat a few."),
        blocks=(stock_chart(), Cards((finding, other)), table),
        sections=(
            Section(
                id="pay-section",
                title="Where the pay goes",
                blocks=(bar_chart(), Details("The long list", (table_of_years(),))),
            ),
        ),
    )


def table_of_years() -> Table:
    rows = tuple((spans(Neutral(str(year), "date")), spans(Figure(f"{year * 3:,}", ("visas23",)))) for year in YEARS)
    return Table(columns=(Column(title="Year"), Column(title="Visas", align="right")), rows=rows, id="years")


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="40" viewBox="0 0 {width} 40" '
    'font-family="Noto Sans"><title>Boxes</title><desc>K1 to K2.</desc><rect width="{width}" height="40" '
    'fill="#ffffff"/><text x="4" y="20" font-size="12" fill="#16202a" text-anchor="start">K1 waiting</text></svg>'
)


def what_if() -> Chapter:
    """A number of the model, a picture of it, and a chart of its runs."""
    words = spans(
        "Under ", Ref("The gate closes", "scenario", "gate"), " there are ", Figure("900", run="gate.present.2030"),
        " fewer.",
    )  # fmt: skip
    picture = Picture(
        id="model-picture", title="Where people are", subtitle="A box holds people", alt="K1 waiting, then K2.",
        wide=SVG.format(width=400), narrow=SVG.format(width=200), note=spans("Broken lines: assumed."),
    )  # fmt: skip
    rows = [{"who": "The gate closes", "persons": -900.0}]
    bars = {"x": {"field": "persons", "type": "quantitative"}, "y": {"field": "who", "type": "nominal"}}
    chart = Chart(
        id="changes", title="What it changes", subtitle="Medians", alt="One bar to the left.", of_runs=True,
        spec={"width": 300, "data": {"values": rows}, "mark": "bar", "encoding": bars},
    )  # fmt: skip
    return Chapter(id="what-if", title="What would change it", blocks=(Paragraph(words), picture, chart))


def runs() -> dict[str, Any]:
    """The cards behind a number of the model."""
    return {
        "runs": (
            RunCard(
                id="gate.present.2030", title="Workers present, 2030: The gate closes", median="-900", unit="persons",
                levels=(("80 %", "-1,500", "-300"),), parts=(("chance alone, 80 %", "-950", "-850"),), scenario="gate",
            ),
        ),
        "scenarios": (
            ScenarioCard(
                id="gate", name="The gate closes", question="What if nobody comes?", pulled=("gate: in full",),
                says="From 2026 nobody comes.", caution="Some would be stuck.", evidence=("courier24", "X01"),
                model="model",
            ),
        ),
        "model": ModelCard(
            id="model", text="tiny", seed=7, runs="100 of each", starts="the end of 2024", estimates=("present-2024",),
            assumptions=("pull",), command="tallystick simulate --seed 7",
        ),
        "assumptions": (
            AssumptionCard(id="pull", name="Pull", prior="0.4 (0.2 to 0.8)", why="Size assumed.", evidence=("X01",)),
        ),
    }  # fmt: skip


def demo(**changes: Any) -> Document:
    """The document; `changes` replace its fields."""
    fields: dict[str, Any] = {
        "title": "Workers abroad: what is known, and how well",
        "subtitle": "A cited account of an invented programme, with every figure traced to the words it came from.",
        "as_of": "2026-11-21",
        "meta": Meta(
            programme="Ruritania",
            evidence_root="ab12cd34ef56" + "0" * 52,
            version="0.1.0",
            seed=7,
            command="tallystick brief -o brief --seed 7",
            facts=(("Diagnostics", "passed"),),
        ),
        "chapters": (answers(), chains(), what_if()),
        "claims": claims(),
        "estimates": (estimate(),),
        **runs(),
        "entries": (
            Entry(
                id="X01",
                group="Law",
                title="Treaty 7, paragraph 3",
                fields=(("Addressee", "each State"), ("Test", "earning income")),
                url="https://example.org/treaty7",
            ),
        ),
        "sources": (
            SourceCard(
                id="courier",
                published_by="The Courier",
                title="Workers keep coming",
                published_on="2024-10-30",
                url="https://example.org/a?b=1&c=2",
                claims=("courier24", "wire24", "visas23"),
            ),
        ),
        "footer": spans("Written by Tallystick; not legal advice."),
    }
    return Document(**(fields | changes))
