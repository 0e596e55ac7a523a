"""`sinambung check`: is this installation in order? One line each; exit 1 when it is not."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sinambung.cli.errors import CommandRefused

_PACKAGE = Path(__file__).resolve().parent.parent
_FONTS = (
    "platform/documents/fonts/Inter-Regular.ttf",
    "platform/documents/fonts/Inter-Bold.ttf",
    "platform/ui/static/vendor/inter/inter-latin.woff2",
)
_LEAST_FREE = 1_000_000_000
_SHORTEST_KEY = 32


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, whether it is in order, and what to do if not."""

    what: str
    state: str
    sentence: str


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--json", action="store_true", help="tulis hasil sebagai JSON")


def run(arguments: argparse.Namespace) -> int:
    """Look at settings, database, keys, fonts and disk."""
    findings = list(_findings())
    if arguments.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            print(f"{finding.state:<9} {finding.what:<11} {finding.sentence}")
    return 1 if any(finding.state == "salah" for finding in findings) else 0


def _findings() -> Iterator[Finding]:
    from sinambung.cli import django_setup  # start-up time

    try:
        django_setup.set_up(ready=False)
    except CommandRefused as refusal:
        yield Finding("pengaturan", "salah", refusal.sentence)
        yield _fonts()
        return
    from django.conf import settings

    environment = settings.ENVIRONMENT
    kind = "produksi" if environment.production else "pengembangan atau contoh"
    yield Finding("pengaturan", "baik", f"terbaca, instalasi {kind}")
    database = _database()
    yield database
    if database.state == "baik":
        yield _trail()
    yield from _keys(environment)
    yield _fonts()
    yield _disk(environment.data_folder)
    yield _mail(environment.mail_url)


def _database() -> Finding:
    from sinambung.cli import django_setup  # start-up time
    from sinambung.platform.identity import queries

    try:
        waiting = django_setup.waiting_migrations()
    except CommandRefused as refusal:
        return Finding("basis data", "salah", refusal.sentence)
    if waiting:
        sentence = f"{len(waiting)} migrasi belum dijalankan; jalankan `sinambung init`"
        return Finding("basis data", "salah", sentence)
    from django.db import connection

    from sinambung.platform.foundation import clock

    if not queries.has_administrator(on=clock.today()):
        sentence = "belum ada administrator aktif; jalankan `sinambung init`"
        return Finding("basis data", "salah", sentence)
    return Finding("basis data", "baik", f"{connection.vendor}, sesuai dengan versi ini")


def _trail() -> Finding:
    """Look at the seals only; `sinambung trail verify` recomputes every entry."""
    from sinambung.platform.audit.queries import count_unsealed, examine_seals  # start-up time

    found = examine_seals()
    if not found.is_intact:
        sentence = f"{found.faults[0].sentence} Jalankan `sinambung trail verify`."
        return Finding("jejak", "salah", sentence)
    return Finding(
        "jejak", "baik", f"{found.seals} segel, {count_unsealed()} catatan belum disegel"
    )


def _keys(environment: Any) -> Iterator[Finding]:
    path = environment.data_folder / "keys" / "secret-key"
    if environment.secret_key:
        state = "baik" if len(environment.secret_key) >= _SHORTEST_KEY else "salah"
        yield Finding("kunci", state, "kunci rahasia dari pengaturan, paling sedikit 32 karakter")
    elif not path.exists():
        yield Finding("kunci", "salah", f"{path} tidak ada; jalankan `sinambung init`")
    elif stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Finding("kunci", "salah", f"{path} terbaca orang lain; jalankan chmod 600")
    else:
        yield Finding("kunci", "baik", "kunci rahasia tersimpan dan tertutup")
    yield _signer(environment)


def _signer(environment: Any) -> Finding:
    if not environment.signer:
        state = "perhatian" if environment.production else "baik"
        return Finding("penanda", state, "otoritas contoh; sertifikat resmi belum diatur (signer)")
    from cryptography.hazmat.primitives.serialization import pkcs12  # start-up time

    from sinambung.platform.foundation import clock

    try:
        content = Path(environment.signer).read_bytes()
        _, certificate, _ = pkcs12.load_key_and_certificates(
            content, environment.signer_password.encode() or None
        )
    except (OSError, ValueError):
        return Finding("penanda", "salah", f"{environment.signer} tidak terbaca dengan sandinya")
    if certificate is None or certificate.not_valid_after_utc <= clock.now():
        return Finding("penanda", "salah", "sertifikat penanda tangan sudah lewat waktu")
    return Finding("penanda", "baik", f"berlaku sampai {certificate.not_valid_after_utc:%d-%m-%Y}")


def _fonts() -> Finding:
    missing = [name for name in _FONTS if not (_PACKAGE / name).is_file()]
    if missing:
        return Finding("fon", "salah", f"tidak ada: {', '.join(missing)}; pasang ulang Sinambung")
    return Finding("fon", "baik", f"{len(_FONTS)} berkas fon ada")


def _disk(folder: Path) -> Finding:
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return Finding("disk", "salah", f"folder {folder} tidak ada atau tidak dapat ditulisi")
    free = shutil.disk_usage(folder).free
    state = "baik" if free >= _LEAST_FREE else "salah"
    return Finding("disk", state, f"{free / 1e9:.1f} GB tersisa di {folder}".replace(".", ",", 1))


def _mail(url: str) -> Finding:
    from sinambung.platform.notices.adapters import MailUrlWrong, Smtp  # start-up time

    if not url:
        return Finding("surel", "perhatian", "mail_url kosong: surel hanya disimpan, tidak dikirim")
    try:
        Smtp(url)
    except MailUrlWrong as error:
        return Finding("surel", "salah", str(error))
    return Finding("surel", "baik", "peladen surel diatur")
