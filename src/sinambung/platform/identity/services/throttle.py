"""Delays after failures, so that guessing is slow and nobody can lock another out.

Failures are counted in buckets and fade by half every quarter of an hour. A bucket above its
free number makes the next attempt wait, a little longer each time, up to a minute at most. A
device that has signed in to the account before has a bucket of its own and is not slowed down by
what strangers do (OWASP, "Device cookies").
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.errors import Refused
from sinambung.platform.identity.models import Throttle

_HALF_LIFE = dt.timedelta(minutes=15)
_FORGOTTEN_AFTER = dt.timedelta(days=1)
_log = logging.getLogger("sinambung.security")


class TooManyAttempts(Refused):
    status = 429
    code = "too_many_attempts"
    message = _("Terlalu banyak percobaan. Tunggu %(seconds)d detik, lalu coba lagi.")


@dataclass(frozen=True, slots=True)
class Bucket:
    """A count of failures: the first `free` cost nothing, then waiting doubles up to `longest`."""

    key: str
    free: int
    longest: int

    def wait(self, failures: float) -> float:
        over = failures - self.free
        return 0.0 if over < 0 else float(min(2.0**over, self.longest))


def sign_in_buckets(*, username: str, address: str, is_known_device: bool) -> list[Bucket]:
    """Return the buckets of an attempt to sign in; the same for known and unknown names."""
    name = username.casefold()
    if is_known_device:
        return [Bucket(_key("device", name, address), free=5, longest=60)]
    return [
        Bucket(_key("pair", name, address), free=5, longest=60),
        Bucket(_key("account", name), free=20, longest=30),
        Bucket(_key("address", address), free=60, longest=10),
        Bucket(_key("everybody"), free=2000, longest=2),
    ]


def code_buckets(*, purpose: str, subject: str, address: str) -> list[Bucket]:
    """Return the buckets for one-time codes, which are too long to guess."""
    return [
        Bucket(_key(purpose, subject.casefold(), address), free=5, longest=60),
        Bucket(_key(purpose, "address", address), free=60, longest=10),
    ]


def factor_buckets(*, user_id: str) -> list[Bucket]:
    """Return the bucket for second factors; only who knows the password can fill it."""
    return [Bucket(_key("factor", user_id), free=5, longest=60)]


def mail_buckets(*, username: str, address: str) -> list[Bucket]:
    """Return the buckets for asking that mail is sent."""
    return [
        Bucket(_key("mail", username.casefold()), free=3, longest=600),
        Bucket(_key("mail", "address", address), free=30, longest=60),
    ]


@transaction.atomic
def begin_attempt(*, buckets: Sequence[Bucket], at: dt.datetime) -> None:
    """Count an attempt as failed before it is made; raise `TooManyAttempts` while one must wait.

    Counting first means that many attempts at once cannot slip through together.
    """
    rows = _locked_rows(buckets, at)
    waits = [_remaining(bucket, rows[bucket.key], at) for bucket in buckets]
    if max(waits) > 0:
        _log.warning("attempt delayed by %.0f s", max(waits))
        raise TooManyAttempts(seconds=math.ceil(max(waits)))
    for bucket in buckets:
        row = rows[bucket.key]
        row.failures, row.failed_at = _faded(row, at) + 1, at
    Throttle.objects.bulk_update(rows.values(), ["failures", "failed_at"])


@transaction.atomic
def forgive(*, buckets: Sequence[Bucket], at: dt.datetime) -> None:
    """Take the attempt back, because it succeeded; the first bucket starts anew."""
    rows = _locked_rows(buckets, at)
    for bucket in buckets:
        row = rows[bucket.key]
        row.failures = 0 if bucket is buckets[0] else max(0.0, row.failures - 1)
    Throttle.objects.bulk_update(rows.values(), ["failures"])


@transaction.atomic
def forget_old_attempts(*, at: dt.datetime) -> int:
    """Delete counts that have faded."""
    return Throttle.objects.filter(failed_at__lt=at - _FORGOTTEN_AFTER).delete()[0]


def _locked_rows(buckets: Sequence[Bucket], at: dt.datetime) -> dict[str, Throttle]:
    keys = sorted(bucket.key for bucket in buckets)
    rows = Throttle.objects.select_for_update().filter(key__in=keys).order_by("key")
    found = {row.key: row for row in rows}
    if len(found) < len(keys):
        missing = [Throttle(key=key, failed_at=at) for key in keys if key not in found]
        Throttle.objects.bulk_create(missing, ignore_conflicts=True)
        found = {row.key: row for row in rows.all()}
    return found


def _remaining(bucket: Bucket, row: Throttle, at: dt.datetime) -> float:
    wait = bucket.wait(_faded(row, at))
    return wait - max(0.0, (at - row.failed_at).total_seconds()) if wait else 0.0


def _faded(row: Throttle, at: dt.datetime) -> float:
    age = max(0.0, (at - row.failed_at).total_seconds())
    return float(row.failures * 0.5 ** (age / _HALF_LIFE.total_seconds()))


def _key(*parts: str) -> str:
    text = "\x00".join((settings.SECRET_KEY, *parts))
    return hashlib.sha256(text.encode()).hexdigest()
