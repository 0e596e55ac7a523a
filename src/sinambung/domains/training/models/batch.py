"""A batch (angkatan): one run of a programme, pinned to one edition."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models.programme import Programme, ProgrammeEdition
from sinambung.platform.foundation.aggregates import Aggregate


class BatchState(models.TextChoices):
    PREPARING = "preparing", _("Persiapan")
    RUNNING = "running", _("Berjalan")
    MARKS_CLOSED = "marks_closed", _("Nilai ditutup")
    DECIDED = "decided", _("Kelulusan ditetapkan")
    FINISHED = "finished", _("Selesai")
    CANCELLED = "cancelled", _("Dibatalkan")


class Batch(Aggregate):
    """`scheme` is the assessment scheme as frozen for this batch (the edition's, completed by
    confirmed local values); it is locked when the first mark is stored.

    `pinned` holds the other parts of the edition where confirmed local values completed them.

    The loads say how many participants one coach or examiner takes; `examiner_stays_apart` forbids
    an examiner to be coach or mentor of the same participant. All four are the product's own
    defaults, no rule of law."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="batches")
    edition = models.ForeignKey(ProgrammeEdition, on_delete=models.PROTECT, related_name="batches")
    scheme = models.JSONField()
    pinned = models.JSONField(default=dict)
    scheme_locked_at = models.DateTimeField(null=True, blank=True)
    number = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    host = models.ForeignKey("identity.Unit", on_delete=models.PROTECT, related_name="+")
    sponsor = models.CharField(max_length=200, blank=True)
    funding = models.CharField(max_length=100, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    theme = models.CharField(max_length=300, blank=True)
    quota = models.PositiveSmallIntegerField(default=40)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(
        max_length=14, choices=BatchState.choices, default=BatchState.PREPARING
    )
    marks_closed_at = models.DateTimeField(null=True, blank=True)
    manager_name = models.CharField(max_length=200, blank=True)
    cancel_reason = models.TextField(blank=True)
    load_minimum = models.PositiveSmallIntegerField(default=5)
    coach_load_maximum = models.PositiveSmallIntegerField(default=10)
    examiner_load_maximum = models.PositiveSmallIntegerField(default=20)
    examiner_stays_apart = models.BooleanField(default=True)

    class Meta:
        ordering = ["-starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "number", "host"], name="training_batch_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="training_batch_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["-starts_on", "id"], name="training_batch_recent"),
            models.Index(fields=["state", "-starts_on", "id"], name="training_batch_state"),
            models.Index(fields=["year"], name="training_batch_year"),
        ]

    def __str__(self) -> str:
        return self.name


class BatchStage(models.Model):
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="stages")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["batch", "order"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "order"], name="training_stage_order_once")
        ]

    def __str__(self) -> str:
        return self.name


class Group(Aggregate):
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["batch", "order"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "name"], name="training_group_name_once")
        ]

    def __str__(self) -> str:
        return self.name
