"""Employees: the list, one of them, and the list as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sinambung.domains.workforce import access, queries
from sinambung.platform.exchange import exports
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability

_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
}


@page(Capability.VIEW_EMPLOYEES)
@require_safe
def employee_list(request: Request) -> HttpResponse:
    found = queries.employee_list(request.actor, _asked(request))
    part = "#rows" if request.htmx and not request.htmx.boosted else ""
    context = {"found": found, "query": _query(request)}
    return render(request, f"workforce/employee_list.html{part}", context)


@page(Capability.USE)
@require_safe
def employee(request: Request, employee_id: Ulid) -> HttpResponse:
    row = access.employee_for(request.actor, employee_id, Capability.VIEW_EMPLOYEES)
    context = {"page": queries.employee_page(row, actor=request.actor, on=clock.today())}
    return render(request, "workforce/employee.html", context)


@page(Capability.VIEW_EMPLOYEES)
@require_safe
def export(request: Request, suffix: str) -> HttpResponse:
    if suffix not in _TYPES:
        raise NotFound
    asked = _asked(request)
    content, _number = exports.kind_named("employees").content(
        exports.ExportRequest(
            by=request.actor,
            at=clock.now(),
            on=clock.today(),
            options={
                "text": asked.text,
                "agency": asked.agency,
                "position_class": asked.position_class,
                "rank": asked.rank,
            },
            suffix=suffix,
        )
    )
    answer = HttpResponse(content, content_type=_TYPES[suffix])
    answer["Content-Disposition"] = f'attachment; filename="pegawai{suffix}"'
    return answer


def _asked(request: Request) -> queries.EmployeeFilter:
    get = request.GET.get
    return queries.EmployeeFilter(
        text=get("q", "").strip()[:100].replace("\0", ""),
        agency=get("unit", "")[:26],
        position_class=get("jenjang", "")[:20],
        rank=get("golongan", "")[:6],
        standing=get("status", "active")[:10],
        after=get("after", ""),
        before=get("before", ""),
    )


def _query(request: Request) -> str:
    """Return the filters of the address without the place in the list."""
    asked = request.GET.copy()
    asked.pop("after", None)
    asked.pop("before", None)
    return asked.urlencode()
