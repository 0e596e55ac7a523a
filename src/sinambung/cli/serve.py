"""`sinambung serve`: the web server and, beside it, the worker of background jobs."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

from sinambung.cli.errors import CommandRefused

_STOP_WITHIN = 15.0
_RESTART_AFTER = 2.0
_FIRST_PAGE_WITHIN = 3.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--host", default="127.0.0.1", help="alamat yang didengarkan")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="jumlah proses web")
    parser.add_argument("--no-jobs", action="store_true", help="tanpa pekerja latar")
    parser.add_argument(
        "--production", action="store_true", help="sama dengan SINAMBUNG_PRODUCTION=1"
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop; the worker is stopped too."""
    if not 1 <= arguments.workers <= 64 or not 0 < arguments.port < 65536:
        raise CommandRefused("--workers harus 1 sampai 64, dan --port 1 sampai 65535.")
    if arguments.production:
        os.environ["SINAMBUNG_PRODUCTION"] = "1"
    _require_free(arguments.host, arguments.port)
    from sinambung.cli import django_setup  # start-up time

    django_setup.set_up()
    _load_application()
    worker = None if arguments.no_jobs else JobsProcess.beside()
    server = _server(arguments)
    print(
        f"Sinambung di http://{arguments.host}:{arguments.port}/ (Ctrl+C untuk berhenti)",
        flush=True,
    )
    try:
        if worker:
            worker.start()
        server.serve()
    finally:
        if worker:
            worker.stop()
    return 0


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandRefused(
                f"Alamat {host}:{port} tidak dapat dipakai: {error.strerror}. "
                "Pilih porta lain dengan --port."
            ) from error


def _load_application() -> None:
    """Load everything the first page needs, so that the web processes inherit it when they fork.

    No connection to the database may be open then.
    """
    from django.conf import settings  # start-up time
    from django.db import connections
    from django.test import RequestFactory

    from sinambung.config.wsgi import application

    host = next((name for name in settings.ALLOWED_HOSTS if name[:1] not in "*."), "localhost")
    application.get_response(RequestFactory().get("/masuk/", headers={"host": host}))
    connections.close_all()


def _server(arguments: argparse.Namespace):  # type: ignore[no-untyped-def]  # noqa: ANN202
    from granian import Granian  # start-up time
    from granian.constants import Interfaces
    from granian.log import LogLevels

    return Granian(
        "sinambung.config.wsgi:application",
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        workers=arguments.workers,
        blocking_threads=2,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=int(_STOP_WITHIN),
        process_name=None,
    )


class JobsProcess:
    """The worker of background jobs as a child process, started again when it dies."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._stopping = threading.Event()
        self._starting = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    @classmethod
    def beside(cls) -> JobsProcess | None:
        """Return the worker of this installation, if this version has one."""
        if not Path(__file__).with_name("jobs.py").exists():
            return None
        return cls([sys.executable, "-m", "sinambung", "jobs", "run"])

    def start(self) -> None:
        self._watcher.start()

    def stop(self) -> None:
        """Let the worker finish what it can; end it when it takes too long."""
        with self._starting:
            self._stopping.set()
            process = self._process
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=_STOP_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _watch(self) -> None:
        self._stopping.wait(_FIRST_PAGE_WITHIN)
        while True:
            with self._starting:
                if self._stopping.is_set():
                    return
                self._process = subprocess.Popen(self._command, start_new_session=True)
            self._process.wait()
            self._stopping.wait(_RESTART_AFTER)
