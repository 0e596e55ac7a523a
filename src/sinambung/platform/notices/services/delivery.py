"""Emptying the outbox: a mail is leased, sent, and marked, so that no lock waits for a server."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.notices.adapters import Carrier, Letter, Smtp
from sinambung.platform.notices.models import Mail
from sinambung.platform.notices.trail import Trail

_LEASE = dt.timedelta(minutes=5)
_WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
_TEXT_KEPT = dt.timedelta(days=7)


class NotWaiting(Refused):
    message = _("Surel ini sudah terkirim atau dibatalkan.")


def deliver_mail(*, at: dt.datetime, carrier: Carrier | None = None, limit: int = 100) -> int:
    """Send what is due; return how many were sent. Without a mail server nothing is tried.

    A mail that fails is tried again after 1, 5 and 15 minutes, 1, 4, 12 and 24 hours, then given
    up. If the process dies while sending, the mail is tried again after its lease: it may then
    arrive twice, with the same Message-ID.
    """
    _empty_old_texts(at)
    if carrier is None:
        if not settings.ENVIRONMENT.mail_url:
            return 0
        carrier = Smtp(settings.ENVIRONMENT.mail_url)
    return sum(_sent(mail, carrier, at) for mail in _leased(at, limit))


@transaction.atomic
def retry_mail(*, mail_id: str, version: int | None, at: dt.datetime, by: Actor) -> Mail:
    """Try a mail again now."""
    mail = _pending(mail_id, version)
    mail.state, mail.next_try_at, mail.attempts, mail.error = Mail.State.WAITING, at, 0, ""
    save_changed(mail, ["state", "next_try_at", "attempts", "error"])
    audit.record(Trail.MAIL_RETRIED, _subject(mail), by=by)
    return mail


@transaction.atomic
def drop_mail(*, mail_id: str, version: int | None, by: Actor) -> Mail:
    """Give a mail up; its text is emptied."""
    mail = _pending(mail_id, version)
    mail.state, mail.text = Mail.State.DROPPED, ""
    save_changed(mail, ["state", "text"])
    audit.record(Trail.MAIL_DROPPED, _subject(mail), by=by)
    return mail


@transaction.atomic
def _leased(at: dt.datetime, limit: int) -> list[Mail]:
    due = Mail.objects.select_for_update(skip_locked=True)
    due = due.filter(state=Mail.State.WAITING, next_try_at__lte=at).order_by("next_try_at", "id")
    mails = list(due[:limit])
    for mail in mails:
        mail.attempts += 1
        mail.next_try_at = at + _LEASE
        save_changed(mail, ["attempts", "next_try_at"])
    return mails


def _sent(mail: Mail, carrier: Carrier, at: dt.datetime) -> bool:
    recipients = mail.recipients.split("\n")
    try:
        carrier.send(Letter(mail.pk, mail.sender, recipients, mail.subject, mail.text))
    except OSError as error:
        _note_failure(mail.pk, str(error), at)
        return False
    with transaction.atomic():
        mail = Mail.objects.locked(mail.pk)
        mail.state, mail.sent_at, mail.text, mail.error = Mail.State.SENT, at, "", ""
        save_changed(mail, ["state", "sent_at", "text", "error"])
    return True


@transaction.atomic
def _note_failure(mail_id: str, error: str, at: dt.datetime) -> None:
    mail = Mail.objects.locked(mail_id)
    mail.error = " ".join(error.split())[:300] or "?"
    if mail.attempts > len(_WAITS):
        mail.state = Mail.State.FAILED
    else:
        mail.next_try_at = at + _WAITS[mail.attempts - 1]
    save_changed(mail, ["error", "state", "next_try_at"])


def _empty_old_texts(at: dt.datetime) -> None:
    old = Mail.objects.filter(created_at__lt=at - _TEXT_KEPT).exclude(text="")
    old.filter(Q(state=Mail.State.WAITING)).update(state=Mail.State.DROPPED)
    old.update(text="")


def _pending(mail_id: str, version: int | None) -> Mail:
    mail = Mail.objects.locked(mail_id, version=version)
    if mail.state not in {Mail.State.WAITING, Mail.State.FAILED} or not mail.text:
        raise NotWaiting
    return mail


def _subject(mail: Mail) -> audit.Subject:
    return audit.Subject(kind="mail", id=mail.pk, name=mail.subject)
