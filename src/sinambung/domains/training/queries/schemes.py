"""The assessment scheme of a batch as values, and the cells in which its marks are written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from sinambung.domains.training.models import Batch
from sinambung.pure.rulebook.citations import Citation, citation_from
from sinambung.pure.rulebook.grade_plan import Node, plan_of
from sinambung.pure.rulebook.grading import Grader
from sinambung.pure.rulebook.mapping_reader import MappingReader
from sinambung.pure.rulebook.marks import Item, MarkKey, comma
from sinambung.pure.rulebook.programmes.assessment_parsing import read_assessment
from sinambung.pure.rulebook.programmes.kinds import ComponentKind
from sinambung.pure.rulebook.programmes.labels import LABELS
from sinambung.pure.rulebook.programmes.parsing import EditionProblems
from sinambung.pure.rulebook.programmes.values import Aspect, AssessmentScheme, SubComponent

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class MarkCell:
    """One cell that somebody fills: `code` is how `Mark.cell` names it.

    `weight` is its part of the final grade in percent, None while unknown. `replaces` is the cell
    whose rater this role stands in for. `path` names what is marked, from component to aspect.
    """

    code: str
    key: MarkKey
    item: str
    name: str
    path: tuple[str, ...]
    weight: Decimal | None
    role: str
    role_name: str
    kind: ComponentKind
    document: str
    rubric: str
    replaces: str = ""

    @property
    def component(self) -> str:
        return self.key.component

    @property
    def shown_weight(self) -> str:
        """The weight as pages write it: `5%`, or a dash while unknown."""
        return "–" if self.weight is None else f"{comma(self.weight)}%"

    @property
    def full_name(self) -> str:
        """The whole path, as sentences and headings of workbooks say it."""
        name = " › ".join(self.path)
        return f"{name} ({self.role_name})" if self.role else name


@dataclass(frozen=True, slots=True)
class Deduction:
    """A component whose points are taken away for what conduct notes record."""

    code: str
    name: str
    maximum: Decimal | None


@dataclass(frozen=True, slots=True)
class SchemeView:
    """A scheme prepared for marking and grading; shared by batches that have the same one."""

    scheme: AssessmentScheme
    grader: Grader
    cells: tuple[MarkCell, ...]
    by_code: Mapping[str, MarkCell]
    deductions: tuple[Deduction, ...]
    missing: tuple[str, ...]

    @property
    def columns(self) -> tuple[MarkCell, ...]:
        """The cells without those of substitutes, which share the column of whom they replace."""
        return tuple(cell for cell in self.cells if not cell.replaces)

    def substitutes_of(self, code: str) -> tuple[MarkCell, ...]:
        return tuple(cell for cell in self.cells if cell.replaces == code)

    def cells_of_item(self, item: str) -> tuple[MarkCell, ...]:
        return tuple(cell for cell in self.cells if cell.item == item)

    def cells_of_role(self, role: str) -> tuple[MarkCell, ...]:
        return tuple(cell for cell in self.cells if cell.role == role)


def scheme_of(batch: Batch) -> SchemeView:
    """Return the scheme to which a batch is pinned."""
    stated = [*batch.edition.content.get("basis", []), *batch.scheme.get("basis", [])]
    basis = [part for place, part in enumerate(stated) if part not in stated[:place]]
    return _view(json.dumps(batch.scheme, sort_keys=True), json.dumps(basis, sort_keys=True))


def scheme_from(mapping: Mapping[str, object], basis: tuple[Citation, ...]) -> AssessmentScheme:
    """Read a stored scheme; raise `EditionProblems` when it is none."""
    reader = MappingReader(mapping, labels=LABELS, problems=[])
    scheme = read_assessment(reader, basis)
    if reader.problems:
        raise EditionProblems(tuple(reader.problems))
    return scheme


@lru_cache(maxsize=64)
def _view(scheme_text: str, basis_text: str) -> SchemeView:
    mapping = json.loads(scheme_text)
    basis = tuple(citation_from(part) for part in json.loads(basis_text))
    scheme = scheme_from(mapping, basis)
    cells = tuple(cells_of(scheme))
    return SchemeView(
        scheme=scheme,
        grader=Grader(scheme),
        cells=cells,
        by_code={cell.code: cell for cell in cells},
        deductions=tuple(
            Deduction(part.code, part.name, part.maximum)
            for part in scheme.components
            if part.kind is ComponentKind.DEDUCTION
        ),
        missing=missing_of(scheme),
    )


def cells_of(scheme: AssessmentScheme) -> Iterator[MarkCell]:
    """Yield the cells of a scheme, component by component."""
    rubrics = _rubrics(scheme)
    for component in scheme.components:
        if component.kind is ComponentKind.DEDUCTION:
            continue
        node = plan_of(component)
        share = node.weight if node.kind is ComponentKind.WEIGHTED else None
        yield from _cells_of(node, share, (node.name,), rubrics)


def _cells_of(
    node: Node, share: Decimal | None, path: tuple[str, ...], rubrics: Mapping[Item, str]
) -> Iterator[MarkCell]:
    for part in node.parts:
        yield from _cells_of(part, _part_of(share, part.weight), (*path, part.name), rubrics)
    if node.parts:
        return
    item = "/".join(filter(None, node.item))

    def cell(role: str, name: str, weight: Decimal | None, replaces: str = "") -> MarkCell:
        return MarkCell(
            code=f"{item}@{role}" if role else item,
            key=MarkKey(*node.item, role=role),
            item=item,
            name=node.name,
            path=path,
            weight=weight,
            role=role,
            role_name=name,
            kind=node.kind,
            document=node.document,
            rubric=rubrics.get(node.item, ""),
            replaces=replaces,
        )

    if not node.raters:
        yield cell("", "", share)
    for plan in node.raters:
        regular = cell(plan.role.role, plan.role.name, _part_of(share, plan.role.share))
        yield regular
        for other in plan.substitutes:
            yield cell(other.role, other.name, _part_of(share, other.share), regular.code)


def _part_of(whole: Decimal | None, part: Decimal | None) -> Decimal | None:
    return None if whole is None or part is None else whole * part / HUNDRED


def _rubrics(scheme: AssessmentScheme) -> dict[Item, str]:
    rubrics: dict[Item, str] = {}
    for component in scheme.components:
        for aspect in component.aspects:
            rubrics[Item(component.code, "", aspect.code)] = aspect.rubric
        for part in component.sub_components:
            for aspect in part.aspects:
                rubrics[Item(component.code, part.code, aspect.code)] = aspect.rubric
    return rubrics


def missing_of(scheme: AssessmentScheme) -> tuple[str, ...]:
    """Return what every participant's grade needs and the scheme does not have yet."""
    return tuple(_missing(scheme))


def _missing(scheme: AssessmentScheme) -> Iterator[str]:
    if not scheme.is_graded:
        return
    for component in scheme.components:
        where = component.document or "dokumen skema penilaian"
        parts: list[SubComponent | Aspect] = [*component.sub_components, *component.aspects]
        if component.kind is ComponentKind.WEIGHTED and component.weight is None:
            yield f"Bobot {component.name} belum diisi. Isi dari {where}."
        for part in parts:
            if part.weight is None:
                yield f"Bobot {part.name} pada {component.name} belum diisi. Isi dari {where}."
    if not scheme.bands:
        where = scheme.bands_document or "dokumen skema penilaian"
        yield f"Pita predikat dan nilai minimal lulus belum diisi. Isi dari {where}."
