"""Reads about imports: the list, the review, the rows."""

from sinambung.platform.exchange.queries.notes import NoteGroup
from sinambung.platform.exchange.queries.reviews import (
    ImportPage,
    ProblemGroup,
    import_page,
)
from sinambung.platform.exchange.queries.rows import (
    CellField,
    ChangeLine,
    ProblemLine,
    ProblemRow,
    RowLine,
    columns_for,
    columns_of,
    note_sheet,
    page_of_rows,
    problem_rows,
    problem_sheet,
    row_cells,
    sample_sheet,
)
from sinambung.platform.exchange.queries.summaries import (
    KEPT,
    ImportSummary,
    import_summary,
    is_undoable,
    lines_of,
    page_of_imports,
    summary_of,
)

__all__ = [
    "KEPT",
    "CellField",
    "ChangeLine",
    "ImportPage",
    "ImportSummary",
    "NoteGroup",
    "ProblemGroup",
    "ProblemLine",
    "ProblemRow",
    "RowLine",
    "columns_for",
    "columns_of",
    "import_page",
    "import_summary",
    "is_undoable",
    "lines_of",
    "note_sheet",
    "page_of_imports",
    "page_of_rows",
    "problem_rows",
    "problem_sheet",
    "row_cells",
    "sample_sheet",
    "summary_of",
]
