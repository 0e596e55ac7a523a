"""`make bench` runs every benchmark, `make bench NAME=import` those whose name begins so.

Each runs in a process and a data folder of its own; exit code 1 when a figure misses its goal.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
SHARED = {
    "__init__",
    "__main__",
    "figures",
    "databases",
    "addresses",
    "visiting",
    "bound",
    "import_bound",
}


def main(names: list[str]) -> int:
    found = [path.stem for path in sorted(FOLDER.glob("*.py")) if path.stem not in SHARED]
    chosen = [name for name in found if not names or name.startswith(tuple(names))]
    if not chosen:
        print(f"Tidak ada pengukuran bernama {names[0]}. Ada: {', '.join(found)}", file=sys.stderr)
        return 2
    failed = [name for name in chosen if _run(name) != 0]
    return 1 if failed else 0


def _run(name: str) -> int:
    with tempfile.TemporaryDirectory(prefix=f"sinambung-bench-{name}-") as folder:
        environment = {
            **os.environ,
            "SINAMBUNG_DATA": folder,
            "SINAMBUNG_SECRET_KEY": "hanya-untuk-pengukuran-0123456789-abcdef",
            "DJANGO_SETTINGS_MODULE": "sinambung.config.settings",
        }
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        return subprocess.run(command, cwd=FOLDER.parent, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
