"""A participant: one employee in one batch, with the snapshot that papers print."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models.batch import Batch, Group
from sinambung.platform.foundation.aggregates import Aggregate


class ParticipantState(models.TextChoices):
    NOMINATED = "nominated", _("Diusulkan")
    ACCEPTED = "accepted", _("Ditetapkan")
    ACTIVE = "active", _("Aktif")
    REJECTED = "rejected", _("Ditolak")
    WITHDRAWN = "withdrawn", _("Mengundurkan diri")
    DROPPED = "dropped", _("Gugur")
    DECEASED = "deceased", _("Meninggal")
    POSTPONED = "postponed", _("Ditunda")
    FAILED = "failed", _("Tidak lulus")
    PASSED = "passed", _("Lulus")


class Participant(Aggregate):
    """The snapshot (name, rank, position, unit) is taken on acceptance and refreshed until the
    certificate; the employee's later life does not change it. `confirmed_items` are the codes of
    the eligibility items that an organiser has confirmed without a file."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="participants")
    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="participations"
    )
    number = models.PositiveSmallIntegerField()
    group = models.ForeignKey(
        Group, on_delete=models.SET_NULL, null=True, blank=True, related_name="participants"
    )
    state = models.CharField(
        max_length=12, choices=ParticipantState.choices, default=ParticipantState.NOMINATED
    )
    state_reason = models.TextField(blank=True)
    nip = models.CharField(max_length=18)
    name = models.CharField(max_length=200)
    display_name = models.CharField(max_length=260)
    rank = models.CharField(max_length=80, blank=True)
    position = models.CharField(max_length=300, blank=True)
    unit_name = models.CharField(max_length=300, blank=True)
    sending_agency = models.CharField(max_length=300, blank=True)
    electives = models.JSONField(default=list)
    confirmed_items = models.JSONField(default=list)
    lesson_hours_scheduled = models.DecimalField(
        max_digits=7, decimal_places=2, null=True, blank=True
    )
    lesson_hours_attended = models.DecimalField(
        max_digits=7, decimal_places=2, null=True, blank=True
    )
    portrait = models.CharField(max_length=26, blank=True)

    class Meta:
        ordering = ["batch", "number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "employee"], name="training_participant_once"),
            models.UniqueConstraint(fields=["batch", "number"], name="training_number_once"),
        ]
        indexes = [
            models.Index(fields=["employee", "id"], name="training_participant_person"),
            models.Index(fields=["name", "id"], name="training_participant_name"),
            models.Index(fields=["state", "batch"], name="training_participant_state"),
        ]

    def __str__(self) -> str:
        return self.display_name


class DocumentState(models.TextChoices):
    UPLOADED = "uploaded", _("Menunggu diperiksa")
    ACCEPTED = "accepted", _("Diterima")
    RETURNED = "returned", _("Dikembalikan")


class ParticipantDocument(Aggregate):
    """A file for one item of the edition's checklist; `file_id` is a stored file of `documents`."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="documents")
    item = models.CharField(max_length=40)
    file_id = models.CharField(max_length=26)
    file_name = models.CharField(max_length=200)
    state = models.CharField(
        max_length=10, choices=DocumentState.choices, default=DocumentState.UPLOADED
    )
    note = models.TextField(blank=True)
    uploaded_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["participant", "item", "uploaded_at", "id"]
        indexes = [
            models.Index(
                fields=["participant"],
                condition=models.Q(state="uploaded"),
                name="training_document_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.file_name
