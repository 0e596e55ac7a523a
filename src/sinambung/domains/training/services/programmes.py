"""Programmes and editions: installed from the rulebook, copied, edited, published, withdrawn."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import EditionState, Programme, ProgrammeEdition
from sinambung.domains.training.services.subjects import edition_subject
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Invalid, Refused
from sinambung.pure.rulebook import programmes as rulebook


class EditionIsFixed(Refused):
    message = _(
        "Edisi ini sudah berlaku dan tidak dapat diubah. Salin edisi ini lalu ubah salinannya."
    )


class EditionNotPublished(Refused):
    message = _("Hanya edisi yang berlaku dapat ditarik.")


class EditionHasProblems(Refused):
    """`problems` are sentences, each with the place it speaks of."""

    status = 422
    code = "edition_problems"
    message = _("Edisi ini belum dapat disimpan. Perbaiki %(count)s isian yang ditandai.")

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(count=len(problems))
        self.problems = problems


class KeyTaken(Invalid):
    def __init__(self) -> None:
        super().__init__(
            _("Sebutan edisi ini sudah dipakai program yang sama. Pilih sebutan lain."),
            field="label",
        )


@transaction.atomic
def install_national_editions(*, by: Actor, at: dt.datetime) -> int:
    """Put the editions that come with the product into the database; return how many are new.

    An edition that a batch is pinned to is never touched: its correction becomes a revision.
    """
    shipped = (*rulebook.programme_editions(), *rulebook.sample_editions())
    return sum(_install(edition, by=by, at=at) for edition in shipped)


def _install(edition: rulebook.ProgrammeEdition, *, by: Actor, at: dt.datetime) -> bool:
    programme, _created = Programme.objects.get_or_create(
        code=edition.code, defaults={"name": edition.name, "kind": edition.traits.competency}
    )
    content = rulebook.to_mapping(edition)
    revisions = ProgrammeEdition.objects.filter(programme=programme, is_shipped=True)
    present = [row for row in revisions.order_by("id") if _revision_of(row.key, edition.key)]
    latest = present[-1] if present else None
    if latest is not None and latest.content == content:
        return False
    if latest is not None and not latest.batches.exists():
        latest.content = content
        _state(latest, edition)
        save_changed(latest, ["content", "label", "source", "is_verified"])
    else:
        number = len(present) + 1
        latest = ProgrammeEdition(
            programme=programme,
            key=edition.key if number == 1 else f"{edition.key}-rev{number}",
            content=content,
            state=EditionState.PUBLISHED,
            published_at=at,
            is_shipped=True,
        )
        _state(latest, edition)
        latest.save(force_insert=True)
    audit.record(Trail.EDITION_INSTALLED, edition_subject(latest), by=by)
    return True


def _revision_of(key: str, base: str) -> bool:
    return key == base or re.fullmatch(re.escape(base) + r"-rev\d+", key) is not None


def _state(row: ProgrammeEdition, edition: rulebook.ProgrammeEdition) -> None:
    """Copy onto the row what lists show without reading the content."""
    row.label = edition.label
    row.source = "; ".join(citation.title for citation in edition.basis)[:300]
    row.is_verified = not rulebook.unverified_values(edition)


@transaction.atomic
def copy_edition(*, edition_id: str, label: str, by: Actor, name: str = "") -> ProgrammeEdition:
    """Copy an edition as a draft that may be changed; `name` tells the copies apart in keys."""
    source = ProgrammeEdition.objects.select_related("programme").locked(edition_id)
    label = label.strip()
    if not label:
        raise Invalid(_("Isi sebutan edisi, misalnya “Edisi 2023 BPSDM”."), field="label")
    word = _slug(name or label)
    key = f"{_slug(source.programme.code)}-{word}"
    taken = ProgrammeEdition.objects.filter(programme=source.programme, label=label).exists()
    if not word or taken or ProgrammeEdition.objects.filter(key=key).exists():
        raise KeyTaken
    content = {**source.content, "label": label, "edition": word}
    copy = ProgrammeEdition.objects.create(
        programme=source.programme,
        key=key,
        label=label,
        content=content,
        source=source.source,
        is_verified=source.is_verified,
        copied_from=source,
    )
    audit.record(Trail.EDITION_COPIED, edition_subject(copy), by=by, source=source.title)
    return copy


@transaction.atomic
def change_edition(
    *, edition_id: str, version: int, content: dict[str, Any], by: Actor
) -> ProgrammeEdition:
    """Replace the content of a draft; raise EditionHasProblems with every problem at once."""
    edition = ProgrammeEdition.objects.select_related("programme").locked(
        edition_id, version=version
    )
    if edition.state != EditionState.DRAFT:
        raise EditionIsFixed
    content = {
        **content,
        "code": edition.programme.code,
        "edition": edition.content["edition"],
    }
    parsed = checked_edition(content)
    same_label = ProgrammeEdition.objects.filter(programme=edition.programme, label=parsed.label)
    if same_label.exclude(pk=edition.pk).exists():
        raise KeyTaken
    edition.content = rulebook.to_mapping(parsed)
    _state(edition, parsed)
    save_changed(edition, ["content", "label", "source", "is_verified"])
    audit.record(Trail.EDITION_CHANGED, edition_subject(edition), by=by)
    return edition


def checked_edition(content: dict[str, Any]) -> rulebook.ProgrammeEdition:
    """Return the parsed edition; raise EditionHasProblems."""
    try:
        return rulebook.parse_edition(content)
    except rulebook.EditionProblems as refusal:
        raise EditionHasProblems(refusal.problems) from None


@transaction.atomic
def publish_edition(
    *, edition_id: str, version: int, by: Actor, at: dt.datetime
) -> ProgrammeEdition:
    """Put a draft in force; from now on it never changes."""
    edition = ProgrammeEdition.objects.select_related("programme").locked(
        edition_id, version=version
    )
    if edition.state != EditionState.DRAFT:
        raise EditionIsFixed
    checked_edition(cast(dict[str, Any], edition.content))
    edition.state = EditionState.PUBLISHED
    edition.published_at = at
    save_changed(edition, ["state", "published_at"])
    audit.record(Trail.EDITION_PUBLISHED, edition_subject(edition), by=by)
    return edition


@transaction.atomic
def withdraw_edition(*, edition_id: str, version: int, reason: str, by: Actor) -> ProgrammeEdition:
    """Take an edition out of use for new batches; batches pinned to it keep it."""
    edition = ProgrammeEdition.objects.select_related("programme").locked(
        edition_id, version=version
    )
    if edition.state != EditionState.PUBLISHED:
        raise EditionNotPublished
    if not reason.strip():
        raise Invalid(_("Tulis alasan penarikan edisi."), field="reason")
    edition.state = EditionState.WITHDRAWN
    save_changed(edition, ["state"])
    audit.record(Trail.EDITION_WITHDRAWN, edition_subject(edition), by=by, reason=reason)
    return edition


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40]
