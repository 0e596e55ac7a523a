"""The trail as days of sentences, with filters and pages by key."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sinambung.domains.training import access as training
from sinambung.platform.audit import queries as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.clock import WIB
from sinambung.platform.foundation.identifiers import is_ulid
from sinambung.platform.foundation.paging import page_by_key
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.ui.templatetags.ui import time_of_day
from sinambung.portal import access
from sinambung.portal.queries.trail_filters import TrailFilter, filtered
from sinambung.portal.queries.trail_labels import Choices, action_choices, label_of

if TYPE_CHECKING:
    from sinambung.platform.audit.models import Entry


PAGE_SIZE = 50
_TAGS = re.compile("<[^>]*>")
MOST_BATCHES = 50
FEWEST_FOLDED = 3


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One entry as the page shows it, with the ways on; `at` is the moment here."""

    line: audit.TrailLine
    at: dt.datetime
    iso: str
    time: str
    said: SafeString
    actor_id: str
    subject_id: str
    context_id: str = ""


@dataclass(frozen=True, slots=True)
class TrailFold:
    """Entries that somebody made in one go, under one line; a single entry has no `said`."""

    rows: tuple[TrailRow, ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class TrailDay:
    title: str
    rows: tuple[TrailRow, ...]

    @property
    def folds(self) -> Iterator[TrailFold]:
        """The entries, with those of one actor, action, context and minute under one line."""
        for _key, group in groupby(self.rows, key=_made_together):
            rows = tuple(group)
            if len(rows) < FEWEST_FOLDED:
                yield from (TrailFold((row,)) for row in rows)
            else:
                yield TrailFold(rows, _said_at_once(rows))


@dataclass(frozen=True, slots=True)
class TrailPage:
    heading: str
    lead: str
    days: tuple[TrailDay, ...]
    next: str
    previous: str
    filter: TrailFilter | None = None
    actions: tuple[tuple[str, Choices], ...] = ()
    batches: tuple[tuple[str, str], ...] = ()
    chosen: tuple[tuple[str, str], ...] = ()
    may_check: bool = False


def trail_page(
    actor: Actor, asked: TrailFilter, *, on: dt.date, after: str = "", before: str = ""
) -> TrailPage:
    """Return one page of all entries in the actor's reach that fit the filter."""
    entries = filtered(access.entries_visible_to(actor), asked)
    days, following, previous = _days(entries, on=on, after=after, before=before, is_list=True)
    return TrailPage(
        heading=_("Jejak"),
        lead=_("Siapa mengubah apa, kapan, dan mengapa. Jejak hanya dapat ditambah."),
        days=days,
        next=asked.address(sesudah=following) if following else "",
        previous=asked.address(sebelum=previous) if previous else "",
        filter=asked,
        actions=action_choices(),
        batches=_batches(actor),
        chosen=_chosen(asked),
        may_check=actor.paths(Capability.VIEW_TRAIL) is None,
    )


def single_page(
    entries: QuerySet[Entry],
    *,
    heading: str,
    lead: str,
    on: dt.date,
    after: str = "",
    before: str = "",
) -> TrailPage:
    """Return one page of the trail of one person, batch or object."""
    days, following, previous = _days(entries, on=on, after=after, before=before)
    return TrailPage(
        heading=heading,
        lead=lead,
        days=days,
        next=f"?sesudah={following}" if following else "",
        previous=f"?sebelum={previous}" if previous else "",
    )


def own_page(actor: Actor, *, on: dt.date, after: str = "", before: str = "") -> TrailPage:
    return single_page(
        access.own_entries(actor),
        heading=_("Jejak data saya"),
        lead=_("Semua perubahan pada akun dan data kepegawaian Anda."),
        on=on,
        after=after,
        before=before,
    )


def person_page(
    actor: Actor, employee_id: str, *, on: dt.date, after: str = "", before: str = ""
) -> TrailPage:
    entries = access.person_entries(actor, employee_id)
    return single_page(
        entries,
        heading=_("Jejak pegawai"),
        lead=_named(entries),
        on=on,
        after=after,
        before=before,
    )


def batch_page(
    actor: Actor, batch_id: str, *, on: dt.date, after: str = "", before: str = ""
) -> TrailPage:
    batch = training.batch_for(actor, batch_id, Capability.VIEW_TRAIL)
    return single_page(
        access.batch_entries(actor, batch_id),
        heading=_("Jejak %(name)s") % {"name": batch.name},
        lead=_("Setiap perubahan pada angkatan, peserta, nilai, dan keputusannya."),
        on=on,
        after=after,
        before=before,
    )


def object_page(
    actor: Actor, subject_id: str, *, on: dt.date, after: str = "", before: str = ""
) -> TrailPage:
    entries = access.object_entries(actor, subject_id)
    return single_page(
        entries,
        heading=_("Jejak satu objek"),
        lead=_named(entries),
        on=on,
        after=after,
        before=before,
    )


def grouped_by_day(rows: Sequence[TrailRow], *, on: dt.date) -> tuple[TrailDay, ...]:
    """Group rows that are in order of time under the name of their day."""
    found: dict[dt.date, list[TrailRow]] = {}
    for row in rows:
        found.setdefault(row.at.date(), []).append(row)
    return tuple(TrailDay(_day_title(day, on), tuple(lines)) for day, lines in found.items())


def _days(
    entries: QuerySet[Entry], *, on: dt.date, after: str, before: str, is_list: bool = False
) -> tuple[tuple[TrailDay, ...], str, str]:
    page = page_by_key(entries, order=["-id"], size=PAGE_SIZE, after=after, before=before)
    rows = [_row(entry, is_list=is_list) for entry in page.rows]
    return grouped_by_day(rows, on=on), page.after or "", page.before or ""


def _row(entry: Entry, *, is_list: bool) -> TrailRow:
    line = audit.line(entry, href=_object_href(entry) if is_list else "")
    href = f"/jejak/?pelaku={entry.actor_id}" if is_list and entry.actor_id else ""
    at = entry.at.astimezone(WIB)
    return TrailRow(
        line=line,
        at=at,
        iso=at.isoformat(timespec="seconds"),
        time=time_of_day(at.time()),
        said=_said(line, href),
        actor_id=entry.actor_id,
        subject_id=entry.subject_id,
        context_id=entry.context_id,
    )


def _made_together(row: TrailRow) -> tuple[str, str, str, str, str]:
    return (row.actor_id, row.line.actor, row.line.action, row.context_id, row.iso[:16])


def _said_at_once(rows: Sequence[TrailRow]) -> SafeString:
    first, label = rows[0].line, label_of(rows[0].line.action)
    what = escape(label[:1].lower() + label[1:])
    count = _("%(count)d kali") % {"count": len(rows)}
    return mark_safe(f"<strong>{escape(first.actor)}</strong> {what}, {count}.")


def _said(line: audit.TrailLine, actor_href: str) -> SafeString:
    """The whole sentence as HTML: who, what and why, each part with one full stop."""
    actor = f"<strong>{escape(line.actor)}</strong>"
    if actor_href:
        actor = f'<a href="{escape(actor_href)}">{actor}</a>'
    said = f"{actor} {line.text}{_stop(_TAGS.sub('', line.text))}"
    if line.reason:
        said += f" {_('Alasan:')} <q>{escape(line.reason)}</q>{_stop(line.reason)}"
    return mark_safe(said)


def _stop(text: str) -> str:
    """The full stop, unless a name or reason brings its own."""
    return "" if text.endswith((".", "?", "!")) else "."


def _object_href(entry: Entry) -> str:
    return f"/jejak/objek/{entry.subject_id}/" if is_ulid(entry.subject_id) else ""


def _chosen(asked: TrailFilter) -> tuple[tuple[str, str], ...]:
    """What the filter holds apart from the form: a label, and the address without it."""
    labels = {
        "pegawai": _("satu pegawai"),
        "objek": _("satu objek"),
        "pelaku": _("satu pelaku"),
    }
    return tuple(
        (label, asked.address(**{name: ""}))
        for name, label in labels.items()
        if asked.about.get(name)
    )


def _batches(actor: Actor) -> tuple[tuple[str, str], ...]:
    rows = training.batches_visible_to(actor, Capability.VIEW_TRAIL).values_list(
        "pk", "name", "year"
    )
    return tuple((id, f"{name} {year}") for id, name, year in rows[:MOST_BATCHES])


def _named(entries: QuerySet[Entry]) -> str:
    """The newest name under which the thing stands on the trail."""
    newest = entries.first()
    return newest.subject_name if newest else ""


def _day_title(day: dt.date, on: dt.date) -> str:
    if day == on:
        return _("Hari ini")
    if day == on - dt.timedelta(days=1):
        return _("Kemarin")
    return date_format(day, "l, j F Y")
