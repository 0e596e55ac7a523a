"""The pages and routes of background work: seen by its owner and by who watches over it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.jobs import kinds, services
from sinambung.platform.jobs.kinds import JobHandle, JobKind, Payload
from sinambung.platform.jobs.models import Job, State
from tests.domains.workforce.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    def run(job: JobHandle, payload: Payload) -> None:
        job.progress(1, 2)

    kinds.register(JobKind("test.page", run))
    yield
    kinds._kinds.pop("test.page")


def start(by: Actor) -> Job:
    return services.start(kind="test.page", title="<b>Contoh</b>", payload={}, by=by)


def test_a_job_is_seen_stopped_and_run_again_by_its_owner() -> None:
    client = signed_in("widya", Role.TRAINER)
    job = start(Actor(id=client.user.pk, name="Widya"))  # type: ignore[attr-defined]
    page = client.get(f"/pekerjaan/{job.pk}/").content.decode()
    assert "job-progress" in page
    assert "<b>Contoh</b>" not in page
    fragment = client.get(f"/pekerjaan/{job.pk}/kemajuan/").content.decode()
    assert fragment.lstrip().startswith("<job-progress")
    assert client.post(f"/pekerjaan/{job.pk}/hentikan/").status_code == 302
    assert client.post(f"/pekerjaan/{job.pk}/hentikan/").status_code == 409
    assert client.post(f"/pekerjaan/{job.pk}/ulangi/").status_code == 302
    services.work(once=True)
    done = client.get(f"/pekerjaan/{job.pk}/kemajuan/").content.decode()
    assert "<job-progress" not in done
    assert client.get("/pekerjaan/").status_code == 200


def test_other_peoples_jobs_are_not_found_unless_one_watches_over_all() -> None:
    job = start(Actor(id="01J00000000000000000000000", name="Lain"))
    stranger = signed_in("widya", Role.TRAINER)
    admin = signed_in("admin", Role.ADMINISTRATOR)
    for part in ("", "kemajuan/"):
        assert stranger.get(f"/pekerjaan/{job.pk}/{part}").status_code == 404
        assert admin.get(f"/pekerjaan/{job.pk}/{part}").status_code == 200
    assert stranger.post(f"/pekerjaan/{job.pk}/hentikan/").status_code == 404
    assert stranger.get(f"/api/v1/jobs/{job.pk}").status_code == 404
    assert admin.get(f"/api/v1/jobs/{job.pk}").json()["state"] == State.QUEUED
    assert len(admin.get("/api/v1/jobs").json()["rows"]) == 1


def test_a_result_is_linked_only_for_who_may_open_it() -> None:
    """The administrator sees all work, but not what it made for others."""
    opened: list[str] = []
    kinds.register(JobKind("test.page", lambda job, payload: None, opens=lambda *_: opened))
    job = start(Actor(id="01J00000000000000000000000", name="Lain"))
    Job.objects.filter(pk=job.pk).update(state=State.DONE, result_href="/impor/rahasia/")
    admin = signed_in("admin", Role.ADMINISTRATOR)
    for address in ("/pekerjaan/", f"/pekerjaan/{job.pk}/"):
        assert "/impor/rahasia/" not in admin.get(address).content.decode()
    assert admin.get(f"/api/v1/jobs/{job.pk}").json()["result_href"] == ""
    opened.append("/impor/rahasia/")
    assert "/impor/rahasia/" in admin.get("/pekerjaan/").content.decode()
