"""`sinambung user`: accounts from the command line."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Callable

from sinambung.cli.errors import CommandRefused

_ROLES = (
    *("administrator", "organiser", "head_of_training", "agency_hr", "trainer", "leader"),
    "auditor",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the subcommands."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="TINDAKAN")
    add = actions.add_parser("add", help="tambah akun")
    add.add_argument("username", metavar="NAMA_AKUN")
    add.add_argument("--name", required=True, help="nama lengkap")
    add.add_argument("--email", default="")
    add.add_argument("--title", default="", help="jabatan yang ditampilkan")
    add.add_argument("--unit", default="", metavar="KODE", help="unit pemilik akun")
    add.add_argument("--password-file", default="", metavar="BERKAS")
    add.add_argument("--no-password", action="store_true", help="pemilik mengaktifkan sendiri")
    roles = actions.add_parser("roles", help="lihat, beri, atau akhiri peran")
    roles.add_argument("username", metavar="NAMA_AKUN")
    change = roles.add_mutually_exclusive_group()
    change.add_argument("--grant", choices=_ROLES, metavar="PERAN", help=", ".join(_ROLES))
    change.add_argument("--end", choices=_ROLES, metavar="PERAN")
    roles.add_argument("--unit", default="", metavar="KODE", help="kosong: seluruh instansi")
    roles.add_argument("--since", type=dt.date.fromisoformat, metavar="TTTT-BB-HH")
    roles.add_argument("--until", type=dt.date.fromisoformat, metavar="TTTT-BB-HH")
    roles.add_argument("--json", action="store_true")
    for name, text in (("lock", "kunci akun"), ("unlock", "buka kunci akun")):
        action = actions.add_parser(name, help=text)
        action.add_argument("username", metavar="NAMA_AKUN")
        action.add_argument("--reason", default="", help="alasan, dicatat di jejak")
    reset = actions.add_parser("reset", help="tetapkan sandi baru, atau buat kode aktivasi")
    reset.add_argument("username", metavar="NAMA_AKUN")
    reset.add_argument("--password-file", default="", metavar="BERKAS")
    reset.add_argument("--code", action="store_true", help="kode aktivasi untuk akun belum aktif")
    reset.add_argument("--factors", action="store_true", help="lepas juga semua faktor kedua")
    listing = actions.add_parser("list", help="daftar akun")
    listing.add_argument("text", nargs="?", default="", metavar="NAMA_ATAU_NIP")
    listing.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Carry out one action; refusals of the services become one sentence."""
    from sinambung.cli import django_setup  # start-up time

    django_setup.set_up()
    from sinambung.platform.foundation.errors import Refused

    try:
        return _ACTIONS[arguments.action](arguments)
    except Refused as refusal:
        raise CommandRefused(refusal.sentence) from refusal


def _add(arguments: argparse.Namespace) -> int:
    from sinambung.cli.secrets_in import password_from  # start-up time
    from sinambung.platform.foundation import clock
    from sinambung.platform.foundation.actors import system
    from sinambung.platform.identity import services

    password = None
    if not arguments.no_password:
        password = password_from(arguments.password_file, prompt="Sandi")
        services.check_password_strength(password, user=None)
    user = services.add_user(
        username=arguments.username,
        name=arguments.name,
        email=arguments.email,
        title=arguments.title,
        unit_id=_unit(arguments.unit),
        password=password,
        at=clock.now(),
        by=system("sinambung user"),
    )
    print(f"Akun {user.username} dibuat.")
    return 0


def _roles(arguments: argparse.Namespace) -> int:
    from sinambung.platform.foundation import clock  # start-up time
    from sinambung.platform.foundation.actors import system
    from sinambung.platform.identity import queries, services
    from sinambung.platform.identity.capabilities import Role

    user, unit_id = queries.user_named(arguments.username), _unit(arguments.unit)
    by, today = system("sinambung user"), clock.today()
    if arguments.grant:
        services.grant_role(
            user_id=user.pk,
            role=Role(arguments.grant),
            unit_id=unit_id,
            since=arguments.since or today,
            until=arguments.until,
            by=by,
        )
    if arguments.end:
        held = queries.role_held(user.pk, role=arguments.end, unit_id=unit_id, on=today)
        on = arguments.until or today
        services.end_role(assignment_id=held.pk, version=None, on=on, by=by)
    shown = queries.account_page(user, by=by, may_change=True, on=today, at=clock.now())
    rows = [
        {
            "role": role.name,
            "unit": role.unit,
            "since": role.since.isoformat(),
            "until": role.until.isoformat() if role.until else None,
        }
        for role in shown.roles
    ]
    _print(rows, as_json=arguments.json)
    return 0


def _lock(arguments: argparse.Namespace) -> int:
    from sinambung.platform.foundation import clock  # start-up time
    from sinambung.platform.foundation.actors import system
    from sinambung.platform.identity import queries, services

    user, by = queries.user_named(arguments.username), system("sinambung user")
    if arguments.action == "lock":
        services.lock_user(
            user_id=user.pk,
            version=None,
            at=clock.now(),
            on=clock.today(),
            by=by,
            reason=arguments.reason,
        )
        print(f"Akun {user.username} dikunci; semua sesinya berakhir.")
    else:
        services.unlock_user(user_id=user.pk, version=None, by=by, reason=arguments.reason)
        print(f"Kunci akun {user.username} dibuka.")
    return 0


def _reset(arguments: argparse.Namespace) -> int:
    from sinambung.cli.secrets_in import password_from  # start-up time
    from sinambung.platform.foundation import clock
    from sinambung.platform.foundation.actors import system
    from sinambung.platform.identity import queries, services

    user, by = queries.user_named(arguments.username), system("sinambung user")
    if arguments.factors:
        services.remove_all_factors(
            user_id=user.pk, version=None, by=by, reason="sinambung user reset"
        )
        print(f"Faktor kedua akun {user.username} dilepas.")
    if arguments.code:
        slips = services.issue_activation_codes(user_ids=[user.pk], by=by, at=clock.now())
        if not slips:
            raise CommandRefused("Akun ini sudah aktif atau terkunci; kode aktivasi tidak berlaku.")
        print(f"Kode aktivasi {user.username}: {slips[0].code}")
    elif arguments.password_file or not arguments.factors:
        password = password_from(arguments.password_file, prompt="Sandi baru")
        services.give_password(user_id=user.pk, password=password, at=clock.now(), by=by)
        print(f"Sandi akun {user.username} ditetapkan; semua sesinya berakhir.")
    return 0


def _list(arguments: argparse.Namespace) -> int:
    from sinambung.platform.foundation import clock  # start-up time
    from sinambung.platform.foundation.actors import system
    from sinambung.platform.identity import queries

    asked = queries.AccountFilter(text=arguments.text)
    found = queries.account_list(system("sinambung user"), asked=asked, on=clock.today())
    rows: list[dict[str, str | None]] = [
        {
            "username": line.username,
            "name": line.name,
            "unit": line.unit,
            "roles": line.roles,
            "state": line.state,
        }
        for line in found.lines
    ]
    _print(rows, as_json=arguments.json)
    if found.after and not arguments.json:
        print(f"Menampilkan {len(rows)} pertama. Persempit dengan nama atau NIP.")
    return 0


def _unit(code: str) -> str | None:
    from sinambung.platform.identity import queries  # start-up time

    if not code:
        return None
    found = queries.unit_named(code)
    if not found:
        raise CommandRefused(f"Tidak ada unit dengan kode {code}.")
    return found


def _print(rows: list[dict[str, str | None]], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        print("  ".join(value or "–" for value in row.values()))


_ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "add": _add,
    "roles": _roles,
    "lock": _lock,
    "unlock": _lock,
    "reset": _reset,
    "list": _list,
}
