"""Papers of a batch as PDF, and the roster as a workbook."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from sinambung.domains.training import access
from sinambung.domains.training.pages.batch_forms import day_field
from sinambung.domains.training.pages.frames import batch_frame
from sinambung.domains.training.prints import letters, rosters
from sinambung.domains.training.queries.batches import ON_LIST, batch_card
from sinambung.domains.training.queries.participants import ParticipantLine, participants_of
from sinambung.platform.documents.queries import FileContent
from sinambung.platform.documents.web import download
from sinambung.platform.exchange import exports
from sinambung.platform.foundation.clock import now, today
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NobodyToPrint(Refused):
    message = gettext_lazy("Belum ada peserta yang ditetapkan, sehingga belum ada yang dicetak.")


class LetterForm(forms.Form):
    """What letters of assignment state besides the people."""

    to = forms.ChoiceField(
        label=gettext_lazy("Untuk siapa"),
        choices=[
            ("pendamping", gettext_lazy("Coach, mentor, dan penguji: satu surat per orang")),
            ("peserta", gettext_lazy("Peserta: satu surat dengan daftar nama")),
        ],
    )
    number = forms.CharField(label=gettext_lazy("Nomor surat"), max_length=80, required=False)
    on = day_field(gettext_lazy("Tanggal surat"))
    position = forms.CharField(
        label=gettext_lazy("Jabatan penanda tangan"), max_length=160, required=False
    )
    name = forms.CharField(
        label=gettext_lazy("Nama penanda tangan"), max_length=160, required=False
    )
    nip = forms.CharField(label=gettext_lazy("NIP penanda tangan"), max_length=25, required=False)


@page(Capability.VIEW_BATCHES)
@require_GET
def print_roster(request: Request, batch_id: Ulid) -> HttpResponse:
    access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    card = batch_card(batch_id)
    content = rosters.roster(card, _lines(batch_id), at=now())
    return _pdf(f"Daftar peserta {card.name}.pdf", content)


@page(Capability.VIEW_BATCHES)
@require_GET
def print_name_tags(request: Request, batch_id: Ulid) -> HttpResponse:
    access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    card = batch_card(batch_id)
    content = rosters.name_tags(card, _lines(batch_id), at=now())
    return _pdf(f"Tanda nama {card.name}.pdf", content)


@page(Capability.MANAGE_BATCHES)
@require_GET
def print_letters(request: Request, batch_id: Ulid) -> HttpResponse:
    """Show the form; with `cetak` in the address, answer with the letters."""
    batch = access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    asked = "cetak" in request.GET
    form = LetterForm(request.GET if asked else None, initial={"on": today()})
    if asked and form.is_valid():
        return _letters(batch_id, form)
    body = {
        "form": form,
        **batch_frame(batch, actor=request.actor, current="", title=_("Surat tugas")),
    }
    return render(request, "training/batch_letters.html", body, status=422 if form.errors else 200)


def _letters(batch_id: Ulid, form: LetterForm) -> HttpResponse:
    card = batch_card(batch_id)
    stated = {key: form.cleaned_data[key] for key in ("number", "on", "position", "name", "nip")}
    head = letters.LetterHead(**stated)
    write = letters.assignment_letters
    if form.cleaned_data["to"] == "peserta":
        write = letters.participant_letter
    content = write(card, _lines(batch_id), head=head, at=now())
    return _pdf(f"Surat tugas {card.name}.pdf", content)


@page(Capability.VIEW_BATCHES)
@require_GET
def export_roster(request: Request, batch_id: Ulid) -> HttpResponse:
    """Give the roster as a workbook that the import reads back unchanged."""
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    kind = exports.kind_named("roster")
    asked = exports.ExportRequest(
        by=request.actor, at=now(), on=today(), options={"batch": batch_id}, suffix=".xlsx"
    )
    content, _count = kind.content(asked)
    return download(FileContent(f"Daftar peserta {batch.name}.xlsx", XLSX, content))


def _lines(batch_id: Ulid) -> list[ParticipantLine]:
    lines = participants_of(batch_id, states=ON_LIST, with_progress=True)
    if not lines:
        raise NobodyToPrint
    return lines


def _pdf(name: str, content: bytes) -> HttpResponse:
    return download(FileContent(name, PDF, content))
