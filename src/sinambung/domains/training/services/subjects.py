"""How training's objects stand on the trail."""

from __future__ import annotations

from sinambung.domains.training.models import Batch, Participant, ProgrammeEdition
from sinambung.platform.audit.services import Subject


def batch_subject(batch: Batch) -> Subject:
    return Subject(kind="batch", id=batch.pk, name=batch.name, context_id=batch.pk)


def participant_subject(participant: Participant) -> Subject:
    return Subject(
        kind="participant",
        id=participant.pk,
        name=participant.display_name,
        person_id=participant.employee_id,
        context_id=participant.batch_id,
    )


def edition_subject(edition: ProgrammeEdition) -> Subject:
    return Subject(kind="programme_edition", id=edition.pk, name=edition.title)
