"""Letters of assignment (surat tugas): for participants, and for coaches, mentors, examiners."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings

from sinambung.domains.training.queries.batches import BatchCard
from sinambung.domains.training.queries.participants import ParticipantLine
from sinambung.platform.documents import prints as letterhead
from sinambung.platform.documents import services as documents
from sinambung.platform.documents import wording
from sinambung.pure.rulebook.nip import spaced_nip


@dataclass(frozen=True, slots=True)
class LetterHead:
    """What the organiser states: number, day, and who signs. Empty parts print a dotted line."""

    number: str
    on: dt.date
    position: str
    name: str
    nip: str = ""


def assignment_letters(
    card: BatchCard, lines: Sequence[ParticipantLine], *, head: LetterHead, at: dt.datetime
) -> bytes:
    """Typeset one letter per coach, mentor and examiner, each with its participants."""
    letters = [
        _letter(card, head, to=name, role=role, lines=held)
        for role, name, held in _appointees(lines)
    ]
    return _typeset(card, letters, at=at)


def participant_letter(
    card: BatchCard, lines: Sequence[ParticipantLine], *, head: LetterHead, at: dt.datetime
) -> bytes:
    """Typeset one letter that sends all participants to the training."""
    letter = _letter(card, head, to="", role="peserta", lines=lines)
    return _typeset(card, [letter], at=at)


def _typeset(card: BatchCard, letters: list[dict[str, Any]], *, at: dt.datetime) -> bytes:
    context = {
        "sender": letterhead.sender(),
        "title": f"Surat tugas {card.name}",
        "letters": letters,
    }
    return documents.typeset(
        "training/print/letters.typ", context, at=at, files=letterhead.emblem_files()
    )


def _appointees(
    lines: Sequence[ParticipantLine],
) -> list[tuple[str, str, list[ParticipantLine]]]:
    held: dict[tuple[str, str], list[ParticipantLine]] = {}
    for line in lines:
        for role, name in (
            ("coach", line.coach),
            ("mentor", line.mentor),
            ("penguji", line.examiner),
        ):
            if name:
                held.setdefault((role, name), []).append(line)
    order = {"coach": 0, "penguji": 1, "mentor": 2}
    keys = sorted(held, key=lambda key: (order[key[0]], key[1]))
    return [(role, name, held[role, name]) for role, name in keys]


def _letter(
    card: BatchCard,
    head: LetterHead,
    *,
    to: str,
    role: str,
    lines: Sequence[ParticipantLine],
) -> dict[str, Any]:
    programme = f"{card.programme_name} {card.name} Tahun {card.year}"
    return {
        **{key: value for key, value in asdict(head).items() if key != "on"},
        "place_date": f"{settings.ENVIRONMENT.place}, {wording.date(head.on)}",
        "to": to,
        "duty": f"sebagai {role} pada {programme}",
        "days": wording.date_range(card.starts_on, card.ends_on),
        "venue": card.venue,
        "rows": [
            [str(number), line.display_name, spaced_nip(line.nip), line.position, line.unit_name]
            for number, line in enumerate(lines, start=1)
        ],
    }
