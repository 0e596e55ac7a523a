"""Bringing files in, in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from sinambung.platform.exchange import services
from sinambung.platform.exchange.models import Import
from sinambung.platform.foundation import actors, clock
from sinambung.platform.identity import services as identity
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import User

SYSTEM = actors.system("Pengujian")
Upload = Callable[..., Import]


@pytest.fixture
def upload(tmp_path: Path, settings: object) -> Upload:
    settings.DATA_FOLDER = tmp_path  # type: ignore[attr-defined]

    def bring(content: bytes, name: str = "pegawai.xlsx", by: actors.Actor = SYSTEM) -> Import:
        return services.upload(
            kind="employees", file_name=name, pieces=[content], options={}, by=by, inline=True
        )

    return bring


@pytest.fixture
def imported(upload: Upload) -> Upload:
    def bring(content: bytes, name: str = "pegawai.xlsx") -> Import:
        row = upload(content, name)
        return services.apply_now(import_id=row.pk, by=SYSTEM, reason="Pengujian")

    return bring


@pytest.fixture
def officer(db: None) -> Client:
    """A browser in which somebody is signed in who manages employees everywhere."""
    return signed_in("pengelola", Role.ADMINISTRATOR)


def signed_in(username: str, role: Role, unit_id: str | None = None) -> Client:
    user = identity.add_user(
        username=username, name=f"Contoh {username.title()}", at=clock.now(), by=SYSTEM
    )
    identity.grant_role(user_id=user.pk, role=role, unit_id=unit_id, since=clock.today(), by=SYSTEM)
    client = browser_of(user)
    client.user = user  # type: ignore[attr-defined]
    return client


def browser_of(user: User) -> Client:
    """Return a browser in which this account has just signed in."""
    client = Client()
    client.force_login(user)
    session = client.session
    for key in ("began_at", "seen_at", "confirmed_at"):
        session[key] = clock.now().timestamp()
    session.save()
    return client
