"""The roster and the name tags of a batch as papers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sinambung.domains.training.queries.batches import BatchCard
from sinambung.domains.training.queries.participants import ParticipantLine
from sinambung.platform.documents import prints as letterhead
from sinambung.platform.documents import services as documents
from sinambung.platform.documents import wording
from sinambung.pure.rulebook.nip import spaced_nip


def roster(card: BatchCard, lines: list[ParticipantLine], *, at: dt.datetime) -> bytes:
    """Typeset the list of participants with groups and a line to sign."""
    context = {
        "sender": letterhead.sender(),
        "title": f"Daftar peserta {card.name}",
        "subtitle": subtitle(card),
        "note": f"{card.name} Tahun {card.year}",
        "landscape": True,
        "columns": ["auto", "1.7", "auto", "1.1", "1.8", "1.3", "auto"],
        "align": ["right", "left", "left", "left", "left", "left", "left"],
        "head": ["No.", "Nama", "NIP", "Pangkat", "Jabatan", "Instansi", "Kelompok"],
        "rows": [_roster_row(line) for line in lines],
    }
    return documents.typeset(
        "documents/print/list.typ", context, at=at, files=letterhead.emblem_files()
    )


def name_tags(card: BatchCard, lines: list[ParticipantLine], *, at: dt.datetime) -> bytes:
    """Typeset name tags, eight on a page, to be cut along the lines."""
    context = {
        "sender": letterhead.sender(),
        "title": f"Tanda nama {card.name}",
        "batch": f"{card.name} Tahun {card.year}",
        "programme": card.programme_name,
        "tags": [_tag(line) for line in lines],
    }
    return documents.typeset(
        "training/print/name_tags.typ", context, at=at, files=letterhead.emblem_files()
    )


def subtitle(card: BatchCard) -> list[str]:
    """Return the lines under the title of a list: programme, days, place."""
    lines = [f"{card.programme_name}, {wording.date_range(card.starts_on, card.ends_on)}"]
    return [*lines, card.venue] if card.venue else lines


def _roster_row(line: ParticipantLine) -> list[str]:
    return [
        str(line.number),
        line.display_name,
        spaced_nip(line.nip),
        line.rank,
        line.position,
        line.unit_name or line.sending_agency,
        line.group_name,
    ]


def _tag(line: ParticipantLine) -> dict[str, Any]:
    return {
        "number": str(line.number),
        "name": line.display_name,
        "agency": line.unit_name or line.sending_agency,
        "group": line.group_name,
    }
