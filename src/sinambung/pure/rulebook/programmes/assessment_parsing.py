"""Read the assessment part of an edition."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sinambung.pure.rulebook.bands import Band, band_problems
from sinambung.pure.rulebook.citations import Citation
from sinambung.pure.rulebook.mapping_reader import MappingReader
from sinambung.pure.rulebook.programmes.curriculum_parsing import refuse_repeated
from sinambung.pure.rulebook.programmes.kinds import ComponentKind
from sinambung.pure.rulebook.programmes.values import (
    Aspect,
    AssessmentScheme,
    Component,
    RaterShare,
    SubComponent,
    TieBreak,
)

HUNDRED = Decimal(100)


def read_assessment(reader: MappingReader, basis: tuple[Citation, ...]) -> AssessmentScheme:
    """Return the scheme; complain when known weights do not add up to 100."""
    lowest = reader.number("mark_lowest")
    highest = reader.number("mark_highest")
    scheme = AssessmentScheme(
        basis=basis,
        components=reader.children("components", _read_component),
        bands=reader.children("bands", _read_band),
        bands_verified=reader.flag("bands_verified"),
        bands_document=reader.text("bands_document", default=""),
        attendance_minimum=reader.number("attendance_minimum", most=HUNDRED),
        attendance_verified=reader.flag("attendance_verified"),
        attendance_source=reader.text("attendance_source", default=""),
        maximum_spread=reader.number("maximum_spread"),
        tie_breaks=reader.children("tie_breaks", _read_tie_break),
        mark_lowest=Decimal(0) if lowest is None else lowest,
        mark_highest=HUNDRED if highest is None else highest,
    )
    _check_scheme(reader, scheme)
    return scheme


def _check_scheme(reader: MappingReader, scheme: AssessmentScheme) -> None:
    if scheme.mark_highest <= scheme.mark_lowest:
        reader.complain("mark_highest", "harus lebih besar dari nilai terendah.")
    refuse_repeated(reader, "components", (part.code for part in scheme.components))
    weighted = [part for part in scheme.components if part.kind is ComponentKind.WEIGHTED]
    _check_sum(reader, "components", "bobot", [part.weight for part in weighted])
    for problem in band_problems(scheme.bands, lowest=scheme.mark_lowest):
        reader.complain("bands", problem)
    if scheme.bands and scheme.lowest_passing is None:
        reader.complain("bands", "paling sedikit satu pita harus lulus.")
    known = {part.code for part in weighted}
    for tie_break in scheme.tie_breaks:
        for code in tie_break.components:
            if code not in known:
                reader.complain(
                    "tie_breaks",
                    f"“{tie_break.name}” menunjuk komponen {code} yang tidak berbobot.",
                )


def _check_sum(
    reader: MappingReader, key: str, what: str, weights: Iterable[Decimal | None]
) -> None:
    parts = list(weights)
    known = sum((weight for weight in parts if weight is not None), Decimal(0))
    if parts and None not in parts and known != HUNDRED:
        reader.complain(key, f"jumlah {what} {known}, seharusnya 100.")
    elif known > HUNDRED:
        reader.complain(key, f"jumlah {what} {known} melebihi 100.")


def _read_component(reader: MappingReader) -> Component:
    component = Component(
        code=reader.text("code"),
        name=reader.text("name"),
        kind=reader.choice("kind", ComponentKind, default=ComponentKind.WEIGHTED),
        weight=reader.number("weight", most=HUNDRED),
        document=reader.text("document", default=""),
        minimum=reader.number("minimum"),
        maximum=reader.number("maximum"),
        sub_components=reader.children("sub_components", _read_sub_component),
        aspects=reader.children("aspects", _read_aspect),
        raters=reader.children("raters", _read_rater),
        verified=reader.flag("verified"),
    )
    if component.kind is not ComponentKind.WEIGHTED and component.weight is not None:
        reader.complain("weight", "hanya komponen berbobot yang memiliki bobot.")
    if component.kind is ComponentKind.PREREQUISITE and component.minimum is None:
        reader.complain("minimum", "wajib diisi untuk prasyarat.")
    if component.sub_components and component.aspects:
        reader.complain(
            "aspects", "tulis aspek di dalam subkomponen, bukan di samping subkomponen."
        )
    _check_parts(reader, "sub_components", component.sub_components)
    _check_parts(reader, "aspects", component.aspects)
    _check_raters(reader, component.raters)
    return component


def _check_parts(
    reader: MappingReader, key: str, parts: tuple[SubComponent, ...] | tuple[Aspect, ...]
) -> None:
    refuse_repeated(reader, key, (part.code for part in parts))
    _check_sum(reader, key, "bobot", [part.weight for part in parts])


def _check_raters(reader: MappingReader, raters: tuple[RaterShare, ...]) -> None:
    refuse_repeated(reader, "raters", (rater.role for rater in raters))
    regular = {rater.role for rater in raters if not rater.replaces}
    _check_sum(
        reader, "raters", "porsi", [rater.share for rater in raters if rater.role in regular]
    )
    shares = {rater.role: rater.share for rater in raters if rater.share is not None}
    for rater in raters:
        if rater.replaces and rater.replaces not in regular:
            reader.complain(
                "raters", f"{rater.name} menggantikan peran {rater.replaces} yang tidak menilai."
            )
        elif rater.share is not None and rater.share != shares.get(rater.replaces, rater.share):
            reader.complain(
                "raters", f"porsi {rater.name} harus sama dengan porsi yang digantikannya."
            )


def _read_sub_component(reader: MappingReader) -> SubComponent:
    part = SubComponent(
        code=reader.text("code"),
        name=reader.text("name"),
        weight=reader.number("weight", most=HUNDRED),
        aspects=reader.children("aspects", _read_aspect),
        raters=reader.children("raters", _read_rater),
        verified=reader.flag("verified"),
    )
    _check_parts(reader, "aspects", part.aspects)
    _check_raters(reader, part.raters)
    return part


def _read_aspect(reader: MappingReader) -> Aspect:
    return Aspect(
        code=reader.text("code"),
        name=reader.text("name"),
        weight=reader.number("weight", most=HUNDRED),
        rubric=reader.text("rubric", default=""),
        verified=reader.flag("verified"),
    )


def _read_rater(reader: MappingReader) -> RaterShare:
    role = reader.text("role")
    return RaterShare(
        role=role,
        name=reader.text("name", default=role.capitalize()),
        share=reader.number("share", most=HUNDRED),
        replaces=reader.text("replaces", default=""),
        verified=reader.flag("verified"),
    )


def _read_band(reader: MappingReader) -> Band:
    at_least, above = reader.number("at_least"), reader.number("above")
    given = [key for key in ("at_least", "above") if reader.get(key) is not None]
    if len(given) != 1:
        reader.complain("", "isi salah satu saja: paling sedikit (at_least) atau di atas (above).")
    threshold = above if at_least is None else at_least
    return Band(
        name=reader.text("name"),
        threshold=Decimal(0) if threshold is None else threshold,
        inclusive=above is None,
        passes=reader.flag("passes"),
    )


def _read_tie_break(reader: MappingReader) -> TieBreak:
    return TieBreak(name=reader.text("name"), components=reader.texts("components"))
