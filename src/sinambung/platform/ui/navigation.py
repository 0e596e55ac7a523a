"""The side navigation: a register that apps fill, and the entries that one actor sees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol


class Capable(Protocol):
    """Whoever may be asked what it may do."""

    @property
    def id(self) -> str: ...

    def may(self, capability: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """One line of the side navigation.

    `label` has at most two words and is lazily translated; `href` is a path. Without a
    `capability` everybody who is signed in sees the entry, unless `is_for` says of an account's
    id that it is not for that one: every page asks, so it must be cheap. `order` sorts the first
    level.
    """

    label: object
    href: str
    icon: str = ""
    capability: str = ""
    children: Sequence[NavigationEntry] = ()
    order: int = 100
    is_for: Callable[[str], bool] | None = None


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """An entry as one page shows it."""

    label: str
    href: str
    icon: str
    is_current: bool
    children: tuple[NavigationItem, ...]


_entries: list[NavigationEntry] = []


def register(*entries: NavigationEntry) -> None:
    """Add entries to the side navigation; apps call it in `ready()`."""
    known = {entry.href for entry in _entries}
    _entries.extend(entry for entry in entries if entry.href not in known)
    _entries.sort(key=lambda entry: entry.order)


def items_for(actor: Capable, *, path: str) -> tuple[NavigationItem, ...]:
    """Return what the actor may open; children only under the entry that holds `path`."""
    visible = [entry for entry in _entries if _is_visible(entry, actor)]
    current = _current(visible, path)
    return tuple(_item(entry, actor, current, path) for entry in visible)


def _is_visible(entry: NavigationEntry, actor: Capable) -> bool:
    if entry.capability and not actor.may(entry.capability):
        return False
    return entry.is_for is None or entry.is_for(actor.id)


def _current(entries: Sequence[NavigationEntry], path: str) -> NavigationEntry | None:
    """Return the entry with the longest address that begins the path."""
    reached = [(_reach(entry, path), entry) for entry in entries]
    return (
        max(reached, key=lambda pair: pair[0], default=(0, None))[1]
        if any(length for length, _ in reached)
        else None
    )


def _reach(entry: NavigationEntry, path: str) -> int:
    """Return how much of the path the entry or one of its children covers."""
    hrefs = [entry.href, *(child.href for child in entry.children)]
    return max(len(href) if _covers(href, path) else 0 for href in hrefs)


def _covers(href: str, path: str) -> bool:
    return path == href or (href != "/" and path.startswith(href.rstrip("/") + "/"))


def _item(
    entry: NavigationEntry, actor: Capable, current: NavigationEntry | None, path: str
) -> NavigationItem:
    if entry is not current:
        return NavigationItem(str(entry.label), entry.href, entry.icon, False, ())
    shown = [child for child in entry.children if _is_visible(child, actor)]
    inner = _current(shown, path)
    children = tuple(
        NavigationItem(str(child.label), child.href, child.icon, child is inner, ())
        for child in shown
    )
    return NavigationItem(str(entry.label), entry.href, entry.icon, inner is None, children)
