"""Both databases refuse to change a confirmed edition."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SENTENCE = "Nilai setempat yang sudah dikonfirmasi tidak dapat diubah."

PROTECT = {
    "sqlite": [
        "CREATE TRIGGER regulation_confirmed_is_fixed BEFORE UPDATE ON regulation_localedition "
        f"WHEN OLD.state = 'confirmed' BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION regulation_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$",
        "CREATE TRIGGER regulation_confirmed_is_fixed BEFORE UPDATE ON regulation_localedition "
        "FOR EACH ROW WHEN (OLD.state = 'confirmed') EXECUTE FUNCTION regulation_refuse()",
    ],
}
RELEASE = {
    "sqlite": ["DROP TRIGGER IF EXISTS regulation_confirmed_is_fixed"],
    "postgresql": [
        "DROP TRIGGER IF EXISTS regulation_confirmed_is_fixed ON regulation_localedition"
    ],
}


def protect(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in PROTECT[editor.connection.vendor]:
        editor.execute(statement)


def release(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in RELEASE[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("regulation", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
