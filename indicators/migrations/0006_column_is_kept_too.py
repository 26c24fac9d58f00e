"""The trigger on figures keeps the column of the file too; staged figures are not logged, on PostgreSQL.

SQLite drops a table's triggers where it makes the table anew for a column.
"""

from importlib import import_module

from django.db import migrations

before = import_module("indicators.migrations.0002_value_only_superseded")
NAME, KEPT = before.NAME, (*before.KEPT, "column")


def create(apps, schema_editor):
    drop(apps, schema_editor)
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for statement in before.postgres(KEPT) if is_postgres else before.sqlite(KEPT):
        schema_editor.execute(statement)
    if is_postgres:
        schema_editor.execute("ALTER TABLE indicators_stagedvalue SET UNLOGGED")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {NAME}() CASCADE")
    else:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME}")


def restore(apps, schema_editor):
    drop(apps, schema_editor)
    before.create(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0005_reconciled")]
    operations = [migrations.RunPython(create, restore)]
