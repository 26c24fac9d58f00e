"""Counts reconcile and every checked file says how it was read; what the new columns replace goes."""

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0004_fill_plans_and_parts"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="layout",
            name="columns",
        ),
        migrations.RemoveField(
            model_name="layout",
            name="constants",
        ),
        migrations.RemoveField(
            model_name="layout",
            name="description",
        ),
        migrations.RemoveField(
            model_name="originalfile",
            name="content",
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "figures_read",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("added"), "+", models.F("changed")
                                    ),
                                    "+",
                                    models.F("unchanged"),
                                ),
                                "+",
                                models.F("left_out"),
                            ),
                            "+",
                            models.F("rejected"),
                        ),
                    )
                ),
                name="upload_counts_reconcile",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("plan__isnull", False), ("state__in", ["received", "discarded"]), _connector="OR"),
                name="upload_read_by_a_plan",
            ),
        ),
    ]
