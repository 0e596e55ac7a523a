"""The product's settings with what tests need: a database of their own, quick passwords."""

import os
import tempfile

os.environ.setdefault("SINAMBUNG_DATA", tempfile.mkdtemp(prefix="sinambung-test-"))
os.environ.setdefault("SINAMBUNG_SECRET_KEY", "rahasia-untuk-pengujian-saja-0123456789")

from tests import postgres

if os.environ.get("SINAMBUNG_TEST_DATABASE") == "postgres":
    os.environ.setdefault("SINAMBUNG_DATABASE_URL", "")
    if not os.environ["SINAMBUNG_DATABASE_URL"]:
        os.environ["SINAMBUNG_DATABASE_URL"] = postgres.start()

from sinambung.config.settings import *  # noqa: F403
from sinambung.config.settings import DATABASES, TEMPLATES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
SECOND_FACTOR = "none"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""
if not os.environ.get("SINAMBUNG_DATABASE_URL"):
    DATABASES["default"]["TEST"] = {"NAME": None}
