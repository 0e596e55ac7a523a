"""Participants: nominated, accepted or rejected, and those who leave before the decision."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import (
    Batch,
    BatchState,
    DocumentState,
    Participant,
    ParticipantDocument,
    ParticipantState,
)
from sinambung.domains.training.queries.people import Snapshot, snapshots
from sinambung.domains.training.queries.programmes import edition_of
from sinambung.domains.training.services.batches import locked_open_batch
from sinambung.domains.training.services.own_participation import refuse_own_participation
from sinambung.domains.training.services.subjects import participant_subject
from sinambung.domains.training.services.telling import tell_accepted, tell_rejected
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.audit.services import Draft
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Invalid, NotFound, Refused

LEAVING = (ParticipantState.WITHDRAWN, ParticipantState.DROPPED, ParticipantState.DECEASED)
PRESENT = (ParticipantState.ACCEPTED, ParticipantState.ACTIVE)
SNAPSHOT_FIELDS = ["nip", "name", "display_name", "rank", "position", "unit_name", "sending_agency"]


class UnknownNip(Invalid):
    def __init__(self, nips: Sequence[str]) -> None:
        super().__init__(
            _(
                "NIP %(nips)s tidak ada dalam data pegawai. "
                "Periksa angkanya, atau impor data pegawainya lebih dahulu."
            ),
            field="nip",
            nips=", ".join(nips[:5]),
        )


class AlreadyInBatch(Invalid):
    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _("%(names)s sudah ada dalam angkatan ini."), field="nip", names=", ".join(names[:5])
        )


class RequirementsMissing(Refused):
    code = "requirements_missing"
    message = _(
        "Persyaratan %(names)s belum lengkap. Lengkapi dahulu, "
        "atau tetapkan dengan menuliskan alasannya."
    )


class WrongState(Refused):
    message = _("%(name)s berstatus %(state)s, sehingga tindakan ini tidak dapat dilakukan.")


@transaction.atomic
def nominate(*, batch_id: str, nips: Sequence[str], by: Actor, note: str = "") -> list[Participant]:
    """Propose employees for a batch; unknown or repeated people are refused by name."""
    batch = locked_open_batch(batch_id)
    people = snapshots(nips)
    unknown = [nip for nip in dict.fromkeys(nips) if nip not in people]
    if unknown or not nips:
        raise UnknownNip(unknown or ["–"])
    present = Participant.objects.filter(batch=batch, nip__in=nips).order_by("number")
    if present:
        raise AlreadyInBatch([row.display_name for row in present])
    retired = [person.display_name for person in people.values() if not person.is_active]
    if retired:
        raise Invalid(
            _("%(names)s sudah tidak aktif sebagai pegawai."), field="nip", names=", ".join(retired)
        )
    added = add_rows(batch, [(people[nip], "") for nip in dict.fromkeys(nips)])
    drafts = [Draft(subject=participant_subject(row), reason=note) for row in added]
    audit.record_all(Trail.PARTICIPANT_NOMINATED, drafts, by=by)
    return added


@transaction.atomic
def remove_nomination(*, participant_id: str, version: int, by: Actor, reason: str = "") -> None:
    """Take a nominated person off the list; whoever was accepted leaves by a decision instead."""
    row = locked_participant(participant_id, version=version)
    if row.state not in (ParticipantState.NOMINATED, ParticipantState.REJECTED):
        raise _wrong_state(row)
    remove_row(row, by=by, reason=reason)


def remove_row(row: Participant, *, by: Actor, reason: str = "") -> None:
    """Take a participant off the list."""
    subject = participant_subject(row)
    row.delete()
    audit.record(Trail.PARTICIPANT_REMOVED, subject, by=by, reason=reason)


@transaction.atomic
def accept_participants(
    *, batch_id: str, participant_ids: Collection[str], by: Actor, reason: str = ""
) -> list[Participant]:
    """Accept nominated people and take their snapshot; incomplete files need a reason."""
    batch = locked_open_batch(batch_id)
    rows = _chosen(batch, participant_ids, (ParticipantState.NOMINATED, ParticipantState.REJECTED))
    refuse_own_participation(rows, by)
    incomplete = [row.display_name for row in rows if _missing(batch, row)] if not reason else []
    if incomplete:
        raise RequirementsMissing(names=_named(incomplete))
    people = snapshots([row.nip for row in rows])
    running = batch.state == BatchState.RUNNING
    for row in rows:
        if row.nip in people:
            take_snapshot(row, people[row.nip], agency=row.sending_agency)
        row.state = ParticipantState.ACTIVE if running else ParticipantState.ACCEPTED
        row.state_reason = reason
        save_changed(row, [*SNAPSHOT_FIELDS, "state", "state_reason"])
    drafts = [Draft(subject=participant_subject(row), reason=reason) for row in rows]
    audit.record_all(Trail.PARTICIPANT_ACCEPTED, drafts, by=by)
    tell_accepted(batch, rows, by=by)
    return rows


@transaction.atomic
def reject_participants(
    *, batch_id: str, participant_ids: Collection[str], reason: str, by: Actor
) -> list[Participant]:
    """Reject nominated people with a reason that they and their agency see."""
    batch = locked_open_batch(batch_id)
    if not reason.strip():
        raise Invalid(_("Tulis alasan penolakan; pengusul akan membacanya."), field="reason")
    rows = _chosen(batch, participant_ids, (ParticipantState.NOMINATED, ParticipantState.ACCEPTED))
    refuse_own_participation(rows, by)
    for row in rows:
        row.state = ParticipantState.REJECTED
        row.state_reason = reason.strip()
        save_changed(row, ["state", "state_reason"])
    drafts = [Draft(subject=participant_subject(row), reason=reason) for row in rows]
    audit.record_all(Trail.PARTICIPANT_REJECTED, drafts, by=by)
    tell_rejected(batch, rows, reason=reason.strip(), by=by)
    return rows


@transaction.atomic
def record_leaving(
    *, participant_id: str, version: int, state: str, reason: str, by: Actor
) -> Participant:
    """Record that a participant withdrew, was dropped or died before the graduation meeting."""
    row = locked_participant(participant_id, version=version)
    refuse_own_participation([row], by)
    if state not in LEAVING or row.state not in PRESENT:
        raise _wrong_state(row)
    if not reason.strip():
        raise Invalid(_("Tulis alasan dan tanggalnya."), field="reason")
    row.state = ParticipantState(state)
    row.state_reason = reason.strip()
    save_changed(row, ["state", "state_reason"])
    shown = row.get_state_display().lower()
    audit.record(
        Trail.PARTICIPANT_LEFT, participant_subject(row), by=by, reason=reason, state=shown
    )
    return row


@transaction.atomic
def choose_electives(
    *, participant_id: str, version: int, codes: Sequence[str], by: Actor
) -> Participant:
    """Choose elective subjects within the number that the edition asks for."""
    row = locked_participant(participant_id, version=version)
    curriculum = edition_of(row.batch).curriculum
    known = {
        subject.code: subject.name for subject in curriculum.subjects if subject.kind == "elective"
    }
    chosen = [code for code in dict.fromkeys(codes) if code in known]
    least, most = curriculum.electives_minimum or 0, curriculum.electives_maximum or len(known)
    if not least <= len(chosen) <= most:
        raise Invalid(
            _("Pilih %(least)s sampai %(most)s mata pelatihan pilihan."),
            field="electives",
            least=least,
            most=most,
        )
    row.electives = chosen
    save_changed(row, ["electives"])
    names = ", ".join(known[code] for code in chosen)
    audit.record(Trail.ELECTIVES_CHOSEN, participant_subject(row), by=by, electives=names)
    return row


def locked_participant(participant_id: str, *, version: int | None = None) -> Participant:
    """Return a participant under lock, in a batch that is still open."""
    row = Participant.objects.locked(participant_id, version=version)
    row.batch = locked_open_batch(row.batch_id)
    return row


def take_snapshot(row: Participant, person: Snapshot, *, agency: str) -> None:
    """Copy the present personnel data onto a participant."""
    row.nip, row.name, row.display_name = person.nip, person.name, person.display_name
    row.rank, row.position, row.unit_name = person.rank, person.position, person.unit_name
    row.sending_agency = agency or person.sending_agency


def add_rows(batch: Batch, people: Iterable[tuple[Snapshot, str]]) -> list[Participant]:
    """Add nominated participants with the next numbers; the batch is under lock."""
    last = Participant.objects.filter(batch=batch).order_by("-number").first()
    first = last.number + 1 if last else 1
    rows = []
    for number, (person, agency) in enumerate(people, start=first):
        row = Participant(batch=batch, employee_id=person.employee_id, number=number)
        take_snapshot(row, person, agency=agency)
        rows.append(row)
    return Participant.objects.bulk_create(rows)


def _chosen(
    batch: Batch, ids: Collection[str], states: Sequence[ParticipantState]
) -> list[Participant]:
    rows = list(
        Participant.objects.select_for_update()
        .filter(batch=batch, pk__in=list(ids))
        .order_by("number")
    )
    if not ids:
        raise Invalid(_("Pilih paling sedikit satu peserta."), field="participants")
    if len(rows) != len(set(ids)):
        raise NotFound
    for row in rows:
        if row.state not in states:
            raise _wrong_state(row)
    return rows


def _missing(batch: Batch, row: Participant) -> list[str]:
    accepted = ParticipantDocument.objects.filter(
        participant=row, state=DocumentState.ACCEPTED
    ).values_list("item", flat=True)
    done = {*accepted, *row.confirmed_items}
    items = edition_of(batch).curriculum.eligibility
    return [item.name for item in items if item.required and item.code not in done]


def _wrong_state(row: Participant) -> WrongState:
    return WrongState(name=row.display_name, state=row.get_state_display().lower())


def _named(names: Sequence[str]) -> str:
    more = len(names) - 3
    return ", ".join(names[:3]) + (f" (+{more})" if more > 0 else "")
