"""What a mark belongs to, and why a final grade is withheld."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from sinambung.pure.rulebook.refusals import RuleRefused


class Item(NamedTuple):
    """The thing that is marked: a component, or a part of it; empty text where there is none."""

    component: str
    sub_component: str = ""
    aspect: str = ""


class MarkKey(NamedTuple):
    """One mark: which item, in which role it was given, and by whom when a role has several."""

    component: str
    sub_component: str = ""
    aspect: str = ""
    role: str = ""
    rater: str = ""

    @property
    def item(self) -> Item:
        return Item(self.component, self.sub_component, self.aspect)


class GradeWithheld(RuleRefused):
    """The final grade cannot be given yet; `item` says where, empty for the whole scheme."""

    item = Item("")


class WeightMissing(GradeWithheld):
    """A weight or share that this participant's grade needs is unknown."""

    def __init__(self, item: Item, *, what: str, document: str) -> None:
        where = document or "dokumen skema penilaian"
        super().__init__(f"{what} belum diisi. Isi dari {where}.")
        self.item = item
        self.document = document


class BandsMissing(GradeWithheld):
    """The bands and with them the pass mark are unknown."""

    def __init__(self, document: str) -> None:
        where = document or "dokumen skema penilaian"
        super().__init__(f"Pita predikat dan nilai minimal lulus belum diisi. Isi dari {where}.")
        self.document = document


class MarkMissing(GradeWithheld):
    """Nobody has marked an item, or a role has not; `role` is empty when any role may."""

    def __init__(self, item: Item, *, name: str, role: str, role_name: str) -> None:
        by = f" oleh {role_name}" if role_name else ""
        super().__init__(f"{name} belum dinilai{by}.")
        self.item = item
        self.role = role


class RatersTooFarApart(GradeWithheld):
    """Raters of one item differ by more than the scheme allows: they must mark again."""

    def __init__(self, item: Item, *, name: str, difference: Decimal, limit: Decimal) -> None:
        super().__init__(
            f"Selisih penilai pada {name} adalah {comma(difference)}, lebih dari {comma(limit)}; "
            "para penilai harus menilai ulang."
        )
        self.item = item
        self.difference = difference
        self.limit = limit


class MarkRefused(RuleRefused):
    """A mark does not belong to the scheme or lies outside its range."""


def comma(value: Decimal) -> str:
    """Write a number with a decimal comma and no trailing zeros: `87,5`."""
    return plain(value).replace(".", ",")


def plain(value: Decimal) -> str:
    """Write an exact number for machines, without trailing zeros: `87.5`."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
