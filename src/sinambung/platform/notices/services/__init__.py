"""Telling people: notices inside the product, and mail through the outbox."""

from sinambung.platform.notices.services.delivery import deliver_mail, drop_mail, retry_mail
from sinambung.platform.notices.services.notes import mark_all_read, mark_read, notify

__all__ = ["deliver_mail", "drop_mail", "mark_all_read", "mark_read", "notify", "retry_mail"]
