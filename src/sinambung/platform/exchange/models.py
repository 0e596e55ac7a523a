"""An uploaded file and its rows, from the look at them to the undoing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.aggregates import Aggregate


class State(models.TextChoices):
    CHECKING = "checking", _("Diperiksa")
    REFUSED = "refused", _("Tidak terbaca")
    REVIEW = "review", _("Menunggu tinjauan")
    APPLYING = "applying", _("Diterapkan")
    APPLIED = "applied", _("Selesai diterapkan")
    UNDOING = "undoing", _("Dibatalkan")
    UNDONE = "undone", _("Sudah dibatalkan")
    DISCARDED = "discarded", _("Ditutup tanpa diterapkan")


class RowState(models.TextChoices):
    APPLIED = "applied", _("Diterapkan")
    REFUSED = "refused", _("Ditolak")
    UNDONE = "undone", _("Dibatalkan")


class Import(Aggregate):
    """One file. `new_rows`, `changed_rows`, `same_rows` and `problem_rows` add up to `rows`, but
    for the rows with problems that somebody left out.

    `applied_rows`, `refused_rows` and `undone_rows` move in the same transactions as the rows
    themselves, so they say the truth after any interruption. `placed` are the keys of the columns
    that the file has, in the order of `StagedRow.cells`.
    """

    kind = models.CharField(max_length=40)
    options = models.JSONField(default=dict)
    target = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=200)
    sheet = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    uploaded_by = models.CharField(max_length=26, blank=True)
    uploaded_by_name = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField()
    refusal = models.TextField(blank=True)
    notes = models.JSONField(default=list)
    placed = models.JSONField(default=list)
    rows = models.PositiveIntegerField(default=0)
    new_rows = models.PositiveIntegerField(default=0)
    changed_rows = models.PositiveIntegerField(default=0)
    same_rows = models.PositiveIntegerField(default=0)
    problem_rows = models.PositiveIntegerField(default=0)
    warned_rows = models.PositiveIntegerField(default=0)
    deactivating_rows = models.PositiveIntegerField(default=0)
    changes_by_column = models.JSONField(default=dict)
    problems_by_column = models.JSONField(default=dict)
    applied_rows = models.PositiveIntegerField(default=0)
    refused_rows = models.PositiveIntegerField(default=0)
    undone_rows = models.PositiveIntegerField(default=0)
    chosen_rows = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)
    applied_by_name = models.CharField(max_length=200, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    job_id = models.CharField(max_length=26, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["uploaded_by", "id"], name="exchange_uploaded_by")]

    def __str__(self) -> str:
        return self.file_name


class StagedRow(models.Model):
    """A row of a file: what it would do, or why it cannot.

    `cells` (as shown, only of rows with problems), `content`, `changes`, `problems` and `warnings`
    are JSON. The database does not check the foreign key: these rows are written and deleted with
    their import only, and the check would cost a large import seconds.
    """

    upload = models.ForeignKey(
        *(Import, models.CASCADE), related_name="staged", db_index=False, db_constraint=False
    )
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=250, blank=True)
    verdict = models.CharField(max_length=8)
    is_chosen = models.BooleanField(default=True)
    cells = models.TextField(blank=True)
    content = models.TextField(blank=True)
    changes = models.TextField(blank=True)
    problems = models.TextField(blank=True)
    warnings = models.TextField(blank=True)
    deactivates = models.BooleanField(default=False)

    class Meta:
        ordering = ["upload", "number"]
        constraints = [
            models.UniqueConstraint(fields=["upload", "number"], name="exchange_row_once")
        ]
        indexes = [
            models.Index(fields=["upload", "verdict", "number"], name="exchange_row_verdict")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class RowOutcome(models.Model):
    """What became of a row. Rows are applied in the order of their numbers, so the highest number
    here is how far an import came."""

    upload = models.ForeignKey(
        *(Import, models.CASCADE), related_name="outcomes", db_index=False, db_constraint=False
    )
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=RowState.choices)
    subject_id = models.CharField(max_length=26, blank=True)
    undo = models.TextField(blank=True)
    refusal = models.TextField(blank=True)

    class Meta:
        ordering = ["upload", "number"]
        constraints = [
            models.UniqueConstraint(fields=["upload", "number"], name="exchange_outcome_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"
