"""Small builders for tests of training: units, employees, organisers, batches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from sinambung.domains.training.models import Batch, Participant, Programme, ProgrammeEdition
from sinambung.domains.training.services.batches import BatchPlan, create_batch
from sinambung.domains.training.services.participants import accept_participants, nominate
from sinambung.domains.workforce.models import Employee
from sinambung.platform.foundation.actors import Actor, system
from sinambung.platform.identity.capabilities import CAPABILITIES_OF, Capability, Role
from sinambung.platform.identity.models import RoleAssignment, Unit, User
from sinambung.pure.rulebook import programmes as rulebook

DAY = dt.date(2026, 8, 10)
END = dt.date(2026, 12, 2)
AT = dt.datetime(2026, 8, 10, 2, 0, tzinfo=dt.UTC)
SYSTEM = system("pengujian")
WITHOUT_TERMS = {"is_sample": True}


def unit(code: str = "PROV", *, parent: Unit | None = None, name: str = "") -> Unit:
    present = Unit.objects.filter(code=code).first()
    if present is not None:
        return present
    return Unit.objects.create(
        code=code,
        name=name or f"Unit {code}",
        kind=Unit.Kind.AGENCY if parent else Unit.Kind.GOVERNMENT,
        parent=parent,
        path=f"{parent.path if parent else ''}{code}/",
        since=dt.date(2020, 1, 1),
    )


def account(username: str, *, name: str = "") -> User:
    return User.objects.create(username=username, name=name or f"Akun {username}", created_at=AT)


def staff(username: str, *roles: Role, unit_code: str = "PROV") -> User:
    """An account with roles in a unit, for logging in with `client.force_login`."""
    user = account(username)
    for role in roles:
        RoleAssignment.objects.create(
            user=user, role=role, unit=unit(unit_code), since=dt.date(2020, 1, 1)
        )
    return user


def actor(*roles: Role, path: str = "", id: str = "01J00000000000000000000000") -> Actor:
    grants = {Capability.USE.value: ("",)}
    for role in roles:
        for capability in CAPABILITIES_OF[role]:
            grants[capability.value] = (path,)
    return Actor(id=id, name="Penyelenggara Uji", grants=grants)


def nip(sequence: int, *, sex: str = "L") -> str:
    """A NIP that no person has: the sequence runs from 900 within each birth day."""
    day = dt.date(1980, 1, 1) + dt.timedelta(days=sequence // 100)
    return f"{day:%Y%m%d}201001{1 if sex == 'L' else 2}{900 + sequence % 100}"


def employees(
    count: int, *, start: int = 0, agencies: Sequence[Unit] = (), with_accounts: bool = True
) -> list[Employee]:
    places = list(agencies) or [unit("DINKES", parent=unit())]
    made = []
    for index in range(start, start + count):
        sex = "L" if index % 2 else "P"
        number = nip(index, sex=sex)
        made.append(
            Employee.objects.create(
                nip=number,
                name=f"Contoh Nama {index:03d}",
                title_after="S.E." if index % 3 == 0 else "",
                birth_date=dt.date(1980, 1, 1),
                birth_place="Kota Contoh",
                sex=sex,
                employment="PNS",
                rank_code="III/c",
                position_name="Kepala Seksi Contoh",
                position_class="pengawas",
                echelon="IV.a",
                unit=places[index % len(places)],
                account=account(number, name=f"Contoh Nama {index:03d}") if with_accounts else None,
            )
        )
    return made


def edition(key: str = "pkp-contoh") -> ProgrammeEdition:
    """A published edition of the rulebook, such as the sample with invented weights."""
    present = ProgrammeEdition.objects.filter(key=key).first()
    if present is not None:
        return present
    shipped = rulebook.programme_edition(key)
    programme, _ = Programme.objects.get_or_create(
        code=shipped.code, defaults={"name": shipped.name, "kind": shipped.traits.competency}
    )
    return ProgrammeEdition.objects.create(
        programme=programme,
        key=key,
        label=shipped.label,
        content=rulebook.to_mapping(shipped),
        state="published",
        published_at=AT,
    )


def plan(number: int = 9, **facts: object) -> BatchPlan:
    values = {"number": number, "year": 2026, "starts_on": DAY, "ends_on": END, **facts}
    return BatchPlan(**values)  # type: ignore[arg-type]


def batch(
    key: str = "pkp-contoh", *, number: int = 9, by: Actor = SYSTEM, **facts: object
) -> Batch:
    return create_batch(
        edition_id=edition(key).pk, host_id=unit("BPSDM", parent=unit()).pk,
        plan=plan(number, **facts), by=by,
    )  # fmt: skip


def participants(of: Batch, count: int, *, start: int = 0) -> list[Participant]:
    """Accepted participants of a batch, each a fresh employee with an account."""
    people = employees(count, start=start)
    rows = nominate(batch_id=of.pk, nips=[person.nip for person in people], by=SYSTEM)
    return accept_participants(
        batch_id=of.pk,
        participant_ids=[row.pk for row in rows],
        by=SYSTEM,
        reason="Berkas menyusul.",
    )


__all__ = ["Decimal"]
