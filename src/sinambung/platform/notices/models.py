"""Messages to people: lines inside the product, and mail that waits to be sent."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.aggregates import Aggregate


class Notice(Aggregate):
    """One sentence to one account, with the page it leads to."""

    user = models.ForeignKey("identity.User", on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=300)
    link = models.CharField(max_length=300, blank=True)
    sender = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "id"], name="notices_notice_user"),
            models.Index(
                fields=["user"], condition=models.Q(read_at=None), name="notices_notice_unread"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Mail(Aggregate):
    """A mail of the outbox. Its text is emptied once it is sent: it may hold a code or a link."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        SENT = "sent", _("Terkirim")
        FAILED = "failed", _("Gagal")
        DROPPED = "dropped", _("Dibatalkan")

    recipients = models.TextField()
    sender = models.CharField(max_length=200)
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="notices_mail_due"),
            models.Index(fields=["state", "id"], name="notices_mail_state"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.state})"
