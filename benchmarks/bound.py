"""The least work that could give a page: a bare Django view in the same process and database.

It reads its rows by one query and renders them by a plain template: no middleware, no session, no
access check, no layout. What a page of ours costs more is what all of those cost.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

WARM = 10
TIMES = 100
COLUMNS = ("name", "nip", "unit__name", "rank_code", "position_name")
TEMPLATE = (
    "<!doctype html><title>{{ title }}</title><table>{% for row in rows %}"
    '<tr><td><a href="/pegawai/{{ row.id }}/">{{ row.name }}</a><td>{{ row.nip }}'
    "<td>{{ row.unit__name }}<td>{{ row.rank_code }}<td>{{ row.position_name }}{% endfor %}</table>"
)


def bare_view_ms(
    *, rows: int = 50, server: Callable[[], float] = lambda: 0.0, times: int = TIMES
) -> float:
    """Return the median CPU milliseconds of a bare view of that many employees.

    `server` tells the CPU seconds of the database's server, whose mean share is added.
    """
    from django.test import RequestFactory

    view, request = _view(rows), RequestFactory().get("/")
    for _ in range(WARM):
        view(request)
    samples = []
    server_before = server()
    for _ in range(times):
        before = time.process_time()
        view(request)
        samples.append(time.process_time() - before)
    return (statistics.median(samples) + (server() - server_before) / times) * 1000


def _view(rows: int) -> Callable[[Any], Any]:
    from django.http import HttpResponse
    from django.template import Context, Engine

    from sinambung.domains.workforce.models import Employee

    template = Engine().from_string(TEMPLATE)

    def view(request: Any) -> HttpResponse:
        found = Employee.objects.order_by("name", "id").values_list("id", *COLUMNS, named=True)
        return HttpResponse(template.render(Context({"title": "Pegawai", "rows": found[:rows]})))

    return view
