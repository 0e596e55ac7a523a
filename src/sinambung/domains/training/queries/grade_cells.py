"""The cells of the grade book: one participant after another, ready to be placed in a table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.formats import get_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sinambung.domains.training.models import ParticipantState
from sinambung.domains.training.queries.schemes import MarkCell, SchemeView
from sinambung.platform.foundation.recorded import in_reader_language
from sinambung.pure.rulebook.nip import spaced_nip

Stored = tuple[Decimal | None, int]
EMPTY: Stored = (None, 0)
LEFT = (ParticipantState.WITHDRAWN, ParticipantState.DROPPED, ParticipantState.DECEASED)


class BookRow(NamedTuple):
    """One participant. `key` is a short name, unique in the batch; `html` is the ready table row;
    `apart` are the items on which the raters differ too much.

    Rows are written here and not in the template: 40 of them cost 3 ms so, and 27 ms there.
    """

    key: str
    id: str
    html: SafeString
    filled: int
    final: str
    badge: str
    tone: str
    apart: frozenset[str]


class _Column(NamedTuple):
    """What is the same for every cell of a column; `places` finds a cell in the scheme."""

    code: str
    item: str
    style: str
    substitutes: tuple[MarkCell, ...]
    places: Mapping[str, int]


class CellWriter:
    """Writes the cells of one participant after another; what does not change is done once.

    A cell without `data-version` has version 1, or 0 where it is empty (`grid-editor` says so too).
    """

    def __init__(
        self, view: SchemeView, marks: Mapping[str, Mapping[str, Stored]], *, may_edit: bool
    ) -> None:
        self.marks = marks
        self.may_edit = may_edit
        self.tones = _tones(view)
        self.sign = str(get_format("DECIMAL_SEPARATOR"))
        places = {cell.code: place for place, cell in enumerate(view.cells)}
        firsts = {code for code, _group in first_of_groups(view.columns)}
        self.columns = [
            _Column(
                code=cell.code,
                item=cell.item,
                style=" edge" if cell.code in firsts else "",
                substitutes=view.substitutes_of(cell.code),
                places=places,
            )
            for cell in view.columns
        ]

    def row(self, person: Mapping[str, Any], length: int) -> BookRow:
        """Return the row of a participant; `length` is that of the short keys."""
        reasons = person["final_grade__withheld"] or []
        apart = frozenset(reason["item"] for reason in reasons if reason["kind"] == "spread")
        marks = self.marks.get(person["id"], {})
        badge, tone = _badge(person, reasons, self.tones)
        shown = person["final_grade__shown"]
        key = person["id"][-length:]
        is_open = self.may_edit and person["state"] == ParticipantState.ACTIVE
        cells = [
            self._cell(column, marks, apart, key if is_open else "") for column in self.columns
        ]
        final = "–" if shown is None or person["state"] in LEFT else self._number(shown)
        return BookRow(
            key=key,
            id=person["id"],
            html=mark_safe(
                f'<tr><th class=who scope=row><a href="{key}/">{person["number"]} '
                f"{escape(person['display_name'])}</a><small>{escape(spaced_nip(person['nip']))}</small>"
                f"{''.join(cells)}<td class=final id=f-{key}>{final}<td class=grade>"
                f'<span class="badge{tone and f" badge--{tone}"}" id=g-{key}>{escape(badge)}</span>'
            ),
            filled=sum(not cell.endswith(">") for cell in cells),
            final=final,
            badge=badge,
            tone=tone,
            apart=apart,
        )

    def _cell(
        self, column: _Column, marks: Mapping[str, Stored], apart: Collection[str], key: str
    ) -> str:
        code = column.code
        value, version = marks.get(code, EMPTY)
        style, note = column.style, ""
        if value is None:
            for other in column.substitutes:
                if marks.get(other.code, EMPTY)[0] is not None:
                    code, (value, version) = other.code, marks[other.code]
                    note = f' data-note="{escape(other.role_name[:1])}"'
        if value is None:
            style = f"{style} is-empty"
        elif column.item in apart:
            style = f"{style} is-spread"
        text = "" if value is None else self._number(value)
        if not key:
            return f'<td class="mark{style}"{note}>{text}'
        usual = 0 if value is None else 1
        shown = "" if version == usual else f" data-version={version}"
        return f"<td data-key={key}.{column.places[code]}{shown}{_class(style)}{note}>{text}"

    def _number(self, value: Decimal) -> str:
        return f"{value:.2f}".replace(".", self.sign)


def _class(style: str) -> str:
    names = style.strip()
    if not names:
        return ""
    return f' class="{names}"' if " " in names else f" class={names}"


def written(value: Decimal | None) -> str:
    """Write a mark for the grid with the reader's decimal sign: `87,50`."""
    return "" if value is None else f"{value:.2f}".replace(".", get_format("DECIMAL_SEPARATOR"))


def first_of_groups(columns: Iterable[MarkCell]) -> Iterable[tuple[str, str]]:
    """Yield the first cell of each component, with the component's name."""
    for name, cells in groupby(columns, key=lambda cell: cell.path[0]):
        yield next(iter(cells)).code, name


def kind_of(person: Mapping[str, Any]) -> str:
    """Say where a participant's grade stands: computed, withheld, spread, incomplete or left."""
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
    kind = kind_of(person)
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
        failed = in_reader_language(person["final_grade__distinction"])
        return failed or _("Belum memenuhi"), "danger"
    distinction = person["final_grade__distinction"]
    return in_reader_language(distinction) or _("Memenuhi"), tones.get(distinction, "")


def _tones(view: SchemeView) -> dict[str, str]:
    """Give the highest band and the one below it their colours; the others stay quiet."""
    passing = [band.name for band in view.scheme.bands if band.passes]
    return {"": "brand", **dict(zip(passing, ("success", "brand"), strict=False))}
