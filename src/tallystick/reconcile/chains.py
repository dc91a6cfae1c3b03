"""Origins with their copies, and what was lost on the way.

A titled chain is a story that people know by name; its title, members and story are data (`chains.toml`). Every
other origin with at least two members is a chain without a title.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tallystick.reconcile.disposition import Case
from tallystick.reconcile.losses import lost
from tallystick.reconcile.records import Chain, Origin

TABLE = "chains"


def chains(case: Case) -> tuple[Chain, ...]:
    """Titled chains in the order of their file, then all other origins with copies by id."""
    titled = [_titled(entry, case) for entry in case.programme.tables.get(TABLE, {}).get("chain", ())]
    told = [chain for chain in titled if chain is not None]
    plain = (_plain(origin, case) for origin in sorted(case.lineage.origins, key=lambda origin: origin.id))
    rest = [chain for chain in plain if len(chain.members) > 1 and not _told(chain, told)]
    return (*told, *rest)


def _told(chain: Chain, titled: Iterable[Chain]) -> bool:
    """Whether a titled chain holds every member already."""
    return any(set(chain.members) <= set(other.members) for other in titled)


def _plain(origin: Origin, case: Case) -> Chain:
    return _chain(f"origin-{origin.id}", origin.members, (origin.root,), case)


def _titled(entry: Mapping[str, Any], case: Case) -> Chain | None:
    """The chain as far as its claims are known by `as_of`; None where fewer than two are."""
    members = tuple(name for name in (*entry["roots"], *entry["members"]) if name in case.claims)
    roots = tuple(name for name in entry["roots"] if name in case.claims)
    if len(members) < 2 or not roots:
        return None
    return _chain(entry["id"], members, roots, case, title=entry["title"], story=entry["story"].strip())


def _chain(
    name: str, members: tuple[str, ...], roots: tuple[str, ...], case: Case, *, title: str = "", story: str = ""
) -> Chain:
    kinds = {member: case.lineage.kind_of[member] for member in members}
    return Chain(
        id=name,
        origin=case.lineage.origin_of[roots[0]],
        members=members,
        kind_of_each=kinds,
        lost={member: _lost(member, kind, case) for member, kind in kinds.items() if kind != "root"},
        roots=roots,
        title=title,
        story=story,
    )


def _lost(member: str, kind: str, case: Case) -> str:
    parent = case.claims[case.lineage.parent_of[member]]
    return lost(case.claims[member], parent, kind, case.programme)
