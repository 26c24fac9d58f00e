"""The speed and memory of imports, as ratios in one run, on SQLite and, where a server answers, on PostgreSQL.

import_values, check and publish together, is held against bringing the same rows, their ids resolved, into a table with
the same columns, indexes, constraints and trigger: by COPY on PostgreSQL, by executemany on SQLite; and against
django-import-export in its bulk mode. Every measurement is a process of its own, so that its memory is its own. With
LAIT=FILE (the long file of the Local Authority Interactive Tool, packed or not) that file is imported too, and with
LARGE=1 an import into a table that holds ten million values already.
"""

import csv
import gzip
import io
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.measuring import ROOT, databases, production

ROWS, MORE_ROWS, FEWER_ROWS = 500_000, 1_000_000, 100_000
ROWS_OF_THE_OTHER = {"codes": 2_000, "codes, adding only": 5_000, "ids, adding only": 10_000}
TEN_MILLION = 10_000_000
INDICATORS, AREAS, FIRST_YEAR, YEARS = 100, 250, 2000, 20
STEWARD = "steward@example.org"


def main() -> None:
    if len(sys.argv) > 1:
        return measure(*sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        for rows in (FEWER_ROWS, ROWS, MORE_ROWS):
            write_file(Path(folder) / f"{rows}.csv", rows)
        with databases(folder, "imports") as systems:
            for system, [url] in systems.items():
                print(f"\n{system}")
                bench(url, Path(folder))


def bench(url: str, folder: Path) -> None:
    run(url, "prepare")
    for rows in (FEWER_ROWS, MORE_ROWS, ROWS):
        run(url, "clear")
        seconds, peak = run(url, "import", str(folder / f"{rows}.csv"))
        print(f"import_values, {rows:9,} rows: {rows / seconds:9,.0f} rows a second, at most {peak:.0f} MB of memory")
    raw, _peak = run(url, "raw")
    print(
        f"the same rows raw:            {ROWS / raw:9,.0f} rows a second; import_values is {raw / seconds:.2f} of that"
    )
    bench_other(url, folder, seconds)
    if os.environ.get("LARGE"):
        bench_large(url, folder, seconds)
    if lait := os.environ.get("LAIT"):
        bench_lait(url, folder, lait)


def bench_large(url: str, folder: Path, seconds: float) -> None:
    run(url, "clear")
    print(f"{TEN_MILLION:,} values made in {run(url, 'fill', str(TEN_MILLION))[0]:.0f} s")
    full, peak = run(url, "import", str(folder / f"{ROWS}.csv"))
    rate = f"{ROWS / full:9,.0f} rows a second, at most {peak:.0f} MB"
    print(f"import_values into them:      {rate}; {full / seconds:.2f} times as long as into none")


def bench_lait(url: str, folder: Path, lait: str) -> None:
    run(url, "clear")
    unpacked = unpack(Path(lait), folder)
    run(url, "prepare-lait", str(unpacked))
    seconds, peak = run(url, "import-lait", str(unpacked))
    with unpacked.open(encoding="utf-8-sig", newline="") as file:
        rows = sum(1 for _row in csv.reader(file)) - 1
    print(f"the whole LAIT file:          {rows / seconds:9,.0f} rows a second, at most {peak:.0f} MB")


def bench_other(url: str, folder: Path, seconds: float) -> None:
    for keys, many in ROWS_OF_THE_OTHER.items():
        rate = many / run(url, "other", keys)[0]
        times = ROWS / seconds / rate
        print(f"django-import-export by {keys}: {rate:9,.0f} rows a second; import_values is {times:.0f} times that")
        run(url, "clear")
        run(url, "import", str(folder / f"{FEWER_ROWS}.csv"))


def run(url: str, *arguments: str) -> tuple[float, float]:
    """Seconds and megabytes of one measurement."""
    environment = os.environ | production(url)
    command = [sys.executable, "-m", "tests.bench_imports", *arguments]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(arguments)}: {done.stdout}\n{done.stderr}")
    seconds, peak = done.stdout.split()[-2:]
    return float(seconds), float(peak)


def measure(what: str, *arguments: str) -> None:
    import django

    django.setup()
    start = time.perf_counter()
    # A measurement that prepares something before its clock starts returns its own seconds.
    seconds = MEASUREMENTS[what](*arguments) or time.perf_counter() - start
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def write_file(path: Path, rows: int) -> None:
    """Shares of numerators and denominators with limits, one decimal more than is shown, as published."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("indicator", "area", "period", "value", "lower", "upper", "numerator", "denominator"))
        for number in range(rows):
            rest, year = divmod(number, YEARS)
            indicator, area = divmod(rest, AREAS)
            base = chance.randrange(400, 9000)
            value = min(99, 40 + area % 30 + year / 4 + chance.random())
            limits = (f"{value - 1.5:.2f}", f"{value + 0.9:.2f}")
            count = round(base * value / 100)
            period = f"{FIRST_YEAR + year}/{(FIRST_YEAR + year + 1) % 100:02}"
            writer.writerow((f"share-{indicator}", f"E{area:08}", period, f"{value:.2f}", *limits, count, base))


def prepare() -> None:
    from django.core.management import call_command

    from partnerships.models import User

    call_command("migrate", verbosity=0)
    User.objects.create_user(STEWARD, "a long enough phrase", name="Steward", is_steward=True)
    load(
        [(f"E{number:08}", f"Area {number}", "") for number in range(AREAS)],
        [f"share-{n}" for n in range(INDICATORS * 2)],
    )


def load(areas: list[tuple[str, str, str]], indicators: list[str], *, value_type: str = "proportion") -> None:
    """Areas as code, name and DfE number, all in the footprint of one partnership; by the app's own writers."""
    import yaml

    from indicators import catalogue
    from partnerships import areas as places

    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(("code", "name", "dfe_number", "kind"))
    writer.writerows((*area, "district") for area in areas)
    codes = [code for code, _name, _number in areas]
    partnership = {"slug": "everywhere", "name": "Everywhere", "short_name": "Everywhere", "area": codes[0]}
    footprint = yaml.safe_dump({"partnerships": [partnership | {"footprint": codes}]})
    places.load(files={"areas.csv": table.getvalue().encode(), "partnerships.yaml": footprint.encode()})
    words = {
        "name": "Made up",
        "short_name": "Made up",
        "topic": "Made up",
        "definition": "Made up to measure imports.",
        "unit_words": "per cent",
        "value_type": value_type,
        "multiplier": 100,
        "polarity": "high",
        "frequency": "annual",
        "publisher": "Nobody",
        "source": "Nothing",
        "source_url": "https://example.org/",
        "licence": "None",
        "next_update_note": "Never",
    }
    definitions = yaml.safe_dump({"indicators": [{"code": code, **words} for code in indicators]})
    catalogue.load(files={"indicators.yaml": definitions.encode()}, whole=False)


def clear() -> None:
    from django.db import connection

    from indicators.models import OriginalFile, OriginalPart, Run, StagedValue, Upload, Value

    for model in (StagedValue, Value, Run, Upload, OriginalPart, OriginalFile):
        with connection.cursor() as cursor:
            is_postgres = connection.vendor == "postgresql"
            cursor.execute(
                f"{'TRUNCATE' if is_postgres else 'DELETE FROM'} {model._meta.db_table}"
                + (" CASCADE" if is_postgres else "")
            )


def import_file(path: str) -> None:
    from django.core.management import call_command

    call_command(
        "import_values", path, partnership="everywhere", by=STEWARD, stdout=io.StringIO(), stderr=io.StringIO()
    )


def raw() -> float:
    """The values that stand, once more into a twin of their table; the clock starts when they lie in memory."""
    from django.db import connection, transaction

    from indicators.staging import CARRIED, VALUES

    columns = ", ".join(f'"{name}"' for name in ("upload_id", "is_current", *CARRIED))
    with connection.cursor() as cursor:
        make_twin(cursor)
        if connection.vendor == "postgresql":
            lines = io.StringIO()
            cursor.copy_expert(f"COPY {VALUES} ({columns}) TO STDOUT", lines)
            lines.seek(0)
        else:
            cursor.execute(f"SELECT {columns} FROM {VALUES}")
            rows = [tuple(str(cell) if hasattr(cell, "isoformat") else cell for cell in row) for row in cursor]
        start = time.perf_counter()
        with transaction.atomic():
            if connection.vendor == "postgresql":
                cursor.copy_expert(f"COPY twin ({columns}) FROM STDIN", lines)
            else:
                marks = ", ".join(["%s"] * (len(CARRIED) + 2))
                cursor.executemany(f"INSERT INTO twin ({columns}) VALUES ({marks})", rows)
        seconds = time.perf_counter() - start
        cursor.execute("DROP TABLE twin")
    return seconds


def make_twin(cursor) -> None:
    """A table with the columns, indexes and constraints of the values; their trigger concerns changes only."""
    from django.db import connection

    from indicators.staging import VALUES

    if connection.vendor == "postgresql":
        cursor.execute(f"CREATE TABLE twin (LIKE {VALUES} INCLUDING ALL)")
        keys = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass"
        cursor.execute(keys, [VALUES])
        for (definition,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE twin ADD {definition}")
        return
    cursor.execute(
        "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND type IN ('table', 'index') AND sql IS NOT NULL"
        " ORDER BY type = 'table' DESC",
        [VALUES],
    )
    for (definition,) in cursor.fetchall():
        cursor.execute(definition.replace(f'"{VALUES}"', '"twin"').replace('INDEX "', 'INDEX "twin_'))


def other(keys: str) -> float:
    """django-import-export in bulk mode, dry run and import, of the first rows of the last import.

    With keys "codes" it does what import_values does: it finds indicators and areas by their codes, and which facts
    stand already. "adding only" leaves out the second, and with "ids" the first is done for it too.
    """
    import tablib
    from import_export import fields, resources, widgets

    from indicators.models import Indicator, Upload, Value
    from indicators.staging import CARRIED
    from partnerships.models import Area

    finds, by_codes = keys == "codes", keys.startswith("codes")
    fact = ("indicator", "area", "period_start", "period_end", "breakdown")
    names = [name for name in CARRIED if name not in ("column", "indicator_id", "area_id")]

    by_code = {
        "indicator": fields.Field("indicator", "indicator", widgets.ForeignKeyWidget(Indicator, "code")),
        "area": fields.Field("area", "area", widgets.ForeignKeyWidget(Area, "code")),
    }
    by_id = {name: fields.Field(name, name) for name in ("indicator_id", "area_id")}
    own = (by_code if by_codes else by_id) | {"upload_id": fields.Field("upload_id", "upload_id")}
    header = [*names, *own, "is_current"]
    options = {
        "model": Value,
        "fields": header,
        "import_id_fields": fact if finds else (),
        "use_bulk": True,
        "batch_size": 1000,
        "skip_diff": True,
    }
    resource = type("ValueResource", (resources.ModelResource,), own | {"Meta": type("Meta", (), options)})
    related = [f"{name}__code" if by_codes and name != "upload_id" else name for name in own]
    rows = Upload.objects.latest("pk").values.order_by("row").values_list(*names, *related, "is_current")
    many = ROWS_OF_THE_OTHER[keys]
    data = tablib.Dataset(headers=header)
    data.extend(["" if cell is None else cell for cell in row] for row in rows[:many])
    clear_values()
    start = time.perf_counter()
    for dry_run in (True, False):
        result = resource().import_data(data, dry_run=dry_run, raise_errors=True)
    seconds = time.perf_counter() - start
    assert result.totals["new"] == Value.objects.count() == many, result.totals
    return seconds


def clear_values() -> None:
    from indicators.models import Value

    Value.objects.all().delete()


def unpack(path: Path, folder: Path) -> Path:
    unpacked = folder / "lait.csv"
    with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as packed, unpacked.open("wb") as file:
        shutil.copyfileobj(packed, file)
    return unpacked


def prepare_lait(path: str) -> None:
    """Its areas and a catalogue of its measures, and the shipped layout with every measure matched."""
    import yaml

    from indicators import savedlayouts
    from partnerships.models import Partnership, User

    measures, places = {}, {}
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            measures.setdefault(row["Short Desc"], f"lait-{len(measures)}")
            places[row["LA and Regions"]] = row["LA Number"].removesuffix(".0")
    load(
        [(f"L{n:08}", name, number) for n, (name, number) in enumerate(places.items())],
        list(measures.values()),
        value_type="other",
    )
    data = yaml.safe_load((ROOT / "fixtures" / "layouts" / "lait-long.yaml").read_text(encoding="utf-8"))
    data |= {"indicators": measures, "areas": {}, "year_ends": []}
    savedlayouts.keep(
        partnership=Partnership.objects.get(slug="everywhere"),
        title="Every measure",
        data=data,
        by=User.objects.get(email=STEWARD),
    )


def import_lait(path: str) -> None:
    from django.core.management import call_command

    out = io.StringIO()
    call_command(
        "import_values",
        path,
        partnership="everywhere",
        by=STEWARD,
        layout="every-measure",
        accept_valid=True,
        stdout=out,
        stderr=io.StringIO(),
    )
    counts = dict(part.split("=") for part in out.getvalue().splitlines()[-1].split())
    assert int(counts["added"]) > int(counts["left_out"]), counts


def fill(many: str) -> None:
    """So many values straight into the table: the years before those of the file, and groups of every year."""
    import datetime

    from django.db import connection, transaction
    from django.utils import timezone

    from indicators import originals
    from indicators.models import Indicator, Upload
    from indicators.staging import VALUES
    from partnerships.models import Partnership, User

    user = User.objects.get(email=STEWARD)
    upload = Upload.objects.create(
        partnership=Partnership.objects.get(slug="everywhere"),
        original=originals.keep(io.BytesIO(b"made up")),
        plan={"name": "own"},
        file_name="made-up.csv",
        state="published",
        uploaded_by=user,
        published_by=user,
        published_at=timezone.now(),
    )
    slices = [(year, "") for year in range(FIRST_YEAR - YEARS, FIRST_YEAR)]
    slices += [(year, f"group: {n}") for n in range(100) for year in range(FIRST_YEAR, FIRST_YEAR + YEARS)]
    of_slice = Indicator.objects.count() * AREAS
    with transaction.atomic(), connection.cursor() as cursor:
        for year, group in slices[: int(many) // of_slice]:
            cursor.execute(
                f"""INSERT INTO {VALUES} (upload_id, is_current, "row", "column", indicator_id, area_id, period_start,
                period_end, period_label, breakdown, value, marker, flags, lower, upper, numerator, denominator, note)
                SELECT %s, %s, 2, 4, i.id, a.id, %s, %s, %s, %s, 40 + (i.id * 7 + a.id * 13 + %s) %% 50, '', '',
                NULL, NULL, NULL, NULL, '' FROM indicators_indicator AS i CROSS JOIN partnerships_area AS a""",
                [
                    upload.pk, True, datetime.date(year, 4, 1), datetime.date(year + 1, 3, 31),
                    f"{year}/{(year + 1) % 100:02}", group, year,
                ],
            )  # fmt: skip
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


MEASUREMENTS = {
    "prepare": prepare,
    "clear": clear,
    "import": import_file,
    "raw": raw,
    "other": other,
    "prepare-lait": prepare_lait,
    "import-lait": import_lait,
    "fill": fill,
}

if __name__ == "__main__":
    main()
