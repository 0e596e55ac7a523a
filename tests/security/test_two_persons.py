"""What needs another person is not done by the same one, whatever roles that one holds."""

from __future__ import annotations

import pytest

from sinambung.domains.training.services import mark_changes
from sinambung.domains.training.services.marks import OwnMarks, save_marks
from sinambung.platform.exchange import access, services
from sinambung.platform.exchange.models import Import
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.identity.capabilities import Capability, Role
from tests.domains.training import building as build
from tests.domains.training import marking

pytestmark = pytest.mark.django_db


def test_an_organiser_who_is_a_participant_does_not_mark_the_own_work() -> None:
    batch, people = marking.running_batch(2)
    account = people[0].employee.account
    assert account
    both = marking.actor_of(account, Role.ORGANISER)
    asked = marking.changes(people[0], {"RAP": "99"})
    with pytest.raises(OwnMarks):
        save_marks(batch_id=batch.pk, changes=asked, by=both, at=marking.AT)
    others = marking.changes(people[1], {"RAP": "80"})
    assert save_marks(batch_id=batch.pk, changes=others, by=both, at=marking.AT)


def test_a_head_who_is_a_participant_does_not_confirm_the_own_mark() -> None:
    _batch, people = marking.closed_batch(2)
    account = people[0].employee.account
    assert account
    change = mark_changes.propose_mark_change(
        participant_id=people[0].pk, cell="RAP", after="99", reason="Salah tulis.",
        by=marking.organiser("lain"), at=marking.AT,
    )  # fmt: skip
    head = marking.actor_of(account, Role.HEAD_OF_TRAINING)
    with pytest.raises(OwnMarks):
        mark_changes.confirm_mark_change(change_id=change.pk, version=None, by=head, at=marking.AT)


def test_an_own_import_is_out_of_reach_once_its_batch_is(tmp_path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.DATA_FOLDER = tmp_path
    batch = build.batch()
    user = build.staff("pindahan", Role.ORGANISER)
    here = Actor(id=user.pk, name="x", grants={Capability.MANAGE_BATCHES.value: ("PROV/",)})
    services.upload(
        kind="roster", file_name="a.csv", pieces=[b"NIP\n1\n"],
        options={"batch": batch.pk}, by=here, inline=True,
    )  # fmt: skip
    row = Import.objects.get()
    assert access.import_for(here, row.pk) == row
    elsewhere = Actor(id=user.pk, name="x", grants={Capability.MANAGE_BATCHES.value: ("LAIN/",)})
    with pytest.raises(NotFound):
        access.import_for(elsewhere, row.pk)
