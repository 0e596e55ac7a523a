"""Reading the trail: lines as sentences."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from sinambung.platform.audit.actions import TrailAction, sentence_of
from sinambung.platform.audit.models import Entry, Seal
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
    values = defaultdict(_open)
    for name, value in json.loads(entry.facts).items():
        values[name] = escape(str(_shown(value)))
    subject = f"<strong>{escape(entry.subject_name)}</strong>"
    values["subject"] = f'<a href="{escape(href)}">{subject}</a>' if href else subject
    text = mark_safe(_sentence(entry.action, get_language() or "") % values)
    return TrailLine(
        at=entry.at,
        actor=entry.actor_name,
        text=text,
        reason=entry.reason,
        action=entry.action,
        id=entry.id,
    )


@lru_cache(maxsize=1024)
def _sentence(action: str, language: str) -> str:
    """A page of the trail holds few kinds of sentences."""
    return escape(sentence_of(action))


def _open() -> str:
    """What stands for a fact that was not recorded."""
    return "…"


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


def subjects_of(action: TrailAction, *, context_id: str) -> list[str]:
    """Return the ids of what an act was done to within one larger thing, such as an import."""
    entries = Entry.objects.filter(context_id=context_id, action=action.code)
    return list(entries.order_by("id").values_list("subject_id", flat=True))


def count_entries() -> int:
    return Entry.objects.count()


def latest_seal() -> str:
    """Return the newest seal as `number:head`, or nothing before the first."""
    seal = Seal.objects.order_by("-number").first()
    return str(seal) if seal else ""


def latest_seal_at() -> dt.datetime | None:
    """Return when the newest seal was made."""
    return Seal.objects.order_by("-number").values_list("at", flat=True).first()


def count_unsealed() -> int:
    """Return how many entries were written since the newest seal."""
    last = Seal.objects.order_by("-number").values_list("last_entry", flat=True).first() or 0
    return Entry.objects.filter(pk__gt=last).count()
