"""`sinambung demo`: build Provinsi Contoh, run both batches, serve."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path

from sinambung.cli.errors import CommandRefused

SEED = 2024
PEOPLE = 3000
FEWEST = 800
_LOCAL_ADDRESS = re.compile(r'^base_url = "http://127\.0\.0\.1:\d+"$', re.MULTILINE)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-serve", action="store_true", help="berhenti sebelum menjalankan server"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="benih data contoh")
    parser.add_argument("--people", type=int, default=PEOPLE, help="jumlah pegawai")
    parser.add_argument("--host", default="127.0.0.1", help="alamat server")
    parser.add_argument("--port", type=int, default=8000, help="porta server")


def run(arguments: argparse.Namespace) -> int:
    """Build the demonstration in the data folder (once), tell what was done, and serve."""
    if not FEWEST <= arguments.people <= 200_000:
        raise CommandRefused(f"--people harus antara {FEWEST} dan 200000.")
    folder = Path(os.environ.setdefault("SINAMBUNG_DATA", "data")).resolve()
    _prepare(folder, arguments.port)
    from sinambung.cli import django_setup  # start-up time

    django_setup.set_up(ready=False)
    if django_setup.waiting_migrations():
        django_setup.migrate()
    from sinambung.demo import build, report

    if not report.is_built(folder):
        build.build_province(folder, seed=arguments.seed, people=arguments.people, say=_say)
    report.tell(folder, say=_say)
    if arguments.no_serve:
        return 0
    return _serve(arguments)


def _prepare(folder: Path, port: int) -> None:
    """Mark the folder as an installation with sample data; refuse one that is somebody's own.

    Its address follows the port, unless somebody gave it another one.
    """
    settings = folder / "installation.toml"
    if settings.exists():
        text = settings.read_text(errors="replace")
        if "sample = true" not in text:
            raise CommandRefused(
                f"Folder {folder} sudah berisi instalasi lain. Pilih folder kosong dengan --data."
            )
        if (addressed := _LOCAL_ADDRESS.sub(_address(port), text)) != text:
            settings.write_text(addressed)
        return
    if folder.exists() and any(folder.iterdir()):
        raise CommandRefused(f"Folder {folder} tidak kosong. Pilih folder kosong dengan --data.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings.write_text(f"sample = true\n{_address(port)}\n")


def _address(port: int) -> str:
    """Return the setting that certificates and mail name: where this demonstration is served."""
    return f'base_url = "http://127.0.0.1:{port}"'


def _serve(arguments: argparse.Namespace) -> int:

    from sinambung.cli import serve

    parser = argparse.ArgumentParser()
    serve.configure(parser)
    options = parser.parse_args(["--host", arguments.host, "--port", str(arguments.port)])
    return serve.run(options)


def _say(sentence: str) -> None:
    print(sentence, flush=True, file=sys.stdout)
