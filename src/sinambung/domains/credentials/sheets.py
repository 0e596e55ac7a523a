"""Certificates as files to take away: the signed originals as ZIP, the print copy as PDF."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sinambung.domains.credentials import access, queries, services
from sinambung.platform.documents import queries as documents
from sinambung.platform.exchange.exports import ExportKind, ExportRequest
from sinambung.platform.identity.capabilities import Capability


def exported_certificates(request: ExportRequest) -> tuple[bytes, int]:
    """Return the archive (.zip) or print copy (.pdf) of a batch, made anew when needed."""
    source_id = queries.source_id(request.options["batch"])
    access.source_for(request.by, source_id, Capability.VIEW_CERTIFICATES)
    source = services.make_bundle(source_id=source_id, by=request.by, at=request.at)
    file_id = source.print_file if request.suffix == ".pdf" else source.archive_file
    count = queries.source_summary(source_id).valid
    return documents.file_content(file_id).content, count


CERTIFICATES = ExportKind(
    name="certificates",
    title=_("Sertifikat"),
    capability=Capability.VIEW_CERTIFICATES,
    suffixes=(".zip", ".pdf"),
    content=exported_certificates,
    options=("batch",),
)
