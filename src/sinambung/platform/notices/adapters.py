"""Sending mail by SMTP, as the installation's `mail_url` says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

_SECONDS = 15
_SUBMISSION, _IMPLICIT_TLS = 587, 465


class MailUrlWrong(Exception):
    """The setting cannot be read; the text says what to write."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as a carrier needs it."""

    id: str
    sender: str
    recipients: Sequence[str]
    subject: str
    text: str


class Carrier(Protocol):
    """Whatever takes a mail away; it raises `OSError` when it cannot."""

    def send(self, letter: Letter) -> None: ...


class Smtp:
    """A mail server. `smtps://` is TLS from the start; `smtp://` turns to TLS on port 587."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise MailUrlWrong("SINAMBUNG_MAIL_URL harus berbentuk smtp://pengguna:sandi@tuan:587.")
        implicit = parts.scheme == "smtps"
        port = parts.port or (_IMPLICIT_TLS if implicit else _SUBMISSION)
        self._backend = EmailBackend(
            host=parts.hostname,
            port=port,
            username=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            use_ssl=implicit,
            use_tls=not implicit and port == _SUBMISSION,
            timeout=_SECONDS,
        )

    def send(self, letter: Letter) -> None:
        message = EmailMessage(
            letter.subject,
            letter.text,
            letter.sender,
            list(letter.recipients),
            headers={"Message-ID": f"<{letter.id}@sinambung>", "Auto-Submitted": "auto-generated"},
            connection=self._backend,
        )
        message.send()
