"""`sinambung rule`: read the rules and compute any figure again, without the database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import localtime

from sinambung.cli.errors import CommandRefused
from sinambung.cli.language import sayer
from sinambung.pure.rulebook.calculations import CALCULATIONS, Calculation, Outcome, calculation
from sinambung.pure.rulebook.calculations.words import told
from sinambung.pure.rulebook.citations import Citation
from sinambung.pure.rulebook.dates import date_text
from sinambung.pure.rulebook.editions import NATIONAL, Edition, Law
from sinambung.pure.rulebook.refusals import RuleRefused

LARGEST_INPUT = 10_000_000
_WITH_MARKS = ("nilai-akhir", "peringkat")
_NEXT = (
    "Isian dan dasar satu aturan: sinambung rule show NAMA, dengan NAMA dari kolom pertama "
    "atau kunci edisi program, misalnya pkp-contoh."
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the actions `list`, `show` and `compute`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="TINDAKAN")
    listing = actions.add_parser("list", help="daftar semua aturan")
    show = actions.add_parser("show", help="tampilkan satu aturan dan isiannya")
    compute = actions.add_parser("compute", help="hitung dari berkas JSON")
    for action in (show, compute):
        action.add_argument("name", metavar="NAMA", help="nama aturan, lihat rule list")
        action.add_argument(
            "--on", metavar="TANGGAL", type=_day, help="hari berlakunya, misalnya 2026-12-02"
        )
        action.add_argument("--law", metavar="DIR", type=Path, help="folder aturan setempat")
    show.add_argument(
        "--edition",
        metavar="KUNCI",
        default="",
        help="kode komponen edisi ini, misalnya pkp-contoh",
    )
    compute.add_argument(
        "--input", metavar="BERKAS", required=True, help="berkas JSON, atau - untuk masukan baku"
    )
    for action in (listing, show, compute):
        action.add_argument("--json", action="store_true", help="keluaran untuk mesin")


def run(arguments: argparse.Namespace) -> int:
    """Carry out one action; refusals of rules become refusals of the command."""
    try:
        if arguments.action == "list":
            return _list(as_json=arguments.json)
        law = NATIONAL.layered_from(arguments.law) if arguments.law else NATIONAL
        if arguments.action == "show":
            return _show_named(arguments, law)
        rule = calculation(arguments.name)
        outcome = rule.compute(_input(arguments.input), on=arguments.on or _today(), law=law)
        return _print_outcome(rule, outcome, as_json=arguments.json)
    except RuleRefused as refusal:
        raise CommandRefused(sayer()(refusal.sentence)) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” bukan tanggal seperti 2026-12-02") from None


def _today() -> date:
    now = localtime()
    return date(now.tm_year, now.tm_mon, now.tm_mday)


def _list(*, as_json: bool) -> int:
    if as_json:
        _print_json([_described(rule, NATIONAL) for rule in CALCULATIONS.values()])
        return 0
    say = sayer()
    width = max(len(name) for name in CALCULATIONS)
    for rule in CALCULATIONS.values():
        basis = "; ".join(str(citation) for citation in rule.basis())
        print(f"{rule.name:{width}}  {say(rule.title)}. {say('Dasar')}: {basis}.")
    print(say(_NEXT))
    return 0


def _described(rule: Calculation, law: Law) -> dict[str, object]:
    return {
        "name": rule.name,
        "title": rule.title,
        "basis": [str(citation) for citation in rule.basis(law)],
        "input": rule.input,
    }


def _show_named(arguments: argparse.Namespace, law: Law) -> int:
    on = arguments.on or _today()
    asked = arguments.edition
    if arguments.name in CALCULATIONS and not asked:
        return _show(calculation(arguments.name), law, on=on, as_json=arguments.json)
    if asked and arguments.name not in _WITH_MARKS:
        named = " dan ".join(_WITH_MARKS)
        raise CommandRefused(f"--edition hanya untuk aturan {named}.")
    from sinambung.cli import rule_editions  # start-up time

    edition = rule_editions.edition_named(asked or arguments.name, on=on, law=law)
    if arguments.json:
        codes = rule_editions.codes_of(edition)
        _print_json({"edition": edition.key, "title": edition.label, "codes": codes})
    else:
        print("\n".join(rule_editions.edition_lines(edition)))
    return 0


def _show(rule: Calculation, law: Law, *, on: date, as_json: bool) -> int:
    editions = rule.editions(on=on, law=law)
    if as_json:
        in_force = [_edition(edition, law) for edition in editions]
        _print_json({**_described(rule, law), "on": on.isoformat(), "editions": in_force})
        return 0
    print(f"{rule.title} ({rule.name})")
    for citation in rule.basis(law):
        source = law.source(citation.source)
        state = "" if citation.verified else " (belum diverifikasi)"
        print(f"Dasar: {citation} tentang {source.about}{state}")
        print(f"  {source.where}; diperiksa {source.checked_on}")
    if editions:
        print(f"Berlaku pada {date_text(on)}:")
    for edition in editions:
        print(f"  {_edition_line(edition, law)}")
    if rule.name in _WITH_MARKS:
        from sinambung.cli import rule_editions  # start-up time

        print("\n".join(rule_editions.summary_lines(law)))
    print("Isian (JSON):")
    print(json.dumps(rule.input, ensure_ascii=False, indent=2))
    return 0


def _edition(edition: Edition, law: Law) -> dict[str, object]:
    return {
        "table": edition.table,
        "title": law.table(edition.table).title,
        "since": edition.since.isoformat(),
        "until": edition.until.isoformat() if edition.until else None,
        "basis": edition.citation.to_mapping(),
        "local": edition.is_local,
    }


def _edition_line(edition: Edition, law: Law) -> str:
    local = " (setempat)" if edition.is_local else ""
    since = f"sejak {date_text(edition.since)}"
    return f"{law.table(edition.table).title}{local}, {since}: {_cited(edition.citation)}"


def _print_outcome(rule: Calculation, outcome: Outcome, *, as_json: bool) -> int:
    if as_json:
        _print_json(
            {
                "name": rule.name,
                "value": outcome.value,
                "working": list(outcome.working),
                "basis": [citation.to_mapping() for citation in outcome.basis],
                "verified": outcome.verified,
            }
        )
        return 0
    say = sayer()
    print(say(rule.title))
    for line in told(outcome.value):
        print(f"  {say(line)}")
    print(f"{say('Cara menghitung')}:")
    for number, step in enumerate(outcome.working, start=1):
        print(f"  {number}. {say(step)}")
    print(f"{say('Dasar')}: {'; '.join(say(_cited(citation)) for citation in outcome.basis)}")
    unverified = f"{say('tidak')} ({say('nilai bawaan, belum diverifikasi')})"
    print(f"{say('Terverifikasi')}: {say('ya') if outcome.verified else unverified}")
    return 0


def _cited(citation: Citation) -> str:
    return f"{citation}{'' if citation.verified else ' (belum diverifikasi)'}"


def _input(name: str) -> Mapping[str, object]:
    try:
        text = sys.stdin.read(LARGEST_INPUT) if name == "-" else _file(Path(name))
        value = json.loads(text, parse_float=Decimal)
    except (OSError, UnicodeDecodeError):
        raise CommandRefused(f"Berkas {name} tidak dapat dibaca.") from None
    except (ValueError, RecursionError):
        raise CommandRefused(f"Berkas {name} bukan JSON yang benar.") from None
    if not isinstance(value, dict):
        raise CommandRefused(f"Berkas {name} harus berisi satu objek JSON.")
    return value


def _file(path: Path) -> str:
    if path.stat().st_size > LARGEST_INPUT:
        raise CommandRefused(f"Berkas {path} terlalu besar; paling besar 10 MB.")
    return path.read_text("utf-8")


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
