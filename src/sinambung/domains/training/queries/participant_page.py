"""Pages of one participant, of the groups and of the files of a batch, and of one's own."""

from __future__ import annotations

from dataclasses import dataclass

from sinambung.domains.training.models import (
    Batch,
    DocumentState,
    Participant,
    ParticipantDocument,
    ParticipantState,
)
from sinambung.domains.training.queries.assignments import AssignmentLine, assignments_of
from sinambung.domains.training.queries.participants import (
    TONES,
    ChecklistLine,
    ParticipantLine,
    checklist_of,
    participants_of,
)
from sinambung.domains.training.queries.programmes import edition_of
from sinambung.pure.rulebook.programmes import (
    EligibilityItem,
    ProgrammeEdition,
    Subject,
    SubjectKind,
)

PRESENT = (ParticipantState.ACCEPTED, ParticipantState.ACTIVE)
LEAVING = (ParticipantState.WITHDRAWN, ParticipantState.DROPPED, ParticipantState.DECEASED)


@dataclass(frozen=True, slots=True)
class ParticipantPage:
    row: Participant
    edition: ProgrammeEdition
    tone: str
    state_label: str
    checklist: list[ChecklistLine]
    met: int
    needed: int
    assignments: list[AssignmentLine]
    electives: list[Subject]
    chosen: list[Subject]
    leaving: list[tuple[str, str]]
    is_open: bool
    may_leave: bool
    may_be_removed: bool
    has_unverified: bool


@dataclass(frozen=True, slots=True)
class GroupPart:
    id: str
    name: str
    lines: list[ParticipantLine]
    agencies: int
    women: int


@dataclass(frozen=True, slots=True)
class GroupPage:
    batch: Batch
    parts: list[GroupPart]
    loose: list[ParticipantLine]
    people: int
    suggested: int


@dataclass(frozen=True, slots=True)
class WaitingFile:
    id: str
    version: int
    file_name: str
    item_name: str
    participant_id: str
    participant_name: str
    uploaded_at: object


@dataclass(frozen=True, slots=True)
class DocumentPage:
    batch: Batch
    waiting: list[WaitingFile]
    items: list[EligibilityItem]
    lines: list[ParticipantLine]


def participant_page(row: Participant) -> ParticipantPage:
    """Return everything that the page of one participant shows."""
    edition = edition_of(row.batch)
    checklist = checklist_of(row)
    required = [line for line in checklist if line.item.required]
    electives = [
        subject for subject in edition.curriculum.subjects if subject.kind is SubjectKind.ELECTIVE
    ]
    is_open = row.batch.state in ("preparing", "running")
    return ParticipantPage(
        row=row,
        edition=edition,
        tone=TONES[ParticipantState(row.state)],
        state_label=row.get_state_display(),
        checklist=checklist,
        met=sum(line.state == "met" for line in required),
        needed=len(required),
        assignments=assignments_of(row.pk),
        electives=electives,
        chosen=[subject for subject in electives if subject.code in row.electives],
        leaving=[(state.value, str(state.label)) for state in LEAVING],
        is_open=is_open,
        may_leave=is_open and row.state in PRESENT,
        may_be_removed=is_open
        and row.state in (ParticipantState.NOMINATED, ParticipantState.REJECTED),
        has_unverified=not all(line.item.verified for line in checklist),
    )


def group_page(batch: Batch) -> GroupPage:
    """Return the groups of a batch with their people, and who has none yet."""
    lines = participants_of(batch.pk, states=PRESENT)
    parts = []
    for group in batch.groups.order_by("order"):
        members = [line for line in lines if line.group_id == group.pk]
        parts.append(
            GroupPart(
                id=group.pk,
                name=group.name,
                lines=members,
                agencies=len({line.sending_agency for line in members}),
                women=sum(line.sex == "P" for line in members),
            )
        )
    return GroupPage(
        batch=batch,
        parts=parts,
        loose=[line for line in lines if not line.group_id],
        people=len(lines),
        suggested=len(parts) or max(1, -(-len(lines) // batch.coach_load_maximum)),
    )


def document_page(batch: Batch) -> DocumentPage:
    """Return the files that wait, and how far everybody's checklist is."""
    items = {item.code: item for item in edition_of(batch).curriculum.eligibility}
    rows = ParticipantDocument.objects.select_related("participant").filter(
        participant__batch=batch, state=DocumentState.UPLOADED
    )
    waiting = [
        WaitingFile(
            id=row.pk,
            version=row.version,
            file_name=row.file_name,
            item_name=items[row.item].name if row.item in items else row.item,
            participant_id=row.participant_id,
            participant_name=row.participant.display_name,
            uploaded_at=row.uploaded_at,
        )
        for row in rows.order_by("uploaded_at", "id")
    ]
    return DocumentPage(
        batch=batch,
        waiting=waiting,
        items=list(items.values()),
        lines=participants_of(
            batch.pk,
            states=(ParticipantState.NOMINATED, *PRESENT),
            with_progress=True,
            batch=batch,
        ),
    )
