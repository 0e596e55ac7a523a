"""`sinambung serve`: starts, answers, and stops cleanly with everything it started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import initialised, sinambung


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str) -> bytes:
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return bytes(answer.read())
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"no answer from {address}")


def _alive(session: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"SINAMBUNG_TEST_RUN={session}".encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def test_it_serves_and_stops_with_all_its_processes(tmp_path: Path) -> None:
    folder, port = initialised(tmp_path / "data"), _free_port()
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SINAMBUNG_", "DJANGO_"))
    }
    environment["SINAMBUNG_TEST_RUN"] = str(port)
    server = subprocess.Popen(
        [sys.executable, "-m", "sinambung", "--data", str(folder), "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        assert b"Masuk" in _wait_for(f"http://127.0.0.1:{port}/masuk/")
        _wait_for(f"http://127.0.0.1:{port}/static/ui/sinambung.css")
        assert _within(60, lambda: len(_alive(port)) >= 4), "no worker beside the server"
    finally:
        server.send_signal(signal.SIGTERM)
        output, _ = server.communicate(timeout=60)
    assert server.returncode == 0, output
    assert b"Traceback" not in output
    assert _within(10, lambda: _alive(port) == []), "a process was left behind"


def _within(seconds: int, holds: Callable[[], bool]) -> bool:
    for _ in range(seconds * 10):
        if holds():
            return True
        time.sleep(0.1)
    return holds()


def test_a_port_in_use_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = sinambung(tmp_path / "data", "serve", "--port", str(taken.getsockname()[1]))
    assert (run.returncode, run.stderr.count("\n")) == (1, 1)
    assert "--port" in run.stderr


@pytest.mark.parametrize("words", [["--workers", "0"], ["--port", "70000"]])
def test_impossible_numbers_are_refused(tmp_path: Path, words: list[str]) -> None:
    assert sinambung(tmp_path / "data", "serve", *words).returncode == 1


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    run = sinambung(tmp_path / "data", "serve", "--port", str(_free_port()))
    assert run.returncode == 1
    assert "sinambung init" in run.stderr


def test_production_without_its_secrets_does_not_start(tmp_path: Path) -> None:
    run = sinambung(tmp_path / "data", "serve", "--production", "--port", str(_free_port()))
    assert (run.returncode, run.stderr.count("\n")) == (1, 1)
    assert "SINAMBUNG_SECRET_KEY" in run.stderr
