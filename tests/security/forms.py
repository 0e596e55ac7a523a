"""What the forms of a page ask for: read from its HTML, as a browser would."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

_CONTROLS = ("input", "select", "textarea", "button", "combo-box")
_KEPT = ("csrfmiddlewaretoken", "version")


@dataclass
class Form:
    """A form with its fields; `fixed` are those that must stay for the form to be read at all."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)

    def filled(self, text: str, *, only_texts: bool = False) -> dict[str, str]:
        """Return the fields with one text in all that a person fills."""
        free = self.texts if only_texts else set(self.fields) - set(_KEPT)
        return {name: text if name in free else value for name, value in self.fields.items()}


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: list[Form] = []
        self.inside: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given: dict[str, Any] = dict(attributes)
        if tag == "form" and (given.get("method") or "").lower() == "post":
            self.inside = Form(given.get("action") or self.page)
            self.found.append(self.inside)
        if self.inside is None:
            return
        if tag == "option" and self.select and given.get("value"):
            self.inside.fields[self.select] = self.inside.fields[self.select] or given["value"]
        if tag in _CONTROLS and given.get("name"):
            self._keep(tag, given)

    def _keep(self, tag: str, given: dict[str, Any]) -> None:
        assert self.inside is not None
        name, kind = given["name"], given.get("type", "text")
        self.select = name if tag == "select" else ""
        if kind == "file" or (kind in ("radio", "checkbox") and name in self.inside.fields):
            return
        self.inside.fields[name] = given.get("value") or ""
        if tag == "textarea" or (tag == "input" and kind in ("text", "search", "email")):
            self.inside.texts.add(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        if tag == "select":
            self.select = ""


def forms_in(html: str, *, page: str) -> list[Form]:
    reader = _Reader(page)
    reader.feed(html)
    return reader.found
