"""The regulatory values of a programme edition, grouped as the documents that state them do.

An edition is the mapping that `rulebook.programmes.parse_edition` reads. A subject is a small
table (weights, bands, hours) that one person enters at once from one document; a cell is one
value of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _


class CellKind(StrEnum):
    PERCENT = "percent"
    HOURS = "hours"
    WHOLE = "whole"
    NUMBER = "number"
    PATTERN = "pattern"
    BANDS = "bands"

    @property
    def is_text(self) -> bool:
        return self in (CellKind.PATTERN, CellKind.BANDS)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: `steps` lead to it in the mapping, `flag` to the mark that it is verified.

    Without steps the value stands beside the edition, not in it.
    """

    key: str
    label: str
    kind: CellKind
    steps: tuple[str, ...]
    flag: tuple[str, ...]
    present: str
    is_verified: bool

    @property
    def is_missing(self) -> bool:
        return self.present == ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A table of cells; an optional one may stay empty without holding anything up."""

    key: str
    label: str
    document: str
    cells: tuple[Cell, ...]
    is_optional: bool = False

    @property
    def missing(self) -> int:
        return sum(cell.is_missing for cell in self.cells)

    @property
    def unverified(self) -> int:
        return sum(not cell.is_missing and not cell.is_verified for cell in self.cells)

    @property
    def is_complete(self) -> bool:
        return self.is_optional or not (self.missing or self.unverified)


def subjects_of(mapping: Mapping[str, Any]) -> tuple[Subject, ...]:
    """List the subjects of a whole edition, or of an assessment scheme alone."""
    is_whole = "assessment" in mapping
    whole = mapping if is_whole else {"assessment": mapping}
    found = [*_of_assessment(whole)]
    if "curriculum" in whole:
        found += [*_of_curriculum(whole)]
    if "certificate" in whole:
        found += [*_of_certificate(whole)]
    return tuple(subject for subject in found if subject.cells)


def subject_of(mapping: Mapping[str, Any], key: str) -> Subject | None:
    return next((subject for subject in subjects_of(mapping) if subject.key == key), None)


def at(mapping: Mapping[str, Any], steps: Sequence[str]) -> Any:
    """Return what stands at the end of the steps; entries of lists go by code, role or mode."""
    current: Any = mapping
    for step in steps:
        current = _entry(current, step) if isinstance(current, list) else current.get(step)
        if current is None:
            return None
    return current


def _entry(rows: list[Any], name: str) -> Any:
    for row in rows:
        if name in (row.get("code"), row.get("role"), row.get("mode")):
            return row
    return None


def _cell(
    whole: Mapping[str, Any],
    steps: Sequence[str],
    *,
    key: str,
    label: str,
    kind: CellKind,
    flag: Sequence[str] = (),
) -> Cell:
    value = at(whole, steps) if steps else None
    if kind is CellKind.BANDS:
        present = bands_text(value or [])
    else:
        present = "" if value is None else str(value)
    verified = bool(at(whole, flag)) if flag else value is not None
    return Cell(key, label, kind, tuple(steps), tuple(flag), present, verified)


def _of_assessment(whole: Mapping[str, Any]) -> Iterator[Subject]:
    scheme = whole["assessment"]
    components = scheme.get("components", [])
    weighted = [part for part in components if part.get("kind", "weighted") == "weighted"]
    weights = tuple(_weight(whole, part, ("assessment", "components")) for part in weighted)
    document = next((part["document"] for part in weighted if part.get("document")), "")
    yield Subject("weights", _("Bobot komponen"), document, weights)
    for part in components:
        yield from _of_component(whole, part)
    if weighted:
        yield _single(
            whole, "bands", _("Pita predikat dan nilai minimal lulus"), CellKind.BANDS,
            ("assessment", "bands"), ("assessment", "bands_verified"),
            scheme.get("bands_document", ""),
        )  # fmt: skip
    yield _single(
        whole, "attendance", _("Kehadiran minimal (persen JP)"), CellKind.PERCENT,
        ("assessment", "attendance_minimum"), ("assessment", "attendance_verified"),
        scheme.get("bands_document", ""),
    )  # fmt: skip
    if weighted:
        yield _single(
            whole, "spread", _("Selisih penilai paling besar"), CellKind.NUMBER,
            ("assessment", "maximum_spread"), (), "", is_optional=True,
        )  # fmt: skip
        yield _single(
            whole, "best", _("Jumlah peserta terbaik"), CellKind.WHOLE, (), (), "",
            is_optional=True,
        )  # fmt: skip


def _of_component(whole: Mapping[str, Any], part: Mapping[str, Any]) -> Iterator[Subject]:
    code, name, document = part["code"], part["name"], part.get("document", "")
    inner = ("assessment", "components", code)
    parts = [
        _weight(whole, sub, (*inner, "sub_components")) for sub in _rows(part, "sub_components")
    ]
    parts += [_weight(whole, aspect, (*inner, "aspects")) for aspect in _rows(part, "aspects")]
    yield Subject(
        f"parts.{code}", _("Bobot bagian %(name)s") % {"name": name}, document, tuple(parts)
    )
    shares = tuple(_share(whole, rater, (*inner, "raters")) for rater in _rows(part, "raters"))
    yield Subject(f"raters.{code}", _("Porsi penilai %(name)s") % {"name": name}, document, shares)
    for sub in _rows(part, "sub_components"):
        deeper = (*inner, "sub_components", sub["code"])
        label = {"name": f"{name}, {sub['name']}"}
        aspects = tuple(_weight(whole, row, (*deeper, "aspects")) for row in _rows(sub, "aspects"))
        shares = tuple(_share(whole, row, (*deeper, "raters")) for row in _rows(sub, "raters"))
        key = f"{code}.{sub['code']}"
        yield Subject(f"parts.{key}", _("Bobot bagian %(name)s") % label, document, aspects)
        yield Subject(f"raters.{key}", _("Porsi penilai %(name)s") % label, document, shares)


def _of_curriculum(whole: Mapping[str, Any]) -> Iterator[Subject]:
    top = ("curriculum",)
    document = _("keputusan tentang kurikulum program ini")
    stages = whole["curriculum"].get("stages", [])
    subjects = whole["curriculum"].get("subjects", [])
    totals = (
        _cell(whole, (*top, "total_hours"), key="total_hours", label=_("Jumlah JP"),
              kind=CellKind.HOURS, flag=(*top, "total_hours_verified")),
        _cell(whole, (*top, "total_days"), key="total_days", label=_("Jumlah hari"),
              kind=CellKind.WHOLE, flag=(*top, "total_days_verified")),
    )  # fmt: skip
    yield Subject("totals", _("Jumlah JP dan hari"), document, totals)
    hours = tuple(
        _cell(whole, (*top, "stages", row["code"], "hours"), key=row["code"], label=row["name"],
              kind=CellKind.HOURS, flag=(*top, "stages", row["code"], "verified"))
        for row in stages
    )  # fmt: skip
    yield Subject("stages", _("JP per tahap"), document, hours)
    rows = tuple(_subject_hours(whole, row) for row in subjects if len(_rows(row, "hours")) == 1)
    yield Subject("subjects", _("JP per mata pelatihan"), document, rows)
    guide = _("pedoman penyelenggaraan program ini")
    yield Subject("quota", _("Kuota peserta"), guide, _range(whole, "quota"))
    electives = _range(whole, "electives")
    has_electives = any(row.get("kind") == "elective" for row in subjects)
    yield Subject(
        "electives", _("Jumlah mata pelatihan pilihan"), document, electives,
        is_optional=not has_electives,
    )  # fmt: skip


def _subject_hours(whole: Mapping[str, Any], row: Mapping[str, Any]) -> Cell:
    mode = row["hours"][0]["mode"]
    steps = ("curriculum", "subjects", row["code"])
    return _cell(
        whole, (*steps, "hours", mode, "hours"), key=row["code"], label=row["name"],
        kind=CellKind.HOURS, flag=(*steps, "hours_verified"),
    )  # fmt: skip


def _range(whole: Mapping[str, Any], name: str) -> tuple[Cell, ...]:
    labels = {"minimum": _("Paling sedikit"), "maximum": _("Paling banyak")}
    return tuple(
        _cell(whole, ("curriculum", f"{name}_{end}"), key=f"{name}_{end}", label=label,
              kind=CellKind.WHOLE, flag=("curriculum", f"{name}_verified"))
        for end, label in labels.items()
    )  # fmt: skip


def _of_certificate(whole: Mapping[str, Any]) -> Iterator[Subject]:
    yield _single(
        whole, "certificate", _("Pola nomor sertifikat"), CellKind.PATTERN,
        ("certificate", "number_pattern"), ("certificate", "verified"),
        _("ketentuan penomoran lembaga"),
    )  # fmt: skip


def _single(
    whole: Mapping[str, Any], key: str, label: str, kind: CellKind, steps: tuple[str, ...],
    flag: tuple[str, ...], document: str, is_optional: bool = False,
) -> Subject:  # fmt: skip
    cell = _cell(whole, steps, key=key, label=label, kind=kind, flag=flag)
    return Subject(key, label, document, (cell,), is_optional)


def _weight(whole: Mapping[str, Any], row: Mapping[str, Any], above: tuple[str, ...]) -> Cell:
    steps = (*above, row["code"])
    return _cell(
        whole, (*steps, "weight"), key=row["code"], label=row["name"], kind=CellKind.PERCENT,
        flag=(*steps, "verified"),
    )  # fmt: skip


def _share(whole: Mapping[str, Any], row: Mapping[str, Any], above: tuple[str, ...]) -> Cell:
    steps = (*above, row["role"])
    return _cell(
        whole, (*steps, "share"), key=row["role"], label=row.get("name") or row["role"],
        kind=CellKind.PERCENT, flag=(*steps, "verified"),
    )  # fmt: skip


def _rows(part: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    return part.get(key) or []


def bands_text(bands: Sequence[Mapping[str, Any]]) -> str:
    """Write bands one a line: `Memuaskan; di atas 80; lulus`."""
    lines = []
    for band in bands:
        above = band.get("above")
        start = (
            f"di atas {above}" if above is not None else f"paling sedikit {band.get('at_least')}"
        )
        result = "lulus" if band.get("passes") else "tidak lulus"
        lines.append(f"{band['name']}; {start}; {result}")
    return "\n".join(lines)
