"""`sinambung verify` as its user runs it: a process of its own, no Django, no network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from sinambung.cli.main import main
from sinambung.pure.signatures import timestamps
from sinambung.pure.signatures.sealing import open_authority_signer, seal
from tests.pure.signatures.authorities import NAME, time_authority
from tests.pure.signatures.conftest import *  # noqa: F403
from tests.pure.signatures.conftest import SIGNED_AT


@pytest.fixture
def folder(tmp_path: Path, signed: bytes, keys: Path) -> Path:
    (tmp_path / "sah.pdf").write_bytes(signed)
    (tmp_path / "ubah.pdf").write_bytes(signed.replace(b"Sertifikat", b"Sertifikal", 1))
    (tmp_path / "data" / "keys").mkdir(parents=True)
    (tmp_path / "data" / "keys" / "trust").symlink_to(keys / "trust")
    return tmp_path


def verify(folder: Path, *words: str, data: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SINAMBUNG_DATA": data}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "sinambung", "verify", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
    )


def test_a_valid_file_exits_0_and_shows_its_content(folder: Path, keys: Path) -> None:
    result = verify(folder, "sah.pdf", "--trust", str(keys / "trust" / "root.pem"))
    assert result.returncode == 0, result.stderr
    assert "sah.pdf: SAH." in result.stdout
    assert "Nama: Theresia Unyang" in result.stdout
    assert "Maria Goreti Ngalai, Kepala BPSDM Provinsi Contoh" in result.stdout
    assert "2 Desember 2026, 10.24 WIB (menurut jam penanda tangan" in result.stdout
    assert "Nilai akhir  100%  88,18" in result.stdout


def test_trust_comes_with_the_data_folder(folder: Path) -> None:
    assert verify(folder, "sah.pdf", data=str(folder / "data")).returncode == 0
    assert verify(folder, "--data", "data", "sah.pdf").returncode == 0
    assert verify(folder, "sah.pdf", data="").returncode == 0


def test_without_any_certificate_it_says_where_to_get_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "data" / "keys" / "trust").unlink()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "prefix", str(folder / "kosong" / ".venv"))
    monkeypatch.setenv("SINAMBUNG_DATA", str(folder / "kosong"))
    assert main(["verify", "sah.pdf"]) == 1
    assert capsys.readouterr().err == (
        "Tidak ada sertifikat tepercaya: unduh dari halaman /periksa/ penerbit (“Unduh sertifikat "
        "tepercaya”) lalu sebutkan dengan --trust BERKAS.pem, atau sebutkan folder instalasi "
        "penerbit dengan --data DIR.\n"
    )


def test_the_data_folder_beside_the_environment_is_looked_into(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path / "data")
    monkeypatch.setattr(sys, "prefix", str(folder / ".venv"))
    monkeypatch.delenv("SINAMBUNG_DATA", raising=False)
    assert main(["verify", str(folder / "sah.pdf")]) == 0


def test_the_usual_data_folder_is_looked_into_when_the_named_one_has_nothing(folder: Path) -> None:
    assert verify(folder, "sah.pdf", data=str(folder / "kosong")).returncode == 0


def test_one_file_may_hold_several_certificates(folder: Path, keys: Path, other_keys: Path) -> None:
    both = [(where / "trust" / "root.pem").read_bytes() for where in (other_keys, keys)]
    (folder / "semua.pem").write_bytes(b"".join(both))
    (folder / "data" / "keys" / "trust").unlink()
    assert verify(folder, "sah.pdf", "--trust", "semua.pem").returncode == 0


def test_one_bad_file_among_good_ones_exits_1(folder: Path) -> None:
    result = verify(folder, "sah.pdf", "ubah.pdf", "hilang.pdf")
    assert result.returncode == 1
    assert "sah.pdf: SAH." in result.stdout
    assert "ubah.pdf: TIDAK SAH. Isi berkas ini tidak sama" in result.stdout
    assert "hilang.pdf: TIDAK SAH. Berkas tidak ditemukan." in result.stdout
    assert "Traceback" not in result.stderr


def test_json_gives_the_same_facts(folder: Path) -> None:
    result = verify(folder, "sah.pdf", "ubah.pdf", "--json")
    valid, altered = json.loads(result.stdout)
    assert valid["valid"] is True
    assert valid["facts"]["isi"]["Nama"] == "Theresia Unyang"
    assert valid["signed_at"] == "2026-12-02T10:24:00+07:00"
    assert valid["signer"]["title"] == "Kepala BPSDM Provinsi Contoh"
    assert (altered["valid"], altered["state"]) == (False, "altered")
    assert altered["facts"] is None


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("forged", "memakai nama pejabat yang sah, tetapi sertifikatnya bukan dari penerbit"),
        ("altered", "Isi berkas ini tidak sama dengan yang ditandatangani."),
        ("added to", "Berkas ini diubah setelah ditandatangani."),
        ("truncated", "Berkas ini terpotong: sebagian isinya hilang."),
        ("signed again", "Berkas ini ditandatangani lagi oleh pihak lain"),
        ("unsigned", "Berkas ini tidak ditandatangani secara elektronik."),
    ],
)
def test_each_bad_file_gets_its_sentence_and_no_facts(
    kind: str,
    sentence: str,
    folder: Path,
    signed: bytes,
    unsigned: bytes,
    sign: Callable[[bytes, Path], bytes],
    imitating_keys: Path,
    other_keys: Path,
) -> None:
    content = {
        "forged": lambda: sign(unsigned, imitating_keys),
        "altered": lambda: signed.replace(b"Sertifikat", b"Sertifikal", 1),
        "added to": lambda: signed + b" ",
        "truncated": lambda: signed[:-900],
        "signed again": lambda: signed_again(signed, other_keys),
        "unsigned": lambda: unsigned,
    }[kind]()
    (folder / "x.pdf").write_bytes(content)
    result = verify(folder, "x.pdf", "--json")
    assert (result.returncode, result.stderr) == (1, "")
    (told,) = json.loads(result.stdout)
    assert (told["valid"], told["facts"]) == (False, None)
    assert sentence in told["sentence"]
    assert f"x.pdf: TIDAK SAH. {told['sentence']}" in verify(folder, "x.pdf").stdout


def signed_again(pdf: bytes, keys: Path) -> bytes:
    """Let another sign over the former signature, which the file forbids."""
    metadata = signers.PdfSignatureMetadata(
        field_name="Kedua", subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    signer = signers.PdfSigner(metadata, open_authority_signer(keys).pyhanko_signer)
    signer._enforce_certification_constraints = lambda reader: None  # type: ignore[method-assign]
    return bytes(signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf))).getvalue())


def test_an_attested_time_is_told(folder: Path, unsigned: bytes, keys: Path) -> None:
    clock = time_authority(at=SIGNED_AT)

    def stamp(signature: bytes) -> bytes:
        asked = timestamps.question(signature)
        return timestamps.token(clock.answer(asked), asked=asked)

    signer = open_authority_signer(keys)
    pdf = seal(unsigned, signer, reason="Uji", place="Contoh", at=SIGNED_AT, stamp=stamp)
    (folder / "cap.pdf").write_bytes(pdf)
    (folder / "cap.pem").write_bytes(clock.certificate)
    trust = ("--trust", str(keys / "trust" / "root.pem"), "--trust", "cap.pem")
    result = verify(folder, "cap.pdf", *trust)
    assert result.returncode == 0, result.stdout
    attested = f"10.24 WIB (cap waktu 2 Desember 2026, 10.24 WIB oleh {NAME})"
    assert attested in result.stdout
    (told,) = json.loads(verify(folder, "cap.pdf", *trust, "--json").stdout)
    assert told["stamped_by"] == NAME


def test_another_trusted_certificate_does_not_vouch(folder: Path, other_keys: Path) -> None:
    result = verify(folder, "sah.pdf", "--trust", str(other_keys / "trust" / "root.pem"))
    assert result.returncode == 1
    assert "tidak dikenal" in result.stdout


def test_no_trusted_certificate_is_a_sentence(tmp_path: Path, signed: bytes) -> None:
    (tmp_path / "sah.pdf").write_bytes(signed)
    result = verify(tmp_path, "sah.pdf")
    assert result.returncode == 1
    assert "--trust" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("content", [None, b"bukan sertifikat"])
def test_a_bad_trust_file_is_a_sentence(folder: Path, content: bytes | None) -> None:
    if content:
        (folder / "x.pem").write_bytes(content)
    result = verify(folder, "sah.pdf", "--trust", "x.pem")
    assert result.returncode == 1
    assert "x.pem" in result.stderr
    assert "Traceback" not in result.stderr


def test_no_file_is_wrong_usage(folder: Path) -> None:
    assert verify(folder).returncode == 2


def test_django_is_never_imported(folder: Path) -> None:
    program = (
        "import sys; from sinambung.cli.main import main;"
        "code = main(['verify', 'sah.pdf']); assert 'django' not in sys.modules; sys.exit(code)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env={**os.environ, "SINAMBUNG_DATA": ""},
        capture_output=True,
    )
    assert result.returncode == 0, result.stderr


def test_an_odd_file_name_cannot_write_control_characters(
    folder: Path, signed: bytes, sign: Callable[[bytes, Path], bytes]
) -> None:
    (folder / "a\x1b[31m.pdf").write_bytes(b"bukan")
    result = verify(folder, "a\x1b[31m.pdf")
    assert "\x1b" not in result.stdout
