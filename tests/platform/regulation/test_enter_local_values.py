"""One person enters values, another confirms them, and then they are fixed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import ChangedMeanwhile, NotFound
from sinambung.platform.regulation import queries, services
from sinambung.platform.regulation.models import LocalEdition, LocalState
from sinambung.platform.regulation.services.entering import Upload
from tests.platform.regulation.conftest import AT, DAY, WEIGHTS


def enter(by: Actor, **changes: Any) -> LocalEdition:
    facts: dict[str, Any] = {
        "edition_key": "pkp-2023",
        "subject_key": "weights",
        "values": WEIGHTS,
        "effective_on": dt.date(2024, 1, 1),
        "source": "Keputusan Kepala LAN 2/K.1/PDP.07/2023",
        "article": "Lampiran penilaian",
        "by": by,
        "at": AT,
    }
    return services.enter_local_values(**{**facts, **changes})


def confirm(entry: LocalEdition, by: Actor) -> LocalEdition:
    return services.confirm_local_values(id=entry.pk, version=entry.version, by=by, at=AT)


def weights_on(day: dt.date) -> Mapping[str, str | None]:
    mapping = queries.completed_scheme(
        edition_key="pkp-2023", mapping=queries.edition_for("pkp-2023").mapping, on=day
    )
    return {part["code"]: part["weight"] for part in mapping["assessment"]["components"]}


def test_entered_values_do_not_hold_before_another_person_confirms_them(
    organiser: Actor, head: Actor
) -> None:
    entry = enter(organiser)
    assert set(weights_on(DAY).values()) == {None}
    confirm(entry, head)
    assert weights_on(DAY) == WEIGHTS


def test_the_one_who_entered_never_confirms(organiser: Actor) -> None:
    entry = enter(organiser)
    with pytest.raises(services.SamePerson):
        confirm(entry, organiser)


def test_the_database_refuses_a_confirmation_by_the_one_who_entered(organiser: Actor) -> None:
    entry = enter(organiser)
    with pytest.raises(IntegrityError), transaction.atomic():
        LocalEdition.objects.filter(pk=entry.pk).update(
            state=LocalState.CONFIRMED, decided_by_id=organiser.id
        )


def test_a_confirmed_edition_cannot_be_changed_even_directly(organiser: Actor, head: Actor) -> None:
    entry = confirm(enter(organiser), head)
    with pytest.raises(services.AlreadyDecided):
        services.return_local_values(
            id=entry.pk, version=entry.version, reason="salah", by=head, at=AT
        )
    with pytest.raises(DatabaseError, match="tidak dapat diubah"), transaction.atomic():
        LocalEdition.objects.filter(pk=entry.pk).update(values={"AKD": "100"})


def test_a_later_edition_replaces_an_earlier_one_only_from_its_day(
    organiser: Actor, head: Actor
) -> None:
    confirm(enter(organiser), head)
    later = {**WEIGHTS, "AKD": "10", "LAP": "45"}
    confirm(enter(organiser, values=later, effective_on=dt.date(2026, 1, 1)), head)
    assert weights_on(dt.date(2025, 12, 31)) == WEIGHTS
    assert weights_on(dt.date(2026, 1, 1)) == later


def test_the_mapping_that_a_batch_froze_is_not_touched(organiser: Actor, head: Actor) -> None:
    frozen = dict(queries.edition_for("pkp-2023").mapping["assessment"])
    before = repr(frozen)
    confirm(enter(organiser), head)
    completed = queries.completed_scheme(edition_key="pkp-2023", mapping=frozen, on=DAY)
    assert repr(frozen) == before
    assert [part["verified"] for part in completed["components"]] == [True] * 5
    assert completed["basis"][0]["title"].startswith("Keputusan Kepala LAN 2/K.1/PDP.07/2023")


def test_weights_that_do_not_add_up_are_refused_with_the_rulebooks_sentence(
    organiser: Actor,
) -> None:
    with pytest.raises(services.ValuesRefused, match=r"99"):
        enter(organiser, values={**WEIGHTS, "AKD": "19"})


@pytest.mark.parametrize(
    ("subject", "values"),
    [
        ("weights", {"AKD": "dua puluh"}),
        ("weights", {"AKD": "-1"}),
        ("weights", {"AKD": "101"}),
        ("weights", {"AKD": "NaN"}),
        ("attendance", {"attendance": "1e3"}),
        ("best", {"best": "2,5"}),
        ("certificate", {"certificate": "{urut}"}),
        ("bands", {"bands": "Memuaskan 80 lulus"}),
        ("bands", {"bands": "Atas; di atas 80; lulus\nBawah; di atas 70; lulus"}),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(
    organiser: Actor, subject: str, values: dict[str, str]
) -> None:
    with pytest.raises(services.ValuesRefused):
        enter(organiser, subject_key=subject, values=values)
    assert not LocalEdition.objects.exists()


def test_an_entry_without_any_value_is_refused(organiser: Actor) -> None:
    with pytest.raises(services.NothingEntered):
        enter(organiser, values={"AKD": " "})


def test_a_second_entry_waits_until_the_first_is_decided(organiser: Actor, head: Actor) -> None:
    entry = enter(organiser)
    with pytest.raises(services.StillWaiting):
        enter(organiser)
    services.return_local_values(
        id=entry.pk, version=entry.version, reason="Halaman salah.", by=head, at=AT
    )
    enter(organiser)


def test_two_editions_cannot_begin_on_the_same_day(organiser: Actor, head: Actor) -> None:
    confirm(enter(organiser), head)
    again = enter(organiser, values={**WEIGHTS, "AKD": "10", "LAP": "45"})
    with pytest.raises(services.AlreadyInForce):
        confirm(again, head)


def test_a_stale_form_is_told_so(organiser: Actor, head: Actor) -> None:
    entry = enter(organiser)
    with pytest.raises(ChangedMeanwhile):
        services.confirm_local_values(id=entry.pk, version=entry.version + 1, by=head, at=AT)


def test_only_the_one_who_entered_withdraws(organiser: Actor, head: Actor) -> None:
    entry = enter(organiser)
    with pytest.raises(services.entering.Refused):
        services.withdraw_local_values(id=entry.pk, version=entry.version, by=head, at=AT)
    services.withdraw_local_values(id=entry.pk, version=entry.version, by=organiser, at=AT)
    assert LocalEdition.objects.get().state == LocalState.WITHDRAWN


def test_an_unknown_edition_or_subject_is_not_found(organiser: Actor) -> None:
    with pytest.raises(NotFound):
        enter(organiser, edition_key="tidak-ada")
    with pytest.raises(NotFound):
        enter(organiser, subject_key="tidak.ada")


def test_a_file_that_is_no_document_is_refused(organiser: Actor) -> None:
    with pytest.raises(services.entering.Invalid, match="PDF"):
        enter(organiser, file=Upload("x.pdf", b"<script>alert(1)</script>"))
    assert not LocalEdition.objects.exists()


def test_what_waits_shows_on_the_desk_of_the_one_who_confirms(
    organiser: Actor, head: Actor
) -> None:
    entry = enter(organiser)
    assert [task.href for task in queries.tasks_for(head, on=DAY)] == [
        "/regulasi/pkp-2023/weights/"
    ]
    assert queries.tasks_for(organiser, on=DAY) == []
    services.return_local_values(
        id=entry.pk, version=entry.version, reason="Halaman salah.", by=head, at=AT
    )
    assert "Halaman salah." in queries.tasks_for(organiser, on=DAY)[0].reason
    enter(organiser)
    assert queries.tasks_for(organiser, on=DAY) == []
