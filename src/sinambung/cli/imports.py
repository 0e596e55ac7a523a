"""`sinambung import`: check a sheet and apply it, or only say what it would do."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinambung.cli.django_setup import set_up
from sinambung.cli.errors import CommandRefused

if TYPE_CHECKING:
    from sinambung.platform.exchange.services import Finding, Findings


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    kinds = ["employees", "roster", "marks"]
    parser.add_argument("kind", choices=kinds, metavar="JENIS", help=", ".join(kinds))
    parser.add_argument("file", metavar="BERKAS", help="XLSX atau CSV")
    parser.add_argument("--dry-run", action="store_true", help="hanya periksa, tidak mengubah")
    parser.add_argument(
        "--batch",
        metavar="ANGKATAN",
        default="",
        help="nama dan tahun, atau pengenal",
    )
    parser.add_argument("--reason", metavar="ALASAN", default="", help="bila melewati ambang")
    parser.add_argument("--json", action="store_true", help="tulis hasil sebagai JSON")
    parser.set_defaults(usage_error=parser.error)


def run(arguments: argparse.Namespace) -> int:
    """Check the file and apply it unless it is a dry run; return 0 only on success."""
    if arguments.kind != "employees" and not arguments.batch:
        arguments.usage_error("sebutkan angkatan dengan --batch")
    path = Path(arguments.file)
    if not path.is_file():
        raise CommandRefused(f"Berkas {path} tidak ditemukan.")
    set_up()
    from sinambung.domains.training.queries import batch_named  # start-up time
    from sinambung.platform.exchange import services
    from sinambung.platform.foundation.actors import system
    from sinambung.platform.foundation.errors import Refused

    given = {"batch": batch_named(arguments.batch)} if arguments.batch else {}
    by = system("Baris perintah")
    try:
        found = services.rehearse(kind=arguments.kind, path=path, options=given, by=by)
        if arguments.dry_run:
            return _tell(arguments, found)
        return _apply(arguments, path, given, found)
    except Refused as refusal:
        raise CommandRefused(refusal.sentence) from refusal
    except OSError as error:
        raise CommandRefused(f"Berkas {path} tidak dapat dibaca: {error.strerror}.") from error


def _apply(
    arguments: argparse.Namespace, path: Path, given: Mapping[str, str], found: Findings
) -> int:
    from sinambung.platform.audit.services import seal_new_entries  # start-up time
    from sinambung.platform.exchange import services
    from sinambung.platform.foundation import clock
    from sinambung.platform.foundation.actors import system

    if found.alarm and not arguments.reason:
        raise CommandRefused(
            f"{found.alarm}. Periksa dengan --dry-run, lalu ulangi dengan --reason."
        )
    if not found.new + found.changed:
        return _tell(arguments, found, applied=0, refused=0)
    by = system("Baris perintah")
    with path.open("rb") as file:
        row = services.upload(
            kind=arguments.kind,
            file_name=path.name,
            pieces=iter(lambda: file.read(1 << 20), b""),
            options=given,
            by=by,
            inline=True,
        )
    row = services.apply_now(import_id=row.pk, by=by, reason=arguments.reason)
    seal_new_entries(at=clock.now())
    if row.state != "applied":
        raise CommandRefused(
            f"Impor terhenti: {row.applied_rows} dari {row.chosen_rows} baris diterapkan. "
            f"Lanjutkan atau batalkan di /impor/{row.pk}/."
        )
    return _tell(arguments, found, applied=row.applied_rows, refused=row.refused_rows)


def _tell(
    arguments: argparse.Namespace,
    found: Findings,
    *,
    applied: int | None = None,
    refused: int = 0,
) -> int:
    if arguments.json:
        print(json.dumps(_plain(arguments, found, applied, refused), ensure_ascii=False, indent=2))
    else:
        _print_lines(arguments, found, applied, refused)
    if applied is None:
        return 1 if found.problem else 0
    return 1 if found.problem == found.rows or refused else 0


def _plain(
    arguments: argparse.Namespace, found: Findings, applied: int | None, refused: int
) -> dict[str, Any]:
    return {
        "file": arguments.file,
        "kind": arguments.kind,
        "dry_run": arguments.dry_run,
        **asdict(found),
        "applied": applied or 0,
        "refused": refused,
    }


def _print_lines(
    arguments: argparse.Namespace, found: Findings, applied: int | None, refused: int
) -> None:
    _print_findings(found.problems, "")
    _print_findings(found.warnings, "Perlu dilihat: ")
    for note in found.notes:
        print(note)
    print(
        f"{found.rows} baris: {found.new} baru, {found.changed} berubah, {found.same} tetap, "
        f"{found.problem} bermasalah."
    )
    if found.alarm:
        print(f"{found.alarm}.")
    if applied is None:
        print("Percobaan saja: tidak ada yang diubah.")
        return
    print(f"{applied} baris diterapkan, {refused} ditolak.")
    if found.problem:
        print(f"{found.problem} baris bermasalah dilewati.", file=sys.stderr)


def _print_findings(findings: Sequence[Finding], label: str) -> None:
    for one in findings:
        cell = f" [{one.cell}]" if one.cell else ""
        advice = f" {one.suggestion}" if one.suggestion else ""
        print(f"{label}Baris {one.row}, kolom {one.column}{cell}: {one.problem}{advice}")
