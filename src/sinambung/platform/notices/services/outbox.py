"""The mail backend of Django that puts every mail into the outbox, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.events import publish
from sinambung.platform.notices.events import MailWasQueued
from sinambung.platform.notices.models import Mail


class OutboxBackend(BaseEmailBackend):
    """Nothing leaves the process here: a mail of a rolled back transaction was never written."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep mails to be sent later; return how many."""
        at = clock.now()
        mails = [
            Mail(
                recipients="\n".join(message.recipients()),
                sender=message.from_email,
                subject=" ".join(str(message.subject).split())[:300],
                text=str(message.body),
                created_at=at,
                next_try_at=at,
            )
            for message in email_messages
            if message.recipients()
        ]
        Mail.objects.bulk_create(mails)
        if mails and settings.ENVIRONMENT.mail_url:
            publish(MailWasQueued(count=len(mails)))
        return len(mails)
