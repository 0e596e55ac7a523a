"""Notices and the outbox for machines."""

from __future__ import annotations

from typing import Any

from ninja import Router

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import route
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.notices import access, queries, services
from sinambung.platform.notices.api.schemas import (
    CountOut,
    MailOut,
    MailsOut,
    NoticeOut,
    NoticesOut,
    NoticeVersionIn,
)

router = Router(tags=["notices"])


@router.get("/", response=NoticesOut)
@route(Capability.USE)
def list_notices(request: Request, after: str = "") -> dict[str, Any]:
    """Your notices, newest first."""
    found = queries.notice_page(user_id=request.actor.id, after=after)
    return {"unread": found.unread, "items": found.page.rows, "after": found.page.after}


@router.post("/read", response=CountOut)
@route(Capability.USE)
def read_all_notices(request: Request) -> dict[str, int]:
    """Mark all your notices as read."""
    return {"count": services.mark_all_read(user_id=request.actor.id, at=clock.now())}


@router.post("/{notice_id}/read", response=NoticeOut)
@route(Capability.USE)
def read_notice(request: Request, notice_id: str) -> Any:
    """Mark one of your notices as read."""
    return services.mark_read(notice_id=notice_id, user_id=request.actor.id, at=clock.now())


@router.get("/outbox", response=MailsOut)
@route(Capability.VIEW_OUTBOX)
def list_outbox(request: Request, state: str = "", after: str = "") -> dict[str, Any]:
    """Mail that waits, was sent or failed, without its text."""
    access.require_outbox(request.actor)
    found = queries.outbox_page(state=state, after=after)
    return {"items": found.page.rows, "after": found.page.after}


@router.post("/outbox/{mail_id}/retry", response=MailOut)
@route(Capability.VIEW_OUTBOX)
def retry_mail(request: Request, mail_id: str, body: NoticeVersionIn) -> Any:
    """Try a mail again now."""
    access.require_outbox(request.actor)
    return services.retry_mail(
        mail_id=mail_id, version=body.version, at=clock.now(), by=request.actor
    )


@router.post("/outbox/{mail_id}/drop", response=MailOut)
@route(Capability.VIEW_OUTBOX)
def drop_mail(request: Request, mail_id: str, body: NoticeVersionIn) -> Any:
    """Give a mail up."""
    access.require_outbox(request.actor)
    return services.drop_mail(mail_id=mail_id, version=body.version, by=request.actor)
