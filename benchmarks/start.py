"""Starting: the server from nothing to its first page, and the command that lists rules.

Wall time, median of five; on a busy machine it says how busy. How long `sinambung verify` takes is
measured with the certificates.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable

from benchmarks.figures import Figure, note, show

TIMES = 5
PROGRAM = (sys.executable, "-m", "sinambung")


def main() -> int:
    """Print every figure; return 1 when one misses its goal."""
    from benchmarks.databases import set_up

    set_up()
    note(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    django = ("python -c 'import django'", _median(lambda: _wall("-c", "import django")))
    python = ("python -c pass", _median(lambda: _wall("-c", "pass")))
    figures = [
        Figure("server started to first page", _median(_first_page), "s", 3, bound=django),
        Figure("sinambung rule list", _median(_rule_list), "s", 0.2, bound=python),
    ]
    for figure in figures:
        show(figure)
    return 0 if all(figure.ok for figure in figures) else 1


def _median(act: Callable[[], float]) -> float:
    act()
    return statistics.median(act() for _ in range(TIMES))


def _rule_list() -> float:
    return _wall("-m", "sinambung", "rule", "list")


def _wall(*arguments: str) -> float:
    began = time.monotonic()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began


def _first_page() -> float:
    port = _free_port()
    began = time.monotonic()
    server = subprocess.Popen(
        [*PROGRAM, "serve", "--port", str(port)], stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while not _answers(f"http://127.0.0.1:{port}/masuk/"):
            if server.poll() is not None:
                raise RuntimeError(f"the server ended with {server.returncode}")
            time.sleep(0.01)
        return time.monotonic() - began
    finally:
        server.terminate()
        server.wait(30)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
