"""Reading the trail: lines as sentences, and the check of each entry's own hash."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format, number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from sinambung.platform.audit.actions import sentence_of
from sinambung.platform.audit.leaves import COLUMNS, leaf_hash, stamp
from sinambung.platform.audit.models import Entry
from sinambung.platform.foundation.paging import Page, page_by_key

_DAY = re.compile(r"(19|20)\d\d-\d\d-\d\d")
_DECIMAL = re.compile(r"-?\d{1,9}\.\d{1,6}")


@dataclass(frozen=True, slots=True)
class TrailLine:
    at: dt.datetime
    actor: str
    text: SafeString
    reason: str
    action: str
    id: int

    @property
    def stop(self) -> str:
        """The full stop, unless a name at the end brings its own."""
        return "" if self.text.removesuffix("</strong>").endswith(".") else "."


def entries_about(
    *, subject_id: str = "", person_id: str = "", context_id: str = "", actor_id: str = ""
) -> QuerySet[Entry]:
    """Return the entries of one object, person, context or actor, newest first."""
    asked = {
        "subject_id": subject_id,
        "person_id": person_id,
        "context_id": context_id,
        "actor_id": actor_id,
    }
    return Entry.objects.filter(**{name: key for name, key in asked.items() if key}).order_by("-id")


def page_of_lines(
    entries: QuerySet[Entry], *, after: str = "", before: str = "", size: int = 50
) -> Page[TrailLine]:
    """Return one page of the trail as sentences."""
    page = page_by_key(entries, order=["-id"], size=size, after=after, before=before)
    return Page(rows=[line(entry) for entry in page.rows], after=page.after, before=page.before)


def line(entry: Entry, *, href: str = "") -> TrailLine:
    """Return an entry as a sentence, every recorded value escaped; `href` leads to the subject."""
    facts: dict[str, Any] = json.loads(entry.facts)
    values: defaultdict[str, SafeString] = defaultdict(
        lambda: mark_safe("…"),
        {name: format_html("{}", _shown(value)) for name, value in facts.items()},
    )
    subject = format_html("<strong>{}</strong>", entry.subject_name)
    values["subject"] = format_html('<a href="{}">{}</a>', href, subject) if href else subject
    text: SafeString = mark_safe(str(conditional_escape(sentence_of(entry.action))) % values)
    return TrailLine(
        at=entry.at,
        actor=entry.actor_name,
        text=text,
        reason=entry.reason,
        action=entry.action,
        id=entry.id,
    )


def _shown(value: Any) -> Any:
    """Dates and decimals, which the trail keeps as text, as people here write them."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        day = _day(value)
        return date_format(day, "j F Y") if day else value
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return number_format(value, use_l10n=True)
    return value


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def count_entries() -> int:
    return Entry.objects.count()


def checked_entries() -> Iterator[tuple[int, bool]]:
    """Yield each entry's id, and whether its content still gives its stored hash."""
    for values in Entry.objects.order_by("id").values_list("id", *COLUMNS).iterator():
        number, at, *content, stored = values
        yield number, leaf_hash((stamp(at), *content)) == stored


def altered_entries() -> Iterator[int]:
    """Yield the ids of entries whose content no longer gives their stored hash."""
    return (number for number, is_intact in checked_entries() if not is_intact)
