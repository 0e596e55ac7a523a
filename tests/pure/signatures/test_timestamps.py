"""A signature whose moment a third party attests, and every way in which that can be wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sinambung.pure.signatures import timestamps
from sinambung.pure.signatures.sealing import open_authority_signer, seal
from sinambung.pure.signatures.timestamps import StampRefused
from sinambung.pure.signatures.validation import validate
from sinambung.pure.signatures.verdicts import Problem, State, Verdict, verdict_from_json
from tests.pure.signatures.authorities import NAME, TimeAuthority, time_authority
from tests.pure.signatures.conftest import SIGNED_AT, WIB

STAMPED_AT = SIGNED_AT + timedelta(seconds=40)


@pytest.fixture(scope="module")
def clock() -> TimeAuthority:
    return time_authority(at=STAMPED_AT, years=20)


def stamped(unsigned: bytes, keys: Path, answer: Callable[[bytes], bytes]) -> bytes:
    def stamp(signature: bytes) -> bytes:
        asked = timestamps.question(signature)
        return timestamps.token(answer(asked), asked=asked)

    signer = open_authority_signer(keys)
    return seal(unsigned, signer, reason="Uji", place="Contoh", at=SIGNED_AT, stamp=stamp)


@pytest.fixture(scope="module")
def pdf(unsigned: bytes, keys: Path, clock: TimeAuthority) -> bytes:
    return stamped(unsigned, keys, clock.answer)


def check(pdf: bytes, trust: list[bytes], *, years: int = 0) -> Verdict:
    return validate(pdf, trust=trust, at=SIGNED_AT + timedelta(days=5 + 365 * years))


def test_a_trusted_authority_attests_the_moment(
    pdf: bytes, trust: list[bytes], clock: TimeAuthority
) -> None:
    verdict = check(pdf, [*trust, clock.certificate])
    assert verdict.state is State.VALID
    assert verdict.stamped_at is not None
    assert verdict.stamped_at.astimezone(WIB) == STAMPED_AT
    assert (verdict.signed_at, verdict.stamped_by) == (SIGNED_AT, NAME)
    assert verdict_from_json(verdict.to_json()) == verdict


def test_an_unknown_authority_attests_nothing_and_spoils_nothing(
    pdf: bytes, trust: list[bytes]
) -> None:
    verdict = check(pdf, trust)
    assert verdict.state is State.VALID
    assert (verdict.stamped_at, verdict.stamped_by) == (None, "")


def test_without_a_stamp_the_moment_is_the_signers_word(signed: bytes, trust: list[bytes]) -> None:
    verdict = check(signed, trust)
    assert verdict.state is State.VALID
    assert verdict.stamped_at is None


def test_the_signature_outlives_the_signers_certificate(
    pdf: bytes, signed: bytes, trust: list[bytes], clock: TimeAuthority
) -> None:
    trusted = [*trust, clock.certificate]
    assert check(signed, trusted, years=11).problem is Problem.CERTIFICATE_EXPIRED
    assert check(pdf, trusted, years=11).state is State.VALID
    assert check(pdf, trust, years=11).problem is Problem.CERTIFICATE_EXPIRED
    assert check(pdf, trusted, years=21).problem is Problem.CERTIFICATE_EXPIRED


def test_a_stamp_before_the_certificate_began_is_outside_its_validity(
    unsigned: bytes, keys: Path, trust: list[bytes]
) -> None:
    early = time_authority(at=SIGNED_AT - timedelta(days=30))
    verdict = check(stamped(unsigned, keys, early.answer), [*trust, early.certificate])
    assert verdict.problem is Problem.SIGNED_OUTSIDE_VALIDITY


def test_the_stamp_of_another_signature_is_a_forgery(
    unsigned: bytes, keys: Path, trust: list[bytes], clock: TimeAuthority
) -> None:
    def stamp(_signature: bytes) -> bytes:
        asked = timestamps.question(b"lain")
        return timestamps.token(clock.answer(asked), asked=asked)

    pdf = seal(
        unsigned,
        open_authority_signer(keys),
        reason="Uji",
        place="Contoh",
        at=SIGNED_AT,
        stamp=stamp,
    )
    verdict = check(pdf, [*trust, clock.certificate])
    assert (verdict.state, verdict.problem) == (State.ALTERED, Problem.STAMP_DAMAGED)
    assert verdict.stamped_at is None


def test_an_answer_to_another_question_is_refused(clock: TimeAuthority) -> None:
    asked, other = (timestamps.question(text) for text in (b"satu", b"dua"))
    with pytest.raises(StampRefused, match="bukan untuk permintaan ini"):
        timestamps.token(clock.answer(other), asked=asked)


def test_a_refusal_of_the_authority_is_a_sentence() -> None:
    refusal = bytes.fromhex("30053003020102")  # a status of 2, rejection, and nothing else
    with pytest.raises(StampRefused, match="menolak"):
        timestamps.token(refusal, asked=timestamps.question(b"x"))


@pytest.mark.parametrize("answer", [b"", b"<html>", b"0\x03\x02\x01\x00"])
def test_nonsense_is_a_sentence(answer: bytes) -> None:
    with pytest.raises(StampRefused):
        timestamps.token(answer, asked=timestamps.question(b"x"))


def test_an_answer_that_does_not_fit_is_a_sentence(unsigned: bytes, keys: Path) -> None:
    signer = open_authority_signer(keys)
    with pytest.raises(StampRefused, match="terlalu besar"):
        seal(
            unsigned,
            signer,
            reason="Uji",
            place="Contoh",
            at=SIGNED_AT,
            stamp=lambda _signature: b"0" * 40_000,
        )
