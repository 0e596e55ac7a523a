"""Accounts and roles for machines, within the actor's reach."""

from __future__ import annotations

from typing import Any

from ninja import Router, Status

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity import access, queries, services
from sinambung.platform.identity.access import route
from sinambung.platform.identity.api import schemas
from sinambung.platform.identity.capabilities import Capability

router = Router(tags=["identity: accounts"])


@router.get("/accounts", response=schemas.AccountsOut)
@route(Capability.MANAGE_ACCOUNTS)
def list_accounts(
    request: Request,
    q: str = "",
    unit_id: str = "",
    role: str = "",
    state: str = "",
    after: str = "",
) -> Any:
    """Accounts by name; `state` is aktif, menunggu or terkunci."""
    asked = queries.AccountFilter(
        text=q[:100].replace("\0", ""), unit_id=unit_id, role=role, state=state
    )
    found = queries.account_list(request.actor, asked=asked, on=clock.today(), after=after)
    return {"items": found.lines, "after": found.after, "total": found.total}


@router.post("/accounts", response={201: schemas.UserOut})
@route(Capability.MANAGE_ACCOUNTS)
def add_account(request: Request, body: schemas.NewAccountIn) -> Any:
    """Add an account; its owner activates it."""
    unit = _unit(request, body.unit_id)
    user = services.add_user(
        username=body.username,
        name=body.name,
        title=body.title,
        email=body.email,
        unit_id=unit,
        at=clock.now(),
        by=request.actor,
    )
    return Status(201, user)


@router.get("/accounts/{user_id}", response=schemas.AccountOut)
@route(Capability.MANAGE_ACCOUNTS)
def account(request: Request, user_id: str) -> Any:
    """One account with its roles and sessions."""
    user = access.user_for(request.actor, user_id)
    return queries.account_page(
        user,
        by=request.actor,
        may_change=access.may_change(request.actor, user_id),
        on=clock.today(),
        at=clock.now(),
    )


@router.put("/accounts/{user_id}", response=schemas.UserOut)
@route(Capability.MANAGE_ACCOUNTS)
def change_account(request: Request, user_id: str, body: schemas.ChangedAccountIn) -> Any:
    """Correct name, title, address and unit."""
    access.managed_user_for(request.actor, user_id)
    _require_confirmed(request)
    return services.change_user(
        user_id=user_id,
        version=body.version,
        name=body.name,
        title=body.title,
        email=body.email,
        unit_id=_unit(request, body.unit_id),
        by=request.actor,
    )


@router.post("/accounts/{user_id}/lock", response=schemas.UserOut)
@route(Capability.MANAGE_ACCOUNTS)
def lock_account(request: Request, user_id: str, body: schemas.AccountReasonIn) -> Any:
    """Close an account; its sessions and tokens stop at once."""
    access.managed_user_for(request.actor, user_id)
    return services.lock_user(
        user_id=user_id,
        version=body.version,
        at=clock.now(),
        on=clock.today(),
        by=request.actor,
        reason=body.reason,
    )


@router.post("/accounts/{user_id}/unlock", response=schemas.UserOut)
@route(Capability.MANAGE_ACCOUNTS)
def unlock_account(request: Request, user_id: str, body: schemas.AccountReasonIn) -> Any:
    """Open a locked account again."""
    access.managed_user_for(request.actor, user_id)
    return services.unlock_user(
        user_id=user_id, version=body.version, by=request.actor, reason=body.reason
    )


@router.post("/accounts/{user_id}/reset-link", response=schemas.UserOut)
@route(Capability.MANAGE_ACCOUNTS)
def send_reset_link(request: Request, user_id: str, body: schemas.AccountVersionIn) -> Any:
    """Mail the owner a link for a new password, or a code to activate."""
    access.managed_user_for(request.actor, user_id)
    return services.send_reset_link(
        user_id=user_id, version=body.version, at=clock.now(), by=request.actor
    )


@router.post("/accounts/{user_id}/remove-factors", response=schemas.UserOut)
@route(Capability.MANAGE_ACCOUNTS)
def remove_factors(request: Request, user_id: str, body: schemas.AccountReasonIn) -> Any:
    """Take all second factors off an account whose owner lost them."""
    access.managed_user_for(request.actor, user_id)
    _require_confirmed(request)
    return services.remove_all_factors(
        user_id=user_id, version=body.version, by=request.actor, reason=body.reason
    )


@router.delete("/accounts/{user_id}/sessions/{int:session_id}", response={204: None})
@route(Capability.MANAGE_ACCOUNTS)
def end_session(request: Request, user_id: str, session_id: int) -> Any:
    """End one session of an account."""
    access.managed_user_for(request.actor, user_id)
    services.end_session(user_id=user_id, session_id=session_id, by=request.actor)
    return Status(204, None)


@router.post("/accounts/{user_id}/activation-code", response=list[schemas.SlipOut])
@route(Capability.MANAGE_ACCOUNTS)
def issue_activation_code(request: Request, user_id: str) -> Any:
    """Make a one-time code; empty when the account is active already."""
    access.managed_user_for(request.actor, user_id)
    return services.issue_activation_codes(user_ids=[user_id], by=request.actor, at=clock.now())


@router.post("/accounts/{user_id}/roles", response={201: schemas.GrantOut})
@route(Capability.MANAGE_ACCOUNTS)
def grant_role(request: Request, user_id: str, body: schemas.GrantIn) -> Any:
    """Give a role in a unit and all below it; an empty unit is everywhere."""
    access.managed_user_for(request.actor, user_id)
    _require_confirmed(request)
    assignment = services.grant_role(
        user_id=user_id,
        role=body.role,
        unit_id=_unit(request, body.unit_id),
        since=body.since,
        until=body.until,
        by=request.actor,
    )
    return Status(201, assignment)


@router.post("/roles/{role_id}/end", response={204: None})
@route(Capability.MANAGE_ACCOUNTS)
def end_role(request: Request, role_id: str, body: schemas.EndIn) -> Any:
    """End a role today or on a later day."""
    role = access.role_for(request.actor, role_id)
    services.end_role(
        assignment_id=role.pk,
        version=body.version,
        on=max(body.on or clock.today(), clock.today()),
        by=request.actor,
        reason=body.reason,
    )
    return Status(204, None)


@router.get("/roles", response=schemas.MatrixOut)
@route(Capability.MANAGE_ACCOUNTS)
def capability_matrix(request: Request) -> Any:
    """What each role may do."""
    return queries.capability_matrix()


def _unit(request: Request, unit_id: str) -> str | None:
    unit = access.unit_or_everywhere(request.actor, unit_id, Capability.MANAGE_ACCOUNTS)
    return unit.pk if unit else None


def _require_confirmed(request: Request) -> None:
    """A token with this scope was made for it; a browser's session proves its owner first."""
    if getattr(request, "token", None) is None:
        services.require_confirmed(request.session, at=clock.now())
