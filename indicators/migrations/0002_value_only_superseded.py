"""Of a value only is_current ever changes: a trigger refuses anything else, on both databases."""

from django.db import migrations

NAME = "value_only_superseded"
KEPT = (
    "indicator_id",
    "area_id",
    "period_start",
    "period_end",
    "period_label",
    "breakdown",
    "value",
    "marker",
    "flags",
    "lower",
    "upper",
    "numerator",
    "denominator",
    "note",
    "upload_id",
    "row",
)


def sqlite(kept: tuple[str, ...] = KEPT) -> list[str]:
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in kept)
    return [
        f"""CREATE TRIGGER {NAME} BEFORE UPDATE ON indicators_value
            WHEN {changed} BEGIN SELECT RAISE(ABORT, '{NAME}'); END"""
    ]


def postgres(kept: tuple[str, ...] = KEPT) -> list[str]:
    changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in kept)
    return [
        f"""CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{NAME}' USING ERRCODE = 'check_violation'; END $$""",
        f"""CREATE TRIGGER {NAME} BEFORE UPDATE ON indicators_value
            FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION {NAME}()""",
    ]


def create(apps, schema_editor):
    for statement in postgres() if schema_editor.connection.vendor == "postgresql" else sqlite():
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION {NAME}() CASCADE")
    else:
        schema_editor.execute(f"DROP TRIGGER {NAME}")


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
