from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from sinambung.domains.credentials import queries, services
from sinambung.domains.credentials.events import CertificateWasWithdrawn
from sinambung.domains.credentials.models import Certificate, CertificateState
from sinambung.platform.documents import queries as files
from sinambung.platform.foundation import events
from sinambung.platform.foundation.errors import ChangedMeanwhile
from sinambung.platform.identity.models import Unit
from sinambung.platform.numbering import queries as numbering
from sinambung.platform.numbering.models import IssuedNumber
from tests.domains.credentials.building import AT, BY, ON, request, source

pytestmark = pytest.mark.django_db


def issued(host: Unit, **changed: object) -> Certificate:
    row = services.issue_certificates(
        source=source(host.pk, **changed), requests=[request(1)], by=BY, at=AT, inline=True
    )
    return queries.certificates_of_source(row.pk)[0]


def reissue(row: Certificate, **correction: object) -> Certificate:
    return services.reissue_certificate(
        certificate_id=row.pk,
        version=row.version,
        correction=services.Correction(**correction),  # type: ignore[arg-type]
        reason="Perbaikan penulisan nama.",
        by=BY,
        on=ON,
    )


def test_withdrawing_voids_the_number_and_tells_the_apps_above(
    host: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setitem(events._handlers, CertificateWasWithdrawn, [told.append])
    row = issued(host)
    services.withdraw_certificate(
        certificate_id=row.pk, version=row.version, reason="Salah terbit.", by=BY, at=AT
    )
    number = IssuedNumber.objects.get(pk=row.number_id)
    assert (number.void_reason, number.voided_at) == ("Salah terbit.", AT)
    assert len(told) == 1


def test_withdrawing_needs_a_reason_and_happens_once(host: Unit) -> None:
    row = issued(host)
    with pytest.raises(services.ReasonMissing):
        services.withdraw_certificate(
            certificate_id=row.pk, version=row.version, reason="  ", by=BY, at=AT
        )
    services.withdraw_certificate(
        certificate_id=row.pk, version=row.version, reason="Salah.", by=BY, at=AT
    )
    with pytest.raises(ChangedMeanwhile):
        services.withdraw_certificate(
            certificate_id=row.pk, version=row.version, reason="Salah.", by=BY, at=AT
        )
    with pytest.raises(services.NotValidAnyMore):
        services.withdraw_certificate(
            certificate_id=row.pk, version=None, reason="Salah.", by=BY, at=AT
        )


def test_the_former_stays_valid_until_its_successor_is_signed(host: Unit) -> None:
    former = issued(host)
    successor = reissue(former, holder_name="Theresia Unyang, S.E.")
    former.refresh_from_db()
    assert former.state == CertificateState.VALID
    services.finish_certificates(source_id=former.source_id, by=BY, at=AT)
    former.refresh_from_db()
    successor.refresh_from_db()
    assert (former.state, former.end_reason) == ("replaced", "Perbaikan penulisan nama.")
    assert (successor.state, successor.number[:3], successor.edition) == ("valid", "002", 2)
    assert successor.code != former.code
    assert numbering.gaps(code="sttp", year=2026) == []
    text = PdfReader(io.BytesIO(files.file_content(successor.file_id).content)).pages[0]
    assert "Theresia Unyang, S.E." in text.extract_text()
    assert queries.certified_keys(kind="batch", key=former.source.key) == {"decision-1": "valid"}
    assert [row.edition for row in queries.history(former)] == [2, 1]


def test_a_reissued_certificate_may_keep_its_number(host: Unit) -> None:
    former = issued(host, keeps_number_on_reissue=True)
    successor = reissue(former, rank="Penata Tingkat I, III/d")
    services.finish_certificates(source_id=former.source_id, by=BY, at=AT)
    successor.refresh_from_db()
    assert (successor.state, successor.number) == ("valid", former.number)
    assert IssuedNumber.objects.get().voided_at is None
    answer = services.check_code(former.number)
    assert answer.outcome is services.Outcome.VALID
    assert answer.certificate is not None
    assert answer.certificate.code == successor.shown_code


def test_reissuing_twice_at_once_is_refused(host: Unit) -> None:
    former = issued(host)
    reissue(former, rank="Penata Tingkat I, III/d")
    former.refresh_from_db()
    with pytest.raises(services.AlreadyBeingReplaced):
        reissue(former, rank="Pembina, IV/a")


def test_nothing_corrected_is_refused(host: Unit) -> None:
    former = issued(host)
    with pytest.raises(services.NothingCorrected):
        reissue(former, rank=former.content["holder"]["rank"])
