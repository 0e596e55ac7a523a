"""Building the demonstration province, as `make demo SERVE=0` does, in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from benchmarks.figures import Figure, cpu_seconds, note, show


def main() -> int:
    """Print the figure; return 1 when it misses its goal."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("SINAMBUNG_DATA", "SINAMBUNG_DATABASE_URL", "SINAMBUNG_SECRET_KEY")
    }
    with tempfile.TemporaryDirectory(prefix="sinambung-bench-demo-") as folder:
        command = [sys.executable, "-m", "sinambung", "--data", folder, "demo", "--no-serve"]
        began, cpu = time.monotonic(), cpu_seconds()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
        figure = Figure("sinambung demo --no-serve", time.monotonic() - began, "s", 40)
    note(f"{cpu_seconds() - cpu:.1f} s of CPU, load {os.getloadavg()[0]:.1f}")
    show(figure)
    return 0 if figure.ok else 1


if __name__ == "__main__":
    sys.exit(main())
