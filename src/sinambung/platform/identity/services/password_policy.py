"""Which passwords are refused: short, known to attackers, or made of words of this place.

There are no rules about capitals, digits or signs, and passwords never expire (NIST SP 800-63B-4,
section 3.1.1.2). The lists are here, offline.
"""

from __future__ import annotations

import re
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.errors import Invalid
from sinambung.platform.identity.models import User

_LONGEST = 256
_FEWEST_DIFFERENT = 5
_FEWEST_LEFT = 6
_YEAR_OR_COUNT = re.compile(r"\d{1,4}$|^\d{1,4}")
_WORDS = (
    *("sinambung", "bpsdm", "bkd", "bkpsdm", "pemprov", "pemkab", "pemkot", "pemda", "provinsi"),
    *("kabupaten", "kota", "pegawai", "negeri", "sipil", "admin", "administrator", "indonesia"),
    *("pelatihan", "password", "sandi", "katasandi", "rahasia", "bismillah", "merdeka", "qwerty"),
    *("asn", "pns", "pppk", "pkp", "pka", "latsar"),
)


class WeakPassword(Invalid):
    """The password is refused; the sentence says why."""


def check_password_strength(password: str, *, user: User | None) -> None:
    """Raise `WeakPassword` for a password that must not be used."""
    if len(password) > _LONGEST:
        raise WeakPassword(_("Sandi paling panjang 256 karakter."), field="password")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages), field="password") from error
    bare = re.sub(r"[\W_]", "", password.casefold())
    if len(set(password)) < _FEWEST_DIFFERENT or len(_without_words(bare, user)) < _FEWEST_LEFT:
        raise WeakPassword(
            _(
                "Sandi ini mudah ditebak: terlalu berulang, atau tersusun dari kata, nama, dan "
                "angka yang lazim di sini. Pakai beberapa kata yang tidak berhubungan."
            ),
            field="password",
        )


def _without_words(bare: str, user: User | None) -> str:
    """Return what is left of a password without common words, names, and years or counts."""
    if _YEAR_OR_COUNT.sub("", bare) in _common_passwords():
        return ""
    names = f"{user.name} {user.username} {user.email}" if user else ""
    own = re.findall(r"\w{3,}", names.casefold())
    text = bare
    for word in sorted({*_WORDS, *_agency_words(), *own}, key=len, reverse=True):
        text = text.replace(word, "")
    return re.sub(r"(.)\1{2,}", r"\1", _YEAR_OR_COUNT.sub("", text))


@lru_cache(maxsize=1)
def _common_passwords() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)


@lru_cache(maxsize=1)
def _agency_words() -> frozenset[str]:
    names = f"{settings.ENVIRONMENT.agency} {settings.ENVIRONMENT.government}"
    return frozenset(re.findall(r"\w{4,}", names.casefold()))
