"""Django for commands: set up once, in the installation's language, or refused in one sentence."""

from __future__ import annotations

import os
from importlib import import_module

from sinambung.cli.errors import CommandRefused


def set_up(*, ready: bool = True) -> None:
    """Set Django up for the data folder that the arguments named.

    Raises `CommandRefused` when a setting is missing or wrong, or (`ready`) when the database has
    not been prepared for this version.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinambung.config.settings")
    import django  # start-up time
    from django.core.exceptions import ImproperlyConfigured

    try:
        import_module(os.environ["DJANGO_SETTINGS_MODULE"])
        django.setup()
    except ImproperlyConfigured as error:
        raise CommandRefused(str(error)) from error
    except Exception as error:
        if type(error).__name__ != "EnvironmentIncomplete":
            raise
        raise CommandRefused(str(error)) from error
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)
    if ready:
        require_ready()


def require_ready() -> None:
    """Refuse to work with a database that is missing or of another version."""
    waiting = waiting_migrations()
    if waiting:
        raise CommandRefused(
            "Basis data belum siap untuk versi ini. Jalankan `sinambung init` lebih dahulu."
        )


def waiting_migrations() -> list[str]:
    """Return the migrations that have not been applied; raise `CommandRefused` without a database.

    A missing SQLite file is not created by asking.
    """
    from django.db import DatabaseError, connection  # start-up time
    from django.db.migrations.executor import MigrationExecutor

    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and "memory" not in name and not os.path.exists(name):
        return ["(kosong)"]
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        sentence = " ".join(str(error).split()).rstrip("?.")
        raise CommandRefused(f"Basis data tidak dapat dibuka: {sentence}.") from error
    known = executor.loader.disk_migrations
    ours = {label for label, _name in known}
    if any(key[0] in ours and key not in known for key in executor.loader.applied_migrations):
        raise CommandRefused(
            "Basis data dibuat versi Sinambung yang lebih baru. Jalankan dengan versi itu."
        )
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate() -> None:
    """Bring the database to this version."""
    from django.core.management import call_command  # start-up time

    call_command("migrate", verbosity=0, interactive=False)
