"""`sinambung export`: employees, a roster, marks or certificates as a file."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from sinambung.cli.django_setup import set_up
from sinambung.cli.errors import CommandRefused


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    kinds = ["employees", "roster", "marks", "certificates"]
    parser.add_argument("kind", choices=kinds, metavar="JENIS", help=", ".join(kinds))
    parser.add_argument(
        "file",
        metavar="BERKAS",
        help="akhiran menentukan bentuk: employees, roster, marks ke .xlsx atau .csv; "
        "certificates ke .zip (satu PDF tiap sertifikat) atau .pdf (semua dalam satu berkas)",
    )
    parser.add_argument(
        "--batch",
        metavar="ANGKATAN",
        default="",
        help="nama dan tahun, atau pengenal",
    )
    parser.add_argument("--json", action="store_true", help="tulis hasil sebagai JSON")
    parser.set_defaults(usage_error=parser.error)


def run(arguments: argparse.Namespace) -> int:
    """Write the file; return 0 on success."""
    if arguments.kind != "employees" and not arguments.batch:
        arguments.usage_error("sebutkan angkatan dengan --batch")
    set_up()
    from sinambung.domains.training.queries import batch_named  # start-up time
    from sinambung.platform.exchange import exports
    from sinambung.platform.foundation import clock
    from sinambung.platform.foundation.actors import system
    from sinambung.platform.foundation.errors import Refused

    path = Path(arguments.file)
    kind = exports.kind_named(arguments.kind)
    if path.suffix.lower() not in kind.suffixes:
        raise CommandRefused(f"Akhiran berkas harus {' atau '.join(kind.suffixes)}.")
    request = exports.ExportRequest(
        by=system("Baris perintah"),
        at=clock.now(),
        on=clock.today(),
        options={"batch": batch_named(arguments.batch)} if arguments.batch else {},
        suffix=path.suffix.lower(),
    )
    try:
        content, number = kind.content(request)
    except Refused as refusal:
        raise CommandRefused(refusal.sentence) from refusal
    _write(path, content)
    _tell(arguments, path, number)
    return 0


def _write(path: Path, content: bytes) -> None:
    """Write beside the target first, so that a full disk leaves no half file behind."""
    partial = path.with_name(f".{path.name}.sebagian")
    try:
        partial.write_bytes(content)
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise CommandRefused(f"{path} tidak dapat ditulis: {error.strerror}.") from error


def _tell(arguments: argparse.Namespace, path: Path, number: int) -> None:
    if arguments.json:
        import json  # start-up time

        print(json.dumps({"file": str(path), "kind": arguments.kind, "count": number}))
    else:
        print(f"{path}: {number} {'sertifikat' if arguments.kind == 'certificates' else 'baris'}.")
