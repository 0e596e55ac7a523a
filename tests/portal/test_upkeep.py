"""Failed background work waits for those who may see it, and the task leads to it."""

from __future__ import annotations

import datetime as dt

from sinambung.platform.foundation.actors import system
from sinambung.platform.jobs.models import Job
from sinambung.portal.queries import upkeep
from tests.domains.training import building as build
from tests.sessions import signed_in

ON = dt.date(2026, 11, 24)
AT = dt.datetime(2026, 11, 23, 3, 0, tzinfo=dt.UTC)


def failed_job(title: str, *, finished_at: dt.datetime = AT) -> Job:
    return Job.objects.create(
        kind="uji", title=title, state="failed", queued_at=AT, finished_at=finished_at
    )


def test_failed_work_of_the_last_week_is_one_task(db: None) -> None:
    failed_job("Gagal satu")
    failed_job("Gagal lama", finished_at=AT - dt.timedelta(days=30))
    (task,) = upkeep.tasks_for(system("pengujian"), on=ON)
    assert task.reason == "1 pekerjaan latar gagal dalam tujuh hari terakhir."


def test_the_task_leads_to_failed_work_only(db: None) -> None:
    user = build.account("admin")
    user.roles.create(role="administrator", unit=None, since=dt.date(2020, 1, 1))
    failed_job("Gagal satu")
    Job.objects.create(kind="uji", title="Selesai dua", state="done", queued_at=AT)
    (task,) = upkeep.tasks_for(system("pengujian"), on=ON)
    html = signed_in(user).get(task.href).content.decode()
    assert "Gagal satu" in html
    assert "Selesai dua" not in html
