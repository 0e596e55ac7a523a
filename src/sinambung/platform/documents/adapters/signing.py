"""Where the signing key comes from: a PKCS #12 file of a certification body, or our authority."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sinambung.platform.documents import press
from sinambung.platform.foundation.errors import Refused
from sinambung.pure.signatures.authority import authority_files

PACKAGED_TRUST = Path(__file__).resolve().parent.parent / "trust"


class SigningNotReady(Refused):
    code = "signing_not_ready"
    message = _(
        "Kunci tanda tangan elektronik belum disiapkan atau tidak terbaca. "
        "Minta administrator menjalankan pemeriksaan instalasi."
    )


def keys_folder() -> Path:
    folder: Path = settings.DATA_FOLDER / "keys"
    return folder


def key() -> press.Key:
    """Return which key this installation signs with; raises `SigningNotReady`."""
    environment = settings.ENVIRONMENT
    try:
        if environment.signer:
            path = Path(environment.signer)
            return press.Key(
                changed=path.stat().st_mtime_ns,
                pkcs12=path.read_bytes(),
                passphrase=environment.signer_password,
            )
        certificate = authority_files(keys_folder()).signer_certificate
        return press.Key(changed=certificate.stat().st_mtime_ns, folder=str(keys_folder()))
    except OSError as error:
        raise SigningNotReady from error


def signer() -> Any:
    """Return the signer of this installation, read once and again when its file changes."""
    # Start-up time: pyHanko takes a second to import and most processes never sign.
    from sinambung.pure.signatures.sealing import UnusableKey

    try:
        return press.opened(key())
    except (UnusableKey, OSError) as error:
        raise SigningNotReady from error


def trusted_certificates() -> tuple[bytes, ...]:
    """Return the certificates whose signatures this installation believes."""
    folders = (keys_folder() / "trust", PACKAGED_TRUST)
    paths = [path for folder in folders for path in sorted(folder.glob("*.pem"))]
    return tuple(path.read_bytes() for path in paths)


def process() -> int:
    """Return this process: a child of another one is not ours to talk to."""
    return os.getpid()
