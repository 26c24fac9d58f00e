"""Files in parts, layouts as data, runs in the background, figures staged between check and publish."""

import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0002_value_only_superseded"),
        ("partnerships", "0002_other_names_of_areas"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OriginalPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("content", models.BinaryField()),
            ],
            options={
                "verbose_name": "part of an original file",
                "verbose_name_plural": "parts of original files",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "deed",
                    models.CharField(
                        choices=[("check", "check"), ("publish", "publish")], max_length=10, verbose_name="deed"
                    ),
                ),
                ("options", models.JSONField(blank=True, default=dict, verbose_name="options")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("message", models.TextField(blank=True, verbose_name="what happened")),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="asked for"),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
            ],
            options={
                "verbose_name": "run",
                "verbose_name_plural": "runs",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="StagedValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField(help_text="Counts the good figures of the file from 0.")),
                ("row", models.PositiveIntegerField()),
                ("column", models.PositiveSmallIntegerField()),
                ("period_start", models.DateField()),
                ("period_end", models.DateField()),
                ("period_label", models.CharField(max_length=40)),
                ("breakdown", models.CharField(max_length=120)),
                ("value", models.FloatField(null=True)),
                ("marker", models.CharField(max_length=10)),
                ("flags", models.CharField(max_length=10)),
                ("lower", models.FloatField(null=True)),
                ("upper", models.FloatField(null=True)),
                ("numerator", models.FloatField(null=True)),
                ("denominator", models.FloatField(null=True)),
                ("note", models.TextField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("a", "added"),
                            ("c", "changed"),
                            ("u", "unchanged"),
                            ("b", "left out, since only a steward may change it"),
                        ],
                        db_default="a",
                        default="a",
                        max_length=1,
                    ),
                ),
                ("doubt", models.CharField(db_default="", default="", max_length=20)),
            ],
            options={
                "verbose_name": "staged figure",
                "verbose_name_plural": "staged figures",
            },
        ),
        migrations.AlterModelOptions(
            name="layout",
            options={"ordering": ["title", "name"], "verbose_name": "layout", "verbose_name_plural": "layouts"},
        ),
        migrations.RemoveConstraint(
            model_name="upload",
            name="upload_state_in_set",
        ),
        migrations.RemoveConstraint(
            model_name="upload",
            name="upload_published_when_and_by_whom",
        ),
        migrations.RemoveConstraint(
            model_name="upload",
            name="upload_closed_when_and_by_whom",
        ),
        migrations.AddField(
            model_name="layout",
            name="data",
            field=models.JSONField(default=dict, help_text="See fixtures/layouts/schema.json.", verbose_name="layout"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="layout",
            name="partnership",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty for a layout that every partnership may use.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="layouts",
                to="partnerships.partnership",
                verbose_name="partnership",
            ),
        ),
        migrations.AddField(
            model_name="layout",
            name="saved_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="saved"),
        ),
        migrations.AddField(
            model_name="layout",
            name="saved_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="saved by",
            ),
        ),
        migrations.AddField(
            model_name="layout",
            name="title",
            field=models.CharField(default="", max_length=200, verbose_name="title"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="upload",
            name="corrects",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="indicators.upload",
                verbose_name="corrects an earlier file",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="doubtful",
            field=models.PositiveIntegerField(
                default=0,
                help_text="Of those added or changed, the ones that look implausible.",
                verbose_name="to be confirmed",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="figures_read",
            field=models.PositiveIntegerField(default=0, verbose_name="figures read"),
        ),
        migrations.AddField(
            model_name="upload",
            name="plan",
            field=models.JSONField(
                blank=True,
                help_text="The layout as it was when the file was checked; empty until it is known.",
                null=True,
                verbose_name="how it is read",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="sheet",
            field=models.CharField(blank=True, max_length=255, verbose_name="sheet"),
        ),
        migrations.AddField(
            model_name="value",
            name="column",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="Counted from 1; 0 where it was not recorded.", verbose_name="column of the file"
            ),
        ),
        migrations.AlterField(
            model_name="layout",
            name="name",
            field=models.SlugField(max_length=60, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="upload",
            name="layout",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="uploads",
                to="indicators.layout",
                verbose_name="layout",
            ),
        ),
        migrations.AlterField(
            model_name="upload",
            name="report",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="Counts, errors, differences and rows left out, as uploads.check found them.",
                verbose_name="report of the check",
            ),
        ),
        migrations.AlterField(
            model_name="upload",
            name="state",
            field=models.CharField(
                choices=[
                    ("received", "received, not checked yet"),
                    ("checked", "checked, not published"),
                    ("published", "published"),
                    ("discarded", "discarded"),
                    ("withdrawn", "withdrawn"),
                ],
                default="received",
                max_length=20,
                verbose_name="state",
            ),
        ),
        migrations.AddIndex(
            model_name="value",
            index=models.Index(
                condition=models.Q(("is_current", False)),
                fields=["indicator", "area", "period_start", "period_end", "breakdown"],
                name="value_earlier_of_a_fact",
            ),
        ),
        migrations.AddConstraint(
            model_name="layout",
            constraint=models.UniqueConstraint(
                fields=("partnership", "name"), name="layout_name_once_in_a_partnership"
            ),
        ),
        migrations.AddConstraint(
            model_name="layout",
            constraint=models.UniqueConstraint(
                condition=models.Q(("partnership__isnull", True)), fields=("name",), name="layout_name_once_for_all"
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["received", "checked", "published", "discarded", "withdrawn"])),
                name="upload_state_in_set",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("published_at__isnull", False),
                        ("published_by__isnull", False),
                        ("state__in", ["published", "withdrawn"]),
                    ),
                    models.Q(
                        ("published_at__isnull", True),
                        ("published_by__isnull", True),
                        ("state__in", ["received", "checked", "discarded"]),
                    ),
                    _connector="OR",
                ),
                name="upload_published_when_and_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                        ("state__in", ["discarded", "withdrawn"]),
                    ),
                    models.Q(
                        ("closed_at__isnull", True),
                        ("closed_by__isnull", True),
                        ("state__in", ["received", "checked", "published"]),
                    ),
                    _connector="OR",
                ),
                name="upload_closed_when_and_by_whom",
            ),
        ),
        migrations.AddField(
            model_name="originalpart",
            name="original",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="parts",
                to="indicators.originalfile",
                verbose_name="original file",
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="asked for by",
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="upload",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="runs",
                to="indicators.upload",
                verbose_name="upload",
            ),
        ),
        migrations.AddField(
            model_name="stagedvalue",
            name="area",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="partnerships.area",
            ),
        ),
        migrations.AddField(
            model_name="stagedvalue",
            name="indicator",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="indicators.indicator",
            ),
        ),
        migrations.AddField(
            model_name="stagedvalue",
            name="standing",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="indicators.value",
            ),
        ),
        migrations.AddField(
            model_name="stagedvalue",
            name="upload",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="staged",
                to="indicators.upload",
            ),
        ),
        migrations.AddConstraint(
            model_name="originalpart",
            constraint=models.UniqueConstraint(fields=("original", "number"), name="original_part_once"),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(("deed__in", ["check", "publish"])), name="run_deed_in_set"
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "running", "done", "failed", "cancelled"])),
                name="run_state_in_set",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state__in", ["waiting", "running"])),
                    models.Q(("ended_at__isnull", False), ("state__in", ["done", "failed", "cancelled"])),
                    _connector="OR",
                ),
                name="run_ended_when_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "running"])),
                fields=("upload",),
                name="run_one_open_for_an_upload",
            ),
        ),
        migrations.AddIndex(
            model_name="stagedvalue",
            index=models.Index(fields=["upload", "place"], name="staged_place_in_an_upload"),
        ),
    ]
