"""What may be forgotten: old sessions, codes and counts."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from sinambung.platform.identity.models import Throttle
from sinambung.platform.identity.services.one_time_codes import forget_old_codes
from sinambung.platform.identity.services.sessions import forget_old_sessions
from sinambung.platform.identity.services.throttle import forget_old_attempts

_LAST_TIDIED = "last tidied"


@transaction.atomic
def forget_old(*, at: dt.datetime) -> int:
    """Delete sessions, one-time codes and counts of failures that are over; return how many."""
    return forget_old_sessions(at=at) + forget_old_codes(at=at) + forget_old_attempts(at=at)


@transaction.atomic
def forget_old_daily(*, at: dt.datetime) -> bool:
    """Tidy up with the first sign-in of a day, so that no schedule is needed; say whether."""
    last = Throttle.objects.select_for_update().filter(key=_LAST_TIDIED).first()
    if last is not None and at - last.failed_at < dt.timedelta(days=1):
        return False
    forget_old(at=at)
    Throttle.objects.filter(key=_LAST_TIDIED).delete()
    Throttle.objects.bulk_create([Throttle(key=_LAST_TIDIED, failed_at=at)], ignore_conflicts=True)
    return True
