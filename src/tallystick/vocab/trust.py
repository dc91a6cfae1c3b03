"""What is said of how far a figure can be trusted: what it hangs on, and what would settle it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """A figure that the brief leads with: an estimate by its key. `part` is a visa class or cohort."""

    id: str
    host: str
    period: str
    part: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """Monte Carlo standard errors of a figure's median and ends, in its own unit: what more draws would change."""

    median: float
    lower_80: float
    upper_80: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Silenced:
    """A leading figure as it would be had one origin said nothing.

    claims : what the origin says. move : change of the median in widths of the figure's 80 % interval. how : "psis" by
    weighing the draws, "refit" by another fit. reliable : False where draws were weighed that cannot tell (Pareto k
    above 0.7), or where the chains of the other fit do not agree. errors : of the other fit.
    """

    figure: Leading
    origin: str
    claims: tuple[str, ...]
    median: float
    lower_80: float
    upper_80: float
    move: float
    how: str
    reliable: bool
    errors: Errors | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A leading figure under one choice."""

    figure: Leading
    median: float
    lower_80: float
    upper_80: float
    errors: Errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """How likely a choice makes what one origin says, given all the others, next to the model.

    difference : log predictive density, less that of the model; error : its Monte Carlo error. compared : whether this
    choice settled and all that did could be asked; the difference is rough where not.
    """

    origin: str
    difference: float
    error: float
    compared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A named other choice, or the model itself (`id` blank): what predicting each origin from the others says of it.

    weight : in the mixture that predicts best; None where the evidence cannot tell it from the model. lower, upper :
    central 80 % of the weight when origins are drawn again. compared : origins on which the model and all choices that
    settled were compared; none of one that did not. difference : log predictive density of all of them, less that of
    the model; error : its Monte Carlo error; None of a choice that did not settle. reliable : False where the chains of
    its fit do not agree. foretold : each origin that the choice hears; of the model itself, none.
    """

    id: str
    name: str
    weight: float | None
    lower: float | None
    upper: float | None
    compared: int
    difference: float | None
    error: float | None
    answers: tuple[Answer, ...]
    reliable: bool
    foretold: tuple[Foretold, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """How much an observation that could be had would narrow a leading figure, on average over what it might say.

    variance : the part of the variance that it would take away (of the log, where the figure is a level above zero);
    error : Monte Carlo standard error of that. width : the part of the 80 % interval's width that it would take away;
    width_error : of that.
    """

    figure: Leading
    observation: str
    variance: float
    error: float
    width: float
    width_error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloc:
    """Voices that agree on one figure, and what the account would be without them.

    low, high : of their figures. factor : their figure over what all others would have expected of it (a median).
    tail : two-sided chance, by all others, of a reading so far out. alike : how many groups that agree so would be
    expected among as many voices of these classes that err separately, at most 1. move : the largest move of a
    headline median without them, in widths of its 80 % interval, and `on` which (its label). reliable : False where
    so much hangs on them that only a new fit could tell factor, tail and move. flagged : whether a reader should know
    that the account hangs on them.
    """

    claims: tuple[str, ...]
    voices: tuple[str, ...]
    measure: str
    host: str
    low: float
    high: float
    unit: str
    factor: float
    tail: float
    alike: float
    move: float
    on: str
    reliable: bool
    flagged: bool
