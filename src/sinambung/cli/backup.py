"""`sinambung backup`: a consistent copy of the installation while the server runs."""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from sinambung.cli.errors import CommandRefused


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("file", metavar="BERKAS.tar", help="cadangan yang akan dibuat")
    parser.add_argument("--json", action="store_true", help="tulis hasil sebagai JSON")


def run(arguments: argparse.Namespace) -> int:
    """Write the archive and print its own SHA-256, to be kept elsewhere."""
    from sinambung.config.environment import EnvironmentIncomplete, read_environment
    from sinambung.platform.continuity.backups import make_backup
    from sinambung.platform.continuity.installation import ContinuityRefused, Installation
    from sinambung.platform.foundation import clock

    target = Path(arguments.file).expanduser().resolve()
    try:
        environment = read_environment()
        installation = Installation(environment.data_folder, environment.database_url)
        manifest = make_backup(installation, target, at=clock.now())
    except (ContinuityRefused, EnvironmentIncomplete) as refusal:
        raise CommandRefused(str(refusal)) from refusal
    result = {
        "file": str(target),
        "bytes": target.stat().st_size,
        "sha256": _digest(target),
        "database": manifest.database,
        "files": len(manifest.members),
        "made_at": manifest.made_at,
    }
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        print(f"{target}: {len(manifest.members)} berkas, {target.stat().st_size} bita.")
        print(f"SHA-256 {result['sha256']}; simpan di tempat lain bersama salinan cadangan ini.")
    return 0


def _digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
