"""Who is known to have passed the same programme in another batch."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Q

from sinambung.domains.training.models import Batch, Outcome, Participant, ParticipantState


def passed_before(batch_id: str, *, nips: Collection[str]) -> Mapping[str, str]:
    """Return "PKP Angkatan X 2024" by NIP for those who passed the batch's programme elsewhere."""
    programme = Batch.objects.filter(pk=batch_id).values("programme_id")
    rows = (
        Participant.objects.filter(
            Q(state=ParticipantState.PASSED) | Q(decisions__outcome=Outcome.PASSED),
            batch__programme_id__in=programme,
            nip__in=list(nips),
        )
        .exclude(batch_id=batch_id)
        .order_by("id")
    )
    titles = rows.values_list("nip", "batch__name", "batch__year")
    return {nip: f"{name} {year}" for nip, name, year in titles}
