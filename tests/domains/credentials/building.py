"""Requests as a training would hand them over; every name and number is made up."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sinambung.domains.credentials.services import (
    CertificateRequest,
    MarkRow,
    Signatory,
    Source,
    SubjectRow,
)
from sinambung.platform.foundation.actors import Actor, system
from sinambung.platform.identity import services as identity
from sinambung.platform.identity.models import Unit, User

AT = dt.datetime(2026, 12, 2, 3, 24, tzinfo=dt.UTC)
ON = dt.date(2026, 12, 2)
BY = system("Pengujian")
NAMES = ("Theresia Unyang", "Yulius Bong Kian, S.Sos.", "Nur'aini Safitri", "Petrus Apui, M.Si.")


def unit(code: str = "BPSDM", parent: str | None = None) -> Unit:
    return identity.add_unit(
        code=code,
        name=f"Unit {code}",
        kind=Unit.Kind.values[0],
        parent_id=parent,
        since=dt.date(2020, 1, 1),
        by=BY,
    )


def actor(*capabilities: str, path: str = "", id: str = "01J0000000000000000000USER") -> Actor:
    return Actor(id=id, name="Laksmi Anindita", grants=dict.fromkeys(capabilities, (path,)))


def account(place: int = 1) -> str:
    """Add the account of a holder; return its id."""
    user = User(username=f"19870912201101{1 + place % 2}{900 + place:03}", name=NAMES[place % 4])
    user.created_at = AT
    user.save()
    return str(user.pk)


def source(unit_id: str, **changed: Any) -> Source:
    values: dict[str, Any] = {
        "kind": "batch",
        "key": "01J00000000000000000BATCH9",
        "name": "PKP Angkatan IX Tahun 2026",
        "unit_id": unit_id,
        "title": "Surat Tanda Tamat Pelatihan",
        "short_title": "STTP",
        "programme": "Pelatihan Kepemimpinan Pengawas (PKP)",
        "batch": "Angkatan IX Tahun 2026",
        "organiser": "BPSDM Provinsi Contoh",
        "opening": "BPSDM Provinsi Contoh, berdasarkan ketentuan yang berlaku, menyatakan bahwa",
        "starts_on": dt.date(2026, 8, 10),
        "ends_on": ON,
        "lesson_hours": "830",
        "issued_on": ON,
        "place": "Kota Contoh",
        "signatory": Signatory(
            position="Kepala BPSDM Provinsi Contoh",
            name="Maria Goreti Ngalai",
            lines=("Pembina Utama Muda, IV/c", "NIP 19710623 199603 2 944"),
        ),
        "register": "sttp",
        "number_pattern": "{urut:3}/PKP.{angkatan}/BPSDM/{bulan_romawi}/{tahun}",
        "number_values": {"angkatan": "IX"},
        "subjects": (
            SubjectRow("Agenda I Kepemimpinan Pancasila", is_group=True),
            SubjectRow("Etika dan Integritas", no="1"),
        ),
        "subjects_total": "Jumlah 830 JP",
        "note": "Bobot adalah nilai contoh, belum diverifikasi.",
    }
    return Source(**values | changed)


def request(place: int = 1, **changed: Any) -> CertificateRequest:
    values: dict[str, Any] = {
        "source_key": f"decision-{place}",
        "holder_name": NAMES[(place - 1) % len(NAMES)],
        "holder_nip": f"19870912201101{1 + place % 2}{900 + place % 99:03}",
        "birth_place": "Contoh Hulu",
        "born_on": dt.date(1987, 9, 12),
        "rank": "Penata, III/c",
        "position": "Kepala Seksi Pelayanan Perizinan",
        "agency": "Dinas Penanaman Modal Kabupaten Contoh Hulu",
        "result": "Lulus",
        "distinction": "Memuaskan",
        "marks": (MarkRow("Akademik", "20%", is_group=True), MarkRow("Agenda I", "5%", "88,00")),
        "final": MarkRow("Nilai akhir, Memuaskan", "100%", "88,18"),
    }
    return CertificateRequest(**values | changed)
