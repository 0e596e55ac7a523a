"""Asking for pages as a browser does, through the whole application, and what each answer cost.

TIMES=20 measures with fewer requests.
"""

from __future__ import annotations

import io
import math
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

WARM = 5
TIMES = int(os.environ.get("TIMES", "100"))


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page costs: CPU of process and database server together, HTML, queries."""

    milliseconds: float
    kilobytes: float
    queries: int

    def plain(self) -> dict[str, Any]:
        return asdict(self)


FAILED = Cost(math.inf, math.inf, 10**6)


class Visitor:
    """A browser that is signed in, or nobody."""

    def __init__(self, user_id: str = "") -> None:
        self._cookie = _session_cookie(user_id) if user_id else ""

    def get(self, address: str) -> bytes:
        """Return the body of a page; anything but 200 is an error."""
        from sinambung.config.wsgi import application

        path, _, query = address.partition("?")
        answered: list[str] = []
        environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost:8000",
            "HTTP_ACCEPT": "text/html",
            "HTTP_USER_AGENT": "Mozilla/5.0",
            "HTTP_COOKIE": self._cookie,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        response = application(environ, lambda status, headers: answered.append(status))
        body = b"".join(response)
        response.close()
        if not answered[0].startswith("200"):
            raise AssertionError(f"{address}: {answered[0]}")
        return body


def cost_of(
    visitor: Visitor, address: str, *, server: Callable[[], float], times: int = TIMES
) -> Cost:
    """Return the median of some requests, the server's share as their mean."""
    from django.db import connection

    queries: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        queries.append(sql)
        return execute(sql, params, many, context)

    for _ in range(WARM):
        visitor.get(address)
    with connection.execute_wrapper(count):
        body = visitor.get(address)
    samples = []
    server_before = server()
    for _ in range(times):
        before = time.process_time()
        visitor.get(address)
        samples.append(time.process_time() - before)
    of_server = (server() - server_before) / times
    return Cost(
        milliseconds=(statistics.median(samples) + of_server) * 1000,
        kilobytes=len(body) / 1000,
        queries=len(queries),
    )


def _session_cookie(user_id: str) -> str:
    from django.conf import settings

    from sinambung.platform.identity.models import User
    from tests.sessions import signed_in

    client = signed_in(User.objects.get(pk=user_id))
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"
