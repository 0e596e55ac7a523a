"""Examining the whole trail: is every entry as it was written, and is none missing or added?"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext as _

from sinambung.platform.audit import outside
from sinambung.platform.audit.heads import EMPTY, RunningHead, mark_of, sealed_by
from sinambung.platform.audit.leaves import COLUMNS, leaf_hash, stamp
from sinambung.platform.audit.models import Entry, Seal

EVERY = 5000


class FaultKind(StrEnum):
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    REORDERED = "reordered"
    CUT = "cut"
    SEAL = "seal"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong; `first` and `last` are numbers of entries, 0 where none is meant."""

    kind: FaultKind
    first: int
    last: int
    seal: int
    sentence: str


@dataclass(slots=True)
class Examination:
    """What was found. `last_seal` is `number:head`, to be kept where nobody here can write."""

    entries: int = 0
    seals: int = 0
    unsealed: int = 0
    last_seal: str = ""
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_intact(self) -> bool:
        return not self.faults


def examine(
    *, known: Iterable[str] = (), progress: Callable[[int], None] = lambda done: None
) -> Examination:
    """Recompute every hash and every seal.

    `known` are seals as `number:head` that were kept elsewhere; those noted beside the database
    are always compared. `progress` is told now and then how many entries are done.
    """
    seals = list(Seal.objects.order_by("number"))
    found = _examined(seals, known)
    entries = _checked(found, progress)
    before: Seal | None = None
    waiting = next(entries, None)
    for seal in seals:
        head = RunningHead(before.head if before else EMPTY)
        altered = len(found.faults)
        while waiting and waiting[0] <= seal.last_entry:
            head.add(*waiting)
            waiting = next(entries, None)
        _compare_window(found, before, seal, head, has_changed=len(found.faults) > altered)
        before = seal
    found.unsealed = 0 if waiting is None else 1 + sum(1 for _rest in entries)
    return found


def examine_seals() -> Examination:
    """Compare only the seals with each other and with their copies: quick at any size."""
    return _examined(list(Seal.objects.order_by("number")), ())


def _examined(seals: Sequence[Seal], known: Iterable[str]) -> Examination:
    found = Examination(seals=len(seals), last_seal=str(seals[-1]) if seals else "")
    _compare_noted(found, seals, [*outside.noted_heads(), *known])
    _examine_chain(found, seals)
    return found


def _checked(found: Examination, progress: Callable[[int], None]) -> Iterator[tuple[int, str]]:
    """Yield number and stored hash of every entry, noting those whose content differs."""
    for values in Entry.objects.order_by("id").values_list("id", *COLUMNS).iterator():
        number, at, *content, stored = values
        found.entries += 1
        if found.entries % EVERY == 0:
            progress(found.entries)
        if leaf_hash((stamp(at), *content)) != stored:
            sentence = _("Catatan nomor %(number)d berubah setelah ditulis.") % {"number": number}
            found.faults.append(Fault(FaultKind.CHANGED, number, number, 0, sentence))
        yield number, stored


def _compare_window(
    found: Examination, before: Seal | None, seal: Seal, head: RunningHead, *, has_changed: bool
) -> None:
    """Compare the entries between two seals with what the later one says of them."""
    if head.value() == seal.head and head.entries == seal.entries:
        return
    first = (before.last_entry if before else 0) + 1
    facts = {
        "first": first,
        "last": seal.last_entry,
        "count": abs(head.entries - seal.entries),
        "seal": seal.number,
    }
    if head.entries < seal.entries:
        kind = FaultKind.REMOVED
        sentence = _("%(count)d catatan hilang di antara nomor %(first)d dan %(last)d.") % facts
    elif head.entries > seal.entries:
        kind = FaultKind.ADDED
        sentence = _("%(count)d catatan disisipkan di antara nomor %(first)d dan %(last)d.") % facts
    elif has_changed:
        return
    else:
        kind = FaultKind.REORDERED
        sentence = (
            _(
                "Urutan atau isi catatan nomor %(first)d sampai %(last)d tidak sesuai dengan "
                "segel nomor %(seal)d."
            )
            % facts
        )
    found.faults.append(Fault(kind, first, seal.last_entry, seal.number, sentence))


def _examine_chain(found: Examination, seals: Iterable[Seal]) -> None:
    """Every seal must carry its mark and follow the one before."""
    number = total = 0
    for seal in seals:
        expected = mark_of(sealed_by(seal), key=settings.SECRET_KEY)
        if seal.number != number + 1 or seal.total != total + seal.entries:
            sentence = _("Segel sebelum nomor %(number)d hilang.") % {"number": seal.number}
            found.faults.append(Fault(FaultKind.SEAL, 0, 0, seal.number, sentence))
        if not hmac.compare_digest(expected, seal.mark):
            sentence = _(
                "Segel nomor %(number)d tidak dibuat dengan kunci instalasi ini: segel dipalsukan, "
                "atau kunci rahasia pernah diganti."
            ) % {"number": seal.number}
            found.faults.append(Fault(FaultKind.SEAL, 0, 0, seal.number, sentence))
        number, total = seal.number, seal.total


def _compare_noted(found: Examination, seals: Iterable[Seal], noted: Iterable[str]) -> None:
    """Compare seals that were kept elsewhere with those of the database."""
    present = {str(seal.number): seal.head for seal in seals}
    for text in noted:
        number, _colon, head = text.partition(":")
        if present.get(number) == head:
            continue
        if number in present:
            kind = FaultKind.SEAL
            sentence = _("Segel nomor %(number)s berbeda dengan salinan di luar basis data.")
        else:
            kind = FaultKind.CUT
            sentence = _(
                "Segel nomor %(number)s tercatat di luar basis data tetapi tidak ada lagi: "
                "catatan terbaru dipotong."
            )
        shown = number if number.isdecimal() else "?"
        known = int(shown) if shown != "?" and len(shown) < 19 else 0
        found.faults.append(Fault(kind, 0, 0, known, sentence % {"number": shown}))
