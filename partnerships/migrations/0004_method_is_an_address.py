from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0003_comparator_sets_of_partnerships"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="partnership", name="partnership_slug_not_reserved"),
        migrations.AddConstraint(
            model_name="partnership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "slug__in",
                        ("accounts", "admin", "feedback", "healthz", "indicators", "method", "static"),
                    ),
                    _negated=True,
                ),
                name="partnership_slug_not_reserved",
            ),
        ),
    ]
