from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from sinambung.domains.credentials import queries, services
from sinambung.domains.credentials.models import Certificate, CertificateSource
from sinambung.platform.documents import queries as files
from sinambung.platform.documents import services as documents
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity import middleware
from sinambung.platform.identity.models import Unit
from sinambung.platform.notices.models import Notice
from sinambung.pure.signatures.verdicts import State
from tests.domains.credentials.building import AT, BY, account, actor, request, source, unit

pytestmark = pytest.mark.django_db
ALL = ("use", "view_certificates", "issue_certificates", "withdraw_certificates")


class As:
    """A client that acts as somebody, without a session."""

    def __init__(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        self.client = client
        self.monkeypatch = monkeypatch

    def __call__(self, who: Actor) -> Client:
        self.monkeypatch.setattr(middleware, "_actor", lambda request: who)
        return self.client


@pytest.fixture
def acting(client: Client, monkeypatch: pytest.MonkeyPatch) -> As:
    return As(client, monkeypatch)


@pytest.fixture
def issued(host: Unit) -> CertificateSource:
    return services.issue_certificates(
        source=source(host.pk),
        requests=[request(place, holder_account=account(place)) for place in (1, 2, 3)],
        by=BY,
        at=AT,
        inline=True,
    )


def first(issued: CertificateSource) -> Certificate:
    return queries.certificates_of_source(issued.pk)[0]


def test_the_list_finds_by_name_number_and_nip(acting: As, issued: CertificateSource) -> None:
    client = acting(actor(*ALL))
    row = first(issued)
    for text in ("theresia", row.number, row.holder_nip[:10]):
        response = client.get("/sertifikat/", {"q": text})
        assert response.status_code == 200
        assert row.number in response.content.decode()
    assert "Tidak ada sertifikat yang cocok" in client.get("/sertifikat/?q=zzz").content.decode()


def test_the_list_asks_the_same_number_of_questions_for_few_and_many(
    acting: As, host: Unit, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = acting(actor(*ALL))
    counts = []
    for key, count in (("A", 2), ("B", 20)):
        services.issue_certificates(
            source=source(host.pk, key=key),
            requests=[request(place) for place in range(1, count + 1)],
            by=BY,
            at=AT,
        )
        for address in ("/sertifikat/", f"/sertifikat/sumber/{queries.source_id(key)}/"):
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert client.get(address).status_code == 200
            counts.append(len(seen))
    assert counts[:2] == counts[2:]


def test_the_source_page_offers_archive_and_print_copy(
    acting: As, issued: CertificateSource
) -> None:
    client = acting(actor(*ALL))
    page = client.get(f"/sertifikat/sumber/{issued.pk}/")
    assert "3 dari 3 sertifikat berlaku" in page.content.decode()
    archive = client.get(f"/sertifikat/sumber/{issued.pk}/arsip/")
    with zipfile.ZipFile(io.BytesIO(archive.getvalue())) as opened:
        assert len(opened.namelist()) == 3
        for name in opened.namelist():
            verdict = documents.examine(opened.read(name), at=AT)
            assert verdict.state is State.VALID
    copy = client.get(f"/sertifikat/sumber/{issued.pk}/salinan/").getvalue()
    pages = PdfReader(io.BytesIO(copy)).pages
    assert len(pages) == 6
    for sheet in pages:
        assert "Salinan cetak, bukan asli bertanda tangan" in sheet.extract_text()
    assert documents.examine(copy, at=AT).state is State.UNSIGNED


def test_the_certificate_page_shows_content_picture_and_file(
    acting: As, issued: CertificateSource
) -> None:
    client = acting(actor(*ALL))
    row = first(issued)
    page = client.get(f"/sertifikat/{row.pk}/").content.decode()
    for part in (row.number, "Theresia Unyang", row.shown_code, "halaman-2.png", "menerbitkan"):
        assert part in page
    picture = client.get(f"/sertifikat/{row.pk}/halaman-1.png")
    assert picture.content.startswith(b"\x89PNG")
    again = client.get(
        f"/sertifikat/{row.pk}/halaman-1.png", headers={"If-None-Match": picture["ETag"]}
    )
    assert again.status_code == 304
    assert client.get(f"/sertifikat/{row.pk}/halaman-3.png").status_code == 404
    file = client.get(f"/sertifikat/{row.pk}/unduh/")
    assert file.content == files.file_content(row.file_id).content
    assert "attachment" in file["Content-Disposition"]


def test_a_holder_sees_and_fetches_only_the_own_certificate(
    acting: As, issued: CertificateSource
) -> None:
    own, other = queries.certificates_of_source(issued.pk)[:2]
    client = acting(Actor(id=own.holder_account, name="Theresia Unyang", grants={"use": ("",)}))
    assert own.number in client.get("/sertifikat/saya/").content.decode()
    assert other.number not in client.get("/sertifikat/saya/").content.decode()
    assert client.get(f"/sertifikat/{own.pk}/unduh/").status_code == 200
    page = client.get(f"/sertifikat/{own.pk}/").content.decode()
    assert "Cabut sertifikat" not in page
    for address in ("", "unduh/", "halaman-1.png", "cabut/", "ganti/"):
        assert client.get(f"/sertifikat/{other.pk}/{address}").status_code in (403, 404)
    assert client.get(f"/sertifikat/sumber/{issued.pk}/").status_code == 403


def test_another_units_organiser_finds_nothing(acting: As, issued: CertificateSource) -> None:
    elsewhere = unit("LAIN")
    client = acting(actor(*ALL, path=elsewhere.path))
    row = first(issued)
    assert row.number not in client.get("/sertifikat/").content.decode()
    for address in (
        f"/sertifikat/{row.pk}/",
        f"/sertifikat/{row.pk}/unduh/",
        f"/sertifikat/{row.pk}/cabut/",
        f"/sertifikat/sumber/{issued.pk}/",
        f"/sertifikat/sumber/{issued.pk}/arsip/",
    ):
        assert client.get(address).status_code == 404


def test_withdrawing_on_the_page_asks_for_a_reason(acting: As, issued: CertificateSource) -> None:
    client = acting(actor(*ALL))
    row = first(issued)
    address = f"/sertifikat/{row.pk}/cabut/"
    assert client.get(address).status_code == 200
    refused = client.post(address, {"version": row.version, "reason": " "})
    assert refused.status_code == 422
    assert "Tuliskan alasannya" in refused.content.decode()
    done = client.post(address, {"version": row.version, "reason": "<b>Salah</b>"}, follow=True)
    assert "Sertifikat ini sudah dicabut" in done.content.decode()
    assert "<b>Salah</b>" not in done.content.decode()
    stale = client.post(address, {"version": row.version, "reason": "Lagi"})
    assert stale.status_code == 409


def test_reissuing_on_the_page_keeps_what_was_typed(acting: As, issued: CertificateSource) -> None:
    client = acting(actor(*ALL))
    row = first(issued)
    address = f"/sertifikat/{row.pk}/ganti/"
    assert "Theresia Unyang" in client.get(address).content.decode()
    values = {
        "version": row.version,
        "holder_name": "Theresia Unyang, S.E.",
        "birth_place": "Contoh Hulu",
        "born_on": "1987-09-12",
        "rank": "Penata, III/c",
        "position": "Kepala Seksi Pelayanan Perizinan",
        "agency": "Dinas Penanaman Modal Kabupaten Contoh Hulu",
        "reason": "",
    }
    refused = client.post(address, values)
    assert refused.status_code == 422
    assert "Theresia Unyang, S.E." in refused.content.decode()
    bad_day = client.post(address, values | {"born_on": "12/09/87", "reason": "Salah."})
    assert bad_day.status_code == 422
    done = client.post(address, values | {"reason": "Gelar belum tertulis."})
    assert done.status_code == 302
    assert queries.successor(row) is not None


def test_issuing_that_was_interrupted_can_be_continued(acting: As, host: Unit) -> None:
    row = services.issue_certificates(source=source(host.pk), requests=[request(1)], by=BY, at=AT)
    client = acting(actor(*ALL))
    assert client.post(f"/sertifikat/sumber/{row.pk}/lanjutkan/").status_code == 302
    services.finish_certificates(source_id=row.pk, by=BY, at=AT)
    assert client.post(f"/sertifikat/sumber/{row.pk}/lanjutkan/").status_code == 409
    assert client.post(f"/sertifikat/sumber/{row.pk}/siapkan/").status_code == 302
    assert client.get(f"/sertifikat/sumber/{row.pk}/arsip/").status_code == 404


def test_the_source_page_shows_the_progress_of_its_job(acting: As, host: Unit) -> None:
    row = services.issue_certificates(source=source(host.pk), requests=[request(1)], by=BY, at=AT)
    page = acting(actor(*ALL)).get(f"/sertifikat/sumber/{row.pk}/").content.decode()
    assert f'<job-progress source="/pekerjaan/{row.job_id}/kemajuan/" reload>' in page
    assert "1 masih dibuat" in page


def test_the_holder_is_told_and_led_to_the_own_certificate(issued: CertificateSource) -> None:
    row = first(issued)
    (notice,) = Notice.objects.filter(user_id=row.holder_account)
    assert row.number in notice.text
    assert notice.link == f"/sertifikat/{row.pk}/"
