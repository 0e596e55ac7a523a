"""What a programme edition is: curriculum, assessment scheme and certificate layout as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sinambung.pure.rulebook.bands import Band
from sinambung.pure.rulebook.citations import Citation
from sinambung.pure.rulebook.programmes.kinds import (
    CertificateKind,
    ComponentKind,
    DayKind,
    LearningMode,
    SubjectKind,
)

NOT_PASSED_BEFORE = "belum-lulus"


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the timetable; days and hours are None while unknown."""

    code: str
    name: str
    mode: LearningMode
    hours: Decimal | None
    days_minimum: int | None
    days_maximum: int | None
    day_kind: DayKind
    verified: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    code: str
    name: str
    kind: SubjectKind
    verified: bool


@dataclass(frozen=True, slots=True)
class HoursByMode:
    """Lesson hours (45 minutes each) of a subject in one mode; None while unknown."""

    mode: LearningMode
    hours: Decimal | None


@dataclass(frozen=True, slots=True)
class Subject:
    code: str
    name: str
    agenda: str
    kind: SubjectKind
    hours: tuple[HoursByMode, ...]
    verified: bool
    hours_verified: bool

    @property
    def total_hours(self) -> Decimal | None:
        """Return the sum over all modes, or None while any of them is unknown."""
        known = [part.hours for part in self.hours if part.hours is not None]
        return sum(known, Decimal(0)) if known and len(known) == len(self.hours) else None


@dataclass(frozen=True, slots=True)
class EligibilityItem:
    """One line of the checklist; `document` asks the participant to upload a file.

    The code `belum-lulus` asks that the person has not passed the programme before.
    """

    code: str
    name: str
    rule: str
    document: bool
    required: bool
    verified: bool

    @property
    def asks_not_passed(self) -> bool:
        """Return whether recorded passes of the same programme contradict this requirement."""
        return self.code == NOT_PASSED_BEFORE


@dataclass(frozen=True, slots=True)
class Curriculum:
    total_hours: Decimal | None
    total_hours_verified: bool
    total_days: int | None
    total_days_verified: bool
    quota_minimum: int | None
    quota_maximum: int | None
    quota_verified: bool
    stages: tuple[Stage, ...]
    agendas: tuple[Agenda, ...]
    subjects: tuple[Subject, ...]
    electives_minimum: int | None
    electives_maximum: int | None
    electives_verified: bool
    eligibility: tuple[EligibilityItem, ...]


@dataclass(frozen=True, slots=True)
class RaterShare:
    """How much of a mark a role gives, in percent; a substitute `replaces` another role."""

    role: str
    name: str
    share: Decimal | None
    replaces: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Aspect:
    code: str
    name: str
    weight: Decimal | None
    rubric: str
    verified: bool


@dataclass(frozen=True, slots=True)
class SubComponent:
    """A part of a component; without raters of its own it takes the component's."""

    code: str
    name: str
    weight: Decimal | None
    aspects: tuple[Aspect, ...]
    raters: tuple[RaterShare, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the assessment; `document` says from which document to enter its weight.

    `minimum` belongs to a prerequisite, `maximum` limits the points of a deduction.
    """

    code: str
    name: str
    kind: ComponentKind
    weight: Decimal | None
    document: str
    minimum: Decimal | None
    maximum: Decimal | None
    sub_components: tuple[SubComponent, ...]
    aspects: tuple[Aspect, ...]
    raters: tuple[RaterShare, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class TieBreak:
    """Decides between equal final grades by the points that these components gave."""

    name: str
    components: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssessmentScheme:
    """How marks become a final grade; `basis` is what the screen cites.

    `bands` go from the highest to the lowest and decide who passes; empty while unknown.
    """

    basis: tuple[Citation, ...]
    components: tuple[Component, ...]
    bands: tuple[Band, ...]
    bands_verified: bool
    bands_document: str
    attendance_minimum: Decimal | None
    attendance_verified: bool
    attendance_source: str
    maximum_spread: Decimal | None
    tie_breaks: tuple[TieBreak, ...]
    mark_lowest: Decimal = Decimal(0)
    mark_highest: Decimal = Decimal(100)

    @property
    def lowest_passing(self) -> Band | None:
        """Return the band where passing begins: its threshold is the pass mark."""
        passing = [band for band in self.bands if band.passes]
        return passing[-1] if passing else None

    @property
    def pass_mark(self) -> Decimal | None:
        band = self.lowest_passing
        return band.threshold if band else None

    @property
    def is_graded(self) -> bool:
        """Say whether marks lead to a final grade; otherwise only completion counts."""
        return any(part.kind is ComponentKind.WEIGHTED for part in self.components)

    def component(self, code: str) -> Component:
        return next(part for part in self.components if part.code == code)


@dataclass(frozen=True, slots=True)
class CertificateLayout:
    """What the certificate says; `number_pattern` is read by `letter_numbers`."""

    kind: CertificateKind
    title: str
    abbreviation: str
    number_pattern: str
    legal_sentence: str
    shows_distinction: bool
    second_signature: bool
    marks_page: bool
    verified: bool


@dataclass(frozen=True, slots=True)
class ProgrammeTraits:
    """How this kind of programme differs from others; an empty term means there is none."""

    competency: str
    position_class: str
    project: str
    visit: str
    has_coach: bool
    has_mentor: bool
    has_examiner: bool
    counts_hours: bool


@dataclass(frozen=True, slots=True)
class ProgrammeEdition:
    """One edition of a programme; a batch is pinned to it when it is created."""

    code: str
    edition: str
    name: str
    label: str
    since: date
    until: date | None
    basis: tuple[Citation, ...]
    traits: ProgrammeTraits
    curriculum: Curriculum
    assessment: AssessmentScheme
    certificate: CertificateLayout
    is_sample: bool = False
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.code}-{self.edition}".lower().replace(" ", "-")

    @property
    def title(self) -> str:
        return f"{self.name} ({self.code}), {self.label}"

    def __str__(self) -> str:
        return self.title
