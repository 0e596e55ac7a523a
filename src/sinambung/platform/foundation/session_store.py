"""Sessions in the database, read with one plain query: every request begins with it."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import connection

from sinambung.platform.foundation import clock

_LIVE = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(DatabaseSessions):
    """Django's own store. Only reading differs: the ORM takes ten times as long to build the
    query as the database to answer it (0.4 ms of a page's 8)."""

    @classmethod
    def get_model_class(cls) -> Any:
        return DatabaseSessions.get_model_class()

    def load(self) -> dict[str, Any]:
        now = connection.ops.adapt_datetimefield_value(clock.now())
        with connection.cursor() as cursor:
            cursor.execute(_LIVE, [self.session_key, now])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        return dict(self.decode(found[0]))
