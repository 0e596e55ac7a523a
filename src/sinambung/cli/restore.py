"""`sinambung restore`: bring an installation back into an empty folder."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from sinambung.cli.errors import CommandRefused


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("file", metavar="BERKAS.tar", help="cadangan dari `sinambung backup`")
    parser.add_argument("--json", action="store_true", help="tulis hasil sebagai JSON")


def run(arguments: argparse.Namespace) -> int:
    """Verify the archive, then restore it; nothing is written when anything is wrong."""
    from sinambung.platform.continuity.installation import ContinuityRefused, Installation
    from sinambung.platform.continuity.restoring import restore

    source = Path(arguments.file).expanduser().resolve()
    folder = Path(os.environ.get("SINAMBUNG_DATA", "data")).expanduser().resolve()
    installation = Installation(folder, os.environ.get("SINAMBUNG_DATABASE_URL", ""))
    try:
        manifest = restore(source, installation)
    except ContinuityRefused as refusal:
        raise CommandRefused(refusal.sentence) from refusal
    result = {
        "folder": str(folder),
        "database": manifest.database,
        "files": len(manifest.members),
        "made_at": manifest.made_at,
    }
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        print(f"{len(manifest.members)} berkas dari {manifest.made_at} dipulihkan ke {folder}.")
        print(f"Jalankan: sinambung serve --data {folder}")
    return 0
