"""Reads of registers."""

from __future__ import annotations

from django.db.models import Count, Max

from sinambung.platform.numbering.models import IssuedNumber, Register


def gaps(*, code: str, year: int) -> list[int]:
    """Return the numbers that are missing between 1 and the last; always empty when all is well."""
    register = Register.objects.filter(code=code, year=year).first()
    if register is None:
        return []
    present = set(
        IssuedNumber.objects.filter(register=register)
        .order_by("sequence")
        .values_list("sequence", flat=True)
    )
    return [number for number in range(1, register.last + 1) if number not in present]


def registers_with_gaps() -> list[str]:
    """Return the names of registers whose count of numbers differs from their last number."""
    counted = Register.objects.annotate(held=Count("numbers"), top=Max("numbers__sequence"))
    return [
        str(register)
        for register in counted.order_by("code", "year")
        if (register.held, register.top or 0) != (register.last, register.last)
    ]
