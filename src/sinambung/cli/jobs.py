"""`sinambung jobs`: run the waiting background work, or list it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sinambung.cli.django_setup import set_up

if TYPE_CHECKING:
    from sinambung.platform.jobs.queries import Progress


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="TINDAKAN")
    work = actions.add_parser("run", help="kerjakan antrean sampai dihentikan")
    work.add_argument("--once", action="store_true", help="berhenti bila antrean kosong")
    listing = actions.add_parser("list", help="daftar pekerjaan, yang terbaru di atas")
    listing.add_argument("--json", action="store_true", help="tulis sebagai JSON")
    states = ["queued", "running", "done", "failed", "cancelled"]
    listing.add_argument("--state", choices=states, default="", help="hanya yang berkeadaan ini")


def run(arguments: argparse.Namespace) -> int:
    """Run or list the jobs; return 0."""
    set_up()
    from sinambung.platform.foundation import clock  # start-up time
    from sinambung.platform.foundation.actors import system
    from sinambung.platform.jobs import access, queries, services

    if arguments.action == "run":
        from sinambung.config.schedule import run_daily, run_each_minute  # start-up time

        services.work(once=arguments.once, daily=run_daily, each_minute=run_each_minute)
        return 0
    jobs = access.jobs_visible_to(system("Baris perintah"))
    found = queries.page_of_jobs(jobs, at=clock.now(), state=arguments.state)
    _tell(found.rows, as_json=arguments.json)
    return 0


def _tell(rows: Sequence[Progress], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([_plain(row) for row in rows], ensure_ascii=False, indent=2))
        return
    if not rows:
        print("Tidak ada pekerjaan.")
    for row in rows:
        count = f"{row.done}/{row.total}" if row.total else "-"
        print(f"{row.id}  {row.state_name:10}  {count:>13}  {row.title}  {row.sentence}".rstrip())


def _plain(row: Progress) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "state": row.state,
        "done": row.done,
        "total": row.total,
        "percent": row.percent,
        "remaining_seconds": row.remaining_seconds,
        "requested_by": row.requested_by_name,
        "queued_at": row.queued_at.isoformat(),
        "result": row.result_href,
        "sentence": row.sentence,
    }
