"""Making papers: typeset, sign, examine."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sinambung.platform.documents import press, typesetting
from sinambung.platform.documents.adapters import signing
from sinambung.platform.foundation.errors import Refused
from sinambung.pure.signatures.authority import Subject, authority_files, create_authority
from sinambung.pure.signatures.checker import Busy, Checker
from sinambung.pure.signatures.timestamps import StampRefused
from sinambung.pure.signatures.verdicts import Verdict

_checkers: dict[tuple[int, tuple[bytes, ...]], Checker] = {}
_making = threading.Lock()


class TooBusy(Refused):
    status = 503
    code = "too_busy"
    message = _("Pemeriksaan berkas sedang ramai. Tunggu sebentar, lalu coba lagi.")


class NotStamped(Refused):
    status = 503
    code = "not_stamped"
    message = _(
        "Cap waktu belum diperoleh: %(reason)s. Lanjutkan nanti; bila berulang, minta "
        "administrator memeriksa setelan timestamp_url."
    )


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to be typeset and signed; `at` is the moment it shows and is signed."""

    template: str
    context: Mapping[str, Any]
    files: Mapping[str, bytes]
    at: dt.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class SignerName:
    """Who signs here, as the signing certificate says."""

    name: str
    title: str
    organisation: str


def typeset(
    template: str,
    context: Mapping[str, Any],
    *,
    at: dt.datetime,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """Typeset `app/print/name.typ` as PDF/A-4f (see `typesetting.project` for what it reads)."""
    return typesetting.compile_pdf(template, context=context, at=at, files=files)


def seal(pdf: bytes, *, reason: str, at: dt.datetime) -> bytes:
    """Sign `pdf` with the installation's key; raises `SigningNotReady` when there is none.

    Where a time stamping authority is set it attests the moment; raises `NotStamped`.
    """
    # Start-up time: pyHanko takes a second to import and most processes never sign.
    from sinambung.pure.signatures.sealing import seal as seal_with

    with _stamps_told():
        return seal_with(
            pdf,
            signing.signer(),
            reason=reason,
            place=settings.ENVIRONMENT.place,
            at=local(at),
            stamp=press.stamper(settings.ENVIRONMENT.timestamp_url),
        )


def typeset_and_seal(papers: Iterable[Paper]) -> Iterator[bytes]:
    """Yield each paper as a signed PDF, in order; many are made by several processes.

    Raises `SigningNotReady` and `NotStamped`; what was yielded before may be kept.
    """
    signer()
    sheets = (
        press.Sheet(
            project=typesetting.project(paper.template, context=paper.context, files=paper.files),
            at=local(paper.at),
            reason=paper.reason,
            place=settings.ENVIRONMENT.place,
            stamper=settings.ENVIRONMENT.timestamp_url,
        )
        for paper in papers
    )
    with _stamps_told():
        yield from press.press(sheets, key=signing.key())


@contextmanager
def _stamps_told() -> Iterator[None]:
    try:
        yield
    except StampRefused as error:
        raise NotStamped(NotStamped.message, reason=str(error)) from error


def picture(paper: Paper, *, number: int) -> bytes | None:
    """Draw one page of a paper as PNG for a screen; None when it has no such page."""
    project = typesetting.project(paper.template, context=paper.context, files=paper.files)
    pages = press.draw_project(project, at=local(paper.at))
    return pages[number - 1] if number <= len(pages) else None


def signer() -> SignerName:
    """Return who signs here; raises `SigningNotReady` when nobody can."""
    found = signing.signer()
    return SignerName(found.name, found.title, found.organisation)


def local(at: dt.datetime) -> dt.datetime:
    """Return a moment in the zone that papers show."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE))


def examine(pdf: bytes, *, at: dt.datetime) -> Verdict:
    """Say whether a file is as it was signed, in a limited child process; raises `TooBusy`."""
    try:
        return _checker().validate(pdf, at=at)
    except Busy as error:
        raise TooBusy from error


def trusted_certificates() -> bytes:
    """Return the certificates whose signatures are believed here, as one PEM file; may be empty."""
    found = [content.strip() + b"\n" for content in signing.trusted_certificates()]
    return b"".join(dict.fromkeys(found))


def prepare_authority(*, signer: Subject, at: dt.datetime) -> bool:
    """Create the installation's own authority unless it has one; return whether it was made.

    `at` lies before the first signature: certificates hold from the day before it.
    """
    folder = signing.keys_folder()
    if authority_files(folder).root_key.exists():
        return False
    name = f"Otoritas Tanda Tangan {settings.ENVIRONMENT.agency}"
    create_authority(folder, name=name, signer=signer, at=at)
    return True


def _checker() -> Checker:
    key = (signing.process(), signing.trusted_certificates())
    with _making:
        if key not in _checkers:
            for former in _checkers.values():
                former.close()
            _checkers.clear()
            _checkers[key] = Checker(trust=key[1], seconds=6, patience=8)
        return _checkers[key]
