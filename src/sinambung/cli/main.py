"""The `sinambung` command: finds the subcommand and imports only its module."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NamedTuple, Protocol, cast

from sinambung.cli.errors import CommandRefused
from sinambung.cli.parser import Parser


class Command(NamedTuple):
    module: str
    summary: str


class CommandModule(Protocol):
    def configure(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> int: ...


COMMANDS: dict[str, Command] = {
    "init": Command("installation", "Siapkan instalasi kosong dan administrator pertama"),
    "serve": Command("serve", "Jalankan server"),
    "demo": Command("demo", "Bangun Provinsi Contoh dan jalankan"),
    "import": Command("imports", "Impor pegawai, peserta, atau nilai"),
    "export": Command("exports", "Ekspor pegawai, peserta, nilai, atau sertifikat"),
    "verify": Command("verify", "Periksa keaslian sertifikat PDF tanpa jaringan"),
    "rule": Command("rule", "Lihat dan hitung ulang aturan"),
    "check": Command("check", "Periksa pengaturan, basis data, kunci, fon, dan disk"),
    "trail": Command("trail", "Periksa keutuhan jejak"),
    "user": Command("user", "Kelola akun"),
    "jobs": Command("jobs", "Jalankan dan lihat pekerjaan latar"),
    "backup": Command("backup", "Simpan salinan utuh sementara server berjalan"),
    "restore": Command("restore", "Pulihkan salinan ke folder kosong"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand; return 0 on success, 1 for a refusal, 2 for wrong usage."""
    words = list(sys.argv[1:] if argv is None else argv)
    name = _subcommand(words)
    parser = Parser(prog="sinambung", description="Sinambung: kompetensi ASN yang tidak terputus.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="PERINTAH")
    module: CommandModule | None = None
    for command, entry in COMMANDS.items():
        subparser = subparsers.add_parser(command, help=entry.summary, description=entry.summary)
        if command == name:
            module = cast(CommandModule, importlib.import_module(f"sinambung.cli.{entry.module}"))
            module.configure(subparser)
    arguments = parser.parse_args(words)
    if getattr(arguments, "data", ""):
        os.environ["SINAMBUNG_DATA"] = arguments.data
    assert module is not None
    return _run(module, arguments)


def _subcommand(words: Sequence[str]) -> str | None:
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word == "--data":
            skip = True
        elif not word.startswith("-"):
            return word
    return None


def _run(module: CommandModule, arguments: argparse.Namespace) -> int:
    try:
        return module.run(arguments)
    except CommandRefused as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("SINAMBUNG_DEBUG") == "1":
            raise
        print(_unexpected(error), file=sys.stderr)
        return 1


def _unexpected(error: Exception) -> str:
    """Say in one sentence what no command has foreseen: a full disk, a broken database."""
    if isinstance(error, OSError) and error.strerror:
        where = f" ({error.filename})" if error.filename else ""
        return f"Perintah terhenti: {error.strerror}{where}."
    text = " ".join(str(error).split())[:300]
    if "full" in text:
        return "Perintah terhenti: disk penuh. Kosongkan ruang lalu ulangi."
    return (
        f"Perintah terhenti karena {type(error).__name__}: {text or '-'}. "
        "Ulangi dengan SINAMBUNG_DEBUG=1 untuk melihat jejaknya."
    )


if __name__ == "__main__":
    sys.exit(main())
