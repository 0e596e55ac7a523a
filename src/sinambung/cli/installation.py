"""`sinambung init`: an empty installation with its first administrator; safe to run again."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from sinambung.cli.errors import CommandRefused

_SETTINGS = ("agency", "government", "place", "base_url", "language")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--username", default="", help="nama akun administrator pertama")
    parser.add_argument("--name", default="", help="nama lengkap administrator pertama")
    parser.add_argument("--email", default="", help="alamat surel administrator pertama")
    parser.add_argument(
        "--password-file", default="", metavar="BERKAS", help="sandi, baris pertama"
    )
    parser.add_argument("--agency", help="nama lembaga pelatihan")
    parser.add_argument("--government", help="nama pemerintah daerah")
    parser.add_argument("--place", help="kota pada surat dan sertifikat")
    parser.add_argument("--base-url", help="alamat yang dicantumkan pada sertifikat dan surel")
    parser.add_argument("--language", choices=("id", "en"), help="bahasa kunjungan pertama")


def run(arguments: argparse.Namespace) -> int:
    """Create the data folder, prepare the database, and make the first administrator."""
    folder = Path(os.environ.setdefault("SINAMBUNG_DATA", "data")).expanduser().resolve()
    _make_folder(folder)
    _store_settings(folder, arguments)
    from sinambung.cli import django_setup  # start-up time

    django_setup.set_up(ready=False)
    if django_setup.waiting_migrations():
        django_setup.migrate()
        print("Basis data siap.")
    _first_administrator(arguments)
    print(f"Instalasi di {folder} siap. Jalankan: sinambung --data {folder} serve")
    return 0


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CommandRefused(f"Folder {folder} tidak dapat dibuat: {error.strerror}.") from error
    if not os.access(folder, os.W_OK):
        raise CommandRefused(f"Folder {folder} tidak dapat ditulisi.")


def _store_settings(folder: Path, arguments: argparse.Namespace) -> None:
    given = {name: getattr(arguments, name) for name in _SETTINGS}
    given = {name: value for name, value in given.items() if value}
    path = folder / "installation.toml"
    if not given:
        return
    if path.exists():
        raise CommandRefused(f"{path} sudah ada. Ubah pengaturan di berkas itu.")
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in given.items()]
    path.write_text("\n".join(lines) + "\n")


def _first_administrator(arguments: argparse.Namespace) -> None:
    from sinambung.cli.secrets_in import password_from  # start-up time
    from sinambung.platform.foundation import clock
    from sinambung.platform.foundation.actors import system
    from sinambung.platform.foundation.errors import Refused
    from sinambung.platform.identity import queries, services

    if queries.has_administrator(on=clock.today()):
        if arguments.username:
            raise CommandRefused(
                "Sudah ada administrator. Tambah akun dengan `sinambung user add`."
            )
        return
    username = arguments.username or _asked("Nama akun administrator")
    name = arguments.name or _asked("Nama lengkap")
    password = password_from(arguments.password_file, prompt="Sandi (paling sedikit 12 karakter)")
    try:
        services.add_administrator(
            username=username,
            name=name,
            email=arguments.email,
            password=password,
            at=clock.now(),
            on=clock.today(),
            by=system("sinambung init"),
        )
    except Refused as refusal:
        raise CommandRefused(refusal.sentence) from refusal
    print(f"Administrator {username} dibuat.")


def _asked(question: str) -> str:
    if not sys.stdin.isatty():
        raise CommandRefused("Sebutkan administrator pertama dengan --username dan --name.")
    answer = input(f"{question}: ").strip()
    if not answer:
        raise CommandRefused(f"{question} belum diisi.")
    return answer
