"""The tasks of those who run, watch and decide batches, each with its reason in one sentence."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sinambung.domains.credentials import queries as credentials
from sinambung.domains.training.queries.marks_missing import Missing, marks_missing
from sinambung.domains.training.queries.plain_rows import places, rows_of
from sinambung.domains.training.queries.waiting import Kind, Waiting, waiting_for
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Task

MOST = 5
MOST_NAMES = 3

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
    yield from _marks_to_close(found[Kind.CLOSE])
    yield from _certificates(found[Kind.ISSUE])
    for kind in _PLAIN:
        for row in found[kind]:
            yield _tell(kind, row, on)


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


def _marks_to_close(rows: Sequence[Waiting]) -> Iterator[Task]:
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


def _tell(kind: Kind, row: Waiting, on: dt.date) -> Task:
    told = _PLAIN[kind]
    reason = str(told.reason) % {"count": row.count}
    if kind == Kind.NOMINATED and row.due and row.due < on:
        began = _("Angkatan seharusnya dimulai %(day)s.") % {"day": date_format(row.due, "j F Y")}
        reason = f"{reason} {began}"
    return Task(
        title=str(told.title) % {"batch": row.batch_name},
        href=told.path % {"batch": row.batch_id, "meeting": row.object_id},
        reason=reason,
        due=row.due,
    )


@dataclass(frozen=True, slots=True)
class _Plain:
    """A task that is told from its row alone."""

    title: Promise
    path: str
    reason: Promise


_BATCH, _MEETING = "/pelatihan/angkatan/%(batch)s/", "/pelatihan/rapat/%(meeting)s/"
_PLAIN: Mapping[Kind, _Plain] = {
    Kind.CHANGES: _Plain(
        gettext_lazy("Putuskan perubahan nilai %(batch)s"),
        f"{_BATCH}nilai/perubahan/",
        gettext_lazy("%(count)s usulan perubahan menunggu orang kedua."),
    ),
    Kind.PREPARE: _Plain(
        gettext_lazy("Siapkan rapat kelulusan %(batch)s"),
        f"{_BATCH}rapat/",
        gettext_lazy("Nilai sudah ditutup."),
    ),
    Kind.RECORD: _Plain(
        gettext_lazy("Adakan rapat kelulusan %(batch)s"),
        _MEETING,
        gettext_lazy("Keputusan untuk %(count)s peserta belum dicatat."),
    ),
    Kind.POSTPONED: _Plain(
        gettext_lazy("Selesaikan peserta tertunda %(batch)s"),
        f"{_BATCH}rapat/",
        gettext_lazy("%(count)s peserta ditunda menunggu rapat lanjutan."),
    ),
    Kind.FREEZE: _Plain(
        gettext_lazy("Tetapkan kelulusan %(batch)s"),
        _MEETING,
        gettext_lazy("Rapat sudah disiapkan; keputusannya menunggu penetapan."),
    ),
    Kind.DOCUMENTS: _Plain(
        gettext_lazy("Periksa berkas %(batch)s"),
        f"{_BATCH}berkas/",
        gettext_lazy("%(count)s berkas peserta menunggu diperiksa."),
    ),
    Kind.NOMINATED: _Plain(
        gettext_lazy("Tetapkan peserta %(batch)s"),
        f"{_BATCH}peserta/?status=nominated",
        gettext_lazy("%(count)s orang diusulkan dan belum diputuskan."),
    ),
    Kind.START: _Plain(
        gettext_lazy("Mulai %(batch)s"),
        _BATCH,
        gettext_lazy("%(count)s peserta sudah ditetapkan dan tanggal mulai sudah tiba."),
    ),
    Kind.OVERDUE: _Plain(
        gettext_lazy("Pantau %(batch)s"),
        _BATCH,
        gettext_lazy("Angkatan sudah berakhir dan nilainya belum ditutup."),
    ),
}


def listed(names: Sequence[str]) -> str:
    """Return the first few names and how many more there are."""
    shown = ", ".join(names[:MOST_NAMES])
    rest = len(names) - MOST_NAMES
    return (
        _("%(names)s dan %(count)d lagi") % {"names": shown, "count": rest} if rest > 0 else shown
    )
