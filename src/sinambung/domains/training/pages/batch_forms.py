"""The form in which an organiser states a batch, with the days of each stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinambung.domains.training.queries.batch_plan import contradictions
from sinambung.domains.training.services.batches import (
    LARGEST_NUMBER,
    BatchPlan,
    StageDates,
)
from sinambung.pure.rulebook.letter_numbers import NumberRefused, from_roman
from sinambung.pure.rulebook.programmes import Stage

MOST_CHOICES = 15


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class BatchNumber(forms.CharField):
    """A whole number, written in digits or as a Roman numeral."""

    def clean(self, value: Any) -> int:
        text = str(super().clean(value))
        if text.isascii() and text.isdigit() and len(text) < 5:
            return self._within(int(text))
        try:
            return self._within(from_roman(text))
        except NumberRefused:
            raise forms.ValidationError(_("Tulis nomor angkatan, misalnya 9 atau IX.")) from None

    def _within(self, number: int) -> int:
        if not 1 <= number <= LARGEST_NUMBER:
            raise forms.ValidationError(_("Nomor angkatan dari 1 sampai 999."))
        return number


class HostByName(forms.CharField):
    """One of the units, written as the list beside the field writes it; cleans to its id."""

    def __init__(self, *, hosts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": "lembaga", "autocomplete": "off"})
        super().__init__(widget=widget, **kwargs)
        self.hosts = hosts

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).strip()
        found = [id for id, name in self.hosts if text == id or text.lower() == name.lower()]
        if len(found) != 1:
            raise forms.ValidationError(_("Pilih lembaga dari daftar."))
        return found[0]


class BatchForm(forms.Form):
    """`stages` are pairs of bound fields, one pair a stage of the edition."""

    host = forms.ChoiceField(label=gettext_lazy("Lembaga penyelenggara"))
    number = BatchNumber(
        label=gettext_lazy("Nomor angkatan"),
        max_length=12,
        help_text=gettext_lazy("Angka biasa atau Romawi, misalnya 9 atau IX."),
    )
    year = forms.IntegerField(label=gettext_lazy("Tahun"), min_value=1990, max_value=2100)
    starts_on = day_field(gettext_lazy("Tanggal mulai"))
    ends_on = day_field(gettext_lazy("Tanggal selesai"))
    quota = forms.IntegerField(
        label=gettext_lazy("Kuota peserta"),
        min_value=1,
        max_value=999,
        help_text=gettext_lazy("Melebihi kuota hanya diperingatkan, tidak ditolak."),
    )
    venue = forms.CharField(label=gettext_lazy("Tempat"), max_length=200, required=False)
    theme = forms.CharField(label=gettext_lazy("Tema"), max_length=300, required=False)
    sponsor = forms.CharField(
        label=gettext_lazy("Penyelenggara bersama"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Misalnya lembaga penjamin mutu atau mitra kerja sama."),
    )
    funding = forms.CharField(
        label=gettext_lazy("Sumber dana"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Misalnya APBD provinsi atau pola kontribusi."),
    )
    manager_name = forms.CharField(
        label=gettext_lazy("Pengelola kelas"), max_length=200, required=False
    )
    name = forms.CharField(
        label=gettext_lazy("Nama angkatan"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Kosongkan untuk nama biasa, misalnya PKP Angkatan IX."),
    )
    load_minimum = forms.IntegerField(
        label=gettext_lazy("Peserta per coach, paling sedikit"), min_value=1, max_value=99
    )
    coach_load_maximum = forms.IntegerField(
        label=gettext_lazy("Peserta per coach, paling banyak"), min_value=1, max_value=99
    )
    examiner_load_maximum = forms.IntegerField(
        label=gettext_lazy("Peserta per penguji, paling banyak"), min_value=1, max_value=999
    )
    examiner_stays_apart = forms.BooleanField(
        label=gettext_lazy("Penguji tidak boleh coach atau mentor peserta yang sama"),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        hosts: Sequence[tuple[str, str]] = (),
        stages: Sequence[Stage] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.listed_hosts = [name for _id, name in hosts] if len(hosts) > MOST_CHOICES else []
        if self.listed_hosts:
            self.fields["host"] = HostByName(
                label=_("Lembaga penyelenggara"),
                help_text=_("Ketik sebagian nama lalu pilih dari daftar."),
                hosts=hosts,
                initial=hosts[0][1],
            )
        elif hosts:
            self.fields["host"] = forms.ChoiceField(label=_("Lembaga penyelenggara"), choices=hosts)
        else:
            del self.fields["host"]
        self.stage_codes = [stage.code for stage in stages]
        for stage in stages:
            start, end = _("%(stage)s, mulai"), _("%(stage)s, selesai")
            facts = {"stage": stage.name}
            self.fields[f"stage-{stage.code}"] = day_field(start % facts, required=False)
            self.fields[f"stage-{stage.code}-end"] = day_field(end % facts, required=False)

    @property
    def stages(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"stage-{code}"], self[f"stage-{code}-end"]) for code in self.stage_codes]

    def clean(self) -> dict[str, Any]:
        """Add what contradicts itself, so that everything wrong is named at once."""
        cleaned = self.cleaned_data
        for field, sentence in contradictions(
            whole=(cleaned.get("starts_on"), cleaned.get("ends_on")),
            load_minimum=cleaned.get("load_minimum"),
            coach_load_maximum=cleaned.get("coach_load_maximum"),
            stages={
                code: (days.starts_on, days.ends_on) for code, days in self._stage_days().items()
            },
        ):
            self.add_error(field, sentence)
        return cleaned

    def _stage_days(self) -> dict[str, StageDates]:
        days = self.cleaned_data.get
        return {
            code: StageDates(days(f"stage-{code}"), days(f"stage-{code}-end"))
            for code in self.stage_codes
        }

    def plan(self) -> BatchPlan:
        """Return what was stated."""
        cleaned = self.cleaned_data
        stages = self._stage_days()
        names = [name for name in BatchPlan.__dataclass_fields__ if name != "stages"]
        return BatchPlan(stages=stages, **{name: cleaned[name] for name in names})

    def refuse(self, sentence: str, field: str) -> None:
        """Show a refusal at the field it names, else above the form."""
        self.add_error(field if field in self.fields else None, sentence)


def values_of(batch: Any) -> dict[str, Any]:
    """Return what the form of an existing batch begins with."""
    names = [name for name in BatchPlan.__dataclass_fields__ if name != "stages"]
    values: dict[str, Any] = {name: getattr(batch, name) for name in names}
    for stage in batch.stages.all():
        values[f"stage-{stage.code}"] = stage.starts_on
        values[f"stage-{stage.code}-end"] = stage.ends_on
    return values


def fresh_values(*, on: dt.date, quota: int | None) -> dict[str, Any]:
    """Return what the form of a new batch begins with."""
    return {
        "year": on.year,
        "quota": quota or 40,
        "load_minimum": 5,
        "coach_load_maximum": 10,
        "examiner_load_maximum": 20,
        "examiner_stays_apart": True,
    }
