"""Notes on conduct, each with the participant's reply."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models.participant import Participant
from sinambung.platform.foundation.aggregates import Aggregate


class ConductKind(models.TextChoices):
    PRAISE = "praise", _("Prestasi")
    NOTE = "note", _("Catatan")
    LIGHT = "light", _("Pelanggaran ringan")
    MEDIUM = "medium", _("Pelanggaran sedang")
    SEVERE = "severe", _("Pelanggaran berat")


class ConductNote(Aggregate):
    """`component` is the deduction component of the scheme from which `deduction` is taken;
    both stay empty where a note costs nothing. A withdrawn note no longer counts."""

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="conduct_notes"
    )
    noted_on = models.DateField()
    kind = models.CharField(max_length=20, choices=ConductKind.choices)
    component = models.CharField(max_length=40, blank=True)
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
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deduction__gte=0),
                name="training_deduction_not_negative",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
