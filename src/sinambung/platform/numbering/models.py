"""Registers of numbers: every number from 1 to the last is there, issued or void, for good."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sinambung.platform.foundation.aggregates import Aggregate


class Register(Aggregate):
    """One run of numbers: what is numbered (`code`) in which year, and the last one given."""

    code = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["code", "year"]
        constraints = [
            models.UniqueConstraint(fields=["code", "year"], name="numbering_register_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.year}"


class IssuedNumber(Aggregate):
    """A number that was given to one thing. It is never deleted and never given again."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="numbers")
    sequence = models.PositiveIntegerField()
    text = models.CharField(max_length=120)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=120)
    issued_on = models.DateField()
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["register", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "sequence"], name="numbering_sequence_once"
            ),
            models.UniqueConstraint(fields=["register", "text"], name="numbering_text_once"),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=Q(voided_at__isnull=True),
                name="numbering_one_number_per_subject",
            ),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="numbering_from_one"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(void_reason=""),
                name="numbering_void_says_why",
            ),
        ]
        indexes = [models.Index(fields=["text"], name="numbering_text")]

    def __str__(self) -> str:
        return self.text
