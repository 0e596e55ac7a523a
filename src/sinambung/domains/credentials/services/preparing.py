"""What an installation needs before its first certificate, and how apps above find their source."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from sinambung.domains.credentials import queries
from sinambung.platform.documents import services as documents
from sinambung.pure.signatures.authority import Subject


def prepare_signing(*, at: dt.datetime, name: str = "", title: str = "") -> bool:
    """Create the installation's own signing authority unless there is one or a file is configured.

    `name` and `title` are those of the official who signs; without them the agency itself signs.
    `at` lies before the first signature. Returns whether an authority was made.
    """
    environment = settings.ENVIRONMENT
    if environment.signer:
        return False
    subject = Subject(name or environment.agency, title, environment.agency)
    return documents.prepare_authority(signer=subject, at=at)


def source_id(key: str, *, kind: str = "batch") -> str:
    """Return the id of the source that an app above named so; raise `NotFound`."""
    return queries.source_id(key, kind=kind)
