"""Which pages are measured: the lists in the middle too, those with a goal of their own, others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from sinambung.domains.credentials.access import certificates_of_units
from sinambung.domains.credentials.models import Certificate, CertificateSource
from sinambung.domains.training.access import batches_visible_to
from sinambung.domains.training.models import (
    Assignment,
    Batch,
    Participant,
    Programme,
    ProgrammeEdition,
)
from sinambung.domains.workforce.access import employees_visible_to
from sinambung.domains.workforce.models import Employee
from sinambung.platform.exchange.access import imports_visible_to
from sinambung.platform.exchange.models import Import
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.paging import page_by_key
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.identity.models import Unit, User
from sinambung.platform.identity.queries import actor_of, unit_scope
from sinambung.platform.jobs.access import jobs_visible_to
from sinambung.platform.jobs.models import Job
from sinambung.portal.access import entries_visible_to

if TYPE_CHECKING:
    from benchmarks.province import Province


@dataclass(frozen=True, slots=True)
class Address:
    """A page as one account opens it; `account` is empty for nobody."""

    name: str
    address: str
    account: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A list: who opens it for the whole province, who for one agency, and its rows in order."""

    name: str
    path: str
    accounts: tuple[str, str]
    rows: Callable[[Actor], QuerySet[Any]]
    order: tuple[str, ...]
    after: str = "after"


def _accounts_of(actor: Actor) -> QuerySet[User]:
    scope = unit_scope(actor, Capability.MANAGE_ACCOUNTS)
    return User.objects.all() if scope is None else User.objects.filter(unit_id__in=scope)


FULL_PAGE = 51
_ORGANISERS = ("organiser", "agency_organiser")
LISTS = (
    List(
        *("employees", "/pegawai/", ("organiser", "agency_agency_hr")),
        *(employees_visible_to, ("name", "id")),
    ),
    List(
        *("accounts", "/pengaturan/akun/", ("administrator", "agency_administrator")),
        *(_accounts_of, ("name", "id")),
    ),
    List("batches", "/pelatihan/angkatan/", _ORGANISERS, batches_visible_to, ("-starts_on", "id")),
    List(
        *("certificates", "/sertifikat/", _ORGANISERS, certificates_of_units),
        *(("holder_name", "id"), "sesudah"),
    ),
    List("trail", "/jejak/", _ORGANISERS, entries_visible_to, ("-id",), "sesudah"),
    List("imports", "/impor/", _ORGANISERS, imports_visible_to, ("-id",)),
    List("jobs", "/pekerjaan/", _ORGANISERS, jobs_visible_to, ("-id",)),
)


def lists(province: Province) -> Iterator[Address]:
    """Every list: first and middle page, whole province and one agency."""
    for found in LISTS:
        for scope, name in zip(("province", "agency"), found.accounts, strict=True):
            account = province.staff.accounts[name]
            actor = actor_of(User.objects.get(pk=account), on=clock.today())
            key = _middle(found, actor)
            yield Address(f"{found.name}, {scope}, first page", found.path, account)
            if key:
                address = f"{found.path}?{found.after}={key}"
                yield Address(f"{found.name}, {scope}, middle page", address, account)


def _middle(found: List, actor: Actor) -> str:
    """Return the key of the page in the middle, empty when all fits on one page."""
    rows = found.rows(actor)
    half = rows.order_by().count() // 2
    if half < FULL_PAGE:
        return ""
    page = page_by_key(rows, order=found.order, size=half)
    return page.after or ""


def named(province: Province) -> Iterator[Address]:
    """Pages with a goal of their own: login, the home of each role, grade books."""
    staff = province.staff.accounts
    yield Address("login", "/masuk/")
    for name, account in staff.items():
        yield Address(f"home, {name}", "/", account)
    for role in ("coach", "mentor", "examiner"):
        row = Assignment.objects.filter(batch__state="running", role=role).order_by("id")[0]
        yield Address(f"home, {role}", "/", row.person_id)
    yield Address("home, participant", "/", _participant_account())
    for state in ("running", "finished"):
        batch_id = _marked_batch(province, state)
        address = f"/pelatihan/angkatan/{batch_id}/nilai/"
        yield Address(f"grade book, {state} batch", address, staff["organiser"])


def _marked_batch(province: Province, state: str) -> str:
    rows = Batch.objects.filter(pk__in=province.marked, state=state)
    return rows.order_by("starts_on")[0].pk


def _participant_account() -> str:
    row = Participant.objects.filter(batch__state="running").select_related("employee")
    return row.order_by("id")[0].employee.account_id or ""


def others(province: Province) -> Iterator[Address]:
    """Every other kind of page, for its weight."""
    staff = province.staff.accounts
    organiser, administrator = staff["organiser"], staff["administrator"]
    batch_id = _marked_batch(province, "running")
    person = Participant.objects.filter(batch=batch_id).order_by("number")[0]
    batch = f"/pelatihan/angkatan/{batch_id}/"
    member = f"/pelatihan/peserta/{person.pk}/"
    edition = ProgrammeEdition.objects.get(key="pkp-contoh")
    certificate = Certificate.objects.order_by("id")[0]
    source = CertificateSource.objects.order_by("id")[0]
    paths = [
        *(batch, f"{batch}ubah/", f"{batch}peserta/", f"{batch}kelompok/", f"{batch}berkas/"),
        *(f"{batch}penugasan/", f"{batch}kehadiran/", f"{batch}peringkat/", f"{batch}rapat/"),
        *(f"{batch}sertifikat/", f"{batch}nilai/perubahan/", f"{batch}nilai/bobot/"),
        *(member, f"{member}nilai/", f"{member}sikap/"),
        *("/pelatihan/program/", f"/pelatihan/program/edisi/{edition.pk}/"),
        *("/pelatihan/angkatan/baru/", f"/pelatihan/angkatan/baru/?edisi={edition.pk}"),
        *("/pelatihan/usulan/", "/regulasi/", "/akun/", "/cari/?q=siti", "/cari/?q=19"),
        *(f"/sertifikat/{certificate.pk}/", f"/sertifikat/sumber/{source.pk}/"),
        *("/sertifikat/saya/", "/pemberitahuan/", "/jejak/saya/", f"/jejak/angkatan/{batch_id}/"),
        *("/impor/baru/", f"/impor/{_import_of(organiser)}/"),
        *(f"/pekerjaan/{Job.objects.order_by('id')[0].pk}/",),
        f"/pegawai/{Employee.objects.order_by('id')[0].pk}/",
    ]
    for path in paths:
        yield Address(_short(path), path, organiser)
    unit = Unit.objects.filter(kind="agency").order_by("id")[0]
    for path in (
        *("/pengaturan/unit/", "/pengaturan/unit/tambah/", "/pengaturan/peran/"),
        *(f"/pengaturan/unit/{unit.pk}/", f"/pengaturan/akun/{organiser}/", "/pengaturan/surel/"),
    ):
        yield Address(_short(path), path, administrator)
    yield Address("/periksa/", "/periksa/")
    yield Address("/periksa/<code>/", f"/periksa/{certificate.code}/")
    assert Programme.objects.exists()


def _import_of(account: str) -> str:
    return Import.objects.filter(uploaded_by=account).order_by("id")[0].pk


def _short(path: str) -> str:
    """Write an address with … for identifiers."""
    parts = path.split("/")
    return "/".join("…" if len(part) == 26 and part.isupper() else part for part in parts)
