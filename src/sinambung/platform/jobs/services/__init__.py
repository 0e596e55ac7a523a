"""Changes to background work: ask for it, run it, stop it, run it again, tidy up."""

from sinambung.platform.jobs.services.requests import cancel, retry, start
from sinambung.platform.jobs.services.running import run_now
from sinambung.platform.jobs.services.upkeep import prune, reap, work

__all__ = ["cancel", "prune", "reap", "retry", "run_now", "start", "work"]
