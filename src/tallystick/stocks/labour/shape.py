"""What differs between programmes: hosts, visa classes and regions, and the strata that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tallystick.vocab.errors import ModelError
from tallystick.vocab.programme import VisaClass

UNKNOWN = "unknown"  # the region of everybody whose region no report gives


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Hosts, visa classes and regions of one programme. The focus host alone is split by class, cohort and region."""

    focus: str
    elsewhere: tuple[str, ...]  # the other hosts, one stratum each
    visa_classes: tuple[VisaClass, ...]
    rebuilding: tuple[str, ...] = ()  # regions that a plan of rebuilding names; all others are "unknown"

    def __post_init__(self) -> None:
        if not any(each.authorises_work for each in self.visa_classes):
            raise ModelError("no visa class authorises work", equation="shape", hint="mark the one that does")
        if UNKNOWN in self.rebuilding:
            raise ModelError(f"a region is called {UNKNOWN!r}", equation="shape", hint="that word is taken")

    @property
    def hosts(self) -> tuple[str, ...]:
        """All hosts, the focus first."""
        return (self.focus, *self.elsewhere)

    @property
    def visas(self) -> tuple[str, ...]:
        """Ids of the visa classes, in the programme's order."""
        return tuple(each.id for each in self.visa_classes)

    @property
    def authorised(self) -> tuple[str, ...]:
        """Those that authorise work."""
        return tuple(each.id for each in self.visa_classes if each.authorises_work)

    @property
    def unauthorised(self) -> tuple[str, ...]:
        """Those that do not."""
        return tuple(each.id for each in self.visa_classes if not each.authorises_work)

    @property
    def regions(self) -> tuple[str, ...]:
        """Regions of those who came after the deadline, "unknown" first."""
        return (UNKNOWN, *self.rebuilding)

    @property
    def sites(self) -> tuple[str, ...]:
        """Where military builders may be sent."""
        return self.rebuilding or (UNKNOWN,)

    def early(self, visa: str) -> str:
        """Who came before the deadline: once it is past, the holdover."""
        return f"{self.focus}.{visa}.early"

    def stranded(self, visa: str) -> str:
        """Whose term ended at a closed border."""
        return f"{self.focus}.{visa}.stranded"

    def later(self, visa: str, region: str = UNKNOWN) -> str:
        """Who came after the deadline."""
        return f"{self.focus}.{visa}.later.{region}"

    @property
    def abroad(self) -> tuple[str, ...]:
        """All strata of those at work abroad; they never overlap."""
        early = [self.early(visa) for visa in self.visas]
        stranded = [self.stranded(visa) for visa in self.visas]
        later = [self.later(visa, region) for visa in self.visas for region in self.regions]
        return (*early, *stranded, *later, *self.elsewhere)

    @property
    def in_focus(self) -> tuple[str, ...]:
        """The strata of the focus host."""
        return tuple(stratum for stratum in self.abroad if stratum not in self.elsewhere)


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """What the evidence says of one element of the map, in own words; `assumed` when no report gives it."""

    id: str
    status: str  # reported, assumed, or "reported, size assumed"
    evidence: tuple[str, ...]  # claims, statements, law
    says: str


Elements = Mapping[str, Element]
