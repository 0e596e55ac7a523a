"""What the pages of workforce read from a browser."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from sinambung.domains.workforce import queries
from sinambung.platform.foundation.errors import Refused


def posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def refuse(form: forms.Form, error: Refused) -> int:
    """Show a refusal in the form, at its field if it names one; return the status to answer."""
    field = getattr(error, "field", "")
    form.add_error(field if field in form.fields else None, error.sentence)
    return error.status


class _WithReason(forms.Form):
    reason = forms.CharField(
        label=_("Alasan atau dasar"),
        help_text=_("Misalnya nomor SK. Tercatat di jejak."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order: Any = None


class Details(_WithReason):
    name = forms.CharField(label=_("Nama tanpa gelar"), max_length=200)
    title_before = forms.CharField(label=_("Gelar depan"), max_length=60, required=False)
    title_after = forms.CharField(label=_("Gelar belakang"), max_length=100, required=False)
    birth_place = forms.CharField(label=_("Tempat lahir"), max_length=100, required=False)
    employment = forms.ChoiceField(label=_("Status kepegawaian"))
    legal_status = forms.CharField(label=_("Kedudukan hukum"), max_length=80)
    email = forms.EmailField(label=_("Surel"), max_length=254, required=False)
    phone = forms.CharField(label=_("Nomor HP"), max_length=30, required=False)
    field_order = (
        *("name", "title_before", "title_after", "birth_place", "employment"),
        *("legal_status", "email", "phone", "reason"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employment"].choices = queries.employment_choices()  # type: ignore[attr-defined]


class _Since(_WithReason):
    since = forms.DateField(
        label=_("Terhitung mulai tanggal"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    decree = forms.CharField(label=_("Nomor SK"), max_length=120, required=False)


class Position(_Since):
    name = forms.CharField(label=_("Nama jabatan"), max_length=250)
    position_class = forms.ChoiceField(label=_("Jenjang"))
    echelon = forms.ChoiceField(label=_("Eselon"), required=False)
    field_order = ("name", "position_class", "echelon", "since", "decree", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position_class"].choices = queries.class_choices()  # type: ignore[attr-defined]
        self.fields["echelon"].choices = queries.echelon_choices(on=_far())  # type: ignore[attr-defined]


class Rank(_Since):
    rank_code = forms.ChoiceField(label=_("Pangkat, golongan ruang"))
    field_order = ("rank_code", "since", "decree", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rank_code"].choices = queries.rank_choices(on=_far())  # type: ignore[attr-defined]


class Unit(_WithReason):
    unit = forms.CharField(label=_("Unit kerja"), max_length=26)
    since = forms.DateField(
        label=_("Terhitung mulai tanggal"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ("unit", "since", "reason")


def _far() -> dt.date:
    """The lists of choices hold what is in force last."""
    return dt.date(2100, 1, 1)
