"""Brings files, layouts and uploads of before into their new shape."""

import zlib

from django.db import migrations
from django.db.models import F

PART = 1024 * 1024
# The app's own layout.
OWN = {
    "name": "own",
    "title": "The application's own columns",
    "recognised_by": ["indicator", "area", "period", "value"],
    "area": {"columns": ["area"]},
    "period": {"columns": ["period"]},
    "indicator": {"columns": ["indicator"]},
    "breakdown": {"columns": [{"column": "breakdown"}]},
    "note": {"columns": ["note"]},
    "figures": [
        {
            "value": "value",
            "lower": "lower",
            "upper": "upper",
            "numerator": "numerator",
            "denominator": "denominator",
        }
    ],
    "blank": "wrong",
}


def divide_files(apps, schema_editor):
    OriginalFile = apps.get_model("indicators", "OriginalFile")
    OriginalPart = apps.get_model("indicators", "OriginalPart")
    for original in OriginalFile.objects.iterator(chunk_size=1):
        content = bytes(original.content)
        for number, start in enumerate(range(0, len(content), PART)):
            part = zlib.compress(content[start : start + PART], level=1)
            OriginalPart.objects.create(original=original, number=number, content=part)


def join_files(apps, schema_editor):
    OriginalFile = apps.get_model("indicators", "OriginalFile")
    for original in OriginalFile.objects.iterator(chunk_size=1):
        parts = original.parts.order_by("number").values_list("content", flat=True)
        original.content = b"".join(zlib.decompress(bytes(part)) for part in parts)
        original.save(update_fields=["content"])


def as_data(layout) -> dict:
    """A mapping of headers to our columns, in the words of a layout of now."""
    theirs = {ours: name for name, ours in layout.columns.items()}
    about = {ours: {"columns": [theirs[ours]]} for ours in ("indicator", "area", "period", "note") if ours in theirs}
    about |= {
        ours: {"constant": text} for ours, text in layout.constants.items() if ours in ("indicator", "area", "period")
    }
    numbers = ("value", "lower", "upper", "numerator", "denominator")
    figure = {ours: theirs.get(ours, ours) for ours in numbers if ours in theirs or ours == "value"}
    if "breakdown" in theirs:
        about["breakdown"] = {"columns": [{"column": theirs["breakdown"]}]}
    return {"name": layout.name, "title": layout.title, **about, "figures": [figure]}


def fill_layouts(apps, schema_editor):
    for layout in apps.get_model("indicators", "Layout").objects.all():
        layout.title = layout.description or layout.name
        layout.data = as_data(layout)
        layout.save(update_fields=["title", "data"])


def fill_uploads(apps, schema_editor):
    Upload = apps.get_model("indicators", "Upload")
    read = F("added") + F("changed") + F("unchanged") + F("left_out") + F("rejected")
    Upload.objects.update(figures_read=read)
    Upload.objects.filter(layout__isnull=True).update(plan=OWN)
    for upload in Upload.objects.filter(layout__isnull=False).select_related("layout").only("layout__data"):
        Upload.objects.filter(pk=upload.pk).update(plan=upload.layout.data)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0003_plans_parts_and_runs")]

    operations = [
        migrations.RunPython(divide_files, join_files),
        migrations.RunPython(fill_layouts, migrations.RunPython.noop),
        migrations.RunPython(fill_uploads, migrations.RunPython.noop),
    ]
