"""The own account for a browser's scripts: what touches its keys needs the owner, not a token."""

from __future__ import annotations

from typing import Any

from allauth.mfa.totp.internal.auth import generate_totp_secret
from ninja import Router, Status

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity import queries, services
from sinambung.platform.identity.access import OwnerOnly, route
from sinambung.platform.identity.api import schemas
from sinambung.platform.identity.capabilities import Capability

router = Router(tags=["identity: own account"])


@router.get("/me", response=schemas.OwnOut)
@route(Capability.USE)
def own_account(request: Request) -> Any:
    """Your account, its roles, factors, sessions and tokens."""
    key = request.session.session_key or ""
    return queries.own_page(request.actor, session_key=key, at=clock.now())


@router.post("/me/password", response={204: None})
@route(Capability.USE)
def change_password(request: Request, body: schemas.PasswordIn) -> Any:
    """Change your password; your other sessions end."""
    _require_owner(request)
    user = services.change_own_password(
        user_id=request.actor.id,
        present=body.present,
        password=body.password,
        session_key=request.session.session_key or "",
        at=clock.now(),
        by=request.actor,
    )
    services.keep_session(request, user=user)
    return Status(204, None)


@router.post("/me/email", response=schemas.UserOut)
@route(Capability.USE)
def change_email(request: Request, body: schemas.EmailIn) -> Any:
    """Change the address to which codes and links are sent."""
    _require_confirmed(request)
    return services.change_own_email(
        user_id=request.actor.id, version=body.version, email=body.email, by=request.actor
    )


@router.delete("/me/sessions/{int:session_id}", response={204: None})
@route(Capability.USE)
def end_session(request: Request, session_id: int) -> Any:
    """End one of your sessions."""
    _require_owner(request)
    services.end_session(user_id=request.actor.id, session_id=session_id, by=request.actor)
    return Status(204, None)


@router.post("/me/sessions/end-others", response={204: None})
@route(Capability.USE)
def end_other_sessions(request: Request) -> Any:
    """End all your sessions but this one."""
    _require_owner(request)
    services.end_other_sessions(
        user_id=request.actor.id,
        session_key=request.session.session_key or "",
        by=request.actor,
    )
    return Status(204, None)


@router.get("/me/totp/secret", response=schemas.TotpOut)
@route(Capability.USE)
def totp_secret(request: Request) -> Any:
    """A new secret for an authenticator application; it counts once a code proves it."""
    _require_confirmed(request)
    secret = generate_totp_secret()
    return {"secret": secret, "address": queries.totp_address(request.actor.id, secret=secret)}


@router.post("/me/totp", response=schemas.CodesOut)
@route(Capability.USE)
def add_totp(request: Request, body: schemas.TotpIn) -> Any:
    """Add an authenticator application."""
    _require_confirmed(request)
    codes = services.add_totp(
        user_id=request.actor.id,
        secret=body.secret,
        code="".join(body.code.split()),
        at=clock.now(),
        by=request.actor,
    )
    return {"recovery_codes": codes}


@router.delete("/me/totp", response={204: None})
@route(Capability.USE)
def remove_totp(request: Request) -> Any:
    """Remove the authenticator application."""
    _require_confirmed(request)
    services.remove_totp(user_id=request.actor.id, by=request.actor)
    return Status(204, None)


@router.post("/me/recovery-codes", response=schemas.CodesOut)
@route(Capability.USE)
def renew_recovery_codes(request: Request) -> Any:
    """Replace your recovery codes."""
    _require_confirmed(request)
    codes = services.renew_recovery_codes(user_id=request.actor.id, by=request.actor)
    return {"recovery_codes": codes}


@router.get("/me/passkeys/options", response=dict[str, Any])
@route(Capability.USE)
def passkey_options(request: Request) -> Any:
    """The options with which a browser makes a passkey."""
    _require_confirmed(request)
    return services.begin_adding_passkey(user_id=request.actor.id)


@router.post("/me/passkeys", response=schemas.CodesOut)
@route(Capability.USE)
def add_passkey(request: Request, body: schemas.PasskeyIn) -> Any:
    """Keep a passkey that a browser made."""
    _require_confirmed(request)
    codes = services.add_passkey(
        user_id=request.actor.id, name=body.name, credential=body.credential, by=request.actor
    )
    return {"recovery_codes": codes}


@router.delete("/me/passkeys/{int:passkey_id}", response={204: None})
@route(Capability.USE)
def remove_passkey(request: Request, passkey_id: int) -> Any:
    """Remove one of your passkeys."""
    _require_confirmed(request)
    services.remove_passkey(user_id=request.actor.id, passkey_id=passkey_id, by=request.actor)
    return Status(204, None)


@router.post("/me/tokens", response={201: schemas.NewTokenOut})
@route(Capability.USE)
def make_token(request: Request, body: schemas.TokenIn) -> Any:
    """Make a token; its text is in this answer and nowhere else."""
    _require_confirmed(request)
    token, text = services.make_token(
        user_id=request.actor.id,
        name=body.name,
        scopes=body.scopes,
        is_read_only=body.is_read_only,
        expires_at=body.expires_at,
        at=clock.now(),
        by=request.actor,
    )
    return Status(201, {"id": token.pk, "token": text})


@router.delete("/me/tokens/{token_id}", response={204: None})
@route(Capability.USE)
def revoke_token(request: Request, token_id: str) -> Any:
    """Revoke one of your tokens."""
    _require_owner(request)
    services.revoke_token(
        user_id=request.actor.id, token_id=token_id, at=clock.now(), by=request.actor
    )
    return Status(204, None)


def _require_owner(request: Request) -> None:
    if getattr(request, "token", None) is not None:
        raise OwnerOnly


def _require_confirmed(request: Request) -> None:
    _require_owner(request)
    services.require_confirmed(request.session, at=clock.now())
