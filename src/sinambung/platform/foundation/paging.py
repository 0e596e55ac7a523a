"""Pages by key: flat cost however far one has leafed, in an order that is total."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from sinambung.platform.foundation.errors import Invalid

Row = TypeVar("Row")
_WRONG_VALUES = (ValidationError, ValueError, TypeError, OverflowError, DataError)
MOST_COUNTED = 5_000


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    rows: list[Row]
    after: str | None
    before: str | None
    total: int | None = None


def page_by_key(
    rows: QuerySet[Any, Any],
    *,
    order: Sequence[str],
    size: int = 50,
    after: str = "",
    before: str = "",
    total: int | None = None,
    is_narrow: bool = False,
) -> Page[Any]:
    """Return one page of `rows` ordered by `order`, whose last name must be unique.

    `rows` yields instances or named tuples that hold every name of `order`. A name may begin
    with `-` for descending. `after` and `before` are the opaque keys that a former page gave.
    """
    backwards = bool(before)
    names = [name.lstrip("-") for name in order]
    falling = [name.startswith("-") for name in order]
    key = before or after
    directions = [fall != backwards for fall in falling]
    query = rows.order_by(
        *[OrderBy(F(name), descending=fall) for name, fall in zip(names, directions, strict=True)]
    )
    if key:
        query = _from_key(query, names, directions, key)
    if is_narrow:
        query = query.filter(pk__in=query.values("pk")[: size + 1])
    found = _read(query[: size + 1], is_keyed=bool(key))
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    first, last = (found[0], found[-1]) if found else (None, None)
    has_next, has_previous = (bool(key), more) if backwards else (more, bool(key))
    return Page(
        rows=found,
        after=_encode(last, names) if last is not None and has_next else None,
        before=_encode(first, names) if first is not None and has_previous else None,
        total=total,
    )


def counted(rows: QuerySet[Any, Any]) -> int:
    """Return how many rows there are, at most one more than `MOST_COUNTED`: that stays flat."""
    return rows.order_by().values("pk")[: MOST_COUNTED + 1].count()


def _from_key(
    query: QuerySet[Any, Any], names: Sequence[str], falling: Sequence[bool], key: str
) -> QuerySet[Any, Any]:
    try:
        return query.filter(_beyond(names, falling, _decode(key, len(names))))
    except _WRONG_VALUES:
        raise _wrong_key() from None


def _read(query: QuerySet[Any, Any], *, is_keyed: bool) -> list[Any]:
    """Return the rows; a key whose values are of another kind than the columns is a wrong key."""
    if not is_keyed:
        return list(query)
    try:
        return list(query)
    except _WRONG_VALUES:
        raise _wrong_key() from None


def _wrong_key() -> Invalid:
    return Invalid("Penanda halaman tidak dikenal. Buka daftar dari awal.", field="after")


def _beyond(names: Sequence[str], falling: Sequence[bool], values: Sequence[Any]) -> Q:
    """Rows after the key. `a >= x AND (a > x OR rest)`: an index on (a, ...) is used for both."""
    name, value = names[0], values[0]
    strict = Q(**{f"{name}__{'lt' if falling[0] else 'gt'}": value})
    if len(names) == 1:
        return strict
    loose = Q(**{f"{name}__{'lte' if falling[0] else 'gte'}": value})
    return loose & (strict | _beyond(names[1:], falling[1:], values[1:]))


def _encode(row: object, names: Sequence[str]) -> str:
    values = [getattr(row, name) for name in names]
    text = json.dumps(values, default=str, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(key: str, length: int) -> list[Any]:
    try:
        text = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)).decode()
        values = json.loads(text)
    except (ValueError, RecursionError):
        values = None
    scalar = (str, int, float, bool)
    if (
        not isinstance(values, list)
        or len(values) != length
        or not all(isinstance(value, scalar) for value in values)
    ):
        raise _wrong_key()
    return values
