"""Reading the trail as sentences, and examining whether it is whole."""

from sinambung.platform.audit.queries.examining import (
    Examination,
    Fault,
    FaultKind,
    examine,
    examine_seals,
)
from sinambung.platform.audit.queries.lines import (
    TrailLine,
    count_entries,
    count_unsealed,
    entries_about,
    latest_seal,
    latest_seal_at,
    line,
    page_of_lines,
    subjects_of,
)

__all__ = [
    "Examination",
    "Fault",
    "FaultKind",
    "TrailLine",
    "count_entries",
    "count_unsealed",
    "entries_about",
    "examine",
    "examine_seals",
    "latest_seal",
    "latest_seal_at",
    "line",
    "page_of_lines",
    "subjects_of",
]
