"""Notes on conduct, each with the participant's reply."""

from django.db import models

from sinambung.domains.training.models.participant import Participant
from sinambung.platform.foundation.aggregates import Aggregate


class ConductNote(Aggregate):
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="conduct_notes"
    )
    noted_on = models.DateField()
    kind = models.CharField(max_length=20)
    text = models.TextField()
    deduction = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    reporter = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    reporter_name = models.CharField(max_length=260)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-noted_on", "id"]

    def __str__(self) -> str:
        return self.text[:60]
