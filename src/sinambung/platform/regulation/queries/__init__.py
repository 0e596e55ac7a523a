"""Reads of regulation."""

from sinambung.platform.regulation.queries.completeness import (
    Completeness,
    CompletenessPage,
    EditionPage,
    EditionRows,
    SubjectPage,
    SubjectRow,
    completeness,
    completeness_page,
    edition_page,
    subject_page,
)
from sinambung.platform.regulation.queries.in_force import (
    completed_scheme,
    confirmed_tables,
    edition_for,
    law_archive,
    local_law,
    local_value,
)
from sinambung.platform.regulation.queries.waiting import tasks_for

__all__ = [
    "Completeness",
    "CompletenessPage",
    "EditionPage",
    "EditionRows",
    "SubjectPage",
    "SubjectRow",
    "completed_scheme",
    "completeness",
    "completeness_page",
    "confirmed_tables",
    "edition_for",
    "edition_page",
    "law_archive",
    "local_law",
    "local_value",
    "subject_page",
    "tasks_for",
]
