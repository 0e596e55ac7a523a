"""The form in which one person enters the values of one subject."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinambung.platform.regulation.services.entering import Upload
from sinambung.platform.regulation.subjects import Cell, CellKind, Subject

_HELP = {
    CellKind.PERCENT: gettext_lazy("Dalam persen, misalnya 12,5."),
    CellKind.HOURS: gettext_lazy("Dalam JP (45 menit)."),
    CellKind.WHOLE: gettext_lazy("Bilangan bulat."),
    CellKind.NUMBER: gettext_lazy("Angka, misalnya 10 atau 12,5."),
    CellKind.PATTERN: gettext_lazy("Misalnya {urut}/{kode_unit}/{bulan_romawi}/{tahun}."),
    CellKind.BANDS: gettext_lazy(
        "Satu pita per baris dari yang tertinggi: nama; di atas 80; lulus."
    ),
}


class Entry(forms.Form):
    """`cells` are the bound fields of the values; the rest says where they come from."""

    source = forms.CharField(
        label=gettext_lazy("Dokumen sumber"),
        max_length=300,
        help_text=gettext_lazy("Nama dan nomor dokumen yang memuat nilai ini."),
    )
    article = forms.CharField(
        label=gettext_lazy("Pasal atau bagian"), max_length=200, required=False
    )
    effective_on = forms.DateField(
        label=gettext_lazy("Berlaku sejak"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        label=gettext_lazy("Catatan"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    file = forms.FileField(
        label=gettext_lazy("Berkas dokumen (boleh kosong)"),
        required=False,
        help_text=gettext_lazy("PDF, PNG, atau JPEG, paling besar 10 MB."),
    )

    def __init__(self, subject: Subject, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        self.numbers = {cell.key: f"nilai-{index}" for index, cell in enumerate(subject.cells)}
        for cell in subject.cells:
            self.fields[self.numbers[cell.key]] = _field(cell)

    @property
    def cells_help(self) -> object:
        """How the values are written; all cells of a subject are of one kind, or nearly."""
        return _HELP[self.subject.cells[0].kind]

    @property
    def is_text(self) -> bool:
        return self.subject.cells[0].kind.is_text

    @property
    def cells(self) -> list[forms.BoundField]:
        return [self[name] for name in self.numbers.values()]

    @property
    def values(self) -> dict[str, str]:
        return {key: self.cleaned_data[name] for key, name in self.numbers.items()}

    @property
    def effective_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["effective_on"]
        return day

    def upload(self) -> Upload | None:
        file = self.cleaned_data.get("file")
        return Upload(name=file.name or "", content=file.read()) if file else None

    def refuse(self, sentence: str, field: str) -> None:
        """Show a refusal at the field it names, else above the form."""
        name = self.numbers.get(field, field)
        self.add_error(name if name in self.fields else None, sentence)


class Archive(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Berkas ZIP"),
        help_text=gettext_lazy("Hasil “Unduh nilai setempat” dari instalasi lain."),
    )


def _field(cell: Cell) -> forms.Field:
    is_long = cell.kind is CellKind.BANDS
    widget = forms.Textarea(attrs={"rows": 7}) if is_long else forms.TextInput()
    if not cell.kind.is_text:
        widget.attrs["inputmode"] = "decimal"
    return forms.CharField(
        label=_(cell.label) if cell.label else cell.key,
        max_length=2000,
        required=False,
        initial=cell.present if cell.kind.is_text else "",
        widget=widget,
    )
