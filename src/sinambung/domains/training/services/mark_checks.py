"""What is wrong with marks before they are written: unknown cells, range, conflicts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import Batch, Mark, Participant, ParticipantState
from sinambung.domains.training.queries.schemes import MarkCell, SchemeView
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import Refused
from sinambung.pure.rulebook.marks import comma

CENT = Decimal("0.01")
MOST_CHARACTERS = 12
LARGEST = Decimal(9999)
WRITTEN = re.compile(r"-?[0-9]{1,4}(?:[.,][0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell as somebody filled it. `value` may be text as typed ("88,50"); empty clears the cell.

    `version` is that of the mark which the person saw, 0 where the cell was empty.
    """

    participant_id: str
    cell: str
    value: Decimal | str | None
    version: int = 0


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Why a cell was not saved. In a conflict `stored` is what the other person wrote."""

    participant_id: str
    cell: str
    sentence: str
    typed: str = ""
    stored: str = ""
    version: int = 0
    is_conflict: bool = False


class MarksNotSaved(Refused):
    """Nothing of the call was saved; `problems` say why, cell by cell."""

    code = "marks_not_saved"
    message = _("Tidak ada nilai yang disimpan: %(count)s nilai perlu diperiksa.")

    def __init__(self, problems: Sequence[CellProblem]) -> None:
        super().__init__(count=len(problems))
        self.problems = tuple(problems)
        self.status = 409 if any(problem.is_conflict for problem in problems) else 422


@dataclass(frozen=True, slots=True)
class StoredMark:
    id: str
    value: Decimal | None
    version: int
    rater_name: str
    rater_id: str = ""


@dataclass(frozen=True, slots=True)
class AcceptedMark:
    person: Participant
    cell: MarkCell
    value: Decimal | None
    stored: StoredMark | None

    @property
    def before(self) -> Decimal | None:
        return self.stored.value if self.stored else None

    @property
    def differs(self) -> bool:
        return self.before != self.value


class MarkCheck:
    """The check of one call: what is stored, and what is wrong with the changes."""

    def __init__(
        self, batch: Batch, view: SchemeView, changes: Sequence[CellChange], *, by: Actor
    ) -> None:
        self.view = view
        self.by = by
        self.changes = changes
        ids = {change.participant_id for change in changes}
        people = Participant.objects.filter(batch=batch, state=ParticipantState.ACTIVE)
        self.people = {person.pk: person for person in people.order_by("number")}
        self.stored = stored_marks(batch.pk, ids)
        self.problems: list[CellProblem] = []

    def accepted(self) -> list[AcceptedMark]:
        """Return every change as it will be written; raise `MarksNotSaved` with all problems."""
        self._refuse_repeated()
        checked = [self._checked(change) for change in self.changes]
        accepted = [item for item in checked if item is not None]
        self._refuse_both_raters(accepted)
        if self.problems:
            raise MarksNotSaved(self.problems)
        return accepted

    def _refuse_repeated(self) -> None:
        seen = set()
        for change in self.changes:
            if (change.participant_id, change.cell) in seen:
                self._problem(change, say("Nilai ini dikirim dua kali. Kirim sekali saja."))
            seen.add((change.participant_id, change.cell))

    def _checked(self, change: CellChange) -> AcceptedMark | None:
        cell = self.view.by_code.get(change.cell)
        person = self.people.get(change.participant_id)
        if person is None or cell is None:
            self._problem(change, self._unknown(person))
            return None
        try:
            value = parsed_mark(change.value)
            self._require_range(value)
        except ValueError as refusal:
            self._problem(change, str(refusal))
            return None
        stored = self.stored.get((person.pk, cell.code))
        present = stored.value if stored else None
        if (stored.version if stored else 0) != change.version and present != value:
            self._conflict(change, stored)
            return None
        return AcceptedMark(person, cell, value, stored)

    def _unknown(self, person: Participant | None) -> str:
        if person is None:
            return say("Peserta ini tidak aktif dalam angkatan ini.")
        return say("Skema penilaian tidak memuat kolom ini.")

    def _require_range(self, value: Decimal | None) -> None:
        lowest, highest = self.view.scheme.mark_lowest, self.view.scheme.mark_highest
        if value is not None and not lowest <= value <= highest:
            limits = {"lowest": comma(lowest), "highest": comma(highest)}
            raise ValueError(say("Nilai harus dari %(lowest)s sampai %(highest)s.") % limits)

    def _problem(self, change: CellChange, sentence: str) -> None:
        typed = "" if change.value is None else str(change.value)[:MOST_CHARACTERS]
        self.problems.append(CellProblem(change.participant_id, change.cell, sentence, typed))

    def _conflict(self, change: CellChange, stored: StoredMark | None) -> None:
        typed = shown_mark(parsed_mark(change.value))
        other = shown_mark(stored.value if stored else None)
        name = stored.rater_name if stored else ""
        words = say(
            "%(name)s sudah menyimpan %(other)s sejak Anda membuka halaman ini; Anda mengisi "
            "%(typed)s. Pilih nilai yang benar lalu simpan lagi."
        )
        if stored and stored.rater_id and stored.rater_id == self.by.id:
            words = say(
                "Anda sudah menyimpan %(other)s di jendela lain; di sini Anda mengisi %(typed)s. "
                "Pilih nilai yang benar lalu simpan lagi."
            )
        sentence = words % {"name": name or say("Orang lain"), "other": other, "typed": typed}
        version = stored.version if stored else 0
        self.problems.append(
            CellProblem(change.participant_id, change.cell, sentence, typed, other, version, True)
        )

    def _refuse_both_raters(self, accepted: Iterable[AcceptedMark]) -> None:
        """A substitute marks instead of the regular rater, never beside."""
        after = {key: mark.value for key, mark in self.stored.items()}
        after |= {(item.person.pk, item.cell.code): item.value for item in accepted}
        for item in accepted:
            if item.value is None:
                continue
            regular = item.cell.replaces or item.cell.code
            seats = [regular, *(cell.code for cell in self.view.substitutes_of(regular))]
            for code in seats:
                if code != item.cell.code and after.get((item.person.pk, code)) is not None:
                    name = self.view.by_code[code].role_name
                    sentence = say(
                        "Kolom ini sudah dinilai %(name)s. Kosongkan nilai itu lebih dahulu."
                    ) % {"name": name}
                    self.problems.append(
                        CellProblem(
                            item.person.pk, item.cell.code, sentence, shown_mark(item.value)
                        )
                    )


def stored_marks(
    batch_id: str, participant_ids: Iterable[str]
) -> Mapping[tuple[str, str], StoredMark]:
    """Return the marks of some participants by participant and cell."""
    rows = Mark.objects.filter(
        participant__batch_id=batch_id, participant_id__in=list(participant_ids)
    ).order_by()
    return {
        (participant, cell): StoredMark(id, value, version, name, rater or "")
        for participant, cell, id, value, version, name, rater in rows.values_list(
            "participant_id", "cell", "pk", "value", "version", "rater_name", "rater_id"
        )
    }


def parsed_mark(typed: Decimal | str | None) -> Decimal | None:
    """Return the number that somebody typed; raise ValueError with a sentence when it is none."""
    if isinstance(typed, str):
        text = typed.strip()
        if text and not WRITTEN.fullmatch(text):
            raise ValueError(say("Tulis nilai sebagai angka, misalnya 87,50."))
        typed = Decimal(text.replace(",", ".")) if text else None
    if typed is None:
        return None
    if not typed.is_finite() or abs(typed) > LARGEST:
        raise ValueError(say("Tulis nilai sebagai angka, misalnya 87,50."))
    if typed != typed.quantize(CENT):
        raise ValueError(say("Tulis paling banyak dua angka di belakang koma."))
    return typed


def shown_mark(value: Decimal | None) -> str:
    """Write a mark for a sentence: `87,5`, or that there is none."""
    return say("kosong") if value is None else comma(value)
