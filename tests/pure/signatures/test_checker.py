from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest

from sinambung.pure.signatures.checker import MAX_BYTES, Busy, Checker
from sinambung.pure.signatures.validation import validate
from sinambung.pure.signatures.verdicts import Problem, State
from tests.pure.signatures.conftest import SIGNED_AT

AT = SIGNED_AT + timedelta(days=1)


def test_the_child_answers_like_the_function(signed: bytes, trust: list[bytes]) -> None:
    with Checker(trust=trust) as checker:
        for pdf in (signed, signed + b" ", signed[:-900]):
            assert checker.validate(pdf, at=AT) == validate(pdf, trust=trust, at=AT)


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_served(
    signed: bytes, trust: list[bytes]
) -> None:
    with Checker(trust=trust, seconds=0.05) as checker:
        started = time.monotonic()
        verdict = checker.validate(signed, at=AT)
        assert time.monotonic() - started < 5
        assert (verdict.state, verdict.problem) == (State.BROKEN, Problem.TOO_SLOW)
        checker._seconds = 20
        assert checker.validate(signed, at=AT).is_valid


def test_whoever_would_wait_too_long_is_told(signed: bytes, trust: list[bytes]) -> None:
    with Checker(trust=trust, patience=0.05) as checker:
        with checker._lock, pytest.raises(Busy):
            checker.validate(signed, at=AT)
        assert checker.validate(signed, at=AT).is_valid


def test_a_killed_child_is_replaced(signed: bytes, trust: list[bytes]) -> None:
    with Checker(trust=trust) as checker:
        assert checker.validate(signed, at=AT).is_valid
        assert checker._child is not None
        checker._child.kill()
        checker._child.wait()
        assert checker.validate(signed, at=AT).is_valid


def test_a_file_beyond_the_limit_is_refused_unread(trust: list[bytes]) -> None:
    with Checker(trust=trust) as checker:
        verdict = checker.validate(b"%PDF-" + b" " * MAX_BYTES, at=AT)
        assert verdict.problem is Problem.TOO_LARGE
        assert checker.validate(b"PK", at=AT).problem is Problem.NOT_A_PDF
        assert checker._child is None


def test_a_decompression_bomb_is_refused(trust: list[bytes]) -> None:
    with Checker(trust=trust) as checker:
        verdict = checker.validate(_bomb(), at=AT)
    assert not verdict.is_valid


def test_several_threads_share_one_child(signed: bytes, trust: list[bytes]) -> None:
    states: list[State] = []
    with Checker(trust=trust) as checker:
        threads = [
            threading.Thread(target=lambda: states.append(checker.validate(signed, at=AT).state))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert states == [State.VALID] * 4


def _bomb() -> bytes:
    """A cross-reference stream of 2 MB that unpacks to 2 GB."""
    import zlib

    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"\0" * 10_000_000) for _ in range(200)) + packer.flush()
    head = b"%PDF-1.7\n"
    dictionary = (
        b"1 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>\nstream\n"
        % len(packed)
    )
    tail = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)
    return head + dictionary + packed + tail


@pytest.mark.parametrize("depth", [50_000])
def test_deep_nesting_is_refused(trust: list[bytes], depth: int) -> None:
    nested = b"%PDF-1.7\n1 0 obj\n" + b"[" * depth + b"]" * depth + b"\nendobj\n"
    pdf = nested + b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R/Size 2>>\nstartxref\n"
    with Checker(trust=trust) as checker:
        assert not checker.validate(pdf + b"%d\n%%%%EOF" % len(nested), at=AT).is_valid
