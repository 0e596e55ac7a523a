"""The minutes (berita acara) of a graduation meeting as a paper."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.conf import settings

from sinambung.domains.training.queries.meetings import DecisionLine, MeetingPage
from sinambung.platform.documents import prints as letterhead
from sinambung.platform.documents import services as documents
from sinambung.platform.documents import wording

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
CENT = Decimal("0.01")


def minutes(page: MeetingPage, *, at: dt.datetime) -> bytes:
    """Typeset the minutes of a meeting; before freezing they say that they are a draft."""
    context = minutes_context(page)
    return documents.typeset(
        "training/print/minutes.typ", context, at=at, files=letterhead.emblem_files()
    )


def minutes_context(page: MeetingPage) -> dict[str, Any]:
    """Return everything that the minutes say."""
    meeting, batch = page.meeting, page.batch
    day = meeting.held_on
    return {
        "sender": letterhead.sender(),
        "title": "Berita acara rapat kelulusan",
        "number": meeting.minutes_number,
        "is_draft": not page.is_frozen,
        "batch": f"{batch.name} Tahun {batch.year}",
        "programme": batch.programme.name,
        "opening": (
            f"Pada hari {DAYS[day.weekday()]}, {wording.date(day)}"
            + (f", bertempat di {meeting.place}" if meeting.place else "")
            + f", telah diadakan rapat kelulusan {batch.programme.name} {batch.name} "
            f"Tahun {batch.year} yang dipimpin oleh {meeting.chair}."
        ),
        "members": list(meeting.members),
        "notes": meeting.notes,
        "counts": [f"{label}: {count} peserta" for label, count in page.counts],
        "rows": [_row(number, line) for number, line in enumerate(page.lines, start=1)],
        "basis": [str(citation) for citation in page.basis],
        "unverified": not page.is_verified,
        "place_date": f"{settings.ENVIRONMENT.place}, {wording.date(day)}",
        "chair": meeting.chair,
    }


def _row(number: int, line: DecisionLine) -> list[str]:
    decision = line.decision
    proposal = line.proposal
    grade = decision.grade if decision and decision.grade else (proposal.grade if proposal else "")
    distinction = (
        decision.distinction
        if decision and decision.distinction
        else (proposal.distinction if proposal else "")
    )
    return [
        str(number),
        line.participant.display_name,
        line.participant.nip,
        _shown(grade),
        distinction or "–",
        line.outcome_label or "–",
        _remark(line),
    ]


def _remark(line: DecisionLine) -> str:
    decision = line.decision
    if decision is None:
        return ""
    parts = [_ended(decision.reason), _ended(decision.missing)]
    if decision.deadline:
        parts.append(f"Paling lambat {wording.date(decision.deadline)}.")
    if line.outcome != line.proposed:
        parts.append(f"Usulan: {line.proposed_label.lower()}.")
    return " ".join(part for part in parts if part)


def _ended(sentence: str) -> str:
    return sentence if not sentence or sentence.endswith((".", "!", "?")) else f"{sentence}."


def _shown(grade: str) -> str:
    if not grade:
        return "–"
    return str(Decimal(grade).quantize(CENT, rounding=ROUND_HALF_UP)).replace(".", ",")
