"""The database as Django wants it: SQLite in the data folder, or PostgreSQL by address."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from sinambung.config.environment import Environment, EnvironmentIncomplete

PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=NORMAL;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA mmap_size=0;"
    "PRAGMA cache_size=-16000;"
    # An import changes the same pages of the indexes again and again: fewer are copied this way.
    "PRAGMA wal_autocheckpoint=10000;"
)
KEPT_SECONDS = 600


def database(environment: Environment) -> dict[str, Any]:
    """Return Django's settings of the default database."""
    if not environment.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(environment.data_folder / "sinambung.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": PRAGMAS,
            },
            "CONN_MAX_AGE": KEPT_SECONDS,
        }
    parts = urlsplit(environment.database_url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise EnvironmentIncomplete(
            "SINAMBUNG_DATABASE_URL harus berbentuk postgresql://pengguna:sandi@tuan:5432/nama."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        # The server plans a query that comes again only once: up to 2 ms of a page.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3},
        "CONN_MAX_AGE": KEPT_SECONDS,
    }
