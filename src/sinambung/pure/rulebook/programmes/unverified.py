"""Which values of an edition nobody has confirmed: what *Kelengkapan regulasi* lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sinambung.pure.rulebook.programmes.kinds import ComponentKind
from sinambung.pure.rulebook.programmes.values import (
    AssessmentScheme,
    Curriculum,
    ProgrammeEdition,
)


@dataclass(frozen=True, slots=True)
class Unverified:
    """One value without confirmation; `is_missing` when there is no value at all."""

    path: str
    is_missing: bool
    document: str = ""

    def __str__(self) -> str:
        state = "belum diisi" if self.is_missing else "nilai bawaan, belum diverifikasi"
        return f"{self.path}: {state}"


def unverified_values(edition: ProgrammeEdition) -> tuple[Unverified, ...]:
    """List what is missing or unconfirmed, missing values first."""
    found = [*_of_curriculum(edition.curriculum), *_of_assessment(edition.assessment)]
    if not edition.certificate.verified:
        found.append(Unverified("Tata letak sertifikat", is_missing=False))
    return tuple(sorted(found, key=lambda item: not item.is_missing))


def _of_curriculum(curriculum: Curriculum) -> Iterator[Unverified]:
    stated = (
        ("Jumlah JP", curriculum.total_hours, curriculum.total_hours_verified),
        ("Jumlah hari", curriculum.total_days, curriculum.total_days_verified),
        ("Kuota peserta", curriculum.quota_maximum, curriculum.quota_verified),
        (
            "Jumlah mata pelatihan pilihan",
            curriculum.electives_minimum,
            curriculum.electives_verified,
        ),
    )
    for path, value, verified in stated:
        if value is None or not verified:
            yield Unverified(path, is_missing=value is None)
    yield from _of_lists(curriculum)


def _of_lists(curriculum: Curriculum) -> Iterator[Unverified]:
    for stage in curriculum.stages:
        if not stage.verified or stage.hours is None:
            yield Unverified(f"Tahap {stage.name}", is_missing=stage.hours is None)
    for subject in curriculum.subjects:
        if subject.total_hours is None or not subject.hours_verified:
            yield Unverified(f"JP {subject.name}", is_missing=subject.total_hours is None)
    for item in curriculum.eligibility:
        if not item.verified:
            yield Unverified(f"Persyaratan {item.name}", is_missing=False)


def _of_assessment(scheme: AssessmentScheme) -> Iterator[Unverified]:
    for part in scheme.components:
        missing = part.weight is None and part.kind is ComponentKind.WEIGHTED
        if missing or not part.verified:
            yield Unverified(f"Bobot {part.name}", missing, part.document)
        for rater in part.raters:
            if rater.share is None or not rater.verified:
                path = f"Porsi {rater.name} pada {part.name}"
                yield Unverified(path, rater.share is None, part.document)
    if scheme.is_graded and not (scheme.bands and scheme.bands_verified):
        yield Unverified("Pita predikat", not scheme.bands, scheme.bands_document)
    if scheme.attendance_minimum is None or not scheme.attendance_verified:
        yield Unverified("Kehadiran minimal", scheme.attendance_minimum is None)
