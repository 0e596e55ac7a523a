"""The roster as a table: what the workbook of a batch holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sinambung.domains.training.queries.participants import participants_of
from sinambung.platform.foundation.workbooks import Cell, Column

COLUMNS = (
    Column("No.", 6),
    Column("Nama", 36),
    Column("NIP", 22),
    Column("Pangkat/golongan", 26),
    Column("Jabatan", 44),
    Column("Unit kerja", 40),
    Column("Instansi", 34),
    Column("Kelompok", 16),
    Column("Coach", 30),
    Column("Mentor", 30),
    Column("Penguji", 30),
    Column("Status", 18),
)


def roster_rows(batch_id: str) -> Iterator[Sequence[Cell]]:
    """Yield everybody on the list of a batch, by number."""
    for line in participants_of(batch_id, with_progress=True):
        yield (
            line.number,
            line.display_name,
            line.nip,
            line.rank,
            line.position,
            line.unit_name,
            line.sending_agency,
            line.group_name,
            line.coach,
            line.mentor,
            line.examiner,
            line.state_label,
        )
