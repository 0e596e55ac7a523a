"""Numbers of letters and certificates: patterns with tokens, and Roman numerals.

Source of the tokens: practice of agencies; the numbering of LAN for leadership training is not
publicly known, so every programme states its own pattern.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sinambung.pure.rulebook.refusals import RuleRefused

TOKENS = {
    "urut": "nomor urut (boleh dengan lebar, misalnya {urut:3})",
    "kode_unit": "kode unit penerbit",
    "kode_klasifikasi": "kode klasifikasi arsip",
    "bulan_romawi": "bulan dengan angka Romawi",
    "tahun": "tahun empat angka",
    "angkatan": "nomor angkatan dengan angka Romawi",
    "program": "kode program",
}
LONGEST_PATTERN = 80
_TOKEN = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")
_PLAIN = re.compile(r"[A-Za-z0-9 ./_()-]*")
_ROMAN = re.compile(
    r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})",
)
_NUMERALS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


class PatternProblems(RuleRefused):
    """The pattern cannot be used; `problems` says why, one sentence each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(f"Pola nomor belum dapat dipakai: {problems[0]}")
        self.problems = problems


class NumberRefused(RuleRefused):
    """A value that the pattern needs is missing or impossible."""


@dataclass(frozen=True, slots=True)
class NumberPattern:
    """A parsed pattern; `pieces` alternate plain text and (token, width)."""

    text: str
    pieces: tuple[str | tuple[str, int], ...]

    @property
    def tokens(self) -> tuple[str, ...]:
        return tuple(piece[0] for piece in self.pieces if not isinstance(piece, str))

    def format(self, values: Mapping[str, str | int]) -> str:
        """Return the number; `values` holds `urut` as a whole number and texts for the rest."""
        return "".join(
            piece if isinstance(piece, str) else _filled(piece, values) for piece in self.pieces
        )


def pattern_problems(text: str) -> tuple[str, ...]:
    """Say in sentences what is wrong with a pattern; nothing when it can be used."""
    problems = []
    if len(text) > LONGEST_PATTERN:
        problems.append(f"paling panjang {LONGEST_PATTERN} huruf.")
    names = [match[1] for match in _TOKEN.finditer(text)]
    problems += [
        f"{{{name}}} tidak dikenal; pakai {_tokens_in_words()}."
        for name in dict.fromkeys(names)
        if name not in TOKENS
    ]
    if names.count("urut") != 1:
        problems.append("harus memuat {urut} tepat satu kali.")
    if "tahun" not in names:
        problems.append("harus memuat {tahun}, supaya nomor tidak berulang tahun depan.")
    problems += [
        f"{match[0]} salah; lebar hanya untuk {{urut}}, dari 1 sampai 9."
        for match in _TOKEN.finditer(text)
        if match[2] is not None and not (match[1] == "urut" and re.fullmatch("[1-9]", match[2]))
    ]
    if not _PLAIN.fullmatch(_TOKEN.sub("", text)):
        problems.append("selain penanda, hanya huruf, angka, spasi, dan tanda . / - _ ( ).")
    return tuple(problems)


def _tokens_in_words() -> str:
    return ", ".join(f"{{{name}}}" for name in TOKENS)


@lru_cache(maxsize=256)
def parse_pattern(text: str) -> NumberPattern:
    """Return the pattern; raise PatternProblems when it cannot be used."""
    problems = pattern_problems(text)
    if problems:
        raise PatternProblems(problems)
    pieces: list[str | tuple[str, int]] = []
    end = 0
    for match in _TOKEN.finditer(text):
        if match.start() > end:
            pieces.append(text[end : match.start()])
        pieces.append((match[1], int(match[2] or 0)))
        end = match.end()
    if end < len(text):
        pieces.append(text[end:])
    return NumberPattern(text, tuple(pieces))


def _filled(piece: tuple[str, int], values: Mapping[str, str | int]) -> str:
    name, width = piece
    value = values.get(name)
    if value is None or value == "":
        raise NumberRefused(f"Nomor belum dapat dibentuk: isi {TOKENS[name].split(' (')[0]}.")
    if name != "urut":
        return str(value)
    if not isinstance(value, int) or value < 1:
        raise NumberRefused("Nomor urut harus bilangan bulat mulai dari 1.")
    return str(value).zfill(width)


def to_roman(number: int) -> str:
    """Write 1 to 3999 as a Roman numeral, as months and batches are numbered."""
    if not 1 <= number <= 3999:
        raise NumberRefused(f"Angka Romawi hanya dari 1 sampai 3999, bukan {number}.")
    text = ""
    for value, numeral in _NUMERALS:
        times, number = divmod(number, value)
        text += numeral * times
    return text


def from_roman(text: str) -> int:
    """Read a Roman numeral in its one regular form (`IX`, not `VIIII`), small letters too."""
    numeral = text.strip().upper()
    if not numeral or not _ROMAN.fullmatch(numeral):
        raise NumberRefused(f"“{text}” bukan angka Romawi yang benar; tulis seperti IX atau XIV.")
    number = 0
    for value, sign in _NUMERALS:
        while numeral.startswith(sign):
            number += value
            numeral = numeral[len(sign) :]
    return number
