"""What a batch still needs before its graduation meeting."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sinambung.domains.training.models import (
    Batch,
    BatchState,
    FinalGrade,
    MarkChange,
    Participant,
    ParticipantState,
)
from sinambung.domains.training.queries.missing_raters import missing_raters
from sinambung.domains.training.queries.proposals import attendance_of, owing_papers
from sinambung.domains.training.queries.schemes import SchemeView, scheme_of
from sinambung.platform.foundation.errors import NotFound
from sinambung.pure.rulebook.marks import comma


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of the meeting; `link` leads to where it is settled."""

    title: str
    detail: str
    is_met: bool
    href: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    checks: tuple[Check, ...]

    @property
    def met(self) -> int:
        return sum(check.is_met for check in self.checks)

    @property
    def is_ready(self) -> bool:
        return self.met == len(self.checks)


def readiness(batch_id: str) -> Readiness:
    """Return what a batch still needs before its graduation meeting."""
    batch = Batch.objects.select_related("edition").filter(pk=batch_id).first()
    if batch is None:
        raise NotFound
    view = scheme_of(batch)
    root = f"/pelatihan/angkatan/{batch_id}/"
    people = list(
        Participant.objects.filter(
            batch=batch, state__in=[ParticipantState.ACTIVE, ParticipantState.ACCEPTED]
        ).order_by("number")
    )
    grades = FinalGrade.objects.filter(participant__in=people).order_by("participant")
    withheld = list(grades.values_list("withheld", flat=True))
    return Readiness(
        (
            _attendance(people, view, root),
            _papers(batch, people, root),
            _raters(batch, root),
            _marks(batch, withheld, len(people), root),
            _weights(withheld, view, root),
            _closing(batch, root),
        )
    )


def _attendance(people: list[Participant], view: SchemeView, root: str) -> Check:
    minimum = view.scheme.attendance_minimum
    enough = sum(attendance_of(person, view)[1] for person in people)
    facts = {"minimum": comma(minimum) if minimum is not None else "0"}
    return Check(
        title=_("Kehadiran paling sedikit %(minimum)s%% dari JP terjadwal") % facts,
        detail=_of(enough, len(people)),
        is_met=bool(people) and enough == len(people),
        href=f"{root}kehadiran/" if enough < len(people) else "",
        link=_("Isi kehadiran"),
    )


def _papers(batch: Batch, people: list[Participant], root: str) -> Check:
    owing = owing_papers(batch, people)
    return Check(
        title=_("Berkas persyaratan lengkap"),
        detail=_of(len(people) - len(owing), len(people)),
        is_met=bool(people) and not owing,
        href=f"{root}berkas/" if owing else "",
        link=_("Periksa berkas"),
    )


def _raters(batch: Batch, root: str) -> Check:
    missing = missing_raters(batch)
    count = sum(role.count for role in missing)
    may_assign = batch.state in (BatchState.PREPARING, BatchState.RUNNING)
    facts = {"count": count, "roles": ", ".join(role.sentence for role in missing)}
    return Check(
        title=_("Coach, mentor, dan penguji ditugaskan"),
        detail=_("Penilai belum ditugaskan: %(count)s (%(roles)s).") % facts
        if count
        else _("Semua peserta mempunyai penilai."),
        is_met=not count,
        href=f"{root}penugasan/" if count and may_assign else "",
        link=_("Atur penugasan"),
    )


def _marks(batch: Batch, withheld: list[list[dict[str, str]]], count: int, root: str) -> Check:
    kinds = [{reason["kind"] for reason in reasons} for reasons in withheld]
    apart = sum("spread" in found for found in kinds)
    unmarked = sum("mark" in found for found in kinds) + count - len(kinds)
    waiting = _open_changes(batch)
    parts = []
    if unmarked:
        parts.append(_("%(count)s peserta belum dinilai lengkap") % {"count": unmarked})
    if apart:
        parts.append(_("%(count)s menunggu penilaian ulang") % {"count": apart})
    if waiting:
        parts.append(_("%(count)s usulan perubahan menunggu keputusan") % {"count": waiting})
    return Check(
        title=_("Nilai lengkap dan tidak ada selisih penilai"),
        detail=", ".join(parts) + "." if parts else _of(count, count),
        is_met=bool(count) and not parts,
        href=f"{root}nilai/" if parts else "",
        link=_("Buka nilai"),
    )


def _open_changes(batch: Batch) -> int:
    return MarkChange.objects.filter(participant__batch=batch, state="proposed").count()


def _weights(withheld: list[list[dict[str, str]]], view: SchemeView, root: str) -> Check:
    """What all grades lack, and what single ones lack: the share of a substitute who marked."""
    single = [
        reason["sentence"]
        for reasons in withheld
        for reason in reasons
        if reason["kind"] in ("weight", "bands")
    ]
    sentences = dict.fromkeys([*view.missing, *single])
    return Check(
        title=_("Semua bobot terisi"),
        detail=" ".join(sentences) or _("Skema penilaian lengkap."),
        is_met=not sentences,
        href=f"{root}nilai/bobot/" if sentences else "",
        link=_("Isi bobot"),
    )


def _closing(batch: Batch, root: str) -> Check:
    closed = batch.state not in (BatchState.PREPARING, BatchState.RUNNING)
    return Check(
        title=_("Nilai ditutup"),
        detail=_("Perubahan sesudah ini memerlukan alasan dan orang kedua.")
        if closed
        else _("Nilai masih dapat diubah."),
        is_met=closed,
        href="" if closed else f"{root}nilai/tutup/",
        link=_("Tutup nilai"),
    )


def _of(count: int, total: int) -> str:
    return _("%(count)s dari %(total)s peserta") % {"count": count, "total": total}
