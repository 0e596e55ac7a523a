"""What kinds of sheets can be imported: the register that each domain fills from its `apps.py`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.identity.capabilities import Capability

Sentence = str | Promise
Cell = str | dt.date | Decimal | None
Options = Mapping[str, str]


class CellKind(StrEnum):
    """How a cell is read. A cell that does not fit becomes a problem before `check` is called.

    TEXT accepts numbers too ("3", not "3.0"). IDENTIFIER accepts text only, because a number has
    lost its last digits. DAY reads date cells and the text forms of a day. NUMBER reads number
    cells and text with a decimal comma or point.
    """

    TEXT = "text"
    IDENTIFIER = "identifier"
    DAY = "day"
    NUMBER = "number"


class Verdict(StrEnum):
    """What applying a row would do. `exchange` alone decides PROBLEM, and a person LEFT_OUT."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    PROBLEM = "problem"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    `heading` is shown and written in exports; `accepts` are other headings. Headings are compared
    without case, spaces, underscores and punctuation, so "NIP BARU" and `nip_baru` are the same.
    `required`: the file must have the column. `filled`: no cell may be empty; `hint` says how to
    fill it. `cause` is the likely cause when many rows change in this column.
    """

    key: str
    heading: Sentence
    accepts: tuple[str, ...] = ()
    kind: CellKind = CellKind.TEXT
    required: bool = False
    filled: bool = False
    limit: int = 250
    hint: Sentence = ""
    cause: Sentence = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be applied (or, as a warning, what to look at), at one column."""

    column: str
    sentence: Sentence
    suggestion: Sentence = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A value that applying would replace, as text for the review page."""

    column: str
    before: str
    after: str


@dataclass(slots=True)
class SheetRow:
    """A row as read: its number in the file, and its cells by key of column.

    A column that the file lacks is not `has`: a check must then keep what is stored.
    """

    number: int
    cells: Sequence[Cell]
    index: Mapping[str, int]
    problems: list[Problem] = field(default_factory=list)

    def has(self, key: str) -> bool:
        return key in self.index

    def text(self, key: str) -> str:
        position = self.index.get(key)
        if position is None:
            return ""
        value = self.cells[position]
        return value if isinstance(value, str) else "" if value is None else str(value)

    def day(self, key: str) -> dt.date | None:
        position = self.index.get(key)
        value = None if position is None else self.cells[position]
        return value if isinstance(value, dt.date) else None

    def amount(self, key: str) -> Decimal | None:
        position = self.index.get(key)
        value = None if position is None else self.cells[position]
        return value if isinstance(value, Decimal) else None

    def is_faulty(self, key: str) -> bool:
        """Whether the cell of this column already has a problem."""
        if not self.problems:
            return False
        return any(problem.column == key for problem in self.problems)


@dataclass(slots=True)
class Checked:
    """What a check found about one row.

    `key` is stable and unique in a file (NIP); `name` says whom or what the row is about.
    `values` is what `apply` will receive back: anything JSON can hold (empty for SAME).
    `changes` are for the review. `deactivates` counts towards the narrower threshold.
    """

    key: str
    name: str
    verdict: Verdict
    values: Any = None
    changes: Sequence[Change] = ()
    problems: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()
    deactivates: bool = False


@dataclass(slots=True)
class SheetContext:
    """Who imports what into where. `memory` keeps what a kind looked up, between its chunks.
    A check may append sentences about the whole file to `notes`.

    `import_id` is empty in no case: use it as `source` of history rows and as trail context.
    """

    import_id: str
    by: Actor
    at: dt.datetime
    on: dt.date
    options: Options
    reason: str = ""
    file_name: str = ""
    memory: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """A row to apply or undo. `undo` is what the outcome of applying it kept for that."""

    number: int
    key: str
    name: str
    verdict: Verdict
    values: Any
    subject_id: str = ""
    undo: Any = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: the object it made or changed, or why it was refused."""

    subject_id: str = ""
    undo: Any = None
    refusal: Sentence = ""


Check = Callable[[Sequence[SheetRow], SheetContext], Sequence[Checked]]
Apply = Callable[[Sequence[ReadyRow], SheetContext], Sequence[Outcome]]


def _anywhere(actor: Actor, options: Options) -> None:
    return None


def _nothing(context: SheetContext) -> None:
    return None


def _unprepared(rows: Sequence[ReadyRow], context: SheetContext) -> None:
    return None


def _no_target(options: Options) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A kind of sheet, registered by the domain that owns the rows.

    `check`, `apply` and `undo` receive up to 1,000 rows and answer one item per row, in order.
    `check` only reads. `apply` and `undo` run inside a transaction of `exchange` that also marks
    the rows: they call services, write the trail, and must refuse a row that changed since the
    check (keep its version in `values`). `columns` may depend on the options (marks: one column a
    component). `options` names what must be said besides the file (`("batch",)`). `authorise`
    raises `NotFound` where the actor may not import with these options. `target` names where the
    rows go ("PKP Angkatan IX") and `back` is the address to return to. `key_column` is the column
    that holds the key. `prepare` is called with each chunk before its transaction, for what would
    hold the write lock too long. `finish` is called once when everything is applied or undone,
    `finish_undo` before it when everything is undone; both may be called again after a kill.
    """

    name: str
    title: Sentence
    capability: Capability
    columns: Callable[[SheetContext], Sequence[Column]]
    check: Check
    apply: Apply
    undo: Apply | None = None
    prepare: Callable[[Sequence[ReadyRow], SheetContext], None] = _unprepared
    options: tuple[str, ...] = ()
    authorise: Callable[[Actor, Options], None] = _anywhere
    target: Callable[[Options], str] = _no_target
    back: Callable[[Options], str] = _no_target
    key_column: str = "nip"
    finish: Callable[[SheetContext], None] = _nothing
    finish_undo: Callable[[SheetContext], None] = _nothing
    threshold: int = 20
    deactivation_threshold: int = 5


_kinds: dict[str, SheetKind] = {}


def register(kind: SheetKind) -> None:
    """Offer a kind of sheet for import (from an app's `ready`)."""
    _kinds[kind.name] = kind


def kind_named(name: str) -> SheetKind:
    """Return a registered kind; raise `NotFound` for any other name."""
    try:
        return _kinds[name]
    except KeyError:
        raise NotFound from None


def kinds() -> list[SheetKind]:
    return list(_kinds.values())
