"""What the demonstration did, kept beside it, and told again at every start."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from sinambung.demo.logins import PASSWORD, STAFF
from sinambung.demo.people import sample_roster, sample_trainers

NAME = "contoh.json"


def people_with_passwords() -> dict[str, str]:
    """Return NIP and what the person is, for those who may sign in besides the staff."""
    trainers = sample_trainers()
    return {
        sample_roster(9)[0].nip: "peserta PKP Angkatan IX (punya sertifikat)",
        sample_roster(11)[0].nip: "peserta PKP Angkatan XI (sedang berjalan)",
        trainers[0].nip: "coach",
        trainers[8].nip: "penguji",
    }


def is_built(folder: Path) -> bool:
    return (folder / NAME).exists()


def write(folder: Path, *, batches: Mapping[str, str], seconds: float) -> None:
    text = json.dumps({"batches": dict(batches), "seconds": round(seconds, 1)}, indent=1)
    (folder / NAME).write_text(text + "\n")


def tell(folder: Path, *, say: Callable[[str], None]) -> None:
    """Say what there is, where the files are, and who may sign in."""
    kept = json.loads((folder / NAME).read_text())
    say("")
    say(f"Provinsi Contoh siap (dibangun dalam {kept['seconds']} detik). Semua data adalah rekaan.")
    for name in kept["batches"]:
        target = folder / "sertifikat" / name.replace(" ", "-").lower()
        say(f"  {name}: sertifikat dan ZIP di {target}")
    say(f"  Berkas contoh untuk dicoba: {folder / 'contoh'}")
    say("")
    say(f"Masuk dengan sandi: {PASSWORD}")
    for login in STAFF:
        say(f"  {login.username:20} {login.does}")
    for nip, does in people_with_passwords().items():
        say(f"  {nip:20} {does}")
    say("")
