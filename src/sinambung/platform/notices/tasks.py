"""Background work of notices: the sender of mail, which calls itself again when a mail is due."""

from __future__ import annotations

from django_tasks import task

from sinambung.platform.foundation import clock
from sinambung.platform.notices import queries, services
from sinambung.platform.notices.events import MailWasQueued


@task()
def deliver() -> int:
    """Send the mail that is due, and come back for the rest."""
    sent = services.deliver_mail(at=clock.now())
    due = queries.next_due()
    if due is not None:
        deliver.using(run_after=due).enqueue()
    return sent


def when_mail_was_queued(event: MailWasQueued) -> None:
    """Let a worker send the mail once the transaction is over."""
    deliver.enqueue()
