"""Validate files in a child process with limits, so that a hostile file harms nobody.

The child stays warm between files: reading pyHanko takes a second, a file some milliseconds.
"""

from __future__ import annotations

import hashlib
import json
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import datetime
from typing import IO

from sinambung.pure.signatures.verdicts import Problem, State, Verdict, verdict_from_json

MAX_BYTES = 10_000_000
_LENGTH = struct.Struct(">I")


class Busy(Exception):
    """Other files are being validated and none of them ended in time."""


class Checker:
    """Validates one file after another; usable from several threads, which then wait in turn.

    A file that takes longer than `seconds` ends the child; the next file gets a new one. Whoever
    would wait longer than `patience` seconds for a turn gets `Busy` instead.
    """

    def __init__(
        self, *, trust: Sequence[bytes], seconds: float = 10.0, patience: float = 30.0
    ) -> None:
        self._trust = [content.hex() for content in trust]
        self._seconds = seconds
        self._patience = patience
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def validate(self, pdf: bytes, *, at: datetime) -> Verdict:
        """Return the verdict on `pdf` at the moment `at`; never raises for a bad file."""
        if len(pdf) > MAX_BYTES:
            return _refused(pdf, Problem.TOO_LARGE)
        if not pdf.startswith(b"%PDF-"):
            return _refused(pdf, Problem.NOT_A_PDF)
        if not self._lock.acquire(timeout=self._patience):
            raise Busy
        try:
            return self._ask(pdf, at=at)
        finally:
            self._lock.release()

    def close(self) -> None:
        """End the child process."""
        with self._lock:
            self._end_child()

    def __enter__(self) -> Checker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, pdf: bytes, *, at: datetime) -> Verdict:
        child = self._running_child()
        assert child.stdin is not None
        assert child.stdout is not None
        alarm = threading.Timer(self._seconds, child.kill)
        alarm.start()
        try:
            question = {"at": at.isoformat(), "trust": self._trust}
            write_block(child.stdin, json.dumps(question).encode())
            write_block(child.stdin, pdf)
            answer = read_block(child.stdout)
        except (OSError, EOFError):
            self._end_child()
            return _refused(pdf, Problem.TOO_SLOW)
        finally:
            alarm.cancel()
        return verdict_from_json(json.loads(answer))

    def _running_child(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end_child()
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-m", "sinambung.pure.signatures.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._child

    def _end_child(self) -> None:
        if self._child is None:
            return
        self._child.kill()
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                _close_quietly(stream)
        self._child.wait()
        self._child = None


def write_block(stream: IO[bytes], content: bytes) -> None:
    """Write `content` after its length in four bytes."""
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def read_block(stream: IO[bytes]) -> bytes:
    """Read what `write_block` wrote; raises EOFError when the other side has ended."""
    (length,) = _LENGTH.unpack(_read_exactly(stream, _LENGTH.size))
    return _read_exactly(stream, length)


def _read_exactly(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content


def _close_quietly(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:
        return


def _refused(pdf: bytes, problem: Problem) -> Verdict:
    return Verdict(state=State.BROKEN, sha256=hashlib.sha256(pdf).hexdigest(), problem=problem)
