"""How far each number can be trusted: what it leans on, what else it could be, and what would settle it."""

from __future__ import annotations

from tallystick.brief.chapters.trust_backtest import backtest
from tallystick.brief.chapters.trust_blocs import blocs
from tallystick.brief.chapters.trust_choices import choices
from tallystick.brief.chapters.trust_forecasts import forecasts
from tallystick.brief.chapters.trust_leans import leans
from tallystick.brief.chapters.trust_learnt import learnt
from tallystick.brief.chapters.trust_others import other_figures
from tallystick.brief.chapters.trust_value import value
from tallystick.brief.document import Chapter
from tallystick.brief.facts import Facts
from tallystick.brief.prose import EIGHTY, join


def trust(facts: Facts) -> Chapter | None:
    """The chapter; None where nothing of it was computed."""
    made = (part(facts) for part in (leans, blocs, choices, learnt, value, other_figures, backtest, forecasts))
    sections = tuple(section for section in made if section is not None)
    if not sections:
        return None
    return Chapter(
        id="trust",
        title="How far each number can be trusted",
        standfirst=join(
            "An ",
            EIGHTY,
            " interval says how sure the account is if the model is right. Here is what lies beyond it: which source a "
            "figure leans on, what it would be under another choice, what would narrow it, and whether earlier "
            "forecasts held.",
        ),
        sections=sections,
    )
