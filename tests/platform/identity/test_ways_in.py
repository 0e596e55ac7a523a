"""Activation and password reset: they reveal nothing and work once."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client

from sinambung.platform.audit.models import Entry
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import PUBLIC
from sinambung.platform.identity import queries, services
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import OneTimeCode, Unit, User
from sinambung.platform.identity.services.activation import HoldsRole
from sinambung.platform.identity.services.one_time_codes import Purpose, digest_of
from sinambung.platform.identity.services.passwords import LinkOver
from tests.platform.identity.conftest import (
    PASSWORD,
    SINCE,
    SYSTEM,
    actor,
    person,
    plain_body,
    sign_in,
)

pytestmark = pytest.mark.django_db
NEW = "gajah putih minum kopi 3"


def _slip(user: User) -> services.Slip:
    slips = services.issue_activation_codes(user_ids=[user.pk], by=SYSTEM, at=clock.now())
    return slips[0]


def _activate(user: User, code: str, password: str = NEW, at: dt.datetime | None = None) -> User:
    return services.activate(
        username=user.username,
        code=code,
        password=password,
        address="10.1.1.1",
        at=at or clock.now(),
        by=PUBLIC,
    )


def test_the_owner_activates_the_account_with_the_slip_and_is_signed_in(
    client: Client, newcomer: User
) -> None:
    slip = _slip(newcomer)
    answer = client.post(
        "/aktivasi/",
        {"username": newcomer.username, "code": slip.code.lower(), "password": NEW, "again": NEW},
    )
    assert answer.status_code == 302, plain_body(answer)
    assert client.get("/akun/").status_code == 200
    newcomer.refresh_from_db()
    assert newcomer.activated_at
    assert newcomer.check_password(NEW)


def test_codes_are_kept_as_hashes_only(newcomer: User) -> None:
    slip = _slip(newcomer)
    stored = OneTimeCode.objects.get()
    assert slip.code not in str(stored.__dict__)
    assert stored.digest == digest_of(
        slip.code, purpose=Purpose.ACTIVATION, username=newcomer.username
    )
    facts = " ".join(Entry.objects.values_list("facts", flat=True))
    assert slip.code not in facts


def test_a_code_works_once_for_its_account_and_its_time(newcomer: User, nurse: User) -> None:
    slip = _slip(newcomer)
    with pytest.raises(services.WrongCode):
        _activate(nurse, slip.code)
    with pytest.raises(services.WrongCode):
        _activate(newcomer, slip.code, at=clock.now() + dt.timedelta(days=31))
    _activate(newcomer, slip.code)
    with pytest.raises(services.WrongCode):
        _activate(newcomer, slip.code)


def test_a_new_slip_ends_the_former_one(newcomer: User) -> None:
    former = _slip(newcomer)
    _slip(newcomer)
    with pytest.raises(services.WrongCode):
        _activate(newcomer, former.code)


def test_a_weak_password_leaves_the_code_usable(newcomer: User) -> None:
    slip = _slip(newcomer)
    for weak in ("pendek", "dewi lestari 1990", newcomer.username):
        with pytest.raises(services.WeakPassword):
            _activate(newcomer, slip.code, weak)
    assert _activate(newcomer, slip.code) == newcomer


def test_every_failed_activation_looks_the_same(
    client: Client, newcomer: User, nurse: User
) -> None:
    names = [newcomer.username, nurse.username, "tidakada900"]
    answers = [
        client.post(
            "/aktivasi/",
            {"username": name, "code": "AAAA-BBBB-CCCC", "password": NEW, "again": NEW},
        )
        for name in names
    ]
    assert {answer.status_code for answer in answers} == {422}
    bodies = {
        plain_body(answer).replace(name, "NAMA")
        for answer, name in zip(answers, names, strict=True)
    }
    assert len(bodies) == 1


@pytest.mark.parametrize("path", ["/sandi/lupa/", "/aktivasi/kode/"])
def test_asking_for_mail_answers_the_same_for_every_name(
    client: Client, nurse: User, newcomer: User, administrator: User, path: str
) -> None:
    names = [nurse.username, newcomer.username, administrator.username, "tidakada900"]
    answers = [client.post(path, {"username": name}) for name in names]
    assert {answer.status_code for answer in answers} == {200}
    assert len({plain_body(answer) for answer in answers}) == 1
    assert [letter.to for letter in mail.outbox] == [["sri@contoh.test"], ["dewi@contoh.test"]]
    assert OneTimeCode.objects.count() == 4


def test_asking_too_often_is_slowed_down_the_same_for_every_name(
    client: Client, nurse: User
) -> None:
    statuses = {
        name: [client.post("/sandi/lupa/", {"username": name}).status_code for _ in range(6)]
        for name in (nurse.username, "tidakada900")
    }
    assert statuses[nurse.username] == statuses["tidakada900"]
    assert 429 in statuses[nurse.username]


def test_the_mailed_code_activates(client: Client, newcomer: User) -> None:
    client.post("/aktivasi/kode/", {"username": newcomer.username})
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", mail.outbox[0].body)
    assert found
    assert _activate(newcomer, found.group(0)) == newcomer


def test_of_two_mailed_codes_only_one_opens_the_account(newcomer: User) -> None:
    for _ in range(2):
        services.ask_new_password(username=newcomer.username, address="10.1.1.1", at=clock.now())
    codes = [
        re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", letter.body).group(0)
        for letter in mail.outbox
    ]
    _activate(newcomer, codes[0])
    with pytest.raises(services.WrongCode):
        _activate(newcomer, codes[1], "payung biru di atas meja")


def _link(client: Client, user: User) -> str:
    client.post("/sandi/lupa/", {"username": user.username})
    found = re.search(r"/sandi/baru/[^/]+/", mail.outbox[-1].body)
    assert found
    return found.group(0)


def test_the_mailed_link_sets_a_password_once_and_ends_all_sessions(
    client: Client, nurse: User
) -> None:
    sign_in(client, nurse)
    other = Client()
    link = _link(other, nurse)
    assert client.get("/akun/").status_code == 200
    answer = other.post(link, {"password": NEW, "again": NEW})
    assert answer.status_code == 302
    assert client.get("/akun/").status_code == 302
    nurse.refresh_from_db()
    assert nurse.check_password(NEW)
    assert other.get("/akun/").status_code == 200
    assert len(queries.sessions_of(nurse.pk, at=clock.now())) == 1
    assert Client().post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 422


def test_a_link_ends_after_an_hour_and_when_the_password_changes(nurse: User) -> None:
    for delay, change in ((61, False), (0, True)):
        mail.outbox.clear()
        services.ask_new_password(username=nurse.username, address="10.1.1.1", at=clock.now())
        token = re.search(r"/sandi/baru/([^/]+)/", mail.outbox[-1].body).group(1)
        if change:
            services.give_password(user_id=nurse.pk, password=NEW, at=clock.now(), by=SYSTEM)
        with pytest.raises(LinkOver):
            services.set_new_password(
                token=token,
                password="payung biru di atas meja",
                at=clock.now() + dt.timedelta(minutes=delay),
                by=PUBLIC,
            )


def test_a_link_does_not_open_a_locked_account(nurse: User, administrator: User) -> None:
    services.ask_new_password(username=nurse.username, address="10.1.1.1", at=clock.now())
    token = re.search(r"/sandi/baru/([^/]+)/", mail.outbox[-1].body).group(1)
    services.lock_user(
        user_id=nurse.pk,
        version=None,
        at=clock.now(),
        on=clock.today(),
        by=actor(administrator),
        reason="uji",
    )
    with pytest.raises(LinkOver):
        services.set_new_password(token=token, password=NEW, at=clock.now(), by=PUBLIC)


def test_slips_are_made_for_accounts_that_are_not_active_yet_only(
    newcomer: User, nurse: User, administrator: User
) -> None:
    slips = services.issue_activation_codes(
        user_ids=[newcomer.pk, nurse.pk], by=actor(administrator), at=clock.now()
    )
    assert [slip.user_id for slip in slips] == [newcomer.pk]


def test_an_organiser_makes_no_slip_for_who_holds_a_role(
    province: Unit, health: Unit, newcomer: User
) -> None:
    organiser = person("penyelenggara", "Penyelenggara Contoh", unit=province)
    for user, role in ((organiser, Role.ORGANISER), (newcomer, Role.HEAD_OF_TRAINING)):
        services.grant_role(user_id=user.pk, role=role, unit_id=None, since=SINCE, by=SYSTEM)
    with pytest.raises(HoldsRole):
        services.issue_activation_codes(user_ids=[newcomer.pk], by=actor(organiser), at=clock.now())


def test_the_printed_slip_shows_the_code_once(
    client: Client, administrator: User, newcomer: User
) -> None:
    sign_in(client, administrator)
    page = client.post(f"/pengaturan/akun/{newcomer.pk}/aktivasi/")
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page.content.decode()).group(0)
    assert "no-store" in page["Cache-Control"]
    assert _activate(newcomer, code) == newcomer
    assert client.post(f"/pengaturan/akun/{newcomer.pk}/aktivasi/").status_code == 302
