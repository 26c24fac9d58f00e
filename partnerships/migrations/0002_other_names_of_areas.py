"""What publishers call an area beside its name: the number of the Department for Education, other spellings."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="area",
            name="dfe_number",
            field=models.CharField(
                blank=True,
                help_text="The three digits by which the Department for Education calls an authority, such as 888.",
                max_length=3,
                verbose_name="DfE number",
            ),
        ),
        migrations.AddField(
            model_name="area",
            name="other_names",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text='What publishers also call it: ["Argyll & Bute"]',
                verbose_name="other names",
            ),
        ),
    ]
