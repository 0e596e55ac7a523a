"""`sinambung trail`: is the trail whole, and sealing what is not sealed yet."""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING

from sinambung.cli.django_setup import set_up

if TYPE_CHECKING:
    from sinambung.platform.audit.queries import Examination

_SEAL = re.compile(r"\d{1,18}:[0-9a-f]{64}")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the actions `verify` and `seal`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="TINDAKAN")
    verify = actions.add_parser("verify", help="periksa seluruh jejak")
    verify.add_argument(
        "--seal",
        action="append",
        default=[],
        type=_seal,
        metavar="NOMOR:SIDIK",
        help="segel yang dicatat auditor di tempat lain; boleh diulang",
    )
    seal = actions.add_parser("seal", help="segel catatan baru sekarang")
    for action in (verify, seal):
        action.add_argument("--json", action="store_true", help="tulis hasil sebagai JSON")


def run(arguments: argparse.Namespace) -> int:
    """Return 0 when the trail is whole."""
    set_up()
    if arguments.action == "seal":
        return _seal_now(as_json=arguments.json)
    from sinambung.platform.audit.queries import examine  # start-up time

    found = examine(known=arguments.seal)
    if arguments.json:
        print(json.dumps(_plain(found), ensure_ascii=False, indent=2))
    else:
        _tell(found)
    return 0 if found.is_intact else 1


def _seal(text: str) -> str:
    if not _SEAL.fullmatch(text):
        raise argparse.ArgumentTypeError(f"“{text}” bukan segel seperti 12:9f86d0…")
    return text


def _seal_now(*, as_json: bool) -> int:
    from sinambung.platform.audit.queries import latest_seal  # start-up time
    from sinambung.platform.audit.services import seal_new_entries
    from sinambung.platform.foundation import clock

    made, last = seal_new_entries(at=clock.now()), latest_seal()
    if as_json:
        print(json.dumps({"made": made, "last_seal": last}))
    else:
        print(f"{made} segel dibuat. Segel terakhir: {last or '–'}")
    return 0


def _plain(found: Examination) -> dict[str, object]:
    return {"intact": found.is_intact, **asdict(found)}


def _tell(found: Examination) -> None:
    for fault in found.faults:
        print(fault.sentence)
    verdict = "utuh" if found.is_intact else "TIDAK utuh"
    print(
        f"Jejak {verdict}: {found.entries} catatan, {found.seals} segel, "
        f"{found.unsealed} catatan belum disegel."
    )
    print(f"Segel terakhir: {found.last_seal or '–'}")
