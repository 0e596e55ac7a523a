"""Telling the owner by mail that something about the way in has changed."""

from __future__ import annotations

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sinambung.platform.identity.models import User


def tell_owner(user: User, what: object, *, address: str = "") -> None:
    """Mail the owner what changed, in the caller's transaction, if there is an address."""
    recipient = address or user.email
    if not recipient:
        return
    text = render_to_string("identity/mail/changed.txt", {"name": user.name, "what": what})
    send_mail(_("Keamanan akun Sinambung"), text, None, [recipient])
