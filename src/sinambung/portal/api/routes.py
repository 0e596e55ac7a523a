"""The API of the portal: home, search and the trail."""

from __future__ import annotations

import html
from typing import Any

from django.utils.html import strip_tags
from ninja import Router, Status

from sinambung.platform.foundation.clock import now, today
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import route
from sinambung.platform.identity.capabilities import Capability
from sinambung.portal import services
from sinambung.portal.api import schemas
from sinambung.portal.queries import home, search, trail, trail_filters

router = Router(tags=["portal"])


@router.get("/home", response=schemas.HomeOut)
@route(Capability.USE)
def show_home(request: Request) -> Any:
    """What waits for you, and what runs."""
    page = home.home_page(request.actor, at=now())
    tasks = [
        {"group": group.key, "title": task.title, "href": task.href, "reason": task.reason,
         "due": task.due, "due_text": task.due_text}
        for group in page.groups
        for task in group.tasks
    ]  # fmt: skip
    return {"on": page.on, "lead": page.lead, "tasks": tasks, "cards": list(page.cards)}


@router.get("/search", response=list[schemas.HitOut])
@route(Capability.USE)
def show_search(request: Request, q: str) -> Any:
    """Find people, batches and certificates in your reach."""
    page = search.search_page(request.actor, q)
    return [hit for group in page.groups for hit in group.hits]


@router.get("/trail", response=schemas.TrailOut)
@route(Capability.VIEW_TRAIL)
def show_trail(
    request: Request,
    pegawai: str = "",
    angkatan: str = "",
    objek: str = "",
    pelaku: str = "",
    tindakan: str = "",
    sejak: str = "",
    sampai: str = "",
    sesudah: str = "",
    sebelum: str = "",
) -> Any:
    """Entries in your reach, newest first; the same filters as the page."""
    words = {
        "pegawai": pegawai, "angkatan": angkatan, "objek": objek, "pelaku": pelaku,
        "tindakan": tindakan, "sejak": sejak, "sampai": sampai,
    }  # fmt: skip
    asked = trail_filters.filter_from(words)
    page = trail.trail_page(request.actor, asked, on=today(), after=sesudah, before=sebelum)
    return _plain(page)


@router.get("/trail/own", response=schemas.TrailOut)
@route(Capability.USE)
def show_own_trail(request: Request, sesudah: str = "", sebelum: str = "") -> Any:
    """What was done to your account and your employee record."""
    return _plain(trail.own_page(request.actor, on=today(), after=sesudah, before=sebelum))


@router.get("/trail/employees/{employee_id}", response=schemas.TrailOut)
@route(Capability.USE)
def show_person_trail(
    request: Request, employee_id: Ulid, sesudah: str = "", sebelum: str = ""
) -> Any:
    """The trail of one employee."""
    page = trail.person_page(request.actor, employee_id, on=today(), after=sesudah, before=sebelum)
    return _plain(page)


@router.get("/trail/batches/{batch_id}", response=schemas.TrailOut)
@route(Capability.VIEW_TRAIL)
def show_batch_trail(request: Request, batch_id: Ulid, sesudah: str = "", sebelum: str = "") -> Any:
    """The trail of one batch."""
    return _plain(
        trail.batch_page(request.actor, batch_id, on=today(), after=sesudah, before=sebelum)
    )


@router.get("/trail/objects/{subject_id}", response=schemas.TrailOut)
@route(Capability.VIEW_TRAIL)
def show_object_trail(
    request: Request, subject_id: Ulid, sesudah: str = "", sebelum: str = ""
) -> Any:
    """The trail of any one object in your reach."""
    return _plain(
        trail.object_page(request.actor, subject_id, on=today(), after=sesudah, before=sebelum)
    )


@router.post("/trail/check", response={202: schemas.CheckJobOut})
@route(Capability.VIEW_TRAIL)
def check_trail(request: Request) -> Any:
    """Start the check of every entry's own hash."""
    return Status(202, {"href": services.check_trail(by=request.actor)})


def _plain(page: trail.TrailPage) -> dict[str, Any]:
    entries = [
        {
            "id": row.line.id,
            "at": row.at,
            "actor": row.line.actor,
            "actor_id": row.actor_id,
            "subject_id": row.subject_id,
            "action": row.line.action,
            "sentence": html.unescape(strip_tags(row.line.text)),
            "reason": row.line.reason,
        }
        for day in page.days
        for row in day.rows
    ]
    return {"entries": entries, "next": page.next, "previous": page.previous}
