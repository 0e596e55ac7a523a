"""Events: how a lower app tells those above it. A handler only enqueues a task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Event = TypeVar("Event")

_handlers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[Event], handler: Callable[[Event], None]) -> None:
    """Call `handler` whenever an event of this kind is published (from an app's `ready`)."""
    if handler not in _handlers[kind]:
        _handlers[kind].append(handler)


def publish(event: object) -> None:
    """Tell every subscriber, inside the publisher's transaction."""
    for handler in _handlers[type(event)]:
        handler(event)
