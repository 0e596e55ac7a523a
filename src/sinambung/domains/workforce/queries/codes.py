"""The code lists of the personnel system as the import needs them, from the rulebook."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext as _

from sinambung.domains.workforce.models import PositionClass
from sinambung.pure.rulebook.ranks import (
    PositionTable,
    RankTable,
    code_list,
    position_table,
    rank_table,
)

# Standings that end the service (SIASN reference "kedudukanHukum"); the others keep it.
_ENDED = frozenset({"52", "66", "67", "68", "69", "70", "77", "88", "98", "99"})
_ENDED_WORDS = re.compile(r"pensiun|meninggal|diberhentikan|tidak aktif", re.IGNORECASE)
_RANK_IN_TEXT = re.compile(r"\(?\b([IVX]+[ ./-]*[a-eA-E]?)\)?$")
_RANK_LIKE = re.compile(r"(?<![A-Za-z])([IVXivx]+)[ ./-]*([A-Za-z])(?![A-Za-z])")
_CLASSES = {
    "JPT-UTAMA": PositionClass.JPT_UTAMA,
    "JPT-MADYA": PositionClass.JPT_MADYA,
    "JPT-PRATAMA": PositionClass.JPT_PRATAMA,
    "ADMINISTRATOR": PositionClass.ADMINISTRATOR,
    "PENGAWAS": PositionClass.PENGAWAS,
    "PELAKSANA": PositionClass.PELAKSANA,
}
# Posts of a province and their class, where an export names no echelon.
_GUESSES = (
    (re.compile(r"^(kepala seksi|kasi|kepala sub ?bagian|kasubbag|kepala sub ?bidang)\b"), "42"),
    (re.compile(r"^(kepala bidang|kepala bagian|sekretaris (dinas|badan)|inspektur pemb)"), "32"),
    (re.compile(r"^(kepala (dinas|badan|biro)|inspektur\b|asisten\b|staf ahli|direktur)"), "21"),
    (re.compile(r"^sekretaris daerah\b"), "12"),
)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why a code is not known, and what may have been meant."""

    sentence: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Guess:
    """The class of a position; `is_guessed` when only its name told."""

    position_class: str = ""
    class_name: str = ""
    echelon: str = ""
    is_guessed: bool = False


@dataclass(slots=True)
class Codes:
    """Look-ups that remember what they answered."""

    ranks: RankTable
    positions: PositionTable
    standings: Mapping[str, str]
    education_levels: Mapping[str, str]
    position_kinds: Mapping[str, str]
    _ranks: dict[str, str | Unknown] = field(default_factory=dict)
    _positions: dict[tuple[str, str, str], Guess] = field(default_factory=dict)
    _active: dict[str, bool] = field(default_factory=dict)

    def rank(self, text: str) -> str | Unknown:
        """Return the rank code in a text such as `III/c`, `33`, `Penata (III/c)`, or why not."""
        if text not in self._ranks:
            self._ranks[text] = self._find_rank(text)
        return self._ranks[text]

    def rank_name(self, code: str) -> str:
        """Return `Penata (III/c)`, or the code alone for PPPK."""
        rank = self.ranks.by_code.get(code)
        return f"{rank.name} ({code})" if rank and rank.name else code

    def position(self, kind: str, echelon: str, name: str) -> Guess:
        """Return the class of a position by its kind, its echelon (id or name) and its name."""
        key = (kind, echelon, name if kind not in ("2", "4") and not echelon else "")
        if key not in self._positions:
            self._positions[key] = self._find_position(*key)
        return self._positions[key]

    def position_kind(self, name: str) -> str:
        """Return the number of a kind of position from its name, or nothing."""
        plain = name.lower()
        for word, number in (
            ("struktural", "1"),
            ("fungsional tertentu", "2"),
            ("fungsional umum", "4"),
            ("pelaksana", "4"),
            ("fungsional", "2"),
        ):
            if word in plain:
                return number
        return ""

    def is_active(self, standing: str) -> bool:
        """Whether a legal status keeps somebody in service; an unknown one does."""
        if standing not in self._active:
            number = next(
                (id for id, name in self.standings.items() if name.lower() == standing.lower()), ""
            )
            ended = number in _ENDED if number else bool(_ENDED_WORDS.search(standing))
            self._active[standing] = not ended
        return self._active[standing]

    def _find_rank(self, text: str) -> str | Unknown:
        found = self.ranks.find(text)
        inside = _RANK_IN_TEXT.search(text)
        if found is None and inside:
            found = self.ranks.find(inside[1])
        if found:
            return found.code
        return self._unknown_rank(text)

    def _unknown_rank(self, text: str) -> Unknown:
        match = _RANK_LIKE.search(text)
        if match:
            group = match[1].upper()
            rooms = [code for code in self.ranks.by_code if code.startswith(f"{group}/")]
            if rooms:
                return Unknown(
                    _("Golongan ruang %(group)s/%(room)s tidak ada.")
                    % {"group": group, "room": match[2].lower()},
                    _("Isi %(first)s sampai %(last)s.") % {"first": rooms[0], "last": rooms[-1]},
                )
        by_name = next(
            (rank for rank in self.ranks.ranks if rank.name and rank.name.lower() == text.lower()),
            None,
        )
        if by_name:
            return Unknown(
                _("Golongan ruang belum ditulis, hanya pangkatnya."),
                _("Mungkin maksudnya %(name)s (%(code)s).")
                % {"name": by_name.name, "code": by_name.code},
            )
        return Unknown(
            _("Penulisan golongan ruang tidak dikenal."), _("Tulis seperti III/c, atau IX (PPPK).")
        )

    def _find_position(self, kind: str, echelon: str, name: str) -> Guess:
        if kind == "4":
            return _guess(PositionClass.PELAKSANA)
        if kind == "2":
            return _guess(PositionClass.FUNGSIONAL)
        number = self._echelon_id(echelon)
        if number:
            found = self.positions.by_echelon.get(number, "")
            return _guess(_CLASSES.get(found), echelon=self.positions.echelon_names[number])
        if not kind and not name:
            return Guess()
        plain = name.lower().strip()
        for pattern, number in _GUESSES:
            if pattern.search(plain):
                return _guess(_CLASSES[self.positions.by_echelon[number]], is_guessed=True)
        return Guess()

    def _echelon_id(self, text: str) -> str:
        """Return the id of an echelon given by id or name; I.a by name is JPT madya (id 11)."""
        names = self.positions.echelon_names
        if text in names:
            return text if names[text] not in ("", "NON") else ""
        plain = text.replace("/", ".").replace(" ", "").lower()
        found = [id for id, name in names.items() if name and name.lower() == plain]
        return found[-1] if found and plain != "non" else ""


def codes(*, on: dt.date) -> Codes:
    """Return the code lists in force on a day."""
    return Codes(
        ranks=rank_table(on=on),
        positions=position_table(on=on),
        standings=code_list("workforce/standings", on=on),
        education_levels=code_list("workforce/education-levels", on=on),
        position_kinds=code_list("workforce/position-kinds", on=on),
    )


@lru_cache(maxsize=8)
def rank_choices(*, on: dt.date) -> list[tuple[str, str]]:
    """Return the ranks for a form: code and name."""
    return [
        (rank.code, f"{rank.name} ({rank.code})" if rank.name else rank.code)
        for rank in rank_table(on=on).ranks
    ]


def _guess(
    position_class: PositionClass | None, *, echelon: str = "", is_guessed: bool = False
) -> Guess:
    if position_class is None:
        return Guess(echelon=echelon)
    return Guess(position_class.value, str(position_class.label), echelon, is_guessed)
