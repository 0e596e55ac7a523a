"""What may be forgotten: old sessions, codes and counts."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from sinambung.platform.identity.services.one_time_codes import forget_old_codes
from sinambung.platform.identity.services.sessions import forget_old_sessions
from sinambung.platform.identity.services.throttle import forget_old_attempts


@transaction.atomic
def forget_old(*, at: dt.datetime) -> int:
    """Delete sessions, one-time codes and counts of failures that are over; return how many."""
    return forget_old_sessions(at=at) + forget_old_codes(at=at) + forget_old_attempts(at=at)
