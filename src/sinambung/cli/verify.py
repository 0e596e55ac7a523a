"""`sinambung verify`: is this certificate file as it was signed? Needs no database, no network."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sinambung.cli.errors import CommandRefused
from sinambung.platform.foundation import clock
from sinambung.pure.signatures.checker import MAX_BYTES, Checker
from sinambung.pure.signatures.verdicts import Verdict

_PACKAGED_TRUST = Path(__file__).resolve().parent.parent / "platform/documents/trust"
_CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----", re.DOTALL)
_NOTHING_TRUSTED = (
    "Tidak ada sertifikat tepercaya: unduh dari halaman /periksa/ penerbit "
    "(“Unduh sertifikat tepercaya”) lalu sebutkan dengan --trust BERKAS.pem, "
    "atau sebutkan folder instalasi penerbit dengan --data DIR."
)
_MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("files", nargs="+", metavar="BERKAS", help="sertifikat PDF")
    parser.add_argument(
        "--trust",
        action="append",
        default=[],
        metavar="SERTIFIKAT.pem",
        help="sertifikat penerbit yang dipercaya; boleh diulang",
    )
    parser.add_argument("--json", action="store_true", help="tulis hasil sebagai JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print the verdict on every file; return 0 only when all of them are valid."""
    trust = _trusted_certificates(arguments)
    at = clock.now()
    results: list[tuple[str, Verdict | None, str]] = []
    with Checker(trust=trust) as checker:
        for name in arguments.files:
            result = _examined(name, checker, at=at)
            results.append(result)
            if not arguments.json:
                print("\n".join(_lines(*result)))
    if arguments.json:
        print(json.dumps([_plain(*result) for result in results], ensure_ascii=False, indent=2))
    return 0 if all(verdict and verdict.is_valid for _, verdict, _ in results) else 1


def _trusted_certificates(arguments: argparse.Namespace) -> list[bytes]:
    named = [Path(name) for name in arguments.trust]
    trust = []
    for path in named or _found():
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandRefused(f"Sertifikat tepercaya {path} tidak dapat dibaca.") from error
        certificates = _CERTIFICATE.findall(content)
        if not certificates:
            raise CommandRefused(f"{path} bukan sertifikat PEM.")
        trust += certificates
    if not trust:
        raise CommandRefused(_NOTHING_TRUSTED)
    return trust


def _found() -> list[Path]:
    """Return what the first installation with any trusts: the one named, here, or of this command.

    `make demo` keeps its data beside the environment from which the command runs.
    """
    named = os.environ.get("SINAMBUNG_DATA")
    folders = [Path(named)] if named else []
    folders += [Path("data"), Path(sys.prefix).parent / "data"]
    packaged = sorted(_PACKAGED_TRUST.glob("*.pem"))
    for folder in folders:
        if found := sorted((folder / "keys" / "trust").glob("*.pem")):
            return [*found, *packaged]
    return packaged


def _examined(name: str, checker: Checker, *, at: datetime) -> tuple[str, Verdict | None, str]:
    try:
        with open(name, "rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = "tidak ditemukan" if isinstance(error, FileNotFoundError) else "tidak terbaca"
        return name, None, f"Berkas {reason}."
    return name, checker.validate(content, at=at), ""


def _plain(name: str, verdict: Verdict | None, failure: str) -> dict[str, Any]:
    if verdict is None:
        return {"file": name, "state": "unreadable", "valid": False, "sentence": failure}
    return {"file": name, "valid": verdict.is_valid, **verdict.to_json()}


def _lines(name: str, verdict: Verdict | None, failure: str) -> Iterator[str]:
    if verdict is None or not verdict.is_valid:
        sentence = failure if verdict is None else verdict.sentence
        yield f"{_clean(name)}: TIDAK SAH. {sentence}"
    else:
        yield f"{_clean(name)}: SAH. {verdict.sentence}"
    if verdict is None:
        return
    yield from _signer_lines(verdict)
    if verdict.facts:
        yield from _fact_lines(verdict.facts)


def _signer_lines(verdict: Verdict) -> Iterator[str]:
    if verdict.signer is None:
        return
    known = verdict.facts is not None
    label = "Tanda tangan elektronik" if known else "Mengaku ditandatangani oleh"
    parts = [verdict.signer.name, verdict.signer.title, verdict.signer.organisation]
    yield f"  {label}: {', '.join(part for part in parts if part)}"
    if verdict.signed_at:
        clock_of = "menurut jam penanda tangan, tanpa cap waktu"
        if verdict.stamped_at:
            stamped_at = verdict.stamped_at.astimezone(verdict.signed_at.tzinfo)
            clock_of = f"cap waktu {_moment(stamped_at)} oleh {verdict.stamped_by}"
        yield f"  Waktu tanda tangan: {_moment(verdict.signed_at)} ({clock_of})"
    if verdict.signed_again_by:
        yield f"  Ditandatangani lagi oleh: {verdict.signed_again_by}"


def _fact_lines(facts: Mapping[str, Any]) -> Iterator[str]:
    """Print the rows that the certificate itself lists under `isi`, else every plain value."""
    rows = facts.get("isi")
    pairs = rows.items() if isinstance(rows, dict) else facts.items()
    for label, value in pairs:
        if isinstance(value, str | int):
            yield f"  {_clean(label)}: {_clean(value)}"
    yield from _table_lines("Mata pelatihan", facts.get("mata_pelatihan"), ("no", "name", "hours"))
    yield from _table_lines("Nilai", facts.get("nilai"), ("name", "weight", "mark"))


def _table_lines(title: str, rows: object, columns: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(rows, list) or not rows:
        return
    yield f"  {title}:"
    for row in rows:
        if isinstance(row, dict):
            cells = [_clean(row[name]) for name in columns if row.get(name)]
            yield f"    {'  '.join(cells)}"


def _clean(value: object) -> str:
    return "".join(character for character in str(value) if character.isprintable())


def _moment(moment: datetime) -> str:
    month = _MONTHS[moment.month - 1]
    zone = {7: "WIB", 8: "WITA", 9: "WIT"}.get(_hours(moment), moment.strftime("UTC%z"))
    return f"{moment.day} {month} {moment.year}, {moment:%H.%M} {zone}"


def _hours(moment: datetime) -> int:
    offset = moment.utcoffset()
    return int(offset.total_seconds() // 3600) if offset else 0
