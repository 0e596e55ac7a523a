"""Real authorities and a real signed file, made once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import typst

from sinambung.pure.signatures.authority import Subject, create_authority
from sinambung.pure.signatures.sealing import Signer, open_authority_signer, seal

WIB = timezone(timedelta(hours=7))
SIGNED_AT = datetime(2026, 12, 2, 10, 24, tzinfo=WIB)
SIGNER = Subject(
    name="Maria Goreti Ngalai",
    title="Kepala BPSDM Provinsi Contoh",
    organisation="BPSDM Provinsi Contoh",
)
FACTS = {
    "kode": "K7QX-2M9A",
    "isi": {"Nama": "Theresia Unyang", "Lama": "830 jam pelajaran"},
    "nilai": [{"name": "Nilai akhir", "weight": "100%", "mark": "88,18"}],
}
_SOURCE = """
#set document(title: "Sertifikat", date: datetime(year: 2026, month: 12, day: 2))
#set text(lang: "id")
#pdf.attach("fakta.json", bytes(sys.inputs.facts), relationship: "data",
  mime-type: "application/json", description: "Fakta")
= Surat tanda tamat pelatihan
Theresia Unyang
#pagebreak()
Nilai
"""


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    create_authority(folder, name="Otoritas Provinsi Contoh", signer=SIGNER, at=SIGNED_AT)
    return folder


@pytest.fixture(scope="session")
def other_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("other")
    subject = Subject(name="Orang Lain", title="", organisation="Percetakan")
    create_authority(folder, name="Otoritas Lain", signer=subject, at=SIGNED_AT)
    return folder


@pytest.fixture(scope="session")
def imitating_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("imitation")
    create_authority(folder, name="Otoritas Provinsi Contoh", signer=SIGNER, at=SIGNED_AT)
    return folder


@pytest.fixture(scope="session")
def trust(keys: Path) -> list[bytes]:
    return [(keys / "trust" / "root.pem").read_bytes()]


@pytest.fixture(scope="session")
def unsigned() -> bytes:
    compiler = typst.Compiler(ignore_system_fonts=True)
    pdf: bytes = compiler.compile(
        {"main.typ": _SOURCE.encode()},
        format="pdf",
        sys_inputs={"facts": json.dumps(FACTS)},
        pdf_standards=["a-4f"],
    )
    return pdf


@pytest.fixture(scope="session")
def sign() -> Callable[[bytes, Path], bytes]:
    signers: dict[Path, Signer] = {}

    def sign(pdf: bytes, folder: Path) -> bytes:
        if folder not in signers:
            signers[folder] = open_authority_signer(folder)
        return seal(pdf, signers[folder], reason="Lulus pelatihan", place="Contoh", at=SIGNED_AT)

    return sign


@pytest.fixture(scope="session")
def signed(unsigned: bytes, keys: Path, sign: Callable[[bytes, Path], bytes]) -> bytes:
    return sign(unsigned, keys)
