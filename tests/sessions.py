"""A test client that is signed in, as after the sign-in page."""

from __future__ import annotations

from django.test import Client

from sinambung.platform.foundation import clock
from sinambung.platform.identity.models import User


def signed_in(user: User) -> Client:
    """Return a client whose session began just now."""
    client = Client()
    client.force_login(user)
    session = client.session
    for key in ("began_at", "seen_at", "confirmed_at"):
        session[key] = clock.now().timestamp()
    session.save()
    return client
