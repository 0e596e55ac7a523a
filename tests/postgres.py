"""A PostgreSQL server of the tests' own, in a temporary folder, on a socket only."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from glob import glob
from pathlib import Path


class PostgresMissing(RuntimeError):
    pass


def start() -> str:
    """Start a server and return its address; it stops when the tests end."""
    folder = Path(tempfile.mkdtemp(prefix="sinambung-pg-"))
    binaries = _binaries()
    as_user = _as_postgres(folder)
    port = _free_port()
    data = folder / "data"
    _run(
        [
            *as_user,
            binaries / "initdb",
            *("-D", data, "-U", "sinambung", "-A", "trust"),
            *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
        ]
    )
    options = (
        f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off "
        "-c full_page_writes=off -c synchronous_commit=off -c max_connections=60"
    )
    _run(
        [
            *as_user,
            binaries / "pg_ctl",
            *("-D", data, "-o", options, "-w", "-l", folder / "log", "start"),
        ]
    )
    atexit.register(_stop, as_user, binaries, data, folder)
    return f"postgresql://sinambung@127.0.0.1:{port}/postgres"


def _binaries() -> Path:
    found = sorted(glob("/usr/lib/postgresql/*/bin/initdb"))
    if not found:
        raise PostgresMissing("PostgreSQL belum terpasang: jalankan `make test` sebagai root.")
    return Path(found[-1]).parent


def _as_postgres(folder: Path) -> list[str]:
    if os.geteuid() != 0:
        return []
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _run(words: list[object]) -> None:
    subprocess.run([str(word) for word in words], check=True, capture_output=True, cwd="/")


def _stop(as_user: list[str], binaries: Path, data: Path, folder: Path) -> None:
    subprocess.run(
        [*as_user, str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"],
        capture_output=True,
        check=False,
        cwd="/",
    )
    shutil.rmtree(folder, ignore_errors=True)
