"""A small province with two agencies that must not see each other, and one person of each kind."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from allauth.usersessions.models import UserSession
from django.test import Client

from sinambung.domains.credentials.models import Certificate, CertificateSource
from sinambung.domains.training.models import Assignment as TrainingAssignment
from sinambung.domains.training.models import (
    AssignmentRole,
    Batch,
    ConductNote,
    GraduationMeeting,
    MarkChange,
    Participant,
    ParticipantDocument,
    ProgrammeEdition,
)
from sinambung.domains.training.queries.grade_book import participant_keys
from sinambung.domains.training.services import conduct, issuing, mark_changes, programmes
from sinambung.domains.training.services.batches import create_batch
from sinambung.domains.training.services.groups import form_groups
from sinambung.platform.documents import services as documents
from sinambung.platform.exchange import services as exchange
from sinambung.platform.exchange.models import Import
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.workbooks import Column, write_workbook
from sinambung.platform.identity import queries as identity_queries
from sinambung.platform.identity import services as identity
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import Unit, User
from sinambung.platform.jobs.models import Job
from sinambung.platform.notices.models import Mail, Notice
from sinambung.platform.notices.services import notify
from sinambung.platform.regulation.models import LocalEdition, SourceFile
from sinambung.pure.signatures.authority import Subject
from tests.domains.training import building as build
from tests.domains.training import marking
from tests.sessions import signed_in

UNKNOWN = "0" * 26


@dataclass
class World:
    """Who there is, and one object of each kind by the name that addresses use for it."""

    people: dict[str, User] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)

    @property
    def given(self) -> dict[str, object]:
        """What a JSON body names: one object of each kind."""
        named = {name: id for name, id in self.things.items() if name.endswith("_id")}
        return {
            **named,
            "item": self.things["item"],
            "other": self.things["draft_id"],
            "batch": self.things["batch_id"],
            "participants": [self.things["participant_id"]],
            "documents": [self.things["document_id"]],
            "person_id": self.people["coach"].pk,
        }

    @property
    def posted(self) -> dict[str, str]:
        """What a form names, whatever the form."""
        return {"row": self.things["participant_id"], "item": self.things["item"]} | {
            name: self.things[f"{name}_id"] for name in ("group", "unit")
        }

    def client(self, name: str) -> Client:
        return Client() if name == "anonymous" else signed_in(self.people[name])


def build_world() -> World:
    world = World()
    province = _unit("PROV", None)
    units = {code: _unit(code, province) for code in ("BPSDM", "LATIH", "DINKES", "DISDIK")}
    ProgrammeEdition.objects.filter(pk=build.edition().pk).update(is_shipped=True)
    _staff(world, units)
    documents.prepare_authority(
        signer=Subject("Contoh Penanda Tangan", "Kepala Badan", "Badan Contoh"),
        at=marking.AT - dt.timedelta(days=1),
    )
    _batches(world, units)
    _ground(world, units)
    return world


def _unit(code: str, parent: Unit | None) -> Unit:
    return identity.add_unit(
        code=code, name=f"Unit {code}", kind="agency" if parent else "government",
        parent_id=parent.pk if parent else None, since=dt.date(2020, 1, 1), by=build.SYSTEM,
    )  # fmt: skip


def _staff(world: World, units: dict[str, Unit]) -> None:
    for name, role, code in (
        ("administrator", Role.ADMINISTRATOR, ""),
        ("organiser", Role.ORGANISER, "BPSDM"),
        ("other organiser", Role.ORGANISER, "LATIH"),
        ("head", Role.HEAD_OF_TRAINING, "BPSDM"),
        ("other head", Role.HEAD_OF_TRAINING, "LATIH"),
        ("leader", Role.LEADER, "BPSDM"),
        ("auditor", Role.AUDITOR, "BPSDM"),
        ("hr", Role.AGENCY_HR, "DINKES"),
        ("other hr", Role.AGENCY_HR, "DISDIK"),
        ("unit administrator", Role.ADMINISTRATOR, "DINKES"),
        ("other administrator", Role.ADMINISTRATOR, "DISDIK"),
    ):
        user = build.account(name.replace(" ", "."), name=f"Akun {name}")
        user.unit = units.get(code)
        user.activated_at = build.AT
        user.save()
        identity.grant_role(
            user_id=user.pk,
            role=role,
            unit_id=units[code].pk if code else None,
            since=dt.date(2020, 1, 1),
            by=build.SYSTEM,
        )
        world.people[name] = user


def _batches(world: World, units: dict[str, Unit]) -> None:
    batch, people = marking.running_batch(3, number=9)
    other = create_batch(
        edition_id=build.edition().pk,
        host_id=units["LATIH"].pk,
        plan=build.plan(10),
        by=build.SYSTEM,
    )
    others = build.participants(other, 2, start=20)
    world.people["participant"] = _account(people[0])
    world.people["fellow participant"] = _account(people[1])
    world.people["participant of another batch"] = _account(others[0])
    for name, role, rated, of in (
        ("coach", AssignmentRole.COACH, people[:1], batch),
        ("examiner", AssignmentRole.EXAMINER, people[:1], batch),
        ("examiner of another batch", AssignmentRole.EXAMINER, others[:1], other),
    ):
        actor = marking.give_role(of, rated, role, name.replace(" ", "."))
        world.people[name] = User.objects.get(pk=actor.id)
    by = _actor(world, "organiser")
    marking.fill(batch, people, by=by)
    _papers(world, batch, people[0])
    decided, passed = marking.decided_batch(1, number=12, start=40)
    world.people["certified participant"] = _account(passed[0])
    issuing.issue_certificates(batch_id=decided.pk, by=by, at=marking.AT, inline=True)
    certificate = Certificate.objects.get()
    _batch, closed = marking.closed_batch(1, number=13, start=60)
    change = mark_changes.propose_mark_change(
        participant_id=closed[0].pk, cell="RAP", after="70", reason="Salah tulis.", by=by,
        at=marking.AT,
    )  # fmt: skip
    assert MarkChange.objects.count() == 1
    world.things |= {
        "batch_id": batch.pk,
        "host_id": batch.host_id,
        "group_id": form_groups(batch_id=batch.pk, count=1, by=by)[0].pk,
        "participant_id": people[0].pk,
        "employee_id": people[0].employee_id,
        "key": next(iter(participant_keys(batch.pk))),
        "assignment_id": TrainingAssignment.objects.filter(batch=batch).first().pk,
        "meeting_id": GraduationMeeting.objects.get(batch=decided).pk,
        "change_id": change.pk,
        "certificate_id": certificate.pk,
        "source_id": CertificateSource.objects.get().pk,
        "edition_id": batch.edition_id,
        "code": certificate.shown_code,
        "other_batch_id": other.pk,
        "other_participant_id": others[0].pk,
        "fellow_id": people[1].pk,
    }


def _papers(world: World, batch: Batch, person: Participant) -> None:
    item = batch.edition.content["curriculum"]["eligibility"][0]["code"]
    document = ParticipantDocument.objects.create(
        participant=person, item=item, file_id=_file(person.pk), file_name="a.pdf",
        uploaded_at=build.AT,
    )  # fmt: skip
    note = conduct.note_conduct(
        participant_id=person.pk, kind="praise", text="Membantu kelompok lain.",
        noted_on=batch.starts_on, component="", deduction="", by=_actor(world, "organiser"),
        at=marking.AT,
    )  # fmt: skip
    assert ConductNote.objects.get() == note
    person.portrait = _file(person.pk)
    person.save()
    world.things |= {"item": item, "document_id": document.pk, "note_id": note.pk}


def _file(owner: str) -> str:
    from sinambung.platform.documents.kinds import FileKind, MediaType

    return documents.keep_file(
        content=b"%PDF-1.7\n%%EOF", name="a.pdf", media_type=MediaType.PDF,
        kind=FileKind.DOCUMENT, owner_kind="participant", owner_id=owner, by=build.SYSTEM,
        at=build.AT,
    ).pk  # fmt: skip


def _ground(world: World, units: dict[str, Unit]) -> None:
    """Imports, jobs, messages, keys and local values, each of one person."""
    hr, organiser = _actor(world, "hr"), _actor(world, "organiser")
    sheet = write_workbook(columns=[Column("NIP"), Column("NAMA")], rows=[["bukan", "Budi"]])
    brought = exchange.upload(
        kind="employees", file_name="a.xlsx", pieces=[sheet], options={}, by=hr, inline=True
    )
    assert Import.objects.count() == 1
    Notice.objects.all().delete()
    owner = world.people["participant"]
    notify(user_ids=[owner.pk], text="Pesan", link="/akun/", by=build.SYSTEM)
    mail = Mail.objects.create(
        recipients="a@contoh.test", sender="b@contoh.test", subject="Sandi", text="rahasia",
        created_at=clock.now(), next_try_at=clock.now(),
    )  # fmt: skip
    token, _text = identity.make_token(
        user_id=owner.pk, name="mesin", scopes=["use"], is_read_only=True, at=clock.now(),
        expires_at=clock.now() + dt.timedelta(days=9), by=_actor(world, "participant"),
    )  # fmt: skip
    paper = SourceFile.objects.create(
        id="1" * 26, name="a.pdf", kind="application/pdf", content=b"%PDF-", digest="0" * 64,
        stored_at=build.AT,
    )  # fmt: skip
    entry = LocalEdition.objects.create(
        edition_key="pkp-2023", subject="weights", subject_label="Bobot", values={},
        effective_on=build.DAY, source="Keputusan", entered_by_id=organiser.id,
        entered_by_name=organiser.name, entered_at=build.AT, file=paper,
    )  # fmt: skip
    nurse = build.account("perawat", name="Perawat Contoh")
    nurse.unit = units["DINKES"]
    nurse.save()
    role = identity.grant_role(
        user_id=nurse.pk, role=Role.TRAINER, unit_id=units["DINKES"].pk,
        since=dt.date(2020, 1, 1), by=build.SYSTEM,
    )  # fmt: skip
    session = UserSession.objects.create(
        user=nurse, session_key="s" * 32, ip="127.0.0.1", user_agent="", created_at=build.AT,
        last_seen_at=build.AT,
    )  # fmt: skip
    draft = programmes.copy_edition(
        edition_id=world.things["edition_id"], label="Salinan uji", by=organiser
    )
    world.things |= {
        "suffix": ".csv",
        "session_id": str(session.pk),
        "part": "data",
        "word": "umum",
        "draft_id": draft.pk,
        "number": "2",
        "import_id": brought.pk,
        "kind": "employees",
        "job_id": Job.objects.order_by("id").last().pk,
        "notice_id": Notice.objects.get().pk,
        "mail_id": mail.pk,
        "token_id": token.pk,
        "entry_id": entry.pk,
        "user_id": nurse.pk,
        "role_id": role.pk,
        "unit_id": units["DINKES"].pk,
        "parent_id": units["BPSDM"].pk,
        "subject_id": world.things["batch_id"],
        "edition_key": "pkp-2023",
        "subject_key": "weights",
    }


def _account(person: Participant) -> User:
    user = person.employee.account
    assert user is not None
    user.activated_at = build.AT
    user.save()
    return user


def _actor(world: World, name: str):  # type: ignore[no-untyped-def]
    return identity_queries.actor_of(world.people[name], on=clock.today())
