"""Every page and API route says who may open it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from sinambung.config.api import api

# Below identity, so that they cannot name a guard: the style and emblem of every page.
OPEN_TO_ALL = ("sinambung.platform.ui.pages.",)


def test_every_page_is_guarded_or_named_public() -> None:
    open_pages = [
        f"{route} {view.__module__}.{getattr(view, '__name__', view)}"
        for route, view in _views(get_resolver())
        if view.__module__.startswith("sinambung.")
        and not view.__module__.startswith(OPEN_TO_ALL)
        and not hasattr(view, "guard")
    ]
    assert open_pages == []


def test_every_route_of_the_api_is_guarded() -> None:
    open_routes = [
        f"{path} {operation.view_func.__name__}"
        for prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        if not hasattr(operation.view_func, "guard")
    ]
    assert open_routes == []


def _views(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            if pattern.app_name != "ninja" and not route.startswith("api/"):
                yield from _views(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback
