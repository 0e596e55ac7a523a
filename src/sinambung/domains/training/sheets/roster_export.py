"""The roster as a file that goes out and can come back unchanged."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sinambung.domains.training import access
from sinambung.domains.training.queries.roster_table import COLUMNS, roster_rows
from sinambung.platform.exchange.exports import ExportKind, ExportRequest, table_as_file
from sinambung.platform.identity.capabilities import Capability


def _content(asked: ExportRequest) -> tuple[bytes, int]:
    batch = access.batch_for(asked.by, asked.options.get("batch", ""), Capability.VIEW_BATCHES)
    return table_as_file(
        columns=COLUMNS, rows=roster_rows(batch.pk), suffix=asked.suffix, title=batch.name
    )


ROSTER_EXPORT = ExportKind(
    name="roster",
    title=_("Peserta angkatan"),
    capability=Capability.VIEW_BATCHES,
    suffixes=(".xlsx", ".csv"),
    content=_content,
    options=("batch",),
)
