"""Who acts: a person with roles in units, the system itself, or the public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts, with what it may do where.

    `grants` maps a capability to the paths of the unit subtrees in which it holds; the empty
    path means everywhere. `id` is the account's identifier, or empty for system and public.
    """

    id: str
    name: str
    title: str = ""
    roles: tuple[str, ...] = ()
    grants: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    is_system: bool = False

    @property
    def is_signed_in(self) -> bool:
        return bool(self.id)

    def may(self, capability: str) -> bool:
        """Whether the capability is held anywhere at all."""
        return self.is_system or capability in self.grants

    def paths(self, capability: str) -> tuple[str, ...] | None:
        """Return the unit paths in which the capability holds; `None` means everywhere."""
        if self.is_system:
            return None
        paths = self.grants.get(capability, ())
        return None if "" in paths else tuple(paths)


PUBLIC = Actor(id="", name="Publik")


def system(name: str) -> Actor:
    """Return the actor for work that no person asked for, named by what does it."""
    return Actor(id="", name=name, is_system=True)
