"""The component gallery: every component in every state, for eyes and for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from sinambung.platform.identity.access import public_page

PARTS = {
    "": ("portal/gallery.html", _("Dasar")),
    "isian": ("portal/gallery_forms.html", _("Isian")),
    "data": ("portal/gallery_data.html", _("Data")),
    "pola": ("portal/gallery_patterns.html", _("Pola")),
    "keadaan": ("portal/gallery_states.html", _("Keadaan")),
    "dinding": ("portal/gallery_wall.html", _("Dinding")),
}


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Nama lengkap"), help_text=_("Tanpa gelar."), max_length=80)
    mail = forms.EmailField(label=_("Surel dinas"), required=False)
    birth = forms.DateField(
        label=_("Tanggal lahir"), widget=forms.DateInput(attrs={"type": "date"})
    )
    unit = forms.ChoiceField(
        label=_("Unit kerja"), choices=[("", _("Pilih")), ("1", "Dinas Kesehatan Contoh")]
    )
    note = forms.CharField(label=_("Catatan"), widget=forms.Textarea(attrs={"rows": 3}))
    mode = forms.ChoiceField(
        label=_("Cara belajar"),
        choices=[("c", _("Klasikal")), ("e", _("E-learning"))],
        widget=forms.RadioSelect,
    )
    agrees = forms.BooleanField(label=_("Data di atas benar"))
    proof = forms.FileField(label=_("Surat tugas"), help_text=_("PDF, paling besar 5 MB."))


@dataclass(frozen=True, slots=True)
class Sample:
    """A thing with the names that components ask for."""

    label: str = ""
    note: str = ""
    state: str = ""
    href: str = ""
    title: str = ""
    time: str = ""
    sentence: str = ""
    children: tuple[Sample, ...] = ()
    entries: tuple[Sample, ...] = field(default=())


@require_GET
@public_page
def show_gallery(request: HttpRequest, part: str = "") -> HttpResponse:
    """Show one part of the gallery."""
    if part not in PARTS:
        raise Http404
    template, title = PARTS[part]
    return render(request, template, {"title": title, **_samples(part)})


def _samples(part: str) -> dict[str, Any]:
    current = f"/ui/{part}/" if part else "/ui/"
    return {
        "current": current,
        "tabs": [(text, f"/ui/{key}/" if key else "/ui/") for key, (_, text) in PARTS.items()],
        "trail": [(_("Beranda"), "/"), (_("Galeri komponen"), "")],
        "form": SampleForm(initial={"name": "Theresia Unyang"}),
        "wrong": _wrong_form(),
        "options": [("1", _("Klasikal")), ("2", _("E-learning"))],
        "choices": [("1", _("Lulus"), ""), ("2", _("Ditunda"), _("Sebutkan yang kurang."))],
        "stages": _stages(),
        "days": _days(),
        "units": _units(),
        "people": _people(),
        "citations": ["PP 11/2017 Pasal 203 ayat (4)", "Peraturan LAN 10/2018 Pasal 9"],
        "icons": ["home", "school", "users-group", "certificate", "search", "download", "scale"],
        "steps": [25, 50, 100, 200, 300, 400, 500, 600, 700, 800, 900],
        "marks": _marks(),
    }


def _wrong_form() -> SampleForm:
    form = SampleForm({"name": "", "birth": "30-02-1990", "unit": "", "note": ""}, auto_id="bad_%s")
    form.full_clean()
    return form


def _stages() -> list[Sample]:
    return [
        Sample(label="Persiapan", note="6 Jul – 7 Agu", state="done"),
        Sample(label="Klasikal I", note="7 – 19 Sep", state="done"),
        Sample(label="Aktualisasi", note="21 Sep – 19 Nov", state="now"),
        Sample(label="Klasikal II", note="23 Nov – 1 Des", state="later"),
    ]


def _days() -> list[Sample]:
    entries = (
        Sample(time="14.41", sentence="Laksmi Anindita mengubah nilai 82,00 menjadi 84,50."),
        Sample(time="11.05", sentence="Sistem menandai selisih 15,50.", note="Batasnya 10,00"),
    )
    return [Sample(title="Hari ini", entries=entries)]


def _units() -> list[Sample]:
    leaves = (Sample(label="Bidang Pelayanan", note="12 pegawai"), Sample(label="Sekretariat"))
    return [Sample(label="Dinas Kesehatan Contoh", href="#unit", children=leaves)]


def _people() -> list[tuple[str, str, str, str]]:
    return [
        ("Theresia Unyang", "198709122011012907", "DPMPTSP Kabupaten Contoh Hulu", "91.78"),
        ("Yulius Bong Kian", "197809272004011910", "Dinas Kesehatan Contoh", "88.55"),
        ("Besse Hartina", "198801252015042911", "Sekretariat Daerah Contoh", "91.14"),
    ]


def _marks() -> list[tuple[int, str, str, list[tuple[str, str, str]], str, str]]:
    rows = []
    for number, (name, nip, _unit, final) in enumerate(_people(), start=1):
        cells = [
            (f"{number}:{key}", value, kind)
            for key, value, kind in (
                ("agenda", "90.50", ""),
                ("examiner", "92.00", "is-spread" if number == 2 else ""),
                ("coach", "76.50" if number == 2 else "91.50", "is-spread" if number == 2 else ""),
                ("conduct", "" if number == 3 else "88.00", "is-empty" if number == 3 else ""),
            )
        ]
        rows.append((number, name, nip, cells, final, "Sangat Memuaskan"))
    return rows
