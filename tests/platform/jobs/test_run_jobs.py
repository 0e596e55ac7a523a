"""Background work: started, told, stopped, run again, recovered, pruned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from sinambung.platform.foundation import actors, clock
from sinambung.platform.foundation.errors import Invalid, NotFound, Refused
from sinambung.platform.jobs import kinds, queries, services
from sinambung.platform.jobs.kinds import JobHandle, JobKind, Payload
from sinambung.platform.jobs.models import Job, State

SYSTEM = actors.system("Pengujian")


class Recorder:
    def __init__(self) -> None:
        self.runs: list[dict[str, object]] = []
        self.before_progress = lambda job: None

    def run(self, job: JobHandle, payload: Payload) -> None:
        self.runs.append(dict(payload))
        self.before_progress(job)
        if payload.get("fail") == "refused":
            raise Invalid("Berkas ini tidak dapat dipakai.")
        if payload.get("fail") == "bug":
            raise ZeroDivisionError
        job.progress(3, 10)
        job.result(href="/hasil/", sentence="10 baris selesai.")


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    recorder = Recorder()
    kinds.register(JobKind("test.record", recorder.run, attempts=2))
    yield recorder
    kinds._kinds.pop("test.record")


def start(**payload: object) -> Job:
    return services.start(kind="test.record", title="Contoh", payload=payload, by=SYSTEM)


@pytest.mark.django_db
def test_a_started_job_waits_and_the_worker_runs_it_once(recorder: Recorder) -> None:
    job = start(batch="A")
    assert (job.state, recorder.runs) == (State.QUEUED, [])
    services.work(once=True)
    services.work(once=True)
    job.refresh_from_db()
    assert recorder.runs == [{"batch": "A"}]
    assert (job.state, job.result_href, job.sentence) == (
        State.DONE,
        "/hasil/",
        "10 baris selesai.",
    )


@pytest.mark.django_db
def test_a_job_delivered_twice_takes_effect_once(recorder: Recorder) -> None:
    job = start()
    services.run_now(job.pk)
    services.run_now(job.pk)
    assert len(recorder.runs) == 1


@pytest.mark.django_db
def test_an_inline_job_is_run_at_once(recorder: Recorder) -> None:
    job = services.start(kind="test.record", title="Contoh", payload={}, by=SYSTEM, inline=True)
    assert job.state == State.DONE


@pytest.mark.django_db
def test_a_refusal_is_kept_as_its_sentence(recorder: Recorder) -> None:
    job = services.run_now(start(fail="refused").pk)
    assert (job.state, job.sentence) == (State.FAILED, "Berkas ini tidak dapat dipakai.")


@pytest.mark.django_db
def test_a_programming_error_fails_the_job_with_a_plain_sentence(
    recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    job = services.run_now(start(fail="bug").pk)
    assert job.state == State.FAILED
    assert "Ulangi" in job.sentence
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.django_db
def test_a_running_job_stops_at_its_next_step_when_asked(recorder: Recorder) -> None:
    recorder.before_progress = lambda job: services.cancel(job_id=job.id, by=SYSTEM)
    job = services.run_now(start().pk)
    assert job.state == State.CANCELLED


@pytest.mark.django_db
def test_a_waiting_job_that_is_cancelled_never_runs(recorder: Recorder) -> None:
    job = start()
    services.cancel(job_id=job.pk, by=SYSTEM)
    services.work(once=True)
    assert recorder.runs == []
    with pytest.raises(Refused):
        services.cancel(job_id=job.pk, by=SYSTEM)


@pytest.mark.django_db
def test_a_failed_job_can_be_run_again(recorder: Recorder) -> None:
    job = services.run_now(start(fail="refused").pk)
    services.retry(job_id=job.pk, by=SYSTEM)
    services.work(once=True)
    assert len(recorder.runs) == 2


@pytest.mark.django_db
def test_the_reaper_runs_again_what_a_killed_worker_left(recorder: Recorder) -> None:
    job = start()
    lose(job, worker="mesin-lain:1:1", heartbeat=clock.now() - dt.timedelta(hours=1))
    assert services.reap(at=clock.now()) == 1
    services.work(once=True)
    job.refresh_from_db()
    assert (job.state, len(recorder.runs)) == (State.DONE, 1)


@pytest.mark.django_db
def test_the_reaper_leaves_a_worker_that_gave_a_sign(recorder: Recorder) -> None:
    job = start()
    lose(job, worker="mesin-lain:1:1", heartbeat=clock.now() - dt.timedelta(minutes=1))
    assert services.reap(at=clock.now()) == 0


@pytest.mark.django_db
def test_the_reaper_gives_up_after_the_allowed_attempts(recorder: Recorder) -> None:
    job = start()
    lose(job, worker="mesin-lain:1:1", heartbeat=clock.now() - dt.timedelta(hours=1), attempt=2)
    services.reap(at=clock.now())
    job.refresh_from_db()
    assert job.state == State.FAILED


@pytest.mark.django_db
def test_a_worker_that_lost_its_job_stops_and_changes_nothing(recorder: Recorder) -> None:
    def taken_over(handle: JobHandle) -> None:
        Job.objects.filter(pk=handle.id).update(attempt=9)

    recorder.before_progress = taken_over
    job = services.run_now(start().pk)
    assert job.state == State.RUNNING


@pytest.mark.django_db
def test_progress_tells_share_and_remaining_time(recorder: Recorder) -> None:
    job = start()
    moment = clock.now()
    Job.objects.filter(pk=job.pk).update(
        state=State.RUNNING, done=3000, done_before=1000, total=5000, started_at=moment
    )
    shown = queries.latest_progress(job.pk, at=moment + dt.timedelta(seconds=10))
    assert shown is not None
    assert (shown.percent, shown.remaining_seconds) == (60, 10)


@pytest.mark.django_db
def test_old_finished_jobs_are_pruned_and_others_stay(recorder: Recorder) -> None:
    old, waiting = services.run_now(start().pk), start()
    Job.objects.filter(pk=old.pk).update(finished_at=clock.now() - dt.timedelta(days=90))
    assert services.prune(at=clock.now()) == 1
    assert Job.objects.get().pk == waiting.pk


@pytest.mark.django_db
def test_work_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(NotFound):
        services.start(kind="tidak.ada", title="x", payload={}, by=SYSTEM)


def lose(job: Job, *, worker: str, heartbeat: dt.datetime, attempt: int = 1) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=State.RUNNING, worker=worker, heartbeat_at=heartbeat, attempt=attempt
    )


@pytest.mark.django_db
def test_daily_work_goes_on_past_one_that_fails(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from sinambung.config import schedule

    done: list[dt.datetime] = []

    def broken(*, at: dt.datetime) -> None:
        raise ZeroDivisionError

    def keeps(*, at: dt.datetime) -> None:
        done.append(at)

    monkeypatch.setattr(schedule, "DAILY", (broken, keeps))
    schedule.run_daily(clock.now())
    assert len(done) == 1
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.django_db
def test_the_daily_work_runs_on_an_empty_installation(caplog: pytest.LogCaptureFixture) -> None:
    from sinambung.config import schedule

    schedule.run_daily(clock.now())
    assert caplog.text == ""
