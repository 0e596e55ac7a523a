"""The grade book of a batch: every mark of everybody, in three queries and one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from sinambung.domains.training.models import (
    Batch,
    BatchState,
    Mark,
    MarkChange,
    Participant,
    ParticipantState,
)
from sinambung.domains.training.queries.schemes import MarkCell, SchemeView, scheme_of
from sinambung.pure.rulebook.citations import Citation

KEY_LENGTH = 8
LEFT = (ParticipantState.WITHDRAWN, ParticipantState.DROPPED, ParticipantState.DECEASED)
OUTSIDE = (ParticipantState.NOMINATED, ParticipantState.REJECTED)


class BookCell(NamedTuple):
    """`code` is the cell as stored; `style` its classes; `note` is a letter beside a mark."""

    code: str
    version: int
    text: str
    style: str
    note: str


class BookRow(NamedTuple):
    """`key` is a short name of the participant, unique in the batch."""

    number: int
    key: str
    id: str
    name: str
    nip: str
    cells: list[BookCell]
    final: str
    badge: str
    tone: str
    is_open: bool


class BookColumn(NamedTuple):
    code: str
    name: str
    weight: Decimal | None
    is_edge: bool


class BookGroup(NamedTuple):
    name: str
    span: int


@dataclass(frozen=True, slots=True)
class Withheld:
    """One reason for which grades are withheld, and whose."""

    sentence: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GradeBook:
    batch: Batch
    groups: tuple[BookGroup, ...]
    columns: tuple[BookColumn, ...]
    rows: list[BookRow]
    filled: int
    total: int
    computed: int
    withheld: int
    apart: int
    incomplete: int
    reasons: tuple[Withheld, ...]
    substitutes: tuple[str, ...]
    lowest: Decimal
    highest: Decimal
    spread: Decimal | None
    basis: tuple[Citation, ...]
    is_verified: bool
    missing: tuple[str, ...]
    open_changes: int

    @property
    def is_open(self) -> bool:
        """Whether marks may be written straight away, without a second person."""
        return self.batch.state == BatchState.RUNNING

    @property
    def is_closed(self) -> bool:
        return self.batch.marks_closed_at is not None


def grade_book(batch: Batch) -> GradeBook:
    """Return the grade book of a batch that `access` gave, with its edition."""
    view = scheme_of(batch)
    columns = view.columns
    people = list(_people(batch))
    length = key_length([person["id"] for person in people])
    marks = _marks(batch)
    writer = _Writer(view, marks)
    rows = [writer.row(person, length) for person in people]
    counts = [person["state"] not in LEFT for person in people]
    kinds = [_kind(person) for person in people]
    firsts = {code for code, _group in _first_of_groups(columns)}
    return GradeBook(
        batch=batch,
        groups=tuple(
            BookGroup(name, len(list(cells)))
            for name, cells in groupby(columns, key=lambda cell: cell.path[0])
        ),
        columns=tuple(
            BookColumn(cell.code, _heading(cell), cell.weight, cell.code in firsts)
            for cell in columns
        ),
        rows=rows,
        filled=sum(
            1 for row, here in zip(rows, counts, strict=True) if here for c in row.cells if c.text
        ),
        total=len(columns) * sum(counts),
        computed=kinds.count("computed"),
        withheld=kinds.count("withheld"),
        apart=kinds.count("spread"),
        incomplete=kinds.count("incomplete"),
        reasons=tuple(_reasons(people)),
        substitutes=tuple(dict.fromkeys(cell.role_name for cell in view.cells if cell.replaces)),
        lowest=view.scheme.mark_lowest,
        highest=view.scheme.mark_highest,
        spread=view.scheme.maximum_spread,
        basis=view.scheme.basis,
        is_verified=view.grader.verified,
        missing=view.missing,
        open_changes=_open_changes(batch),
    )


def participant_keys(batch_id: str) -> dict[str, str]:
    """Return the participants of a batch by the short key that the grade book gives them."""
    ids = list(
        Participant.objects.filter(batch_id=batch_id)
        .exclude(state__in=OUTSIDE)
        .order_by("number")
        .values_list("pk", flat=True)
    )
    length = key_length(ids)
    return {id[-length:]: id for id in ids}


def key_length(ids: Iterable[str]) -> int:
    """Return how many last characters of the identifiers tell them all apart."""
    known = list(ids)
    length = KEY_LENGTH
    while len({id[-length:] for id in known}) < len(known):
        length += 1
    return length


def written(value: Decimal | None) -> str:
    """Write a mark for the grid with the reader's decimal sign: `87,50`."""
    return "" if value is None else f"{value:.2f}".replace(".", get_format("DECIMAL_SEPARATOR"))


def _people(batch: Batch) -> Any:
    return (
        Participant.objects.filter(batch=batch)
        .exclude(state__in=OUTSIDE)
        .order_by("number", "id")
        .values(
            "id",
            "number",
            "display_name",
            "nip",
            "state",
            "final_grade__value",
            "final_grade__shown",
            "final_grade__distinction",
            "final_grade__passes",
            "final_grade__withheld",
        )
    )


def _marks(batch: Batch) -> Mapping[str, Mapping[str, tuple[Decimal | None, int]]]:
    marks: dict[str, dict[str, tuple[Decimal | None, int]]] = {}
    rows = Mark.objects.filter(participant__batch=batch).order_by()
    for id, cell, value, version in rows.values_list("participant_id", "cell", "value", "version"):
        marks.setdefault(id, {})[cell] = (value, version)
    return marks


class _Writer:
    """Turns the marks of one participant into cells; what does not change is worked out once."""

    def __init__(
        self, view: SchemeView, marks: Mapping[str, Mapping[str, tuple[Decimal | None, int]]]
    ) -> None:
        self.marks = marks
        self.tones = _tones(view)
        self.sign = str(get_format("DECIMAL_SEPARATOR"))
        firsts = {code for code, _group in _first_of_groups(view.columns)}
        self.columns = [
            (
                cell.code,
                cell.item,
                "edge" if cell.code in firsts else "",
                [(other.code, other.role_name[:1]) for other in view.substitutes_of(cell.code)],
            )
            for cell in view.columns
        ]

    def row(self, person: Mapping[str, Any], length: int) -> BookRow:
        reasons = person["final_grade__withheld"] or []
        apart = {reason["item"] for reason in reasons if reason["kind"] == "spread"}
        marks = self.marks.get(person["id"], {})
        badge, tone = _badge(person, reasons, self.tones)
        shown = person["final_grade__shown"]
        left = person["state"] in LEFT
        return BookRow(
            number=person["number"],
            key=person["id"][-length:],
            id=person["id"],
            name=person["display_name"],
            nip=person["nip"],
            cells=[self._cell(column, marks, apart) for column in self.columns],
            final="–" if shown is None or left else f"{shown:.2f}".replace(".", self.sign),
            badge=badge,
            tone=tone,
            is_open=person["state"] == ParticipantState.ACTIVE,
        )

    def _cell(
        self,
        column: tuple[str, str, str, list[tuple[str, str]]],
        marks: Mapping[str, tuple[Decimal | None, int]],
        apart: set[str],
    ) -> BookCell:
        code, item, style, substitutes = column
        value, version = marks.get(code, (None, 0))
        note = ""
        if value is None:
            for other, letter in substitutes:
                if marks.get(other, (None, 0))[0] is not None:
                    code, (value, version), note = other, marks[other], letter
        if value is None:
            return BookCell(code, version, "", f"{style} is-empty".strip(), "")
        if item in apart:
            style = f"{style} is-spread".strip()
        return BookCell(code, version, f"{value:.2f}".replace(".", self.sign), style, note)


def _first_of_groups(columns: Iterable[MarkCell]) -> Iterable[tuple[str, str]]:
    for name, cells in groupby(columns, key=lambda cell: cell.path[0]):
        yield next(iter(cells)).code, name


def _heading(cell: MarkCell) -> str:
    if cell.role:
        return cell.role_name if len(cell.path) < 2 else f"{cell.name}, {cell.role_name}"
    return cell.name if len(cell.path) > 1 else _("Nilai")


def _kind(person: Mapping[str, Any]) -> str:
    if person["state"] in LEFT:
        return "left"
    kinds = {reason["kind"] for reason in person["final_grade__withheld"] or []}
    if "spread" in kinds:
        return "spread"
    if person["final_grade__value"] is None or "mark" in kinds:
        return "incomplete"
    return "withheld" if kinds else "computed"


def _badge(
    person: Mapping[str, Any], reasons: list[dict[str, str]], tones: Mapping[str, str]
) -> tuple[str, str]:
    """Return what stands in the last column and its tone."""
    kind = _kind(person)
    if kind == "left":
        return str(ParticipantState(person["state"]).label), ""
    if kind == "spread":
        apart = max(Decimal(r["difference"]) for r in reasons if r["kind"] == "spread")
        return _("Selisih %(difference)s") % {"difference": written(apart)}, "warning"
    if kind == "incomplete":
        return _("Belum lengkap"), ""
    if kind == "withheld":
        return _("Ditahan"), "warning"
    if not person["final_grade__passes"]:
        return person["final_grade__distinction"] or _("Belum memenuhi"), "danger"
    distinction = person["final_grade__distinction"]
    return distinction or _("Memenuhi"), tones.get(distinction, "")


def _tones(view: SchemeView) -> dict[str, str]:
    """Give the highest band and the one below it their colours; the others stay quiet."""
    passing = [band.name for band in view.scheme.bands if band.passes]
    return {"": "brand", **dict(zip(passing, ("success", "brand"), strict=False))}


def _reasons(people: Iterable[Mapping[str, Any]]) -> Iterable[Withheld]:
    """Gather who waits for the same missing weight, so that each is said once."""
    names: dict[str, list[str]] = {}
    for person in people:
        for reason in person["final_grade__withheld"] or []:
            if reason["kind"] in ("weight", "bands") and person["state"] not in LEFT:
                names.setdefault(reason["sentence"], []).append(person["display_name"])
    return [Withheld(sentence, tuple(found)) for sentence, found in names.items()]


def _open_changes(batch: Batch) -> int:
    if batch.marks_closed_at is None:
        return 0
    return MarkChange.objects.filter(participant__batch=batch, state="proposed").count()
