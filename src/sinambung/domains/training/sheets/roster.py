"""What the roster of a batch looks like as a workbook, and how a line of it is checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training import access
from sinambung.domains.training.queries import roster as queries
from sinambung.domains.training.queries.people import Snapshot
from sinambung.domains.training.services import roster as services
from sinambung.domains.training.services.roster import RosterEntry
from sinambung.platform.exchange.kinds import (
    CellKind,
    Change,
    Checked,
    Column,
    Options,
    Outcome,
    Problem,
    ReadyRow,
    SheetContext,
    SheetKind,
    SheetRow,
    Verdict,
)
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity.capabilities import Capability
from sinambung.pure.rulebook.names import split_name
from sinambung.pure.rulebook.nip import nip_problems, normalise_nip
from sinambung.pure.rulebook.ranks import rank_table

REJECTED = "rejected"
COLUMNS = (
    Column(
        "nip",
        _("NIP"),
        ("NIP Baru", "NIP/NRP", "NIP/NI PPPK", "Nomor Induk Pegawai", "NIP Peserta"),
        CellKind.IDENTIFIER,
        required=True,
        filled=True,
        hint=_("Tulis 18 angka dalam sel bertipe teks."),
    ),
    Column(
        "name",
        _("Nama"),
        ("Nama Lengkap", "Nama Peserta", "Nama Lengkap dan Gelar", "Nama dan Gelar", "Nama/Gelar"),
    ),
    Column(
        "rank",
        _("Pangkat/golongan"),
        (
            "Gol", "Golongan", "Gol. Ruang", "Golongan Ruang", "Pangkat", "Pangkat/Gol",
            "Pangkat/Gol. Ruang", "Pangkat Golongan Ruang", "Pangkat, Gol/Ruang",
        ),
    ),
    Column("position", _("Jabatan"), ("Nama Jabatan", "Jabatan Terakhir", "Jabatan Sekarang")),
    Column(
        "unit",
        _("Unit kerja"),
        ("Unit Organisasi", "OPD", "SKPD", "Perangkat Daerah", "Satuan Kerja"),
    ),
    Column(
        "agency",
        _("Instansi"),
        ("Instansi Pengirim", "Asal Instansi", "Instansi Asal", "Pemerintah Daerah", "Kab/Kota"),
    ),
)  # fmt: skip
SHOWN = {
    "name": "display_name",
    "rank": "rank",
    "position": "position",
    "unit": "unit_name",
    "agency": "sending_agency",
}


def check(rows: Sequence[SheetRow], context: SheetContext) -> list[Checked]:
    """Compare lines with the personnel data and with everybody who is in a batch."""
    nips = {row.number: normalise_nip(row.text("nip")) for row in rows}
    names = {nips[row.number]: split_name(row.text("name")).name for row in rows}
    facts = queries.roster_facts(context.options["batch"], nips=names.keys(), names=names)
    return [_checked(row, nips[row.number], facts, context) for row in rows]


def _checked(row: SheetRow, nip: str, facts: queries.RosterFacts, context: SheetContext) -> Checked:
    person = facts.people.get(nip)
    name = person.display_name if person else row.text("name")
    if person is None:
        problems = [] if row.is_faulty("nip") else [_nip_problem(row, nip, facts, context)]
        return Checked(nip, name, Verdict.NEW, problems=problems)
    if not person.is_active:
        sentence = say("%(name)s sudah tidak aktif sebagai pegawai.") % {"name": name}
        return Checked(nip, name, Verdict.NEW, problems=[Problem("nip", sentence)])
    warnings = [*_other_batches(nip, facts), *_differences(row, person, context)]
    present = facts.present.get(nip)
    if present is None:
        return Checked(nip, name, Verdict.NEW, {"nip": nip, "version": None}, warnings=warnings)
    if present.state == REJECTED:
        sentence = say("Sudah ditolak dalam angkatan ini: %(reason)s")
        warnings.append(Problem("nip", sentence % {"reason": present.state_reason}))
    changes = [
        Change(column, getattr(present, field), getattr(person, field))
        for column, field in SHOWN.items()
        if getattr(present, field) != getattr(person, field)
    ]
    if not changes:
        return Checked(nip, name, Verdict.SAME, warnings=warnings)
    values = {"nip": nip, "version": present.version}
    return Checked(nip, name, Verdict.CHANGED, values, changes=changes, warnings=warnings)


def _nip_problem(
    row: SheetRow, nip: str, facts: queries.RosterFacts, context: SheetContext
) -> Problem:
    alike = facts.alike.get(split_name(row.text("name")).name.lower(), [])
    suggestion = ""
    if len(alike) == 1:
        suggestion = say("Pegawai dengan nama ini ber-NIP %(nip)s.") % {"nip": alike[0]}
    broken = nip_problems(nip, on=context.on)
    sentence = (
        broken[0]
        if broken
        else say(
            "NIP ini tidak ada dalam data pegawai. "
            "Periksa angkanya, atau impor data pegawainya lebih dahulu."
        )
    )
    return Problem("nip", sentence, suggestion)


def _other_batches(nip: str, facts: queries.RosterFacts) -> Iterator[Problem]:
    if nip in facts.passed:
        sentence = say("Sudah lulus pelatihan ini dalam %(batch)s.")
        yield Problem("nip", sentence % {"batch": facts.passed[nip]})
    if nip in facts.elsewhere:
        sentence = say("Masih terdaftar dalam %(batch)s.")
        yield Problem("nip", sentence % {"batch": facts.elsewhere[nip]})


def _differences(row: SheetRow, person: Snapshot, context: SheetContext) -> Iterator[Problem]:
    """Warn where the file says otherwise than the personnel data, which are what is used."""
    known = {
        "name": _same_name(row.text("name"), person.name),
        "rank": _same_rank(row.text("rank"), person.rank, context),
        "position": _plain(row.text("position")) == _plain(person.position),
        "agency": _same_agency(row.text("agency"), person),
    }
    for column, same in known.items():
        if row.text(column) and not same:
            sentence = say("Berbeda dari data pegawai: %(stored)s. Yang dipakai data pegawai.")
            stored = getattr(person, SHOWN[column])
            yield Problem(column, sentence % {"stored": stored or "–"})


def _same_name(written: str, stored: str) -> bool:
    return _plain(split_name(written).name) == _plain(stored)


def _same_rank(written: str, stored: str, context: SheetContext) -> bool:
    """Accept `III.c`, `III/c`, `Penata (III/c)`, `Penata / III c` for `Penata (III/c)`."""
    table = rank_table(on=context.on)
    inner = written.replace("(", " ").replace(")", " ").replace(",", " ").split()
    for start in range(len(inner)):
        found = table.find(" ".join(inner[start:]).lstrip("/ ").strip())
        if found is not None:
            return f"({found.code})" in stored or stored == found.code
    return _plain(written) == _plain(stored.split("(")[0])


def _same_agency(written: str, person: Snapshot) -> bool:
    words = _plain(written)
    known = (person.sending_agency, person.unit_name)
    return any(words in _plain(name) or _plain(name) in words for name in known if name)


def _plain(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def apply(rows: Sequence[ReadyRow], context: SheetContext) -> list[Outcome]:
    """Add or refresh the participants."""
    entries = [RosterEntry(nip=row.values["nip"], version=row.values["version"]) for row in rows]
    outcomes = services.add_from_roster(
        batch_id=context.options["batch"], entries=entries, by=context.by
    )
    return [
        Outcome(subject_id=made.participant_id, undo=made.before, refusal=made.refusal)
        for made in outcomes
    ]


def undo(rows: Sequence[ReadyRow], context: SheetContext) -> list[Outcome]:
    """Take the added off the list and give the refreshed their former values."""
    answers = services.undo_from_roster(
        rows=[(row.subject_id, row.undo) for row in rows], by=context.by
    )
    return [Outcome(refusal=refusal) for refusal in answers]


def _authorise(actor: Actor, options: Options) -> None:
    access.batch_for(actor, options.get("batch", ""), Capability.MANAGE_BATCHES)


ROSTER = SheetKind(
    name="roster",
    title=_("Peserta angkatan"),
    capability=Capability.MANAGE_BATCHES,
    columns=lambda context: COLUMNS,
    check=check,
    apply=apply,
    undo=undo,
    options=("batch",),
    authorise=_authorise,
    target=lambda options: queries.batch_title(options.get("batch", "")),
    back=lambda options: f"/pelatihan/angkatan/{options.get('batch', '')}/peserta/",
)
