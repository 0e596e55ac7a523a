"""What the pages of identity read from a browser."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.errors import Refused
from sinambung.platform.identity.capabilities import ROLE_NAMES

_NAME: dict[str, Any] = {
    "autocomplete": "username",
    "autocapitalize": "none",
    "spellcheck": "false",
}
_ONE_TIME: dict[str, Any] = {"autocomplete": "one-time-code", "inputmode": "numeric"}
_NEW = {"autocomplete": "new-password"}
_PASSWORD_HELP = _("Paling sedikit 12 karakter. Beberapa kata yang tidak berhubungan lebih kuat.")


def _text(label: object, *, limit: int, required: bool = True, **widget: Any) -> forms.CharField:
    return forms.CharField(
        label=str(label) if isinstance(label, str) else label,  # type: ignore[arg-type]
        max_length=limit,
        required=required,
        widget=forms.TextInput(attrs=widget),
    )


def _password(label: object, *, is_new: bool, help_text: object = "") -> forms.CharField:
    attrs = _NEW if is_new else {"autocomplete": "current-password"}
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        help_text=help_text,  # type: ignore[arg-type]
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs=attrs),
    )


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, also when it is empty; nothing for a page that was only opened."""
    return request.POST if request.method == "POST" else None


def refuse(form: forms.Form, error: Refused) -> int:
    """Show a refusal in the form, at its field if it names one; return the status to answer."""
    field = getattr(error, "field", "")
    form.add_error(field if field in form.fields else None, error.sentence)
    return error.status


class SignIn(forms.Form):
    username = _text(_("NIP atau nama akun"), limit=60, **_NAME)
    password = _password(_("Sandi"), is_new=False)


class SecondFactor(forms.Form):
    code = _text(
        _("Kode"),
        limit=20,
        **_ONE_TIME,
    )


class Confirm(forms.Form):
    password = _password(_("Sandi"), is_new=False)


class AccountName(forms.Form):
    username = _text(_("NIP atau nama akun"), limit=60, **_NAME)


class _Twice(forms.Form):
    """A new password, typed twice."""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, again = values.get("password"), values.get("again")
        if first and again and first != again:
            self.add_error("again", _("Kedua sandi tidak sama. Ketik ulang."))
        return values


class NewPassword(_Twice):
    password = _password(_("Sandi baru"), is_new=True, help_text=_PASSWORD_HELP)
    again = _password(_("Ulangi sandi baru"), is_new=True)


class Activation(_Twice):
    username = _text(_("NIP"), limit=60, **_NAME)
    code = _text(_("Kode aktivasi"), limit=20, autocomplete="off", autocapitalize="characters")
    password = _password(_("Sandi baru"), is_new=True, help_text=_PASSWORD_HELP)
    again = _password(_("Ulangi sandi baru"), is_new=True)


class ChangePassword(_Twice):
    present = _password(_("Sandi sekarang"), is_new=False)
    password = _password(_("Sandi baru"), is_new=True, help_text=_PASSWORD_HELP)
    again = _password(_("Ulangi sandi baru"), is_new=True)


class Email(forms.Form):
    email = _text(_("Alamat surel"), limit=254, required=False, type="email", autocomplete="email")


class Token(forms.Form):
    name = _text(_("Nama token"), limit=100)
    scopes = forms.MultipleChoiceField(label=_("Cakupan"), widget=forms.CheckboxSelectMultiple)
    is_read_only = forms.BooleanField(label=_("Hanya membaca"), required=False, initial=True)
    expires_on = forms.DateField(
        label=_("Berlaku sampai"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, scopes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = scopes  # type: ignore[attr-defined]


class Account(forms.Form):
    name = _text(_("Nama lengkap"), limit=200)
    title = _text(_("Jabatan yang ditampilkan"), limit=200, required=False)
    email = _text(_("Alamat surel"), limit=254, required=False, type="email", autocomplete="off")


class NewAccount(Account):
    username = _text(_("NIP atau nama akun"), limit=60, autocomplete="off", autocapitalize="none")
    field_order = ("username", "name", "title", "email")


class Grant(forms.Form):
    role = forms.ChoiceField(
        label=_("Peran"), choices=[(role.value, name) for role, name in ROLE_NAMES.items()]
    )
    since = forms.DateField(
        label=_("Mulai"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Berakhir (tidak termasuk hari itu)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class Unit(forms.Form):
    name = _text(_("Nama unit"), limit=200)
    short_name = _text(_("Nama singkat"), limit=60, required=False)


class NewUnit(Unit):
    code = _text(_("Kode unit"), limit=24, autocomplete="off")
    kind = forms.ChoiceField(
        label=_("Jenis"),
        choices=[
            ("government", _("Pemerintah daerah")),
            ("agency", _("Perangkat daerah")),
            ("division", _("Unit kerja")),
        ],
        initial="division",
    )
    field_order = ("code", "name", "short_name", "kind")


class Change(forms.Form):
    """The day and the reason of a change to a unit."""

    on = forms.DateField(
        label=_("Berlaku mulai"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = _text(_("Dasar perubahan"), limit=500, required=False)


class Rename(Change):
    """A new name for a unit."""

    name = _text(_("Nama unit"), limit=200)
    short_name = _text(_("Nama singkat"), limit=60, required=False)
    field_order = ("name", "short_name", "on", "reason")
