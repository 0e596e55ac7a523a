"""How a certificate is called: its file, and its place on the trail."""

from __future__ import annotations

from sinambung.domains.credentials.models import Certificate
from sinambung.platform.audit import services as audit


def file_name(row: Certificate) -> str:
    """Return the name under which a certificate is saved."""
    return f"{row.title} {row.number.replace('/', '-')} {row.holder_name}.pdf"


def certificate_subject(row: Certificate) -> audit.Subject:
    """Name a certificate on the trail, so that its holder's and its source's pages find it."""
    return audit.Subject(
        kind="certificate",
        id=row.pk,
        name=row.holder_name,
        person_id=row.content["holder"]["person_id"],
        context_id=row.content["source"]["key"],
    )
