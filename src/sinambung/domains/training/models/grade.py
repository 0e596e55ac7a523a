"""The final grade of a participant as computed, with its working and basis."""

from django.db import models

from sinambung.domains.training.models.participant import Participant


class FinalGrade(models.Model):
    """`value` is exact (unrounded) decimal text; `shown` is rounded to two places for display.

    Empty `value` means withheld; `withheld` then says why.
    """

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, primary_key=True, related_name="final_grade"
    )
    value = models.CharField(max_length=60, blank=True)
    shown = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    distinction = models.CharField(max_length=60, blank=True)
    passes = models.BooleanField(default=False)
    is_verified = models.BooleanField(default=False)
    withheld = models.JSONField(default=list)
    working = models.JSONField(default=list)
    basis = models.JSONField(default=list)
    components = models.JSONField(default=dict)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ["participant"]

    def __str__(self) -> str:
        return self.value or "-"
