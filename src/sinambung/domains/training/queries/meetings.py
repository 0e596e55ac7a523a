"""Reads about graduation meetings: what is ready, the page of a meeting, its minutes."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sinambung.domains.training.models import (
    Batch,
    BatchState,
    Decision,
    FinalGrade,
    GraduationMeeting,
    MarkChange,
    MeetingState,
    Outcome,
    Participant,
    ParticipantState,
)
from sinambung.domains.training.queries.proposals import (
    Proposal,
    attendance_of,
    owing_papers,
    proposals_for,
)
from sinambung.domains.training.queries.schemes import SchemeView, scheme_of
from sinambung.platform.foundation.errors import NotFound
from sinambung.pure.rulebook.marks import comma

TONES = {
    Outcome.PASSED: "success",
    Outcome.POSTPONED: "warning",
    Outcome.FAILED: "danger",
    Outcome.WITHDRAWN: "",
    Outcome.DROPPED: "",
    Outcome.DECEASED: "",
}
OUTCOMES = tuple((choice.value, str(choice.label)) for choice in Outcome)


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


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One person in the meeting: what is proposed and, where recorded, what was decided."""

    participant: Participant
    proposal: Proposal | None
    decision: Decision | None
    is_moved: bool
    proposed: str
    proposed_label: str
    tone: str
    outcome: str
    outcome_label: str
    outcome_tone: str


@dataclass(frozen=True, slots=True)
class MeetingPage:
    batch: Batch
    meeting: GraduationMeeting
    lines: tuple[DecisionLine, ...]
    decided: int
    counts: tuple[tuple[str, int], ...]
    is_frozen: bool
    basis: tuple[object, ...]
    is_verified: bool

    @property
    def is_complete(self) -> bool:
        return self.decided == len(self.lines) and not any(line.is_moved for line in self.lines)


@dataclass(frozen=True, slots=True)
class MeetingsOverview:
    meetings: tuple[GraduationMeeting, ...]
    readiness: Readiness | None
    postponed: int
    may_prepare: bool


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
            _marks(batch, withheld, len(people), root),
            _weights(withheld, view, root),
            _closing(batch, root),
        )
    )


def meetings_overview(batch: Batch) -> MeetingsOverview:
    """Return the meetings of a batch, what the next one needs, and whether it may be prepared."""
    meetings = list(GraduationMeeting.objects.filter(batch=batch).order_by("-order"))
    decided = batch.state in (BatchState.DECIDED, BatchState.FINISHED)
    postponed = Participant.objects.filter(batch=batch, state=ParticipantState.POSTPONED).count()
    has_draft = any(meeting.state == MeetingState.DRAFT for meeting in meetings)
    return MeetingsOverview(
        meetings=tuple(meetings),
        readiness=None if decided else readiness(batch.pk),
        postponed=postponed if decided else 0,
        may_prepare=not has_draft
        and (batch.state == BatchState.MARKS_CLOSED or (decided and postponed > 0)),
    )


def meeting_page(meeting: GraduationMeeting) -> MeetingPage:
    """Return a meeting with everybody on its list; live proposals while it is not frozen."""
    batch = meeting.batch
    view = scheme_of(batch)
    frozen = meeting.state == MeetingState.FROZEN
    decisions = {
        row.participant_id: row
        for row in Decision.objects.filter(meeting=meeting)
        .select_related("participant")
        .order_by("participant__number")
    }
    if frozen:
        lines = tuple(_frozen_line(row) for row in decisions.values())
    else:
        found = proposals_for(batch, is_first=meeting.order == 1)
        lines = tuple(_line(item, decisions.get(item.participant.pk)) for item in found)
    counted = [
        (str(outcome.label), sum(line.outcome == outcome for line in lines)) for outcome in Outcome
    ]
    return MeetingPage(
        batch=batch,
        meeting=meeting,
        lines=lines,
        decided=sum(line.decision is not None for line in lines),
        counts=tuple((label, count) for label, count in counted if count),
        is_frozen=frozen,
        basis=view.scheme.basis,
        is_verified=view.grader.verified,
    )


def _line(proposal: Proposal, decision: Decision | None) -> DecisionLine:
    moved = decision is not None and (decision.proposed, decision.proposal_reasons) != (
        proposal.outcome,
        list(proposal.reasons),
    )
    outcome = Outcome(decision.outcome) if decision else None
    return DecisionLine(
        participant=proposal.participant,
        proposal=proposal,
        decision=decision,
        is_moved=moved,
        proposed=proposal.outcome,
        proposed_label=str(proposal.outcome.label),
        tone=TONES[proposal.outcome],
        outcome=outcome or "",
        outcome_label=str(outcome.label) if outcome else "",
        outcome_tone=TONES[outcome] if outcome else "",
    )


def _frozen_line(decision: Decision) -> DecisionLine:
    outcome, proposed = Outcome(decision.outcome), Outcome(decision.proposed)
    return DecisionLine(
        participant=decision.participant,
        proposal=None,
        decision=decision,
        is_moved=False,
        proposed=proposed,
        proposed_label=str(proposed.label),
        tone=TONES[proposed],
        outcome=outcome,
        outcome_label=str(outcome.label),
        outcome_tone=TONES[outcome],
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
