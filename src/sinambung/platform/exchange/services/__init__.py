"""Changes to imports: upload, check, correct, choose, apply, undo, discard."""

from sinambung.platform.exchange.services.applying import apply, apply_now, resume, run_apply
from sinambung.platform.exchange.services.correcting import choose, correct_row
from sinambung.platform.exchange.services.leaving_out import leave_out
from sinambung.platform.exchange.services.rehearsing import Finding, Findings, rehearse
from sinambung.platform.exchange.services.staging import run_stage
from sinambung.platform.exchange.services.undoing import run_undo, undo, undo_now
from sinambung.platform.exchange.services.uploads import discard, prune, upload

__all__ = [
    "Finding",
    "Findings",
    "apply",
    "apply_now",
    "choose",
    "correct_row",
    "discard",
    "leave_out",
    "prune",
    "rehearse",
    "resume",
    "run_apply",
    "run_stage",
    "run_undo",
    "undo",
    "undo_now",
    "upload",
]
