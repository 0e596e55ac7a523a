"""Reads of certificates: lists, pages, search, figures."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from sinambung.domains.credentials import access
from sinambung.domains.credentials.models import Certificate, CertificateSource, CertificateState
from sinambung.platform.audit.queries import TrailLine, entries_about, page_of_lines
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Hit
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.foundation.paging import Page, page_by_key

LIST_COLUMNS = (
    *("id", "number", "title", "holder_name", "holder_nip", "distinction", "state"),
    *("issued_on", "file_id", "order", "source_id", "source__name"),
)


@dataclass(frozen=True, slots=True)
class CertificateList:
    """A page of certificates with what was asked for."""

    page: Page[object]
    text: str
    state: str
    states: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """How far the certificates of a source are."""

    total: int
    valid: int
    waiting: int
    ended: int

    @property
    def is_finished(self) -> bool:
        return self.total > 0 and self.waiting == 0


def unfinished(source_id: str) -> int:
    """Return how many certificates of a source still wait for number or signature."""
    return Certificate.objects.filter(
        source=source_id, state__in=[CertificateState.REQUESTED, CertificateState.NUMBERED]
    ).count()


def certificate_list(
    actor: Actor, *, text: str = "", state: str = "", after: str = "", before: str = ""
) -> CertificateList:
    """Return one page of the certificates that the actor's units issued, by name of holder."""
    rows = access.certificates_of_units(actor)
    if text:
        rows = rows.filter(_matches(text))
    if state in CertificateState.values:
        rows = rows.filter(state=state)
    page = page_by_key(
        rows.values_list(*LIST_COLUMNS, named=True),
        order=["holder_name", "id"],
        after=after,
        before=before,
    )
    states = tuple((choice.value, str(choice.label)) for choice in CertificateState)
    return CertificateList(page, text, state, states)


def certificates_of_source(source_id: str) -> QuerySet[Certificate]:
    """Return the certificates of a source in the order in which they were numbered."""
    return Certificate.objects.filter(source=source_id).order_by("order", "edition", "id")


def source_rows(source_id: str) -> list[object]:
    """Return the certificates of a source as plain rows for its page."""
    return list(certificates_of_source(source_id).values_list(*LIST_COLUMNS, named=True))


def source_summary(source_id: str) -> SourceSummary:
    counted = Certificate.objects.filter(source=source_id).aggregate(
        total=Count("id"),
        valid=Count("id", filter=Q(state=CertificateState.VALID)),
        waiting=Count(
            "id", filter=Q(state__in=[CertificateState.REQUESTED, CertificateState.NUMBERED])
        ),
    )
    ended = counted["total"] - counted["valid"] - counted["waiting"]
    return SourceSummary(counted["total"], counted["valid"], counted["waiting"], ended)


def source_by_key(*, kind: str, key: str) -> CertificateSource | None:
    """Return the source that an app above named so, or None before the first issuing."""
    return CertificateSource.objects.filter(kind=kind, key=key).first()


def keys_with_source(*, kind: str, keys: Collection[str]) -> set[str]:
    """Return those of the keys for which certificates were ever asked for."""
    rows = CertificateSource.objects.filter(kind=kind, key__in=keys).order_by()
    return set(rows.values_list("key", flat=True))


def certified_keys(*, kind: str, key: str) -> dict[str, str]:
    """Return the state of the latest certificate by the caller's own key of what it certifies."""
    rows = (
        Certificate.objects.filter(source__kind=kind, source__key=key)
        .order_by("edition", "id")
        .values_list("source_key", "state")
    )
    return dict(rows)


def certificate_ids(*, kind: str, key: str) -> dict[str, str]:
    """Return the id of the latest certificate by the caller's own key of what it certifies."""
    rows = (
        Certificate.objects.filter(source__kind=kind, source__key=key)
        .order_by("edition", "id")
        .values_list("source_key", "id")
    )
    return dict(rows)


@dataclass(frozen=True, slots=True)
class BundleState:
    """Archive and print copy of a source: whether there are any, and of what is valid now."""

    exists: bool
    is_current: bool


def bundle_state(source: CertificateSource) -> BundleState:
    current = bundle_digest(valid_certificates(source.pk))
    return BundleState(bool(source.archive_file), source.bundle_of == current)


def valid_certificates(source_id: str) -> list[Certificate]:
    """Return the certificates of a source that are in force, in order."""
    rows = Certificate.objects.filter(source=source_id, state=CertificateState.VALID)
    return list(rows.order_by("order", "id"))


def bundle_digest(rows: list[Certificate]) -> str:
    """Return a digest that changes whenever the valid certificates do."""
    return hashlib.sha256("".join(row.sha256 for row in rows).encode()).hexdigest()


def trail_of(certificate: Certificate) -> list[TrailLine]:
    """Return what the trail says about all editions of a certificate, the newest first."""
    lines = []
    for edition in history(certificate):
        lines += page_of_lines(entries_about(subject_id=edition.pk), size=20).rows
    return lines


def source_id(key: str, *, kind: str = "batch") -> str:
    """Return the id of the source that an app above named so; raise `NotFound`."""
    found = source_by_key(kind=kind, key=key)
    if found is None:
        raise NotFound
    return found.pk


def history(certificate: Certificate) -> list[Certificate]:
    """Return all editions of what this certificate certifies, the latest first."""
    rows = Certificate.objects.filter(
        source=certificate.source_id, source_key=certificate.source_key
    )
    return list(rows.order_by("-edition"))


def successor(certificate: Certificate) -> Certificate | None:
    """Return the certificate that replaces this one, finished or not."""
    return Certificate.objects.filter(replaces=certificate).order_by("id").first()


def by_code(code: str) -> Certificate | None:
    """Return the finished certificate with a public code, however it was typed."""
    found = (
        Certificate.objects.select_related("source")
        .filter(code=normal_code(code))
        .exclude(file_id="")
    )
    return found.first()


def by_sha256(sha256: str) -> Certificate | None:
    """Return the certificate whose file has this hash."""
    found = Certificate.objects.select_related("source").filter(sha256=sha256)
    return found.exclude(file_id="").order_by("-edition").first()


def by_number(number: str) -> list[Certificate]:
    """Return the finished certificates with exactly this number, the latest first."""
    rows = Certificate.objects.filter(number=number.strip()).exclude(file_id="")
    return list(rows.order_by("-edition", "id")[:5])


def normal_code(code: str) -> str:
    """Return a code as it is kept: capitals, no separators, and no letter read as a digit."""
    text = "".join(character for character in code.upper() if character.isalnum())
    return text.translate(str.maketrans("OIL", "011"))[:16]


def own(actor: Actor) -> list[Certificate]:
    """Return the certificates that the actor holds, the newest first."""
    return list(access.own_certificates(actor).order_by("-issued_on", "-id"))


def search(actor: Actor, text: str, *, limit: int = 5) -> list[Hit]:
    """Return certificates by number, name or NIP, of those that the actor may open."""
    rows = access.certificates_visible_to(actor).filter(_matches(text))
    found = rows.order_by("holder_name", "id").values_list(
        "id", "number", "title", "holder_name", "source__name"
    )[:limit]
    return [
        Hit(
            kind=_("Sertifikat"),
            title=f"{title} {name}",
            href=f"/sertifikat/{key}/",
            detail=f"{number or '–'}, {source}",
        )
        for key, number, title, name, source in found
    ]


def issued_between(since: dt.date, until: dt.date) -> int:
    """Return how many certificates were issued from `since` until before `until`."""
    return (
        Certificate.objects.filter(issued_on__gte=since, issued_on__lt=until)
        .exclude(file_id="")
        .count()
    )


def _matches(text: str) -> Q:
    """Numbers and NIPs from their beginning, names anywhere: the first two use an index."""
    plain = text.strip()
    digits = plain.replace(" ", "")
    if digits.isdecimal():
        return Q(holder_nip__startswith=digits) | Q(number__startswith=plain)
    if "/" in plain:
        return Q(number__startswith=plain)
    return Q(holder_name__icontains=plain)
