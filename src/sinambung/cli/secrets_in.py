"""Passwords for commands: from a file, or typed twice; never as an argument that others can see."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from sinambung.cli.errors import CommandRefused


def password_from(file: str, *, prompt: str) -> str:
    """Return the first line of a file, or what is typed twice at the terminal."""
    if file:
        try:
            lines = Path(file).read_text().splitlines()
        except OSError as error:
            raise CommandRefused(f"Berkas sandi {file} tidak dapat dibaca.") from error
        if not lines or not lines[0]:
            raise CommandRefused(f"Berkas sandi {file} kosong.")
        return lines[0]
    if not sys.stdin.isatty():
        raise CommandRefused("Sandi harus diberikan dengan --password-file.")
    first = getpass.getpass(f"{prompt}: ")
    if first != getpass.getpass("Ulangi: "):
        raise CommandRefused("Kedua sandi tidak sama.")
    return first
