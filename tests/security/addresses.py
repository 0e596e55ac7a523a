"""Every address of the product, from its own lists: pages with their parameters, and API routes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from sinambung.config.api import api

# Schemas of two apps that bear one name are one in the description: what either may ask for.
_USUAL = {"version": 1, "on": "2026-09-01", "reason": "x"}
_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>|\{(?:(\w+):)?(\w+)\}")


@dataclass(frozen=True)
class Address:
    """`route` is the pattern as it stands in the lists; API routes begin with `api/v1/`."""

    route: str
    method: str = ""

    @property
    def parameters(self) -> list[str]:
        return [found[1] or found[3] for found in _PARAMETER.findall(self.route)]

    @property
    def name(self) -> str:
        return f"{self.method} {self.route}".strip()

    def filled(self, things: Mapping[str, str]) -> str:
        """Return the path with an object for each parameter."""

        def value(match: re.Match[str]) -> str:
            return str(things.get(match[2] or match[4], "1"))

        return "/" + _PARAMETER.sub(value, self.route)


def pages() -> list[Address]:
    return [Address(route) for route, view in _views(get_resolver()) if _is_ours(view)]


def routes() -> list[Address]:
    found = []
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                parts = "/".join(part.strip("/") for part in (prefix, path) if part.strip("/"))
                end = "/" if path.endswith("/") else ""
                found.extend(
                    Address(f"api/v1/{parts}{end}", method) for method in operation.methods
                )
    return found


@dataclass(frozen=True)
class Body:
    """What a route takes besides its path: fields, files, required words of the query."""

    fields: dict[str, Any]
    files: tuple[str, ...]
    query: dict[str, str]


def body_of(
    address: Address, schema: Mapping[str, Any], *, things: Mapping[str, Any], text: str = "x"
) -> Body:
    """Return a body that fits the schema of a route: `things` by name, else `text`."""
    path = re.sub(r"\{\w+:", "{", "/" + address.route)
    operation = schema["paths"][path][address.method.lower()]
    content = operation.get("requestBody", {}).get("content", {})
    asked = [part for part in operation.get("parameters", []) if part["in"] == "query"]
    query = {
        part["name"]: str(things.get(part["name"], text)) for part in asked if part["required"]
    }
    whole = {**schema, "things": things}
    part = next(iter(content.values()))["schema"] if content else {"type": "object"}
    if "application/json" in content or not content:
        return Body({**_USUAL, **dict(things), **_sample(part, whole, text)}, (), query)
    fields = dict(part.get("properties", {}))
    files = tuple(name for name, inner in fields.items() if inner.get("format") == "binary")
    fields = {k: things.get(k) or text for k in fields if k not in files}
    return Body(fields, files, query)


def _sample(part: Mapping[str, Any], schema: Mapping[str, Any], text: str) -> Any:
    if "$ref" in part:
        return _sample(schema["components"]["schemas"][part["$ref"].split("/")[-1]], schema, text)
    for word in ("anyOf", "allOf", "oneOf"):
        if word in part:
            return _sample(part[word][0], schema, text)
    if "const" in part:
        return part["const"]
    if "enum" in part:
        return part["enum"][0]
    kind = part.get("type")
    if kind == "object":
        return {
            name: schema["things"].get(name) or _sample(inner, schema, text)
            for name, inner in part.get("properties", {}).items()
        }
    if kind == "array":
        return [_sample(part.get("items", {"type": "string"}), schema, text)]
    return _scalar(kind, part, text)


def _scalar(kind: object, part: Mapping[str, Any], text: str) -> Any:
    if kind in ("integer", "number"):
        return max(1, part.get("minimum", 1))
    if kind == "boolean":
        return True
    days = {"date": "2026-09-01", "date-time": "2026-09-01T00:00:00+07:00"}
    if part.get("format") in days:
        return days[part["format"]]
    if "pattern" in part:
        return "A" * 32
    return text[: part.get("maxLength", len(text))]


def _is_ours(view: Any) -> bool:
    return view.__module__.startswith("sinambung.") or "RedirectView" in str(view)


def _views(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            if not route.startswith("api/"):
                yield from _views(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback
