from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0006_column_is_kept_too"),
        ("partnerships", "0004_method_is_an_address"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="value",
            name="value_one_current_for_each_fact",
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("indicator", "area", "breakdown", "period_end", "period_start"),
                name="value_one_current_for_each_fact",
            ),
        ),
    ]
