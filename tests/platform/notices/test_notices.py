"""Sentences to people inside the product."""

from __future__ import annotations

import pytest
from django.test import Client

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.identity.models import User
from sinambung.platform.notices import queries, services
from sinambung.platform.notices.models import Notice
from tests.platform.identity.conftest import SYSTEM, actor, sign_in

pytestmark = pytest.mark.django_db


def _tell(*users: User) -> int:
    return services.notify(
        user_ids=[user.pk for user in users], text="Nilai <b>masuk</b>", link="/akun/", by=SYSTEM
    )


def test_each_person_is_told_once_and_nobody_of_their_own_act(nurse: User, teacher: User) -> None:
    told = services.notify(
        user_ids=[nurse.pk, nurse.pk, teacher.pk, ""], text="a", link="/akun/", by=actor(teacher)
    )
    assert (told, queries.unread_count(nurse.pk), queries.unread_count(teacher.pk)) == (1, 1, 0)


@pytest.mark.parametrize("link", ["https://jahat.test/", "//jahat.test/", "javascript:1"])
def test_a_notice_leads_only_to_a_page_of_ours(nurse: User, link: str) -> None:
    with pytest.raises(ValueError, match="path"):
        services.notify(user_ids=[nurse.pk], text="a", link=link, by=SYSTEM)


def test_a_notice_is_read_by_its_owner_only(nurse: User, teacher: User) -> None:
    _tell(nurse)
    notice = Notice.objects.get()
    with pytest.raises(NotFound):
        services.mark_read(notice_id=notice.pk, user_id=teacher.pk, at=clock.now())
    services.mark_read(notice_id=notice.pk, user_id=nurse.pk, at=clock.now())
    assert queries.unread_count(nurse.pk) == 0


def test_the_page_shows_notices_escaped_and_opens_them(client: Client, nurse: User) -> None:
    _tell(nurse)
    sign_in(client, nurse)
    page = client.get("/pemberitahuan/").content.decode()
    assert "Nilai &lt;b&gt;masuk&lt;/b&gt;" in page
    notice = Notice.objects.get()
    answer = client.post(f"/pemberitahuan/{notice.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/akun/")
    assert queries.unread_count(nurse.pk) == 0


def test_anothers_notice_is_not_found(client: Client, nurse: User, teacher: User) -> None:
    _tell(nurse)
    sign_in(client, teacher)
    assert client.post(f"/pemberitahuan/{Notice.objects.get().pk}/").status_code == 404


def test_all_are_marked_as_read_at_once(client: Client, nurse: User, teacher: User) -> None:
    _tell(nurse, teacher)
    _tell(nurse)
    sign_in(client, nurse)
    client.post("/pemberitahuan/dibaca/")
    assert (queries.unread_count(nurse.pk), queries.unread_count(teacher.pk)) == (0, 1)


def test_the_outbox_is_for_who_administers_everything(
    client: Client, administrator: User, health_administrator: User, nurse: User
) -> None:
    for user, status in ((administrator, 200), (health_administrator, 403), (nurse, 403)):
        sign_in(client, user)
        assert client.get("/pengaturan/surel/").status_code == status
        assert client.get("/api/v1/notices/outbox").status_code == status
