"""Tokens do no more than their owner allowed, and never touch the owner's keys."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.errors import Invalid
from sinambung.platform.identity import services
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import ApiToken, Unit, User
from tests.platform.identity.conftest import SINCE, SYSTEM, actor, sign_in

pytestmark = pytest.mark.django_db
API = "/api/v1/identity"


def _token(user: User, *scopes: str, read_only: bool = False, days: int = 30) -> str:
    _, text = services.make_token(
        user_id=user.pk,
        name="SIASN",
        scopes=scopes,
        is_read_only=read_only,
        expires_at=clock.now() + dt.timedelta(days=days),
        at=clock.now(),
        by=actor(user),
    )
    return text


def _call(token: str, method: str, path: str, body: object = None):
    return Client().generic(
        method,
        f"{API}{path}",
        json.dumps(body) if body is not None else "",
        content_type="application/json",
        headers={"authorization": f"Bearer {token}"},
    )


def test_a_token_acts_within_its_scopes(administrator: User, nurse: User) -> None:
    token = _token(administrator, "manage_accounts")
    assert _call(token, "GET", "/accounts").json()["total"] == 2
    assert _call(token, "GET", "/units").status_code == 403
    answer = _call(token, "POST", f"/accounts/{nurse.pk}/lock", {"version": 1, "reason": "uji"})
    assert answer.status_code == 200
    assert not answer.json()["is_active"]


def test_a_read_only_token_writes_nothing(administrator: User, nurse: User) -> None:
    token = _token(administrator, "manage_accounts", read_only=True)
    assert _call(token, "GET", "/accounts").status_code == 200
    answer = _call(token, "POST", f"/accounts/{nurse.pk}/lock", {"version": 1})
    assert answer.status_code == 401
    nurse.refresh_from_db()
    assert nurse.is_active


def test_a_token_dies_with_time_revocation_and_its_owner(administrator: User, nurse: User) -> None:
    for kill in ("time", "revoke", "lock"):
        token = _token(nurse, "use")
        assert _call(token, "GET", "/me").status_code == 200
        row = ApiToken.objects.latest("created_at")
        if kill == "time":
            ApiToken.objects.filter(pk=row.pk).update(expires_at=clock.now())
        elif kill == "revoke":
            services.revoke_token(
                user_id=nurse.pk, token_id=row.pk, at=clock.now(), by=actor(nurse)
            )
        else:
            services.lock_user(
                user_id=nurse.pk,
                version=None,
                at=clock.now(),
                on=clock.today(),
                by=actor(administrator),
                reason="",
            )
        answer = _call(token, "GET", "/me")
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


def test_a_token_loses_what_its_owner_loses(administrator: User, nurse: User) -> None:
    role = services.grant_role(
        user_id=nurse.pk, role=Role.ADMINISTRATOR, unit_id=None, since=SINCE, by=SYSTEM
    )
    token = _token(nurse, "manage_accounts")
    assert _call(token, "GET", "/accounts").status_code == 200
    services.end_role(assignment_id=role.pk, version=None, on=clock.today(), by=SYSTEM)
    assert _call(token, "GET", "/accounts").status_code == 403


@pytest.mark.parametrize(
    ("scopes", "days"),
    [(["manage_accounts"], 30), ([], 30), (["use"], 400), (["use"], 0), (["nonsense"], 3)],
)
def test_no_token_beyond_own_powers_or_a_year(nurse: User, scopes: list[str], days: int) -> None:
    with pytest.raises(Invalid):
        _token(nurse, *scopes, days=days)


def test_only_the_hash_of_a_token_is_kept_and_its_day_of_use(nurse: User) -> None:
    text = _token(nurse, "use")
    assert text not in str(ApiToken.objects.values())
    _call(text, "GET", "/me")
    assert ApiToken.objects.get().last_used_on == clock.today()


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/me/password", {"present": "x", "password": "y"}),
        ("POST", "/me/email", {"email": "a@b.test", "version": 1}),
        ("GET", "/me/totp/secret", None),
        ("DELETE", "/me/totp", None),
        ("POST", "/me/recovery-codes", None),
        ("GET", "/me/passkeys/options", None),
        ("DELETE", "/me/passkeys/1", None),
        ("POST", "/me/sessions/end-others", None),
        (
            "POST",
            "/me/tokens",
            {"name": "x", "scopes": ["use"], "expires_at": "2027-01-01T00:00:00Z"},
        ),
    ],
)
def test_a_token_never_touches_the_keys_of_its_owner(
    nurse: User, method: str, path: str, body: object
) -> None:
    assert _call(_token(nurse, "use"), method, path, body).status_code == 403


def test_a_bearer_token_opens_no_page(nurse: User) -> None:
    answer = Client().get("/akun/", headers={"authorization": f"Bearer {_token(nurse, 'use')}"})
    assert answer.status_code == 302


def test_a_browser_writes_to_the_api_only_with_its_csrf_token(nurse: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(nurse)
    answer = client.post(f"{API}/me/sessions/end-others")
    assert answer.status_code == 401


def test_a_browser_confirms_before_giving_roles_by_api(
    client: Client, administrator: User, nurse: User
) -> None:
    sign_in(client, administrator)
    session = client.session
    session["confirmed_at"] = 0
    session.save()
    body = json.dumps({"role": "auditor", "since": "2026-01-01"})
    answer = client.post(f"{API}/accounts/{nurse.pk}/roles", body, content_type="application/json")
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:sinambung:confirm_first")


def test_the_whole_administration_goes_by_api(
    administrator: User, health: Unit, schools: Unit, newcomer: User
) -> None:
    token = _token(administrator, "manage_accounts", "manage_units")
    made = _call(token, "POST", "/accounts", {"username": "budi900", "name": "Budi"})
    assert made.status_code == 201
    user = made.json()
    role = _call(
        token,
        "POST",
        f"/accounts/{user['id']}/roles",
        {"role": "trainer", "unit_id": health.pk, "since": "2026-01-01"},
    ).json()
    assert _call(token, "POST", f"/roles/{role['id']}/end", {"version": 1}).status_code == 204
    changed = _call(
        token,
        "PUT",
        f"/accounts/{user['id']}",
        {"name": "Budi S.", "email": "budi@contoh.test", "version": 1, "unit_id": health.pk},
    )
    assert changed.json()["name"] == "Budi S."
    version = changed.json()["version"]
    assert (
        _call(token, "POST", f"/accounts/{user['id']}/reset-link", {"version": version}).status_code
        == 200
    )
    slips = _call(token, "POST", f"/accounts/{newcomer.pk}/activation-code").json()
    assert slips[0]["username"] == newcomer.username
    unit = _call(
        token,
        "POST",
        "/units",
        {"code": "PKM", "name": "Puskesmas", "kind": "division", "parent_id": health.pk},
    ).json()
    on = {"on": clock.today().isoformat()}
    path = f"/units/{unit['id']}"
    named = _call(token, "POST", f"{path}/rename", {"version": 1, "name": "Puskesmas Kota", **on})
    moved = _call(token, "POST", f"{path}/move", {"version": 2, "parent_id": schools.pk, **on})
    assert (named.json()["name"], moved.json()["path"]) == ("Puskesmas Kota", "P/DISDIK/PKM/")
    assert _call(token, "GET", path).json()["periods"][0]["parent"] == "Dinas Pendidikan"
    assert _call(token, "GET", "/roles").status_code == 200


@pytest.mark.parametrize("body", [{}, {"username": "x\u0000y", "name": "N"}, {"username": 5}, []])
def test_bad_json_is_a_problem_and_no_crash(administrator: User, body: object) -> None:
    token = _token(administrator, "manage_accounts")
    answer = _call(token, "POST", "/accounts", body)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
