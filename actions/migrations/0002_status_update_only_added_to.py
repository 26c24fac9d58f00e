"""A status update, once made, is not changed: a trigger refuses, on both databases."""

from django.db import migrations

NAME = "status_update_only_added_to"

SQLITE = [
    f"CREATE TRIGGER {NAME} BEFORE UPDATE ON actions_statusupdate BEGIN SELECT RAISE(ABORT, '{NAME}'); END",
]
POSTGRES = [
    f"""CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{NAME}' USING ERRCODE = 'check_violation'; END $$""",
    f"""CREATE TRIGGER {NAME} BEFORE UPDATE ON actions_statusupdate
        FOR EACH ROW EXECUTE FUNCTION {NAME}()""",
]


def create(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION {NAME}() CASCADE")
    else:
        schema_editor.execute(f"DROP TRIGGER {NAME}")


class Migration(migrations.Migration):
    dependencies = [("actions", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
