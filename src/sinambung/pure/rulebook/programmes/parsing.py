"""Read a programme edition from a mapping, with every problem as an Indonesian sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sinambung.pure.rulebook.citations import Citation
from sinambung.pure.rulebook.letter_numbers import pattern_problems
from sinambung.pure.rulebook.mapping_reader import MappingReader
from sinambung.pure.rulebook.programmes.assessment_parsing import read_assessment
from sinambung.pure.rulebook.programmes.curriculum_parsing import read_curriculum
from sinambung.pure.rulebook.programmes.kinds import CertificateKind
from sinambung.pure.rulebook.programmes.labels import LABELS
from sinambung.pure.rulebook.programmes.values import (
    CertificateLayout,
    ProgrammeEdition,
    ProgrammeTraits,
)
from sinambung.pure.rulebook.refusals import RuleRefused

UNKNOWN_DAY = date(1945, 8, 17)


class EditionProblems(RuleRefused):
    """The mapping is no valid edition; `problems` says why, one sentence each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        more = f" (dan {len(problems) - 1} masalah lain)" if len(problems) > 1 else ""
        super().__init__(f"Edisi program belum dapat dipakai. {problems[0]}{more}")
        self.problems = problems


def parse_edition(mapping: Mapping[str, object]) -> ProgrammeEdition:
    """Return the edition that a mapping describes; null or absent numbers stay unknown.

    Raises EditionProblems with all problems at once.
    """
    reader = MappingReader(mapping, labels=LABELS, problems=[])
    edition = _read_edition(reader)
    reader.refuse_the_rest()
    if reader.problems:
        raise EditionProblems(tuple(reader.problems))
    return edition


def _read_edition(reader: MappingReader) -> ProgrammeEdition:
    since, until = reader.day("since"), reader.day("until")
    if since is None and reader.get("since") is None:
        reader.complain("since", "wajib diisi.")
    if since and until and until <= since:
        reader.complain("until", "harus sesudah tanggal mulai berlaku.")
    basis = reader.children("basis", _read_citation)
    if not basis:
        reader.complain("basis", "sebutkan paling sedikit satu dasar hukum atau sumber.")
    return ProgrammeEdition(
        code=reader.text("code"),
        edition=reader.text("edition"),
        name=reader.text("name"),
        label=reader.text("label"),
        since=since or UNKNOWN_DAY,
        until=until,
        basis=basis,
        traits=reader.child("traits", _read_traits),
        curriculum=reader.child("curriculum", read_curriculum),
        assessment=reader.child("assessment", lambda child: read_assessment(child, basis)),
        certificate=reader.child("certificate", _read_certificate),
        is_sample=reader.flag("is_sample"),
        notes=reader.texts("notes"),
    )


def _read_citation(reader: MappingReader) -> Citation:
    return Citation(
        source=reader.text("source", default=""),
        title=reader.text("title"),
        article=reader.text("article", default=""),
        verified=reader.flag("verified"),
    )


def _read_traits(reader: MappingReader) -> ProgrammeTraits:
    return ProgrammeTraits(
        competency=reader.text("competency"),
        position_class=reader.text("position_class", default=""),
        project=reader.text("project", default=""),
        visit=reader.text("visit", default=""),
        has_coach=reader.flag("has_coach"),
        has_mentor=reader.flag("has_mentor"),
        has_examiner=reader.flag("has_examiner"),
        counts_hours=reader.flag("counts_hours", default=True),
    )


def _read_certificate(reader: MappingReader) -> CertificateLayout:
    pattern = reader.text("number_pattern")
    for problem in pattern_problems(pattern) if pattern else ():
        reader.complain("number_pattern", problem)
    return CertificateLayout(
        kind=reader.choice("kind", CertificateKind),
        title=reader.text("title"),
        abbreviation=reader.text("abbreviation", default=""),
        number_pattern=pattern,
        legal_sentence=reader.text("legal_sentence", default=""),
        shows_distinction=reader.flag("shows_distinction"),
        second_signature=reader.flag("second_signature"),
        marks_page=reader.flag("marks_page"),
        verified=reader.flag("verified"),
    )
