"""Work that comes back by itself, by rhythm. The worker of background jobs does it."""

from __future__ import annotations

import datetime as dt
import logging

from sinambung.platform.exchange import services as exchange
from sinambung.platform.identity import services as identity
from sinambung.platform.jobs import services as jobs

logger = logging.getLogger(__name__)

DAILY = (jobs.prune, exchange.prune, identity.forget_old)


def run_daily(at: dt.datetime) -> None:
    """Do the work of each day; one that fails is logged and does not keep the others."""
    for act in DAILY:
        try:
            act(at=at)
        except Exception:
            logger.exception("daily work %s failed", act.__module__)
