"""Mail waits in the outbox, is sent once there is a server, and is tried again when it fails."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.mail import EmailMessage, send_mail
from django.db import transaction

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import system
from sinambung.platform.foundation.errors import ChangedMeanwhile
from sinambung.platform.notices import services
from sinambung.platform.notices.adapters import Letter, MailUrlWrong, Smtp
from sinambung.platform.notices.models import Mail
from sinambung.platform.notices.services.delivery import NotWaiting

pytestmark = pytest.mark.django_db
BY = system("uji")
BACKEND = "sinambung.platform.notices.services.outbox.OutboxBackend"


class Box:
    """A carrier that keeps what it was given, or fails."""

    def __init__(self, *, fails: bool = False) -> None:
        self.letters: list[Letter] = []
        self.fails = fails

    def send(self, letter: Letter) -> None:
        if self.fails:
            raise ConnectionRefusedError("no server here")
        self.letters.append(letter)


@pytest.fixture(autouse=True)
def _outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = BACKEND


def _mail() -> Mail:
    send_mail("Kode\naktivasi", "ABCD-EFGH", None, ["sri@contoh.test"])
    return Mail.objects.get()


def test_a_mail_is_kept_and_not_sent() -> None:
    mail = _mail()
    assert (mail.state, mail.subject, mail.text) == ("waiting", "Kode aktivasi", "ABCD-EFGH")
    assert services.deliver_mail(at=clock.now()) == 0


@pytest.mark.django_db(transaction=True)
def test_a_mail_of_a_rolled_back_transaction_was_never_written() -> None:
    with transaction.atomic():
        _mail()
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_a_mail_is_sent_once_and_its_text_is_emptied() -> None:
    mail, box = _mail(), Box()
    assert services.deliver_mail(at=clock.now(), carrier=box) == 1
    assert services.deliver_mail(at=clock.now(), carrier=box) == 0
    assert [letter.text for letter in box.letters] == ["ABCD-EFGH"]
    mail.refresh_from_db()
    assert (mail.state, mail.text) == ("sent", "")


def test_a_failing_mail_is_tried_again_later_each_time_and_then_given_up() -> None:
    mail, at, waits = _mail(), clock.now(), []
    for _ in range(20):
        services.deliver_mail(at=at, carrier=Box(fails=True))
        mail.refresh_from_db()
        if mail.state != "waiting":
            break
        waits.append(mail.next_try_at - at)
        at = mail.next_try_at
    assert mail.state == "failed"
    assert mail.error == "no server here"
    assert waits == sorted(waits)
    assert len(waits) == 7


def test_a_mail_whose_sender_died_is_tried_again_after_its_lease() -> None:
    class Dying(Box):
        def send(self, letter: Letter) -> None:
            raise KeyboardInterrupt

    _mail()
    at, box = clock.now(), Box()
    with pytest.raises(KeyboardInterrupt):
        services.deliver_mail(at=at, carrier=Dying())
    assert services.deliver_mail(at=at + dt.timedelta(minutes=1), carrier=box) == 0
    assert services.deliver_mail(at=at + dt.timedelta(minutes=6), carrier=box) == 1


def test_an_administrator_tries_a_failed_mail_again_or_drops_it() -> None:
    mail = _mail()
    Mail.objects.update(state="failed", attempts=8)
    again = services.retry_mail(mail_id=mail.pk, version=1, at=clock.now(), by=BY)
    assert (again.state, again.attempts) == ("waiting", 0)
    with pytest.raises(ChangedMeanwhile):
        services.drop_mail(mail_id=mail.pk, version=1, by=BY)
    dropped = services.drop_mail(mail_id=mail.pk, version=again.version, by=BY)
    assert (dropped.state, dropped.text) == ("dropped", "")
    with pytest.raises(NotWaiting):
        services.retry_mail(mail_id=mail.pk, version=None, at=clock.now(), by=BY)


def test_old_texts_are_emptied() -> None:
    mail = _mail()
    services.deliver_mail(at=clock.now() + dt.timedelta(days=8), carrier=Box(fails=True))
    mail.refresh_from_db()
    assert (mail.state, mail.text) == ("dropped", "")


def test_a_mail_without_recipients_is_not_kept() -> None:
    EmailMessage("x", "y", to=[]).send()
    assert not Mail.objects.exists()


@pytest.mark.parametrize("url", ["localhost:25", "http://surat", "smtp://"])
def test_a_mail_url_that_cannot_be_read_is_refused(url: str) -> None:
    with pytest.raises(MailUrlWrong):
        Smtp(url)
