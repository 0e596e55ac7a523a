"""Addresses of background work."""

from __future__ import annotations

from django.urls import path

from sinambung.platform.jobs.pages import jobs

urlpatterns = [
    path("", jobs.job_list, name="job-list"),
    path("<ulid:job_id>/", jobs.job, name="job"),
    path("<ulid:job_id>/kemajuan/", jobs.progress, name="job-progress"),
    path("<ulid:job_id>/hentikan/", jobs.cancel, name="cancel-job"),
    path("<ulid:job_id>/ulangi/", jobs.retry, name="retry-job"),
]
