"""The form of one section of an edition: from the content to controls, and from a post back.

It works without script: every list ends with empty groups, and a tick removes a group.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sinambung.domains.training.pages.edition_sections import Field, Kind, Rows, Section
from sinambung.pure.rulebook.programmes.labels import LABELS

MOST_ROWS = 80
LONGEST_VALUE = 2000


@dataclass(frozen=True, slots=True)
class Control:
    """One control: `error` is the sentence that stands at it."""

    name: str
    label: str
    kind: str
    value: Any
    choices: Sequence[tuple[str, Any]] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class RowControls:
    title: str
    name: str
    controls: list[Control]
    lists: list[ListControls] = field(default_factory=list)
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class ListControls:
    label: str
    name: str
    rows: list[RowControls]
    error: str = ""


@dataclass(frozen=True, slots=True)
class SectionForm:
    section: Section
    controls: list[Control]
    lists: list[ListControls]
    problems: list[tuple[str, str]]


def section_form(
    section: Section, content: Mapping[str, Any], problems: Sequence[str] = ()
) -> SectionForm:
    """Return the controls of a section with the problems at their controls.

    `problems` of the form are (sentence, name of a control or empty), for the summary.
    """
    inner = content[section.group] if section.group else content
    path = (LABELS[section.group],) if section.group else ()
    builder = _Builder(problems)
    controls = builder.controls(section.fields, inner, "", path)
    lists = [builder.rows(rows, inner.get(rows.key) or [], "", path) for rows in section.rows]
    return SectionForm(section, controls, lists, builder.summary())


class _Builder:
    """Builds controls and remembers at which control each problem was shown."""

    def __init__(self, problems: Sequence[str]) -> None:
        self._problems = list(problems)
        self._placed: dict[int, str] = {}

    def controls(
        self, fields: Sequence[Field], values: Mapping[str, Any], prefix: str, path: tuple[str, ...]
    ) -> list[Control]:
        return [
            Control(
                name=f"{prefix}{one.key}",
                label=one.label,
                kind=one.kind.value,
                value=_shown(one, values.get(one.key)),
                choices=one.choices,
                error=self._error((*path, one.label), f"{prefix}{one.key}"),
            )
            for one in fields
        ]

    def rows(
        self, rows: Rows, values: Sequence[Mapping[str, Any]], prefix: str, path: tuple[str, ...]
    ) -> ListControls:
        blanks: list[Mapping[str, Any]] = [{}] * rows.blank
        made = [
            self._row(rows, row, number, f"{prefix}{rows.key}-{number - 1}-", path)
            for number, row in enumerate([*values, *blanks], start=1)
        ]
        name = f"{prefix}{rows.key}"
        return ListControls(rows.label, name, made, self._error((*path, rows.label), name))

    def _row(
        self, rows: Rows, row: Mapping[str, Any], number: int, prefix: str, path: tuple[str, ...]
    ) -> RowControls:
        name = row.get("name") or row.get("code") or row.get("title") or _mode_of(rows, row)
        known = row.get("name") or row.get("code") or number
        here = (*path, f"{rows.label} {known}")
        return RowControls(
            title=str(name),
            name=prefix,
            controls=self.controls(rows.fields, row, prefix, here),
            lists=[self.rows(one, row.get(one.key) or [], prefix, here) for one in rows.nested]
            if row
            else [],
            is_blank=not row,
        )

    def _error(self, path: tuple[str, ...], name: str) -> str:
        where = " › ".join(path) + ": "
        found = []
        for index, problem in enumerate(self._problems):
            if problem.startswith(where):
                self._placed.setdefault(index, name)
                found.append(problem.removeprefix(where))
        return " ".join(found)

    def summary(self) -> list[tuple[str, str]]:
        return [
            (problem, self._placed.get(index, "")) for index, problem in enumerate(self._problems)
        ]


def _mode_of(rows: Rows, row: Mapping[str, Any]) -> str:
    """Name a group that has no name of its own by what was chosen in it: hours by their mode."""
    for one in rows.fields:
        if one.kind is Kind.CHOICE:
            return str(dict(one.choices).get(row.get(one.key, ""), ""))
    return ""


def _shown(one: Field, value: Any) -> Any:
    if one.kind is Kind.FLAG:
        return bool(value)
    if one.kind is Kind.LINES:
        return "\n".join(value or [])
    if one.kind is Kind.WORDS:
        return ", ".join(value or [])
    if one.kind is Kind.NUMBER and value is not None:
        return str(value).replace(".", ",")
    return "" if value is None else str(value)


def posted_content(
    section: Section, content: Mapping[str, Any], posted: Mapping[str, str]
) -> dict[str, Any]:
    """Return the content with what the form of one section posted."""
    inner = dict(content[section.group] if section.group else content)
    inner.update(_values(section.fields, posted, ""))
    for rows in section.rows:
        before = inner.get(rows.key) or []
        inner[rows.key] = list(_rows(rows, posted, "", before))
    return {**content, section.group: inner} if section.group else inner


def _values(fields: Sequence[Field], posted: Mapping[str, str], prefix: str) -> dict[str, Any]:
    return {one.key: _value(one, posted.get(f"{prefix}{one.key}", "")) for one in fields}


def _value(one: Field, text: str) -> Any:
    text = text.replace("\x00", "").strip()[:LONGEST_VALUE]
    if one.kind is Kind.FLAG:
        return text == "on"
    if one.kind is Kind.LINES:
        return [line.strip() for line in text.splitlines() if line.strip()]
    if one.kind is Kind.WORDS:
        return [word.strip() for word in text.split(",") if word.strip()]
    if one.kind is Kind.NUMBER:
        return text.replace(",", ".") or None
    if one.kind is Kind.DAY:
        return text or None
    return text


def _rows(
    rows: Rows, posted: Mapping[str, str], prefix: str, before: Sequence[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Yield the groups that were not removed; a new one only when something was typed in it."""
    for number in range(MOST_ROWS):
        start = f"{prefix}{rows.key}-{number}-"
        first = f"{start}{rows.fields[0].key}"
        if first not in posted:
            return
        values = _values(rows.fields, posted, start)
        nested = {
            one.key: list(_rows(one, posted, start, _before(before, number, one.key)))
            for one in rows.nested
        }
        is_new = number >= len(before)
        if posted.get(f"{start}remove") == "on":
            continue
        if is_new and not (_is_typed(rows.fields, values) or any(nested.values())):
            continue
        kept = before[number] if number < len(before) else {}
        yield {**kept, **_only_one_start({**values, **nested})}


def _is_typed(fields: Sequence[Field], values: Mapping[str, Any]) -> bool:
    return any(values[one.key] for one in fields if one.kind not in (Kind.CHOICE, Kind.FLAG))


def _before(
    before: Sequence[Mapping[str, Any]], number: int, key: str
) -> Sequence[Mapping[str, Any]]:
    return (before[number].get(key) or []) if number < len(before) else []


def _only_one_start(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out the beginning of a band that was not written."""
    if "above" in values and "at_least" in values:
        for key in ("above", "at_least"):
            other = "at_least" if key == "above" else "above"
            if values[key] is None and values[other] is not None:
                values.pop(key)
                break
    return values
