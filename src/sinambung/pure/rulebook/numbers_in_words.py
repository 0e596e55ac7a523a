"""Whole numbers in Indonesian words: 830 is `delapan ratus tiga puluh`."""

from __future__ import annotations

from sinambung.pure.rulebook.refusals import RuleRefused

ONES = (
    *("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    *("sepuluh", "sebelas"),
)
GROUPS = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"))
LARGEST = 10**15 - 1


class NumberTooLarge(RuleRefused):
    """The number is outside what has been given words."""


def in_words(number: int) -> str:
    """Write a whole number from 0 to 999 trillion in words."""
    if not 0 <= number <= LARGEST:
        raise NumberTooLarge("Bilangan harus dari 0 sampai 999 triliun.")
    if number == 0:
        return ONES[0]
    words = []
    for size, name in GROUPS:
        count, number = divmod(number, size)
        if count == 1 and size == 1000:
            words.append("seribu")
        elif count:
            words.append(f"{_below_thousand(count)} {name}")
    if number:
        words.append(_below_thousand(number))
    return " ".join(words)


def _below_thousand(number: int) -> str:
    if number < 12:
        return ONES[number]
    if number < 20:
        return f"{ONES[number - 10]} belas"
    if number < 100:
        tens, rest = divmod(number, 10)
        return _joined(f"{ONES[tens]} puluh", rest)
    hundreds, rest = divmod(number, 100)
    return _joined("seratus" if hundreds == 1 else f"{ONES[hundreds]} ratus", rest)


def _joined(words: str, rest: int) -> str:
    return f"{words} {_below_thousand(rest)}" if rest else words
