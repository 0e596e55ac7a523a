"""The ground of Provinsi Contoh: units and people by import, staff with their roles, programmes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from sinambung.demo.logins import PASSWORD, STAFF
from sinambung.demo.people import sample_people
from sinambung.demo.units import PROVINCE, TRAINING_AGENCY
from sinambung.demo.workbooks import employees_workbook
from sinambung.domains.training.services import programmes
from sinambung.platform.exchange import services as exchange
from sinambung.platform.foundation.actors import Actor, system
from sinambung.platform.identity import queries as identity_queries
from sinambung.platform.identity import services as identity

BUILDER = system("Pembangun Provinsi Contoh")


class SampleBroken(Exception):
    """A step of the demonstration did not do what it should; the text says which."""


def add_administrator(*, at: dt.datetime, on: dt.date) -> Actor:
    """Add the first account, as `sinambung init` does, and return it as an actor."""
    login = STAFF[0]
    user = identity.add_user(
        username=login.username, name=login.name, password=PASSWORD, at=at, by=BUILDER
    )
    identity.grant_role(user_id=user.pk, role=login.role, unit_id=None, since=on, by=BUILDER)
    return identity_queries.actor_of(user, on=on)


def add_first_units(*, on: dt.date, by: Actor) -> None:
    """Add the province and its training agency; the import adds every other unit."""
    province = identity.add_unit(
        code="PROV",
        name=PROVINCE,
        kind="government",
        parent_id=None,
        since=on,
        by=by,
    )
    identity.add_unit(
        code="BPSDM",
        name=TRAINING_AGENCY,
        short_name="BPSDM",
        kind="agency",
        parent_id=province.pk,
        since=on,
        by=by,
    )


def import_employees(folder: Path, *, seed: int, people: int, by: Actor) -> int:
    """Write the SIASN export of the province beside the installation and import it."""
    path = folder / "contoh" / "data-pegawai-siasn.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(employees_workbook(sample_people(seed=seed, people=people)))
    return import_file(kind="employees", path=path, options={}, by=by)


def import_file(*, kind: str, path: Path, options: Mapping[str, str], by: Actor) -> int:
    """Bring a workbook in as a person would: upload, look, apply; return the rows applied.

    Rows with problems stay behind, as they would for an organiser who presses on.
    """
    row = exchange.upload(
        kind=kind,
        file_name=path.name,
        pieces=[path.read_bytes()],
        options=dict(options),
        by=by,
        inline=True,
    )
    row = exchange.apply_now(import_id=row.pk, by=by, reason="Data contoh: impor pertama.")
    if not row.applied_rows:
        raise SampleBroken(f"{path.name}: tidak ada baris yang diterapkan. {row.refusal}")
    return row.applied_rows


def add_staff(*, at: dt.datetime, on: dt.date, by: Actor) -> dict[str, Actor]:
    """Add the staff accounts with their roles; return an actor for each username."""
    actors = {}
    for login in STAFF[1:]:
        unit_id = identity_queries.unit_named(login.agency) if login.agency else None
        user = identity.add_user(
            username=login.username, name=login.name, password=PASSWORD, at=at, by=by
        )
        identity.grant_role(user_id=user.pk, role=login.role, unit_id=unit_id, since=on, by=by)
        actors[login.username] = identity_queries.actor_of(user, on=on)
    return actors


def install_programmes(*, at: dt.datetime, by: Actor) -> int:
    return programmes.install_national_editions(by=by, at=at)
