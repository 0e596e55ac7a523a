"""When an import would change too much: the threshold, and the likely cause."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from sinambung.platform.exchange.kinds import Column, kind_named

if TYPE_CHECKING:
    from sinambung.platform.exchange.models import Import

FEWEST_CHANGES = 10
FEWEST_DEACTIVATIONS = 5


@dataclass(frozen=True, slots=True)
class Alarm:
    """Why an import stops before it is applied."""

    title: str
    sentence: str


def alarm_of(row: Import, columns: tuple[Column, ...] = ()) -> Alarm | None:
    """Return why this import needs a reason, or nothing. A handful of rows never stops one."""
    kind = kind_named(row.kind)
    deactivated = _share(row.deactivating_rows, row.rows)
    if row.deactivating_rows >= FEWEST_DEACTIVATIONS and deactivated > kind.deactivation_threshold:
        return Alarm(
            _("Impor berhenti: %(share)s%% baris menonaktifkan, ambangnya %(limit)s%%")
            % {"share": _text(deactivated), "limit": kind.deactivation_threshold},
            _(
                "%(count)s orang akan menjadi tidak aktif. Biasanya ini terjadi karena kolom "
                "status tertukar. Periksa contohnya di bawah, lalu tulis alasan untuk meneruskan."
            )
            % {"count": row.deactivating_rows},
        )
    changed = _share(row.changed_rows, row.rows)
    if row.changed_rows >= FEWEST_CHANGES and changed > kind.threshold:
        return Alarm(
            _("Impor berhenti: perubahan %(share)s%% melewati ambang %(limit)s%%")
            % {"share": _text(changed), "limit": kind.threshold},
            _cause(row, columns),
        )
    return None


def share_text(part: int, whole: int) -> str:
    """Return a share in percent with one decimal: 23,3."""
    return _text(_share(part, whole))


def _cause(row: Import, columns: tuple[Column, ...]) -> str:
    if not row.changes_by_column:
        return _("Periksa contohnya di bawah, lalu tulis alasan untuk meneruskan.")
    name, count = max(row.changes_by_column.items(), key=lambda item: item[1])
    column = next((one for one in columns if one.key == name), None)
    heading = str(column.heading).lower() if column else name
    cause = str(column.cause) if column and column.cause else _("isi atau kolom yang tertukar")
    return _(
        "Dari %(changed)s baris yang berubah, %(count)s berganti %(heading)s. Biasanya ini terjadi "
        "karena %(cause)s. Periksa contohnya di bawah, lalu tulis alasan untuk meneruskan."
    ) % {"changed": row.changed_rows, "count": count, "heading": heading, "cause": cause}


def _share(part: int, whole: int) -> Decimal:
    return Decimal(part * 100) / whole if whole else Decimal(0)


def _text(share: Decimal) -> str:
    return f"{share:.1f}".replace(".", ",")
