"""The trail: one row per change, never altered."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """Who did what to which object, when and why.

    There are no foreign keys: an entry outlives what it tells of. `person_id` names the employee
    concerned and `context_id` the larger thing (a batch, an import), so that each has its own
    trail. Triggers on both databases refuse UPDATE and DELETE.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.CharField(max_length=26, blank=True)
    actor_name = models.CharField(max_length=200)
    action = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=26)
    subject_name = models.CharField(max_length=300)
    person_id = models.CharField(max_length=26, blank=True)
    context_id = models.CharField(max_length=26, blank=True)
    facts = models.TextField(default="{}")
    reason = models.TextField(blank=True)
    leaf_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["subject_id", "id"], name="audit_subject"),
            models.Index(fields=["person_id", "id"], name="audit_person"),
            models.Index(fields=["context_id", "id"], name="audit_context"),
            models.Index(fields=["actor_id", "id"], name="audit_actor"),
            models.Index(fields=["action", "id"], name="audit_action"),
            models.Index(fields=["at", "id"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.action} {self.subject_name}"


class Seal(models.Model):
    """One hash over every entry up to `last_entry`, made after the one before.

    Whoever cuts, removes, adds or re-orders entries would have to make this and every later seal
    anew, and `mark` needs the key of the installation. Triggers refuse UPDATE and DELETE here too.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    last_entry = models.BigIntegerField()
    entries = models.PositiveIntegerField()
    total = models.BigIntegerField()
    head = models.CharField(max_length=64)
    mark = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}:{self.head}"
