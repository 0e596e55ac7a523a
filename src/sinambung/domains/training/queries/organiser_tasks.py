"""The tasks of those who run, watch and decide batches, each with its reason in one sentence."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinambung.domains.credentials import queries as credentials
from sinambung.domains.training.queries.marks_missing import Missing, marks_missing
from sinambung.domains.training.queries.plain_rows import places, rows_of
from sinambung.domains.training.queries.waiting import Kind, Waiting, waiting_for
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Task

MOST = 5
MOST_NAMES = 3
Teller = Callable[[Waiting, dt.date], Task]

_REMARKING = """
    SELECT p.batch_id, p.display_name, a.person_name FROM training_remarkrequest r
    JOIN training_participant p ON p.id = r.participant_id
    LEFT JOIN training_assignment a ON a.participant_id = p.id AND a.until IS NULL
        AND EXISTS (SELECT 1 FROM training_mark m WHERE m.participant_id = p.id
            AND m.cell = r.item || '@' || a.role AND m.value IS NOT NULL)
    WHERE r.resolved_at IS NULL AND p.batch_id IN ({ids})
    ORDER BY p.number, a.person_name
"""


def tasks_of_organisers(actor: Actor, *, on: dt.date) -> Iterator[Task]:
    """Yield what waits for the actor in batches, from the roster to the certificates."""
    found = waiting_for(actor, on=on)
    yield from _remarks(found[Kind.REMARK])
    yield from _marks_to_close(found[Kind.CLOSE], on)
    yield from _certificates(found[Kind.ISSUE])
    for kind, tell in _TELLERS.items():
        for row in found[kind]:
            yield tell(row, on)


def _remarks(rows: Sequence[Waiting]) -> Iterator[Task]:
    if not rows:
        return
    names: dict[str, dict[str, None]] = defaultdict(dict)
    raters: dict[str, dict[str, None]] = defaultdict(dict)
    ids = [row.batch_id for row in rows]
    for batch_id, name, rater in rows_of(_REMARKING.format(ids=places(ids)), ids):
        names[batch_id][name] = None
        raters[batch_id].update({rater: None} if rater else {})
    for row in rows:
        facts = {"names": listed(list(names[row.batch_id]))}
        by = listed(list(raters[row.batch_id])) or _("penilai")
        yield Task(
            title=_("Pantau penilaian ulang %(batch)s") % {"batch": row.batch_name},
            href=f"/pelatihan/angkatan/{row.batch_id}/nilai/penilai/",
            reason=_("Selisih nilai %(names)s terlalu besar; menunggu %(raters)s.")
            % {**facts, "raters": by},
            due=row.due,
        )


def _marks_to_close(rows: Sequence[Waiting], on: dt.date) -> Iterator[Task]:
    missing = marks_missing([row.batch_id for row in rows])
    for row in rows:
        lacking = missing.get(row.batch_id, Missing())
        path = "nilai/penilai/" if lacking.of_raters else "nilai/"
        yield Task(
            title=_("Lengkapi dan tutup nilai %(batch)s") % {"batch": row.batch_name},
            href=f"/pelatihan/angkatan/{row.batch_id}/{path}",
            reason=_whose(lacking),
            due=row.due,
        )


def _whose(missing: Missing) -> str:
    """Say how many marks are missing and who owes them."""
    if not missing.count:
        return _("Semua nilai terisi; nilai belum ditutup.")
    owed = [
        _("%(name)s (%(count)d)") % {"name": name, "count": count}
        for name, count in missing.of_raters
    ]
    if missing.of_organisers:
        owed.append(_("penyelenggara (%(count)d)") % {"count": missing.of_organisers})
    if missing.unassigned:
        owed.append(_("belum ada penilai (%(count)d)") % {"count": missing.unassigned})
    sentence = ngettext(
        "%(count)d nilai belum diisi: %(owed)s.",
        "%(count)d nilai belum diisi: %(owed)s.",
        missing.count,
    )
    return sentence % {"count": missing.count, "owed": listed(owed)}


def _certificates(rows: Sequence[Waiting]) -> Iterator[Task]:
    if not rows:
        return
    asked = credentials.keys_with_source(kind="batch", keys=[row.batch_id for row in rows])
    for row in [row for row in rows if row.batch_id not in asked][:MOST]:
        yield Task(
            title=_("Terbitkan sertifikat %(batch)s") % {"batch": row.batch_name},
            href=f"/pelatihan/angkatan/{row.batch_id}/sertifikat/",
            reason=_("Kelulusan sudah ditetapkan."),
        )


def _changes(row: Waiting, on: dt.date) -> Task:
    return Task(
        title=_("Putuskan perubahan nilai %(batch)s") % {"batch": row.batch_name},
        href=f"/pelatihan/angkatan/{row.batch_id}/nilai/perubahan/",
        reason=_("%(count)s usulan perubahan menunggu orang kedua.") % {"count": row.count},
    )


def _prepare(row: Waiting, on: dt.date) -> Task:
    return Task(
        title=_("Siapkan rapat kelulusan %(batch)s") % {"batch": row.batch_name},
        href=f"/pelatihan/angkatan/{row.batch_id}/rapat/",
        reason=_("Nilai sudah ditutup."),
    )


def _record(row: Waiting, on: dt.date) -> Task:
    return Task(
        title=_("Adakan rapat kelulusan %(batch)s") % {"batch": row.batch_name},
        href=f"/pelatihan/rapat/{row.object_id}/",
        reason=_("Keputusan untuk %(count)s peserta belum dicatat.") % {"count": row.count},
        due=row.due,
    )


def _postponed(row: Waiting, on: dt.date) -> Task:
    return Task(
        title=_("Selesaikan peserta tertunda %(batch)s") % {"batch": row.batch_name},
        href=f"/pelatihan/angkatan/{row.batch_id}/rapat/",
        reason=_("%(count)s peserta ditunda menunggu rapat lanjutan.") % {"count": row.count},
        due=row.due,
    )


def _freeze(row: Waiting, on: dt.date) -> Task:
    return Task(
        title=_("Tetapkan kelulusan %(batch)s") % {"batch": row.batch_name},
        href=f"/pelatihan/rapat/{row.object_id}/",
        reason=_("Rapat sudah disiapkan; keputusannya menunggu penetapan."),
        due=row.due,
    )


def _documents(row: Waiting, on: dt.date) -> Task:
    return Task(
        title=_("Periksa berkas %(batch)s") % {"batch": row.batch_name},
        href=f"/pelatihan/angkatan/{row.batch_id}/berkas/",
        reason=_("%(count)s berkas peserta menunggu diperiksa.") % {"count": row.count},
    )


def _nominated(row: Waiting, on: dt.date) -> Task:
    reason = _("%(count)s orang diusulkan dan belum diputuskan.") % {"count": row.count}
    if row.due and row.due < on:
        began = _("Angkatan seharusnya dimulai %(day)s.") % {"day": date_format(row.due, "j F Y")}
        reason = f"{reason} {began}"
    return Task(
        title=_("Tetapkan peserta %(batch)s") % {"batch": row.batch_name},
        href=f"/pelatihan/angkatan/{row.batch_id}/peserta/?status=nominated",
        reason=reason,
        due=row.due,
    )


def _start(row: Waiting, on: dt.date) -> Task:
    return Task(
        title=_("Mulai %(batch)s") % {"batch": row.batch_name},
        href=f"/pelatihan/angkatan/{row.batch_id}/",
        reason=_("%(count)s peserta sudah ditetapkan dan tanggal mulai sudah tiba.")
        % {"count": row.count},
        due=row.due,
    )


def _overdue(row: Waiting, on: dt.date) -> Task:
    return Task(
        title=_("Pantau %(batch)s") % {"batch": row.batch_name},
        href=f"/pelatihan/angkatan/{row.batch_id}/",
        reason=_("Angkatan sudah berakhir dan nilainya belum ditutup."),
        due=row.due,
    )


_TELLERS: Mapping[Kind, Teller] = {
    Kind.CHANGES: _changes,
    Kind.PREPARE: _prepare,
    Kind.RECORD: _record,
    Kind.POSTPONED: _postponed,
    Kind.FREEZE: _freeze,
    Kind.DOCUMENTS: _documents,
    Kind.NOMINATED: _nominated,
    Kind.START: _start,
    Kind.OVERDUE: _overdue,
}


def listed(names: Sequence[str]) -> str:
    """Return the first few names and how many more there are."""
    shown = ", ".join(names[:MOST_NAMES])
    rest = len(names) - MOST_NAMES
    return (
        _("%(names)s dan %(count)d lagi") % {"names": shown, "count": rest} if rest > 0 else shown
    )
