"""What `allauth` asks of an installation about second factors."""

from __future__ import annotations

import base64
import hashlib

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are encrypted with a key derived from the secret key; names are the agency's."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return f"Sinambung {settings.ENVIRONMENT.agency}"

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return str(user.get_username())

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = context.request.get_host().partition(":")[0]
        return {"id": host, "name": self.get_totp_issuer()}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, object]:
        return {
            "id": str(user.pk).encode(),
            "display_name": str(user),
            "name": user.get_username(),
        }


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"sinambung.identity.factors\x00" + settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(digest.digest()))
