"""Sentences that only one programme can say of its own evidence: `brief.toml`, one for each place in the brief.

A chapter asks for a place; where the programme says nothing there, nothing stands there. A sentence holds no figure of
its own, because nothing would open it.
"""

from __future__ import annotations

from collections.abc import Mapping

from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme

FILE, TABLE, MEANS = "brief.toml", "brief", "means"  # of MEANS, `unknowns` tells
PLACES: Mapping[str, str] = {  # the keys of [says], and where each stands
    "unsettled_years": "answers: before the years that hang on a choice",
    "payout": "answers: after the booked pay that is owed",
    "payout_by_report": "pay: after the booked pay that is owed",
    "pay_least_known": "pay: what is least known of a month's pay",
    "money_use": "revenue: what the reports say that the money is for",
    "records": "use and stock: whose records most administrative figures are",
    "years_not_to_quote": "use: which years must not be quoted alone; 'see' and a link follow",
    "visa_and_work": "use, for who vets suppliers: what a visa settles",
    "where_they_work": "use, for who vets suppliers: how workers are spread over places",
    "out_of_sight": "use, for who vets suppliers: who is in no number and easily met",
    "trades_named": "use, for who vets suppliers: which trades reports name; links to chapters follow",
    "trades_gap": "use, for who vets suppliers: what was not coded on trades",
    "not_cleared": "use, for who vets suppliers: what was not assessed, and clears nobody",
    "screen": "use, for who vets suppliers: against what to screen",
    "firms_bound": "law, and use for who vets suppliers: who can be listed",
    "law_not_read": "use, for who vets suppliers: which law was not read at all",
    "forced_labour_reach": "answers, use, law and forced labour: of whose work it is asked",
    "law_gaps": "answers and law: which texts were not read as obligations",
    "conditions": "conditions: who has spoken of them",
    "exchange_title": "exchange: the name of the chapter",
    "exchange_no_price": "exchange: what is not added up and why no price is put on it",
    "what_if_costs": "answers: what people bear under the what-ifs that order nobody home",
    "land_counted_with_host": "what would change it: other land whose people are counted with the host of the runs",
    "slips": "law: what the mixed-up dates have in common",
    "reading": "limits: how pages were read",
    "limits_pay": "limits: how pay is divided",
    "limits_payout": "limits: how far the payout is known",
}


def own_words(programme: Programme) -> dict[str, str]:
    """The programme's sentences by place; EvidenceError names a place that the brief does not have."""
    table = programme.tables.get(TABLE, {})
    says = table.get("says", {})
    unknown = sorted({*table} - {"says", MEANS}) + sorted({*says} - set(PLACES))
    if unknown:
        raise EvidenceError(
            f"the brief has no place called {unknown[0]!r}", file=FILE, field="says", hint="one of " + ", ".join(PLACES)
        )
    wrong = [place for place, text in says.items() if not isinstance(text, str) or any(map(str.isdigit, text))]
    if wrong:
        hint = "say it in words: a figure has to open a claim, and nothing here opens one"
        raise EvidenceError("is no text, or holds digits", file=FILE, field=f"says.{wrong[0]}", hint=hint)
    return {place: text.strip() for place, text in says.items()}
