"""Who may reach which batch and participant: the only way pages get one.

Unknown and forbidden both raise `NotFound`. A batch belongs to the unit that hosts it; a nominated
person also to the unit they work in; and everybody reaches what they take part in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import (
    Assignment,
    AssignmentRole,
    Batch,
    ConductNote,
    GraduationMeeting,
    MarkChange,
    Participant,
    ParticipantDocument,
    ProgrammeEdition,
)
from sinambung.domains.workforce import queries as workforce
from sinambung.domains.workforce.access import employees_visible_to
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import Invalid, NotFound
from sinambung.platform.identity.capabilities import Capability

Row = TypeVar("Row", bound=Model)


def batches_visible_to(
    actor: Actor, capability: Capability = Capability.VIEW_BATCHES
) -> QuerySet[Batch]:
    """Return the batches hosted where the actor holds the capability."""
    return Batch.objects.filter(_under(actor, capability, "host__path")).order_by(
        "-starts_on", "id"
    )


def batch_for(actor: Actor, id: str, capability: Capability) -> Batch:
    """Return a batch hosted where the actor holds the capability."""
    rows = batches_visible_to(actor, capability).select_related("programme", "edition", "host")
    return _one(rows.filter(pk=id))


def batches_open_for_nomination(actor: Actor) -> QuerySet[Batch]:
    """Return the batches for which agencies may still propose people."""
    if not actor.may(Capability.NOMINATE):
        return Batch.objects.none()
    return Batch.objects.filter(state="preparing").order_by("-starts_on", "id")


def nomination_batch_for(actor: Actor, id: str) -> Batch:
    """Return a batch for which the actor may propose people."""
    rows = batches_open_for_nomination(actor).select_related("programme", "edition", "host")
    return _one(rows.filter(pk=id))


def participant_for(actor: Actor, id: str, capability: Capability) -> Participant:
    """Return a participant of a batch in reach; NOMINATE reaches people of the actor's units."""
    reach = _under(actor, capability, "batch__host__path")
    if capability == Capability.NOMINATE:
        reach |= _under(actor, capability, "employee__unit__path")
    return _one(_participants().filter(reach, pk=id))


def participants_proposed_by(actor: Actor, batch_id: str) -> QuerySet[Participant]:
    """Return those people of the actor's units who stand on a batch's list."""
    reach = _under(actor, Capability.NOMINATE, "employee__unit__path")
    return Participant.objects.filter(reach, batch_id=batch_id).order_by("number", "id")


def refuse_people_out_of_reach(actor: Actor, nips: Sequence[str]) -> None:
    """Refuse employees outside the units for which the actor may propose people.

    Unknown numbers look the same: nobody learns whether a NIP exists elsewhere.
    """
    within = employees_visible_to(actor, Capability.NOMINATE).filter(nip__in=list(nips))
    known = set(within.order_by().values_list("nip", flat=True))
    outside = [nip for nip in nips if nip not in known]
    if outside:
        raise Invalid(
            _("NIP %(nips)s tidak ada dalam data pegawai unit Anda. Periksa angkanya."),
            field="nips",
            nips=", ".join(outside[:5]),
        )


def own_participation(actor: Actor, id: str) -> Participant:
    """Return the actor's own participation."""
    if not actor.id:
        raise NotFound
    return _one(_participants().filter(pk=id, employee__account_id=actor.id))


def own_participations(actor: Actor) -> QuerySet[Participant]:
    """Return everything the actor takes or took part in, newest first."""
    employee_id = own_employee_id(actor)
    if not employee_id:
        return Participant.objects.none()
    return _participants().filter(employee_id=employee_id).order_by("-batch__starts_on", "id")


def own_employee_id(actor: Actor) -> str:
    """Return the actor's employee record, empty when there is none.

    Asked apart from the rows: a join over the account hides from the planner that it finds one.
    """
    return workforce.employee_id_of_account(actor.id) if actor.id else ""


def document_for(actor: Actor, id: str, capability: Capability) -> ParticipantDocument:
    """Return a participant's file in a batch in reach."""
    reach = _under(actor, capability, "participant__batch__host__path")
    rows = ParticipantDocument.objects.select_related("participant__batch__edition")
    return _one(rows.filter(reach, pk=id))


def document_reader(actor: Actor, id: str) -> ParticipantDocument:
    """Return a file that the actor brought, or may examine."""
    reach = _under(actor, Capability.VERIFY_DOCUMENTS, "participant__batch__host__path")
    reach |= Q(participant__employee__account_id=actor.id or "-")
    return _one(ParticipantDocument.objects.filter(reach, pk=id))


def portrait_reader(actor: Actor, participant_id: str) -> Participant:
    """Return a participant whose portrait the actor may see: their own, or in a batch in reach."""
    reach = _under(actor, Capability.VIEW_BATCHES, "batch__host__path")
    reach |= Q(employee__account_id=actor.id or "-")
    return _one(_participants().filter(reach, pk=participant_id))


def assignment_for(actor: Actor, id: str, capability: Capability) -> Assignment:
    """Return an assignment in a batch in reach."""
    reach = _under(actor, capability, "batch__host__path")
    return _one(Assignment.objects.select_related("participant", "batch").filter(reach, pk=id))


def assigned_to(actor: Actor, *roles: AssignmentRole) -> QuerySet[Assignment]:
    """Return the actor's own open assignments as coach, mentor or examiner."""
    rows = Assignment.objects.filter(person_id=actor.id or "-", until__isnull=True)
    if roles:
        rows = rows.filter(role__in=roles)
    return rows.order_by("batch", "participant__number", "id")


def edition_for(actor: Actor, id: str, capability: Capability) -> ProgrammeEdition:
    """Return an edition; drafts are only for those who manage programmes."""
    if not actor.may(capability):
        raise NotFound
    row = _one(ProgrammeEdition.objects.select_related("programme", "copied_from").filter(pk=id))
    if row.state == "draft" and not actor.may(Capability.MANAGE_PROGRAMMES):
        raise NotFound
    return row


def mark_change_for(actor: Actor, id: str, capability: Capability) -> MarkChange:
    """Return a change of marks in a batch in reach."""
    reach = _under(actor, capability, "participant__batch__host__path")
    return _one(MarkChange.objects.select_related("participant").filter(reach, pk=id))


def conduct_note_for(actor: Actor, id: str, capability: Capability) -> ConductNote:
    """Return a note on conduct in a batch in reach."""
    reach = _under(actor, capability, "participant__batch__host__path")
    return _one(ConductNote.objects.select_related("participant").filter(reach, pk=id))


def own_conduct_note(actor: Actor, id: str) -> ConductNote:
    """Return a note on the actor's own conduct."""
    rows = ConductNote.objects.select_related("participant")
    return _one(rows.filter(pk=id, participant__employee__account_id=actor.id or "-"))


def meeting_for(actor: Actor, id: str, capability: Capability) -> GraduationMeeting:
    """Return a graduation meeting of a batch in reach."""
    reach = _under(actor, capability, "batch__host__path")
    rows = GraduationMeeting.objects.select_related("batch__programme", "batch__edition")
    return _one(rows.filter(reach, pk=id))


def _participants() -> QuerySet[Participant]:
    return Participant.objects.select_related("batch__programme", "batch__edition", "employee")


def _under(actor: Actor, capability: Capability, path: str) -> Q:
    paths = actor.paths(capability)
    if paths is None:
        return ~Q(pk__in=[])  # an empty Q would vanish beside another
    reach = Q(pk__in=[])
    for prefix in paths:
        reach |= Q(**{f"{path}__startswith": prefix})
    return reach


def _one(rows: QuerySet[Row]) -> Row:
    row = rows.first()
    if row is None:
        raise NotFound
    return row
