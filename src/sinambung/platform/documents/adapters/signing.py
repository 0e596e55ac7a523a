"""Where the signing key comes from: a PKCS #12 file of a certification body, or our authority."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.errors import Refused
from sinambung.pure.signatures.authority import authority_files

if TYPE_CHECKING:
    from sinambung.pure.signatures.sealing import Signer

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


def signer() -> Signer:
    """Return the signer of this installation, read once and again when its file changes."""
    environment = settings.ENVIRONMENT
    path = Path(environment.signer) if environment.signer else None
    path = path or authority_files(keys_folder()).signer_certificate
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise SigningNotReady from error
    return _opened(path, changed, environment.signer_password if environment.signer else None)


def trusted_certificates() -> tuple[bytes, ...]:
    """Return the certificates whose signatures this installation believes."""
    folders = (keys_folder() / "trust", PACKAGED_TRUST)
    paths = [path for folder in folders for path in sorted(folder.glob("*.pem"))]
    return tuple(path.read_bytes() for path in paths)


def process() -> int:
    """Return this process: keys and children are not shared over a fork."""
    return os.getpid()


@lru_cache(maxsize=2)
def _opened(path: Path, changed: int, passphrase: str | None) -> Signer:
    # Start-up time: pyHanko takes a second to import and most processes never sign.
    from sinambung.pure.signatures.sealing import (
        UnusableKey,
        open_authority_signer,
        open_pkcs12_signer,
    )

    try:
        if passphrase is None:
            return open_authority_signer(keys_folder())
        return open_pkcs12_signer(path.read_bytes(), passphrase=passphrase)
    except (UnusableKey, OSError) as error:
        raise SigningNotReady from error
