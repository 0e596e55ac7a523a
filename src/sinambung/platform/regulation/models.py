"""Local editions of regulatory values: entered by one person, confirmed by another, then fixed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.aggregates import Aggregate


class LocalState(models.TextChoices):
    WAITING = "waiting", _("Menunggu konfirmasi")
    CONFIRMED = "confirmed", _("Dikonfirmasi")
    RETURNED = "returned", _("Dikembalikan")
    WITHDRAWN = "withdrawn", _("Ditarik")


class SourceFile(models.Model):
    """The document that an entry names, kept as it was uploaded. `id` is a ULID."""

    id = models.CharField(max_length=26, primary_key=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    stored_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class LocalEdition(Aggregate):
    """One dated edition of one subject (weights, bands, hours ...) of a programme edition.

    `values` maps the keys of the subject's cells to text. People stand here as text: the entry
    outlives their accounts. A trigger refuses changes to confirmed rows.
    """

    edition_key = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    subject_label = models.CharField(max_length=200)
    values = models.JSONField()
    effective_on = models.DateField()
    source = models.CharField(max_length=300)
    article = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    file = models.ForeignKey(
        SourceFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=LocalState.choices, default=LocalState.WAITING)
    entered_by_id = models.CharField(max_length=26)
    entered_by_name = models.CharField(max_length=200)
    entered_at = models.DateTimeField()
    decided_by_id = models.CharField(max_length=26, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["edition_key", "subject", "-effective_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition_key", "subject", "effective_on"],
                condition=models.Q(state="confirmed"),
                name="regulation_confirmed_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["edition_key", "subject"],
                condition=models.Q(state="waiting"),
                name="regulation_one_waiting",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="confirmed")
                | (
                    ~models.Q(decided_by_id="") & ~models.Q(decided_by_id=models.F("entered_by_id"))
                ),
                name="regulation_confirmed_by_another",
            ),
        ]
        indexes = [models.Index(fields=["state", "entered_at"], name="regulation_state")]

    def __str__(self) -> str:
        return f"{self.edition_key} {self.subject} {self.effective_on}"

    @property
    def state_name(self) -> str:
        return str(LocalState(self.state).label)
