"""Work that comes back by itself, by rhythm. The worker of background jobs does it."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable

from sinambung.platform.audit import services as audit
from sinambung.platform.exchange import services as exchange
from sinambung.platform.identity import services as identity
from sinambung.platform.jobs import services as jobs

logger = logging.getLogger(__name__)

DAILY = (jobs.prune, exchange.prune, identity.forget_old)
EACH_MINUTE = (audit.seal_new_entries,)


def run_daily(at: dt.datetime) -> None:
    """Do the work of each day; one that fails is logged and does not keep the others."""
    _run(DAILY, at)


def run_each_minute(at: dt.datetime) -> None:
    """Do what comes back each minute, as the daily work is done."""
    _run(EACH_MINUTE, at)


def _run(acts: Iterable[Callable[..., object]], at: dt.datetime) -> None:
    for act in acts:
        try:
            act(at=at)
        except Exception:
            logger.exception("work by rhythm %s.%s failed", act.__module__, act.__name__)
