"""What can be exported: the register that domains fill, and how a table becomes a file."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.foundation.workbooks import Cell, Column, write_csv, write_workbook
from sinambung.platform.identity.capabilities import Capability


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Who wants which rows, in which format (`suffix` is ".xlsx", ".csv" or ".zip")."""

    by: Actor
    at: dt.datetime
    on: dt.date
    options: Mapping[str, str]
    suffix: str


@dataclass(frozen=True, slots=True)
class ExportKind:
    """A kind of file, registered by the domain that owns the rows.

    `content` returns the bytes of the file and how many rows (or certificates) it holds; it
    raises `NotFound` for what the actor may not see. `options` names what must be said (`batch`).
    """

    name: str
    title: str | Promise
    capability: Capability
    suffixes: tuple[str, ...]
    content: Callable[[ExportRequest], tuple[bytes, int]]
    options: tuple[str, ...] = ()


_kinds: dict[str, ExportKind] = {}


def register(kind: ExportKind) -> None:
    """Offer a kind of export (from an app's `ready`)."""
    _kinds[kind.name] = kind


def kind_named(name: str) -> ExportKind:
    """Return a registered kind; raise `NotFound` for any other name."""
    try:
        return _kinds[name]
    except KeyError:
        raise NotFound from None


def kinds() -> list[ExportKind]:
    return list(_kinds.values())


def table_as_file(
    *, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], suffix: str, title: str
) -> tuple[bytes, int]:
    """Return a table as XLSX or CSV (UTF-8 with a mark, so that Excel reads it), and its length."""
    counted = _Counted(rows)
    if suffix == ".csv":
        text = io.StringIO()
        write_csv(text, headings=[column.heading for column in columns], rows=counted)
        return text.getvalue().encode("utf-8-sig"), counted.number
    return write_workbook(columns=columns, rows=counted, title=title), counted.number


class _Counted:
    def __init__(self, rows: Iterable[Sequence[Cell]]) -> None:
        self.rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        for row in self.rows:
            self.number += 1
            yield row
