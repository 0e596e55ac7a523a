"""Enter the values of one subject from one document, and take the entry back."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Invalid, NotFound, Refused
from sinambung.platform.foundation.identifiers import new_ulid
from sinambung.platform.regulation import queries
from sinambung.platform.regulation.completing import (
    LocalTable,
    ValueUnreadable,
    completed,
    readable,
)
from sinambung.platform.regulation.models import LocalEdition, LocalState, SourceFile
from sinambung.platform.regulation.subjects import Subject, subject_of
from sinambung.platform.regulation.trail import Trail
from sinambung.pure.rulebook.programmes import EditionProblems, parse_edition

LARGEST_FILE = 10_000_000
_KINDS = {b"%PDF-": "application/pdf", b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class StillWaiting(Refused):
    message = _(
        "Isian sebelumnya masih menunggu konfirmasi. Tarik isian itu, atau tunggu keputusannya."
    )


class NothingEntered(Invalid):
    def __init__(self) -> None:
        super().__init__(_("Isi paling sedikit satu nilai."), field="values")


class ValuesRefused(Invalid):
    """The values do not fit the edition; the sentence comes from the rulebook."""


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    content: bytes


@transaction.atomic
def enter_local_values(
    *,
    edition_key: str,
    subject_key: str,
    values: Mapping[str, str],
    effective_on: dt.date,
    source: str,
    by: Actor,
    at: dt.datetime,
    article: str = "",
    note: str = "",
    file: Upload | None = None,
) -> LocalEdition:
    """Store values that wait for another person's confirmation.

    Raises ValuesRefused with the rulebook's own sentence when they cannot hold together.
    """
    label, subject = _subject(edition_key, subject_key)
    if not source:
        raise Invalid(_("Sebutkan dokumen yang memuat nilai ini."), field="source")
    kept = _readable_values(subject, values)
    table = LocalTable(subject_key, kept, effective_on, source, article, "diperiksa")
    _refuse_contradictions(edition_key, table)
    entry = LocalEdition.objects.create(
        edition_key=edition_key,
        subject=subject_key,
        subject_label=label,
        values=kept,
        effective_on=effective_on,
        source=source,
        article=article,
        note=note,
        file=_stored(file, at) if file else None,
        entered_by_id=by.id,
        entered_by_name=by.name,
        entered_at=at,
    )
    _record_entry(entry, by)
    return entry


def _subject(edition_key: str, subject_key: str) -> tuple[str, Subject]:
    """Return the subject and what the trail calls it; refuse while an entry waits."""
    facts = queries.edition_for(edition_key)
    subject = subject_of(facts.mapping, subject_key)
    if subject is None:
        raise NotFound
    waiting = LocalEdition.objects.filter(
        edition_key=edition_key, subject=subject_key, state=LocalState.WAITING
    )
    if waiting.exists():
        raise StillWaiting
    return f"{subject.label}, {facts.title}"[:200], subject


def _record_entry(entry: LocalEdition, by: Actor) -> None:
    audit.record(
        Trail.VALUES_ENTERED,
        subject_for_trail(entry),
        by=by,
        source=entry.source,
        effective_on=entry.effective_on,
        values=entry.values,
    )


@transaction.atomic
def withdraw_local_values(*, id: str, version: int, by: Actor, at: dt.datetime) -> LocalEdition:
    """Take back an own entry that nobody has decided yet."""
    entry = LocalEdition.objects.locked(id, version=version)
    if entry.state != LocalState.WAITING or entry.entered_by_id != by.id:
        raise Refused(_("Hanya pengisi yang dapat menarik isian, dan hanya sebelum diputuskan."))
    entry.state = LocalState.WITHDRAWN
    entry.decided_at = at
    save_changed(entry, ["state", "decided_at"])
    audit.record(Trail.VALUES_WITHDRAWN, subject_for_trail(entry), by=by)
    return entry


def subject_for_trail(entry: LocalEdition) -> audit.Subject:
    return audit.Subject(
        kind="local_edition",
        id=entry.pk,
        name=entry.subject_label,
    )


def _readable_values(subject: Subject, values: Mapping[str, str]) -> dict[str, str]:
    kept = {}
    for cell in subject.cells:
        try:
            text = readable(cell, values.get(cell.key, ""))
        except ValueUnreadable as error:
            raise ValuesRefused(str(error), field=cell.key) from None
        if text:
            kept[cell.key] = text
    if not kept:
        raise NothingEntered
    return kept


def _refuse_contradictions(edition_key: str, table: LocalTable) -> None:
    """The edition with every confirmed value of that day and these must be a valid one."""
    facts = queries.edition_for(edition_key)
    confirmed = queries.confirmed_tables(edition_key=edition_key, on=table.since)
    try:
        parse_edition(completed(facts.mapping, [*confirmed, table]))
    except EditionProblems as problems:
        raise ValuesRefused(problems.problems[0], field="values") from None


def _stored(file: Upload, at: dt.datetime) -> SourceFile:
    kind = next((kind for start, kind in _KINDS.items() if file.content.startswith(start)), "")
    if not kind or len(file.content) > LARGEST_FILE:
        raise Invalid(
            _("Unggah dokumen sebagai PDF, PNG, atau JPEG, paling besar 10 MB."), field="file"
        )
    return SourceFile.objects.create(
        id=new_ulid(),
        name=file.name[:200],
        kind=kind,
        content=file.content,
        digest=hashlib.sha256(file.content).hexdigest(),
        stored_at=at,
    )
