"""What was written stays as it was: every way of touching the trail afterwards is found."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sinambung.config import schedule
from sinambung.platform.audit import outside, services
from sinambung.platform.audit.heads import RunningHead, mark_of, sealed_by
from sinambung.platform.audit.leaves import COLUMNS, leaf_hash, stamp
from sinambung.platform.audit.models import Entry, Seal
from sinambung.platform.audit.queries import FaultKind, examine
from sinambung.platform.audit.services import seal_new_entries
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import system
from sinambung.platform.identity.trail import Trail

GUARD = import_module("sinambung.platform.audit.migrations.0002_append_only")


@pytest.fixture(autouse=True)
def heads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "seals.txt"
    monkeypatch.setattr(outside, "path_of_heads", lambda: path)
    return path


def _write(number: int) -> None:
    subject = services.Subject(kind="user", id="", name="Sitti")
    drafts = [services.Draft(subject, {"n": n}) for n in range(number)]
    services.record_all(Trail.USER_ADDED, drafts, by=system("pengujian"))


def _seal() -> int:
    return seal_new_entries(at=clock.now())


def _unguarded(statement: str) -> None:
    """Do what somebody with all rights over the database could do."""
    with connection.cursor() as cursor:
        for line in [*GUARD.RELEASE[connection.vendor], statement]:
            cursor.execute(line)


def _kinds() -> set[FaultKind]:
    return {fault.kind for fault in examine().faults}


@pytest.fixture
def sealed(db: None) -> list[int]:
    for count in (3, 4, 2):
        _write(count)
        assert _seal() == 1
    return list(Entry.objects.order_by("id").values_list("id", flat=True))


def test_an_untouched_trail_is_whole(sealed: list[int]) -> None:
    _write(2)
    found = examine()
    assert (found.faults, found.entries, found.seals, found.unsealed) == ([], 11, 3, 2)
    assert found.last_seal == str(Seal.objects.last())


def test_nothing_new_makes_no_seal(sealed: list[int]) -> None:
    assert _seal() == 0


def test_both_databases_refuse_to_change_a_seal(sealed: list[int]) -> None:
    for statement in ("UPDATE audit_seal SET total = 1", "DELETE FROM audit_seal"):
        with (
            pytest.raises(DatabaseError, match="Jejak hanya dapat ditambah"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def _rewrite(ids: list[int]) -> None:
    """Change an entry and make its own hash anew."""
    at, actor_id, _name, *rest, _old = Entry.objects.values_list(*COLUMNS).get(pk=ids[4])
    fresh = leaf_hash((stamp(at), actor_id, "x", *rest))
    _unguarded(
        f"UPDATE audit_entry SET actor_name = 'x', leaf_hash = '{fresh}' WHERE id = {ids[4]}"
    )


def _reorder(ids: list[int]) -> None:
    for before, after in ((ids[3], 10**9), (ids[4], ids[3]), (10**9, ids[4])):
        _unguarded(f"UPDATE audit_entry SET id = {after} WHERE id = {before}")


def _insert(ids: list[int]) -> None:
    row = Entry.objects.get(pk=ids[0])
    row.pk = 0
    row.save(force_insert=True)


def _cut_with_seals(ids: list[int]) -> None:
    _unguarded(f"DELETE FROM audit_entry WHERE id > {ids[6]}")
    _unguarded("DELETE FROM audit_seal WHERE number > 2")


def _forge(ids: list[int]) -> None:
    """Remove the newest entry and make a seal that fits, without the key."""
    _unguarded(f"DELETE FROM audit_entry WHERE id = {ids[-1]}")
    before, seal = Seal.objects.order_by("number")[1:]
    head = RunningHead(before.head)
    head.add_all(Entry.objects.filter(pk__gt=before.last_entry).values_list("id", "leaf_hash"))
    seal.head, seal.entries, seal.total, seal.last_entry = head.value(), 1, 8, ids[-2]
    mark = mark_of(sealed_by(seal), key="kunci lain")
    _unguarded(
        f"UPDATE audit_seal SET head = '{seal.head}', entries = 1, total = 8, "
        f"last_entry = {ids[-2]}, mark = '{mark}' WHERE number = 3"
    )


TAMPERINGS: dict[str, tuple[Callable[[list[int]], Any], FaultKind]] = {
    "content": (
        lambda ids: _unguarded(f"UPDATE audit_entry SET reason = 'lain' WHERE id = {ids[2]}"),
        FaultKind.CHANGED,
    ),
    "content and hash": (_rewrite, FaultKind.REORDERED),
    "order": (_reorder, FaultKind.REORDERED),
    "removed": (
        lambda ids: _unguarded(f"DELETE FROM audit_entry WHERE id = {ids[1]}"),
        FaultKind.REMOVED,
    ),
    "cut": (
        lambda ids: _unguarded(f"DELETE FROM audit_entry WHERE id > {ids[6]}"),
        FaultKind.REMOVED,
    ),
    "cut with its seal": (_cut_with_seals, FaultKind.CUT),
    "inserted": (_insert, FaultKind.ADDED),
    "seal removed": (
        lambda ids: _unguarded("DELETE FROM audit_seal WHERE number = 2"),
        FaultKind.SEAL,
    ),
    "seal forged": (_forge, FaultKind.SEAL),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_what_was_touched_is_found_and_named(sealed: list[int], name: str) -> None:
    tamper, kind = TAMPERINGS[name]
    tamper(sealed)
    assert kind in _kinds()


def test_a_seal_kept_by_the_auditor_shows_the_cut_when_no_other_copy_is_left(
    sealed: list[int], heads: Path
) -> None:
    kept = examine().last_seal
    _cut_with_seals(sealed)
    heads.unlink()
    assert examine().is_intact
    assert [fault.kind for fault in examine(known=[kept]).faults] == [FaultKind.CUT]


@pytest.fixture
def rolled_back(db: None) -> None:
    """Each example of a property undoes itself."""


@given(
    batches=st.lists(st.integers(0, 5), min_size=1, max_size=6),
    tampering=st.sampled_from(["content", "removed", "swapped"]),
    data=st.data(),
)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sealed_trail_is_whole_until_one_entry_is_touched(
    rolled_back: None, heads: Path, batches: list[int], tampering: str, data: st.DataObject
) -> None:
    heads.unlink(missing_ok=True)
    with transaction.atomic():
        for count in batches:
            _write(count)
            _seal()
        ids = list(Entry.objects.order_by("id").values_list("id", flat=True))
        assert examine().is_intact
        if len(ids) > 1:
            one = data.draw(st.sampled_from(ids[:-1]))
            other = ids[ids.index(one) + 1]
            _touch(tampering, one, other)
            assert not examine().is_intact
        transaction.set_rollback(True)


def _touch(tampering: str, one: int, other: int) -> None:
    if tampering == "content":
        _unguarded(f"UPDATE audit_entry SET subject_name = 'x' WHERE id = {one}")
    elif tampering == "removed":
        _unguarded(f"DELETE FROM audit_entry WHERE id = {one}")
    else:
        for before, after in ((one, 10**9), (other, one), (10**9, other)):
            _unguarded(f"UPDATE audit_entry SET id = {after} WHERE id = {before}")


def test_the_worker_seals_each_minute(sealed: list[int]) -> None:
    _write(1)
    schedule.run_each_minute(clock.now())
    assert examine().unsealed == 0


def test_a_folder_that_cannot_be_written_keeps_no_seal_back(
    db: None, heads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "path_of_heads", lambda: Path("/proc/nowhere/seals.txt"))
    _write(1)
    assert _seal() == 1
