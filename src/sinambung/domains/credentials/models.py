"""Certificates: what was certified, as it was on that day, and what became of the paper."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.aggregates import Aggregate


class CertificateState(models.TextChoices):
    REQUESTED = "requested", _("Menunggu nomor")
    NUMBERED = "numbered", _("Menunggu tanda tangan")
    VALID = "valid", _("Berlaku")
    WITHDRAWN = "withdrawn", _("Dicabut")
    REPLACED = "replaced", _("Diganti")


class CertificateSource(Aggregate):
    """What certificates come from (a batch), as the app above names it by `kind` and `key`.

    `bundle_of` is the digest of the certificates that the archive and the print copy hold.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=26)
    name = models.CharField(max_length=300)
    unit = models.ForeignKey("identity.Unit", on_delete=models.PROTECT, related_name="+")
    href = models.CharField(max_length=200, blank=True)
    job_id = models.CharField(max_length=26, blank=True)
    bundle_job_id = models.CharField(max_length=26, blank=True)
    bundle_of = models.CharField(max_length=64, blank=True)
    archive_file = models.CharField(max_length=26, blank=True)
    print_file = models.CharField(max_length=26, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="credentials_source_once")
        ]

    def __str__(self) -> str:
        return self.name


class Certificate(Aggregate):
    """One certificate. `content` is the snapshot that it prints; the columns are for finding it.

    `source_key` and `edition` say what is certified: the first edition exists once however often
    issuing is asked for; a corrected one is the next edition and replaces the former.
    """

    source = models.ForeignKey(
        CertificateSource, on_delete=models.PROTECT, related_name="certificates"
    )
    source_key = models.CharField(max_length=60)
    edition = models.PositiveSmallIntegerField(default=1)
    order = models.PositiveIntegerField(default=0)
    state = models.CharField(
        max_length=10, choices=CertificateState.choices, default=CertificateState.REQUESTED
    )
    code = models.CharField(max_length=16, unique=True)
    number = models.CharField(max_length=120, blank=True)
    number_id = models.CharField(max_length=26, blank=True)
    title = models.CharField(max_length=120)
    holder_name = models.CharField(max_length=260)
    holder_nip = models.CharField(max_length=18, blank=True)
    holder_account = models.CharField(max_length=26, blank=True)
    distinction = models.CharField(max_length=60, blank=True)
    content = models.JSONField()
    issued_on = models.DateField()
    signed_at = models.DateTimeField(null=True, blank=True)
    signer_name = models.CharField(max_length=200, blank=True)
    file_id = models.CharField(max_length=26, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    class Meta:
        ordering = ["source", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key", "edition"], name="credentials_certified_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="valid") | (~Q(file_id="") & ~Q(number="")),
                name="credentials_valid_has_number_and_file",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["withdrawn", "replaced"]) | ~Q(end_reason=""),
                name="credentials_ended_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["holder_name", "id"], name="credentials_holder"),
            models.Index(fields=["holder_account", "id"], name="credentials_account"),
            models.Index(fields=["holder_nip", "id"], name="credentials_nip"),
            models.Index(fields=["number"], name="credentials_number"),
            models.Index(fields=["sha256"], name="credentials_sha256"),
            models.Index(fields=["issued_on", "id"], name="credentials_issued"),
            models.Index(fields=["source", "order", "id"], name="credentials_source_order"),
        ]

    def __str__(self) -> str:
        return self.number or self.holder_name

    @property
    def is_finished(self) -> bool:
        return bool(self.file_id)

    @property
    def shown_code(self) -> str:
        """The code in groups of four, as papers print it."""
        return "-".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))
