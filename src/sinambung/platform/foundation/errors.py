"""What may go wrong because of the user: one plain sentence that says what to do."""

from __future__ import annotations

from django.db import DataError
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.recorded import in_reader_language

# What a value raises that the database cannot hold: NUL, half a character, a number too large.
UNSTORABLE = (DataError, UnicodeEncodeError, OverflowError)


class Refused(Exception):
    """The request was understood and is refused; `message` is shown as it stands."""

    status = 409
    code = "refused"
    message: object = _("Permintaan ini ditolak.")

    def __init__(self, message: object | None = None, **facts: object) -> None:
        if message is not None:
            self.message = message
        self.facts = facts
        super().__init__(str(message or type(self).__name__))

    @property
    def sentence(self) -> str:
        text = in_reader_language(str(self.message))
        return text % self.facts if self.facts and "%(" in text else text


class NotFound(Refused):
    """Unknown or out of reach: both look the same."""

    status = 404
    code = "not_found"
    message = _("Halaman atau data ini tidak ada, atau Anda tidak berhak membukanya.")


class Forbidden(Refused):
    """Signed in, and the whole kind of page is closed to the role."""

    status = 403
    code = "forbidden"
    message = _("Peran Anda tidak mencakup tindakan ini. Hubungi administrator bila perlu.")


class ChangedMeanwhile(Refused):
    """Somebody else saved the same object after the form was opened."""

    code = "changed_meanwhile"
    message = _(
        "Data ini sudah diubah orang lain sejak Anda membukanya. "
        "Muat ulang halaman, periksa perubahannya, lalu simpan lagi."
    )


class Invalid(Refused):
    """A value cannot be used; `field` names it for the form."""

    status = 422
    code = "invalid"

    def __init__(self, message: object, *, field: str = "", **facts: object) -> None:
        super().__init__(message, **facts)
        self.field = field
