"""`sinambung verify` as its user runs it: a process of its own, no Django, no network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pure.signatures.conftest import *  # noqa: F403


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
    assert "2 Desember 2026, 10.24 WIB" in result.stdout
    assert "Nilai akhir  100%  88,18" in result.stdout


def test_trust_comes_with_the_data_folder(folder: Path) -> None:
    assert verify(folder, "sah.pdf", data=str(folder / "data")).returncode == 0
    assert verify(folder, "--data", "data", "sah.pdf").returncode == 0
    assert verify(folder, "sah.pdf", data="").returncode == 0


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
