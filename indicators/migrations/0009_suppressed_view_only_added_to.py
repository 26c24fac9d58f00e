"""A viewing of hidden figures, once written down, is not changed: a trigger refuses, on both databases."""

from django.db import migrations

NAME = "suppressed_view_only_added_to"

SQLITE = [
    f"CREATE TRIGGER {NAME} BEFORE UPDATE ON indicators_suppressedview BEGIN SELECT RAISE(ABORT, '{NAME}'); END",
    f"CREATE TRIGGER {NAME}_kept BEFORE DELETE ON indicators_suppressedview BEGIN SELECT RAISE(ABORT, '{NAME}'); END",
]
POSTGRES = [
    f"""CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{NAME}' USING ERRCODE = 'check_violation'; END $$""",
    f"""CREATE TRIGGER {NAME} BEFORE UPDATE OR DELETE ON indicators_suppressedview
        FOR EACH ROW EXECUTE FUNCTION {NAME}()""",
]


def create(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION {NAME}() CASCADE")
    else:
        for name in (NAME, f"{NAME}_kept"):
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("indicators", "0008_hidden_figures")]
    operations = [migrations.RunPython(create, drop)]
