"""Provinsi Contoh from nothing: every step by the services that the pages use."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

from sinambung.demo import report
from sinambung.demo.batches import Cast, SampleBatch, account_of, run_batch
from sinambung.demo.logins import BPSDM, PASSWORD
from sinambung.demo.province import (
    BUILDER,
    add_administrator,
    add_first_units,
    add_staff,
    import_employees,
    install_programmes,
)
from sinambung.demo.running import open_running_batch
from sinambung.domains.credentials import services as credentials
from sinambung.platform.audit.services import seal_new_entries
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity import queries as identity_queries
from sinambung.platform.identity import services as identity

SIGNER = "Maria Goreti Ngalai"
SIGNER_TITLE = "Kepala Badan Pengembangan Sumber Daya Manusia Provinsi Contoh"

Say = Callable[[str], None]


def build_province(folder: Path, *, seed: int, people: int, say: Say) -> None:
    """Build the demonstration in an empty, migrated installation and tell each step."""
    began = time.monotonic()
    at, on = clock.now(), clock.today()
    admin = add_administrator(at=at, on=on)
    add_first_units(on=on, by=admin)
    count = import_employees(folder, seed=seed, people=people, by=admin)
    say(f"{count} pegawai diimpor dari contoh/data-pegawai-siasn.xlsx")
    actors = add_staff(at=at, on=on, by=admin)
    say(f"{install_programmes(at=at, by=actors['penyelenggara'])} edisi program dipasang")
    credentials.prepare_signing(at=at, name=SIGNER, title=SIGNER_TITLE)
    batches = _run_batches(folder, actors, say)
    opened = open_running_batch(Cast(actors["penyelenggara"], actors["kepala"]), host_id=_host())
    say(f"{opened} dibuka dan sedang berjalan")
    _give_passwords(admin)
    seal_new_entries(at=clock.now())
    report.write(folder, batches=batches, seconds=time.monotonic() - began)


def _run_batches(folder: Path, actors: dict[str, Actor], say: Say) -> dict[str, str]:
    cast = Cast(organiser=actors["penyelenggara"], head=actors["kepala"])
    batches = {}
    for sample in (
        SampleBatch(number=9, roster=_example("roster-angkatan-ix.xlsx", folder), postponed=14),
        SampleBatch(
            number=10,
            roster=_example("roster-angkatan-x.xlsx", folder),
            postponed=31,
            withdrawn=7,
            deceased=22,
        ),
    ):
        name = f"PKP Angkatan {'IX' if sample.number == 9 else 'X'}"
        batch_id = run_batch(sample, cast=cast, host_id=_host())
        target = folder / "sertifikat" / name.replace(" ", "-").lower()
        written = credentials.save_files(source_id=credentials.source_id(batch_id), folder=target)
        say(f"{name}: {len(written)} berkas sertifikat bertanda tangan di {target}")
        batches[name] = batch_id
    return batches


def _example(name: str, folder: Path) -> Path:
    """Copy a roster of the package into the installation, where people find and open it."""
    target = folder / "contoh" / name
    packed = files("sinambung") / "examples" / name
    if packed.is_file():
        with as_file(packed) as path:
            target.write_bytes(path.read_bytes())
    else:
        repository = Path(__file__).resolve().parents[3]
        target.write_bytes((repository / "examples" / name).read_bytes())
    return target


def _host() -> str:
    return identity_queries.unit_named(BPSDM)


def _give_passwords(by: Actor) -> None:
    """Let a participant, a coach and an examiner sign in, as if they had activated."""
    for nip in report.people_with_passwords():
        identity.give_password(
            user_id=account_of(nip), password=PASSWORD, at=clock.now(), by=BUILDER
        )
