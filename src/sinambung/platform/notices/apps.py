from django.apps import AppConfig


class Notices(AppConfig):
    name = "sinambung.platform.notices"
    label = "notices"

    def ready(self) -> None:
        from sinambung.platform.audit import actions
        from sinambung.platform.foundation.actors import Actor
        from sinambung.platform.foundation.events import subscribe
        from sinambung.platform.notices import queries, tasks
        from sinambung.platform.notices.events import MailWasQueued
        from sinambung.platform.notices.trail import Trail
        from sinambung.platform.ui import context

        def unread(actor: Actor) -> int:
            return queries.unread_count(actor.id) if actor.is_signed_in else 0

        actions.register(Trail)
        context.count_notices_with(unread)
        subscribe(MailWasQueued, tasks.when_mail_was_queued)
