"""What kinds of background work there are: the register that apps fill in their `ready`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import NotFound

Payload = Mapping[str, Any]


class Cancelled(Exception):
    """The job was asked to stop, or another worker has taken it over. Let it pass through."""


class JobHandle(Protocol):
    """What a running job holds: who asked for it, and where it tells how far it has come."""

    id: str
    by: Actor

    def progress(self, done: int, total: int) -> None:
        """Tell how far the work is. Raises `Cancelled` when it shall stop.

        Call it between transactions. It writes at most twice a second.
        """

    def result(self, *, href: str = "", sentence: str = "") -> None:
        """Say where the result is and what came out, in one sentence."""


Run = Callable[[JobHandle, Payload], None]
Opens = Callable[[Actor, Collection[str]], Collection[str]]


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of work. `run` must be idempotent: after a kill it is run again from its start.

    `opens` returns which addresses of results a reader may open whose job it is not; without it
    whoever sees the job may.
    """

    name: str
    run: Run
    attempts: int = 5
    opens: Opens | None = None


_kinds: dict[str, JobKind] = {}


def register(kind: JobKind) -> None:
    """Make a kind of work known (from an app's `ready`)."""
    _kinds[kind.name] = kind


def openable(name: str, actor: Actor, hrefs: Collection[str]) -> Collection[str]:
    """Return the results of other people's jobs of a kind that an actor may open."""
    kind = _kinds.get(name)
    return kind.opens(actor, hrefs) if kind and kind.opens else hrefs


def kind_named(name: str) -> JobKind:
    """Return a registered kind; raise `NotFound` for any other name."""
    try:
        return _kinds[name]
    except KeyError:
        raise NotFound from None
