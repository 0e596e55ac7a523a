"""Batches: created, changed, started, finished and cancelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import (
    Batch,
    BatchStage,
    BatchState,
    EditionState,
    Participant,
    ParticipantState,
    ProgrammeEdition,
)
from sinambung.domains.training.queries.batch_plan import contradictions
from sinambung.domains.training.queries.missing_raters import MissingRole, missing_raters
from sinambung.domains.training.services.pinning import pin
from sinambung.domains.training.services.subjects import batch_subject
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Invalid, Refused
from sinambung.pure.rulebook.letter_numbers import to_roman

LARGEST_NUMBER = 999
FIRST_YEAR, LAST_YEAR = 1990, 2100


class BatchTaken(Invalid):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Angkatan dengan nomor dan tahun ini sudah ada pada lembaga yang sama. "
                "Pilih nomor lain."
            ),
            field="number",
        )


class EditionNotInForce(Refused):
    message = _("Edisi ini belum berlaku atau sudah ditarik. Pilih edisi yang berlaku.")


class BatchIsClosed(Refused):
    message = _("Angkatan ini sudah tidak dapat diubah: %(state)s.")


class NobodyAccepted(Refused):
    message = _("Belum ada peserta yang ditetapkan. Tetapkan peserta lebih dahulu.")


class RatersMissing(Invalid):
    """Somebody has no coach, mentor or examiner; the batch starts only with a reason."""

    code = "raters_missing"

    def __init__(self, missing: Sequence[MissingRole]) -> None:
        super().__init__(
            _(
                "Belum ditugaskan: %(roles)s. Atur penugasan lebih dahulu, "
                "atau tulis alasan angkatan tetap dimulai."
            ),
            field="reason",
            roles=", ".join(role.sentence for role in missing),
        )


@dataclass(frozen=True, slots=True)
class StageDates:
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """What an organiser states about a batch. An empty `name` becomes "PKP Angkatan IX";
    `stages` gives days by the code of the edition's stage."""

    number: int
    year: int
    starts_on: dt.date
    ends_on: dt.date
    name: str = ""
    sponsor: str = ""
    funding: str = ""
    venue: str = ""
    theme: str = ""
    manager_name: str = ""
    quota: int = 40
    load_minimum: int = 5
    coach_load_maximum: int = 10
    examiner_load_maximum: int = 20
    examiner_stays_apart: bool = True
    stages: Mapping[str, StageDates] = field(default_factory=dict)


PLAN_FIELDS = {
    "number": _("nomor"),
    "year": _("tahun"),
    "starts_on": _("tanggal mulai"),
    "ends_on": _("tanggal selesai"),
    "name": _("nama"),
    "sponsor": _("penyelenggara bersama"),
    "funding": _("sumber dana"),
    "venue": _("tempat"),
    "theme": _("tema"),
    "manager_name": _("pengelola kelas"),
    "quota": _("kuota"),
    "load_minimum": _("beban paling sedikit"),
    "coach_load_maximum": _("beban coach"),
    "examiner_load_maximum": _("beban penguji"),
    "examiner_stays_apart": _("aturan penguji"),
}


@transaction.atomic
def create_batch(*, edition_id: str, host_id: str, plan: BatchPlan, by: Actor) -> Batch:
    """Create a batch pinned to one edition, with the stages of its curriculum."""
    edition = ProgrammeEdition.objects.select_related("programme").locked(edition_id)
    if edition.state != EditionState.PUBLISHED:
        raise EditionNotInForce
    _check(plan)
    same = Batch.objects.filter(
        programme=edition.programme, year=plan.year, number=plan.number, host_id=host_id
    )
    if same.exists():
        raise BatchTaken
    batch = Batch(
        programme=edition.programme,
        edition=edition,
        host_id=host_id,
    )
    pin(batch, edition, on=plan.starts_on)
    _fill(batch, plan, code=edition.programme.code)
    batch.save(force_insert=True)
    _keep_stages(batch, edition, plan.stages)
    audit.record(Trail.BATCH_CREATED, batch_subject(batch), by=by, edition=edition.label)
    return batch


@transaction.atomic
def change_batch(*, batch_id: str, version: int, plan: BatchPlan, by: Actor) -> Batch:
    """Change what an organiser stated; the edition and the scheme stay."""
    batch = locked_open_batch(batch_id, version=version)
    _check(plan)
    same = Batch.objects.filter(
        programme_id=batch.programme_id, year=plan.year, number=plan.number, host_id=batch.host_id
    )
    if same.exclude(pk=batch.pk).exists():
        raise BatchTaken
    before = {name: getattr(batch, name) for name in PLAN_FIELDS}
    _fill(batch, plan, code=batch.programme.code)
    changed = [name for name in PLAN_FIELDS if getattr(batch, name) != before[name]]
    stages_changed = _keep_stages(batch, batch.edition, plan.stages)
    if not changed and not stages_changed:
        return batch
    save_changed(batch, changed)
    what = [str(PLAN_FIELDS[name]) for name in changed]
    if stages_changed:
        what.append(say("tanggal tahap"))
    facts = {name: [before[name], getattr(batch, name)] for name in changed}
    audit.record(
        Trail.BATCH_CHANGED, batch_subject(batch), by=by, what=", ".join(what), values=facts
    )
    return batch


@transaction.atomic
def start_batch(*, batch_id: str, version: int | None, by: Actor, reason: str = "") -> Batch:
    """Begin the batch: accepted participants become active.

    Where somebody has no coach, mentor or examiner yet, it starts with a reason only.
    """
    batch = locked_open_batch(batch_id, version=version)
    if batch.state != BatchState.PREPARING:
        raise BatchIsClosed(state=batch.get_state_display())
    accepted = Participant.objects.filter(batch=batch, state=ParticipantState.ACCEPTED)
    missing = missing_raters(batch)
    if missing and not reason.strip():
        raise RatersMissing(missing)
    count = accepted.update(state=ParticipantState.ACTIVE)
    if not count:
        raise NobodyAccepted
    batch.state = BatchState.RUNNING
    save_changed(batch, ["state"])
    audit.record(Trail.BATCH_STARTED, batch_subject(batch), by=by, reason=reason, count=count)
    return batch


@transaction.atomic
def finish_batch(*, batch_id: str, version: int | None, by: Actor) -> Batch:
    """Put a batch away after its graduation was decided."""
    batch = Batch.objects.locked(batch_id, version=version)
    if batch.state != BatchState.DECIDED:
        raise Refused(_("Angkatan selesai sesudah kelulusan ditetapkan dalam rapat."))
    batch.state = BatchState.FINISHED
    save_changed(batch, ["state"])
    audit.record(Trail.BATCH_FINISHED, batch_subject(batch), by=by)
    return batch


@transaction.atomic
def cancel_batch(*, batch_id: str, version: int, reason: str, by: Actor) -> Batch:
    """Cancel a batch that has not closed its marks; the reason stays on it."""
    batch = locked_open_batch(batch_id, version=version)
    if not reason.strip():
        raise Invalid(_("Tulis alasan pembatalan angkatan."), field="reason")
    batch.state = BatchState.CANCELLED
    batch.cancel_reason = reason.strip()
    save_changed(batch, ["state", "cancel_reason"])
    audit.record(Trail.BATCH_CANCELLED, batch_subject(batch), by=by, reason=reason)
    return batch


def locked_open_batch(batch_id: str, *, version: int | None = None) -> Batch:
    """Return a batch under lock whose people and dates may still change."""
    rows = Batch.objects.select_related("programme", "edition")
    batch = rows.locked(batch_id, version=version)
    if batch.state not in (BatchState.PREPARING, BatchState.RUNNING):
        raise BatchIsClosed(state=batch.get_state_display())
    return batch


def _check(plan: BatchPlan) -> None:
    if not 1 <= plan.number <= LARGEST_NUMBER:
        raise Invalid(_("Nomor angkatan dari 1 sampai 999."), field="number")
    if not FIRST_YEAR <= plan.year <= LAST_YEAR:
        raise Invalid(_("Tahun angkatan dari 1990 sampai 2100."), field="year")
    if not 1 <= plan.quota <= LARGEST_NUMBER:
        raise Invalid(_("Kuota dari 1 sampai 999 peserta."), field="quota")
    for name, sentence in contradictions(
        whole=(plan.starts_on, plan.ends_on),
        load_minimum=plan.load_minimum,
        coach_load_maximum=plan.coach_load_maximum,
        stages={code: (days.starts_on, days.ends_on) for code, days in plan.stages.items()},
    ):
        raise Invalid(sentence, field=name)


def _fill(batch: Batch, plan: BatchPlan, *, code: str) -> None:
    for name in PLAN_FIELDS:
        setattr(batch, name, getattr(plan, name))
    batch.name = plan.name.strip() or f"{code} Angkatan {to_roman(plan.number)}"


def _keep_stages(batch: Batch, edition: ProgrammeEdition, dates: Mapping[str, StageDates]) -> bool:
    """Write the stages of the edition with their days; return whether anything changed."""
    present = {stage.code: stage for stage in BatchStage.objects.filter(batch=batch)}
    changed = False
    for order, stage in enumerate(edition.content["curriculum"]["stages"], start=1):
        days = dates.get(stage["code"])
        row = present.get(stage["code"])
        if row is None:
            row = BatchStage(batch=batch, order=order, code=stage["code"], name=stage["name"])
        elif days is None or (row.starts_on, row.ends_on) == (days.starts_on, days.ends_on):
            continue
        if days is not None:
            row.starts_on, row.ends_on = days.starts_on, days.ends_on
        row.save()
        changed = True
    return changed
