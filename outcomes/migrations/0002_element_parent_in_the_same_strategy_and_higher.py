"""The parent of an element lies in the same strategy, at a higher level, as does the level itself.

A check constraint cannot look at another row, so a trigger does, raising what a constraint would raise.
"""

from django.db import migrations

NAME = "element_parent_in_same_strategy_and_higher"

WRONG = """
    EXISTS (SELECT 1 FROM outcomes_level l WHERE l.id = NEW.level_id AND l.strategy_id <> NEW.strategy_id)
    OR EXISTS (
        SELECT 1 FROM outcomes_element p JOIN outcomes_level pl ON pl.id = p.level_id
        JOIN outcomes_level l ON l.id = NEW.level_id
        WHERE p.id = NEW.parent_id AND (p.strategy_id <> NEW.strategy_id OR pl.depth >= l.depth)
    )
"""

SQLITE = [
    f"""CREATE TRIGGER {NAME}_{event.lower()} BEFORE {event} ON outcomes_element
        WHEN {WRONG} BEGIN SELECT RAISE(ABORT, '{NAME}'); END"""
    for event in ("INSERT", "UPDATE")
]
POSTGRES = [
    f"""CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {WRONG} THEN
                RAISE EXCEPTION '{NAME}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$""",
    f"""CREATE TRIGGER {NAME} BEFORE INSERT OR UPDATE ON outcomes_element
        FOR EACH ROW EXECUTE FUNCTION {NAME}()""",
]


def create(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION {NAME}() CASCADE")
    else:
        for event in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER {NAME}_{event}")


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
