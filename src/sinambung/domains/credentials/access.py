"""Who sees which certificates: organisers of the unit, and each holder their own."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from sinambung.domains.credentials.models import Certificate, CertificateSource
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.identity.queries import unit_scope


def certificates_of_units(
    actor: Actor, capability: Capability = Capability.VIEW_CERTIFICATES
) -> QuerySet[Certificate]:
    """Return the certificates of the units in which the actor holds the capability."""
    units = unit_scope(actor, capability)
    if units is None:
        return Certificate.objects.all()
    return Certificate.objects.filter(source__unit__in=units)


def own_certificates(actor: Actor) -> QuerySet[Certificate]:
    """Return the finished certificates that the actor holds."""
    if not actor.id:
        return Certificate.objects.none()
    return Certificate.objects.filter(holder_account=actor.id).exclude(file_id="")


def certificates_visible_to(actor: Actor) -> QuerySet[Certificate]:
    """Return every certificate that the actor may open."""
    units = unit_scope(actor, Capability.VIEW_CERTIFICATES)
    if units is None:
        return Certificate.objects.all()
    own = Q(holder_account=actor.id) & ~Q(file_id="") if actor.id else Q(pk="")
    return Certificate.objects.filter(own | Q(source__unit__in=units))


def certificate_for(
    actor: Actor, certificate_id: str, capability: Capability | None = None
) -> Certificate:
    """Return a certificate to read (None) or to act on; unknown and forbidden look the same."""
    rows = (
        certificates_visible_to(actor)
        if capability is None
        else certificates_of_units(actor, capability)
    )
    found = rows.select_related("source").filter(pk=certificate_id).first()
    if found is None:
        raise NotFound
    return found


def source_for(actor: Actor, source_id: str, capability: Capability) -> CertificateSource:
    """Return a source whose certificates the actor may see or make."""
    units = unit_scope(actor, capability)
    rows = CertificateSource.objects.all()
    if units is not None:
        rows = rows.filter(unit__in=units)
    found = rows.filter(pk=source_id).first()
    if found is None:
        raise NotFound
    return found


def may_act(actor: Actor, certificate: Certificate, capability: Capability) -> bool:
    """Whether the actor holds a capability over this certificate."""
    return certificates_of_units(actor, capability).filter(pk=certificate.pk).exists()


def may_see_source(actor: Actor, source: CertificateSource) -> bool:
    """Whether the actor may see all certificates of a source, not just an own one."""
    units = unit_scope(actor, Capability.VIEW_CERTIFICATES)
    return units is None or source.unit_id in units


def may_issue(actor: Actor, source: CertificateSource) -> bool:
    """Whether the actor may issue certificates of a source."""
    units = unit_scope(actor, Capability.ISSUE_CERTIFICATES)
    return units is None or source.unit_id in units


def sources_open_to(actor: Actor, hrefs: Collection[str]) -> Collection[str]:
    """Return which addresses of sources the actor may open."""
    units = unit_scope(actor, Capability.VIEW_CERTIFICATES)
    if units is None:
        return hrefs
    ids = [href.rstrip("/").rpartition("/")[2] for href in hrefs]
    rows = CertificateSource.objects.filter(pk__in=ids, unit__in=units)
    known = set(rows.values_list("pk", flat=True))
    return [href for href in hrefs if href.rstrip("/").rpartition("/")[2] in known]
