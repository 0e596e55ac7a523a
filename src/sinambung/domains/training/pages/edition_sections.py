"""The sections in which a draft edition is edited: which fields each has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from sinambung.pure.rulebook.programmes import (
    CertificateKind,
    ComponentKind,
    DayKind,
    LearningMode,
    SubjectKind,
)
from sinambung.pure.rulebook.programmes.labels import LABELS


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    FLAG = "flag"
    CHOICE = "choice"
    LINES = "lines"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Field:
    """One value; LINES is a list written one a line, WORDS a list separated by commas."""

    key: str
    kind: Kind = Kind.TEXT
    choices: Sequence[tuple[str, Any]] = ()

    @property
    def label(self) -> str:
        return LABELS[self.key]


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of groups of values; each group may hold lists again."""

    key: str
    fields: tuple[Field, ...]
    nested: tuple[Rows, ...] = ()
    blank: int = 1

    @property
    def label(self) -> str:
        return LABELS[self.key]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the content that one form edits; `group` is its key in the content, if any."""

    word: str
    title: Any
    help: Any
    group: str
    fields: tuple[Field, ...]
    rows: tuple[Rows, ...] = ()


def _numbers(*keys: str) -> tuple[Field, ...]:
    return tuple(Field(key, Kind.NUMBER) for key in keys)


def _flags(*keys: str) -> tuple[Field, ...]:
    return tuple(Field(key, Kind.FLAG) for key in keys)


MODES = [(mode.value, mode.label) for mode in LearningMode]
DAY_KINDS = [
    (DayKind.CALENDAR.value, _("hari kalender")),
    (DayKind.WORKING.value, _("hari kerja")),
    (DayKind.TRAINING.value, _("hari pelatihan")),
]
SUBJECT_KINDS = [
    (SubjectKind.CORE.value, _("Inti")),
    (SubjectKind.ELECTIVE.value, _("Pilihan")),
    (SubjectKind.SUPPORTING.value, _("Penunjang")),
    (SubjectKind.ORIENTATION.value, _("Orientasi")),
]
COMPONENT_KINDS = [
    (ComponentKind.WEIGHTED.value, _("Berbobot")),
    (ComponentKind.DEDUCTION.value, _("Pengurang")),
    (ComponentKind.PREREQUISITE.value, _("Prasyarat")),
]
CERTIFICATE_KINDS = [(kind.value, kind.label) for kind in CertificateKind]

CODE, NAME, VERIFIED = Field("code"), Field("name"), Field("verified", Kind.FLAG)
WEIGHT = Field("weight", Kind.NUMBER)
ASPECTS = Rows("aspects", (CODE, NAME, WEIGHT, Field("rubric"), VERIFIED))
RATERS = Rows(
    "raters",
    (Field("role"), NAME, Field("share", Kind.NUMBER), Field("replaces"), VERIFIED),
)
SUB_COMPONENTS = Rows("sub_components", (CODE, NAME, WEIGHT, VERIFIED), (ASPECTS, RATERS))

SECTIONS = (
    Section(
        "umum",
        _("Umum"),
        _("Sebutan, masa berlaku, dasar hukum, dan catatan."),
        "",
        (
            Field("label"),
            Field("since", Kind.DAY),
            Field("until", Kind.DAY),
            Field("notes", Kind.LINES),
        ),
        (Rows("basis", (Field("title"), Field("article"), VERIFIED)),),
    ),
    Section(
        "ciri",
        _("Ciri program"),
        _("Istilah yang dipakai, dan siapa yang mendampingi."),
        "traits",
        (
            Field("competency"),
            Field("position_class"),
            Field("project"),
            Field("visit"),
            *_flags("has_coach", "has_mentor", "has_examiner", "counts_hours"),
        ),
    ),
    Section(
        "tahap",
        _("Lama dan tahap"),
        _("Kosongkan yang belum diketahui; jangan menebak."),
        "curriculum",
        (
            *_numbers("total_hours", "total_days", "quota_minimum", "quota_maximum"),
            *_flags("total_hours_verified", "total_days_verified", "quota_verified"),
        ),
        (
            Rows(
                "stages",
                (
                    CODE,
                    NAME,
                    Field("mode", Kind.CHOICE, MODES),
                    *_numbers("hours", "days_minimum", "days_maximum"),
                    Field("day_kind", Kind.CHOICE, DAY_KINDS),
                    VERIFIED,
                ),
            ),
        ),
    ),
    Section(
        "agenda",
        _("Agenda"),
        _("Kelompok mata pelatihan; mata pelatihan menunjuk kodenya."),
        "curriculum",
        (),
        (Rows("agendas", (CODE, NAME, Field("kind", Kind.CHOICE, SUBJECT_KINDS), VERIFIED)),),
    ),
    Section(
        "mata-pelatihan",
        _("Mata pelatihan"),
        _("JP ditulis per cara belajar; 1 JP adalah 45 menit."),
        "curriculum",
        (
            *_numbers("electives_minimum", "electives_maximum"),
            *_flags("electives_verified"),
        ),
        (
            Rows(
                "subjects",
                (
                    CODE,
                    NAME,
                    Field("agenda"),
                    Field("kind", Kind.CHOICE, SUBJECT_KINDS),
                    *_flags("verified", "hours_verified"),
                ),
                (Rows("hours", (Field("mode", Kind.CHOICE, MODES), *_numbers("hours"))),),
            ),
        ),
    ),
    Section(
        "persyaratan",
        _("Persyaratan peserta"),
        _("Yang bertanda dokumen diunggah peserta; lainnya dinyatakan penyelenggara."),
        "curriculum",
        (),
        (
            Rows(
                "eligibility",
                (CODE, NAME, Field("rule"), *_flags("document", "required", "verified")),
                blank=2,
            ),
        ),
    ),
    Section(
        "penilaian",
        _("Komponen penilaian"),
        _("Bobot komponen berbobot berjumlah 100; kosongkan yang belum diketahui."),
        "assessment",
        _numbers("mark_lowest", "mark_highest", "maximum_spread"),
        (
            Rows(
                "components",
                (
                    CODE,
                    NAME,
                    Field("kind", Kind.CHOICE, COMPONENT_KINDS),
                    *_numbers("weight", "minimum", "maximum"),
                    Field("document"),
                    VERIFIED,
                ),
                (SUB_COMPONENTS, ASPECTS, RATERS),
            ),
        ),
    ),
    Section(
        "kelulusan",
        _("Kehadiran, pita predikat, peringkat"),
        _("Pita ditulis dari yang tertinggi; isi “di atas” atau “paling sedikit”, tidak keduanya."),
        "assessment",
        (
            *_numbers("attendance_minimum"),
            Field("attendance_source"),
            Field("bands_document"),
            *_flags("attendance_verified", "bands_verified"),
        ),
        (
            Rows(
                "bands",
                (NAME, *_numbers("above", "at_least"), Field("passes", Kind.FLAG)),
            ),
            Rows("tie_breaks", (NAME, Field("components", Kind.WORDS))),
        ),
    ),
    Section(
        "sertifikat",
        _("Sertifikat"),
        _("Penanda nomor: {urut} {program} {angkatan} {kode_unit} {bulan_romawi} {tahun}."),
        "certificate",
        (
            Field("kind", Kind.CHOICE, CERTIFICATE_KINDS),
            Field("title"),
            Field("abbreviation"),
            Field("number_pattern"),
            Field("legal_sentence"),
            *_flags("shows_distinction", "second_signature", "marks_page", "verified"),
        ),
    ),
)
BY_WORD = {section.word: section for section in SECTIONS}
