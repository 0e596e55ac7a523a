"""Giving out numbers without gaps, inside the caller's transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Invalid, Refused
from sinambung.platform.numbering.models import IssuedNumber, Register
from sinambung.platform.numbering.trail import Trail
from sinambung.pure.rulebook.letter_numbers import parse_pattern, to_roman
from sinambung.pure.rulebook.refusals import RuleRefused


class PatternRefused(Invalid):
    message = _("Pola nomor belum dapat dipakai: %(reason)s")


class NumberTaken(Refused):
    message = _(
        "Nomor %(number)s sudah pernah dipakai karena pola nomor berubah. "
        "Kembalikan pola semula atau tambahkan penanda pembeda."
    )


class ReasonMissing(Invalid):
    message = _("Tuliskan alasan pembatalan nomor.")


class AlreadyVoid(Refused):
    message = _("Nomor ini sudah dibatalkan.")


def allocate(
    *,
    code: str,
    pattern: str,
    values: Mapping[str, str],
    subject_kind: str,
    subject_ids: Sequence[str],
    on: dt.date,
) -> list[IssuedNumber]:
    """Give each subject the next number of the register `code` in the year of `on`.

    Call it inside a transaction: when that rolls back, the numbers were never given, so the
    register has no gap. A subject that already holds a number keeps it. `values` fills the
    tokens of `pattern` other than `urut`, `tahun` and `bulan_romawi`. Raises `PatternRefused`.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Numbers are given inside the caller's transaction.")
    register = _locked(code=code, year=on.year)
    held = _held(subject_kind, subject_ids)
    new = [subject for subject in dict.fromkeys(subject_ids) if subject not in held]
    numbers = [
        IssuedNumber(
            register=register,
            sequence=register.last + place,
            text=_text(pattern, values, sequence=register.last + place, on=on),
            subject_kind=subject_kind,
            subject_id=subject,
            issued_on=on,
        )
        for place, subject in enumerate(new, start=1)
    ]
    if numbers:
        _write(register, numbers)
        held |= {number.subject_id: number for number in numbers}
    return [held[subject] for subject in subject_ids]


@transaction.atomic
def void(*, number_id: str, reason: str, by: Actor, at: dt.datetime) -> IssuedNumber:
    """Mark a number as void for good; it stays in the register and is never given again."""
    number = IssuedNumber.objects.locked(number_id)
    if number.voided_at:
        raise AlreadyVoid
    if not reason.strip():
        raise ReasonMissing(ReasonMissing.message, field="reason")
    number.voided_at = at
    number.void_reason = reason.strip()[:500]
    save_changed(number, ["voided_at", "void_reason"])
    subject = audit.Subject(kind="number", id=number.pk, name=number.text)
    audit.record(Trail.NUMBER_VOIDED, subject, by=by, reason=number.void_reason)
    return number


def _locked(*, code: str, year: int) -> Register:
    register, _made = Register.objects.get_or_create(code=code, year=year)
    return Register.objects.locked(register.pk)


def _held(subject_kind: str, subject_ids: Sequence[str]) -> dict[str, IssuedNumber]:
    rows = IssuedNumber.objects.filter(
        subject_kind=subject_kind, subject_id__in=subject_ids, voided_at=None
    )
    return {row.subject_id: row for row in rows}


def _text(pattern: str, values: Mapping[str, str], *, sequence: int, on: dt.date) -> str:
    dated = {"tahun": str(on.year), "bulan_romawi": to_roman(on.month)}
    try:
        return parse_pattern(pattern).format({**dated, **values, "urut": sequence})
    except RuleRefused as refusal:
        raise PatternRefused(PatternRefused.message, reason=str(refusal)) from refusal


def _write(register: Register, numbers: list[IssuedNumber]) -> None:
    try:
        with transaction.atomic():
            IssuedNumber.objects.bulk_create(numbers)
    except IntegrityError as error:
        raise NumberTaken(NumberTaken.message, number=numbers[0].text) from error
    register.last = numbers[-1].sequence
    save_changed(register, ["last"])
