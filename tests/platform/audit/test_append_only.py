"""The trail can be added to and nothing else."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from sinambung.platform.audit import queries, services
from sinambung.platform.audit.models import Entry
from sinambung.platform.audit.queries import FaultKind, examine
from sinambung.platform.foundation.actors import system
from sinambung.platform.identity.trail import Trail


@pytest.fixture
def entry(db: None) -> Entry:
    services.record(
        Trail.USER_ADDED,
        services.Subject(kind="user", id="01ARZ3NDEKTSV4RRFFQ69G5FAV", name="<b>Sitti</b>"),
        by=system("pengujian"),
    )
    return Entry.objects.get()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor_name = 'orang lain'",
        "DELETE FROM audit_entry",
    ],
)
def test_the_database_refuses_to_change_an_entry(entry: Entry, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="Jejak hanya dapat ditambah"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.get().actor_name == "pengujian"


def test_an_untouched_trail_has_no_altered_entry(entry: Entry) -> None:
    assert examine().is_intact


def test_a_sentence_escapes_what_people_typed(entry: Entry) -> None:
    assert queries.line(entry).text == "membuat akun <strong>&lt;b&gt;Sitti&lt;/b&gt;</strong>"


def test_an_entry_whose_content_does_not_give_its_hash_is_found(db: None) -> None:
    Entry.objects.create(
        at="2026-11-24T00:00:00Z",
        actor_name="pengujian",
        action="x",
        subject_kind="user",
        subject_id="",
        subject_name="x",
        leaf_hash="0" * 64,
    )
    assert [fault.kind for fault in examine().faults] == [FaultKind.CHANGED]


@pytest.mark.django_db(transaction=True)
def test_a_committed_entry_is_protected_too() -> None:
    services.record(
        Trail.USER_ADDED,
        services.Subject(kind="user", id="01ARZ3NDEKTSV4RRFFQ69G5FAV", name="Sitti"),
        by=system("pengujian"),
    )
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry")
