"""Programmes and their editions: everything that differs between PKP, PKA, Latsar and the rest."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.aggregates import Aggregate


class Programme(Aggregate):
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class EditionState(models.TextChoices):
    DRAFT = "draft", _("Konsep")
    PUBLISHED = "published", _("Berlaku")
    WITHDRAWN = "withdrawn", _("Ditarik")


class ProgrammeEdition(Aggregate):
    """One curriculum with its assessment scheme. `content` is the mapping that
    `rulebook.programmes.parse_edition` reads; once published it never changes: batches are pinned
    to it, and a correction is a copy. `is_shipped` marks those that came with the product."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="editions")
    key = models.CharField(max_length=60, unique=True)
    label = models.CharField(max_length=120)
    content = models.JSONField()
    source = models.CharField(max_length=300, blank=True)
    is_verified = models.BooleanField(default=False)
    is_shipped = models.BooleanField(default=False)
    state = models.CharField(
        max_length=12, choices=EditionState.choices, default=EditionState.DRAFT
    )
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["programme", "label", "id"]

    def __str__(self) -> str:
        return self.label

    @property
    def title(self) -> str:
        """The programme's code with the edition's label: "PKP, Edisi 2019"."""
        return f"{self.content['code']}, {self.label}"
