"""Read typed values out of a mapping and collect every problem as a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

Item = TypeVar("Item")
Choice = TypeVar("Choice", bound=StrEnum)

LARGEST = Decimal(1_000_000)
MOST_DECIMALS = 6


class MappingReader:
    """One level of a nested mapping; children share the list of problems.

    `labels` translates keys for the path shown in front of each problem. A key that nobody asks
    for is a problem: usually a misspelling.
    """

    def __init__(
        self,
        mapping: Mapping[str, object],
        *,
        labels: Mapping[str, str],
        problems: list[str],
        path: tuple[str, ...] = (),
    ) -> None:
        self.mapping = mapping
        self.labels = labels
        self.problems = problems
        self.path = path
        self._asked: set[str] = set()

    def get(self, key: str, default: object = None) -> object:
        """Return a raw value and remember that somebody asked for it."""
        self._asked.add(key)
        return self.mapping.get(key, default)

    def complain(self, key: str, sentence: str) -> None:
        """Record one problem at `key` of this level."""
        where = (
            " › ".join((*self.path, self.labels.get(key, key))) if key else " › ".join(self.path)
        )
        self.problems.append(f"{where}: {sentence}" if where else sentence)

    def refuse_the_rest(self) -> None:
        """Complain about keys that nobody has asked for."""
        for key in self.mapping:
            if key not in self._asked:
                self.complain(str(key), "kunci ini tidak dikenal; periksa ejaannya.")

    def text(self, key: str, *, default: str | None = None) -> str:
        value = self.get(key, default)
        if isinstance(value, str) and (value.strip() or default is not None):
            return value.strip()
        self.complain(key, "wajib diisi dengan teks.")
        return ""

    def flag(self, key: str, *, default: bool = False) -> bool:
        value = self.get(key, default)
        if isinstance(value, bool):
            return value
        self.complain(key, "harus true atau false.")
        return default

    def whole(self, key: str) -> int | None:
        """Read a whole number from 0; absent or null means unknown."""
        number = self.number(key)
        if number is None:
            return None
        if number != number.to_integral_value():
            self.complain(key, "harus bilangan bulat.")
            return None
        return int(number)

    def number(self, key: str, *, most: Decimal = LARGEST) -> Decimal | None:
        """Read a number from 0 to `most`; absent or null means unknown."""
        value = self.get(key)
        if value is None:
            return None
        number = exact_number(value)
        if number is None:
            self.complain(key, f"“{value}” bukan angka.")
        elif not 0 <= number <= most:
            self.complain(key, f"{number} di luar batas 0 sampai {most}.")
        elif decimals_of(number) > MOST_DECIMALS:
            self.complain(key, f"paling banyak {MOST_DECIMALS} angka di belakang koma.")
        else:
            return number
        return None

    def day(self, key: str) -> date | None:
        """Read a date or an ISO text; absent or null means none."""
        value = self.get(key)
        if value is None or type(value) is date:
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.complain(key, f"“{value}” bukan tanggal; tulis seperti 2026-12-02.")
            return None

    def choice(self, key: str, kind: type[Choice], *, default: Choice | None = None) -> Choice:
        value = self.get(key, default)
        try:
            return kind(str(value))
        except ValueError:
            allowed = ", ".join(member.value for member in kind)
            self.complain(key, f"“{value}” tidak dikenal; pilih salah satu dari {allowed}.")
            return default or next(iter(kind))

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.get(key, [])
        if isinstance(value, list | tuple) and all(isinstance(word, str) for word in value):
            return tuple(value)
        self.complain(key, "harus daftar teks.")
        return ()

    def child(self, key: str, read: Callable[[MappingReader], Item]) -> Item:
        """Read a nested mapping; an absent one is read as empty."""
        value = self.get(key, {})
        if not isinstance(value, Mapping):
            self.complain(key, "harus berupa kelompok isian.")
            value = {}
        return self._read(value, self.labels.get(key, key), read)

    def children(self, key: str, read: Callable[[MappingReader], Item]) -> tuple[Item, ...]:
        """Read a list of nested mappings; each is named in the path by its name or number."""
        value = self.get(key, [])
        if not isinstance(value, list | tuple):
            self.complain(key, "harus berupa daftar.")
            return ()
        items = []
        for number, mapping in enumerate(value, start=1):
            if isinstance(mapping, Mapping):
                name = mapping.get("name") or mapping.get("code") or number
                items.append(self._read(mapping, f"{self.labels.get(key, key)} {name}", read))
            else:
                self.complain(key, f"isian ke-{number} harus berupa kelompok isian.")
        return tuple(items)

    def _read(
        self, mapping: Mapping[str, object], step: str, read: Callable[[MappingReader], Item]
    ) -> Item:
        child = MappingReader(
            mapping, labels=self.labels, problems=self.problems, path=(*self.path, step)
        )
        item = read(child)
        child.refuse_the_rest()
        return item


def exact_number(value: object) -> Decimal | None:
    """Return the value as an exact decimal, or None when it is not a finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        number = Decimal(repr(value) if isinstance(value, float) else value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def decimals_of(number: Decimal) -> int:
    """Count the digits after the decimal point that are not trailing zeros."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
