"""What notices announces."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MailWasQueued:
    """Mail waits in the outbox and there is a server to send it."""

    count: int
