"""How each published file is read, and what pandas and openpyxl find in it without us.

An independent reading gives one tuple a figure: area, period, indicator and breakdown as our columns should say them,
and the value as the file writes it. A choice is one control of the mapping page whose proposed answer an officer has
to change, or one indicator that is to be matched.
"""

import csv
import glob
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import yaml
from django.conf import settings

from indicators import shorthand
from indicators.batches import batches
from indicators.layouts import OWN, Plan, plan
from indicators.proposals import propose
from indicators.recognition import recognise
from indicators.tables import guess_header, open_book

Found = Iterator[tuple[str, str, str, str, str]]
HEAD = 400


@dataclass(frozen=True)
class Choice:
    sentence: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """`layout` names the one that recognises the file; without it a layout is proposed and changed by the choices."""

    file: str
    independent: Callable[[Path], Found]
    layout: str = ""
    choices: tuple[Choice, ...] = ()
    sheet: str = ""
    whole: str = ""


@dataclass
class Reading:
    """What our own reading of a file came to; `figures` are value or marker by what they are about."""

    plan: Plan
    rows: int = 0
    figures: dict[tuple[str, str, str, str], set[float | str]] = field(default_factory=dict)
    read: int = 0
    left_out: int = 0
    problems: list[str] = field(default_factory=list)
    lost: set[int] = field(default_factory=set)


def shipped() -> list[Plan]:
    files = sorted((settings.FIXTURES_DIR / "layouts").glob("*.yaml"))
    return [OWN, *(plan(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in files)]


def measures() -> list[dict[str, Any]]:
    files = sorted(glob.glob(str(settings.FIXTURES_DIR / "indicators" / "*.yaml")))
    return [one for file in files for one in yaml.safe_load(Path(file).read_text(encoding="utf-8"))["indicators"]]


def areas() -> dict[str, tuple[str, ...]]:
    with (settings.FIXTURES_DIR / "areas" / "areas.csv").open(encoding="utf-8") as file:
        return {row["code"]: tuple(filter(None, (row["name"], row["name_cy"]))) for row in csv.DictReader(file)}


def ours(shape: Shape, path: Path) -> Reading:
    """The file read as the application reads it."""
    with path.open("rb") as file:
        book = open_book(file, path.name)
        head = list(islice(book.rows(shape.sheet), HEAD))
        reading = Reading(_plan(shape, head))
        numbers = set()
        for row in book.rows(shape.sheet):
            reading.rows += 1
            numbers.add(row.number)
        seen = set()
        for batch in batches(book.rows(shape.sheet), reading.plan, file=path.name):
            _add(batch, reading)
            seen |= {*batch.rows, *(one.row for one in batch.left_out), *(one.line for one in batch.problems)}
            header = batch.heading.row + reading.plan.header_rows - 1
        reading.lost = {number for number in numbers - seen if number > header}
    return reading


def _plan(shape: Shape, head: list) -> Plan:
    codes = {one["code"]: one["name"] for one in measures()}
    known = [text for code, names in areas().items() for text in (code, *names)]
    found = recognise(
        head, shipped(), areas=known, indicators={code: (name,) for code, name in codes.items()}, sheet=shape.sheet
    )
    if shape.layout:
        assert found is not None, shape.file
        assert found[0].name == shape.layout
        data = yaml.safe_load((settings.FIXTURES_DIR / "layouts" / f"{shape.layout}.yaml").read_text(encoding="utf-8"))
    else:
        assert found is None, (shape.file, found)
        multipliers = {one["code"]: one.get("multiplier", 1) for one in measures()}
        data = propose(
            head, guess_header(head), indicators=codes, areas=areas(), multipliers=multipliers, sheet=shape.sheet
        )
    for choice in shape.choices:
        data = _changed(data, choice.data)
    return plan(data)


def _changed(data: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """Words that are matched are added to those matched already; any other answer takes the place of the proposed."""
    words = {key: {**data.get(key, {}), **value} for key, value in change.items() if key in ("indicators", "areas")}
    return {**data, **change, **words}


def _add(batch, reading: Reading) -> None:
    texts = batch.texts
    blank = [""] * len(batch.rows)
    keys = zip(*(texts.get(column, blank) for column in ("area", "period", "indicator", "breakdown")), strict=True)
    for key, value in zip(keys, texts.get("value", ()), strict=True):
        found = shorthand.read(value, reading.plan.markers)
        reading.figures.setdefault(key, set()).add(found.marker or found.value)
    reading.read += len(batch.rows)
    reading.left_out += len(batch.left_out)
    reading.problems += map(str, batch.problems)


def theirs(shape: Shape, path: Path) -> dict[tuple[str, str, str, str], set[float | None]]:
    """The same by what it is about, read independently; None where the file has no number."""
    found: dict[tuple[str, str, str, str], set[float | None]] = {}
    for *key, value in shape.independent(path):
        if str(value).strip() or shape.layout == "fingertips-download":
            found.setdefault(tuple(key), set()).add(number(value))
    return found


def number(text: Any) -> float | None:
    value = pd.to_numeric(str(text).replace(",", ""), errors="coerce")
    return None if pd.isna(value) else float(value)


def table(path: Path, **options: Any) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig", **options)


def fingertips(path: Path) -> Found:
    words = {
        "County & UA deprivation deciles in England (IMD2019, 4/19 and 4/20 geog.)": "counties, 2019-20 boundaries",
        "County & UA deprivation deciles in England (IMD2019, 4/21 geography)": "counties, 2021 boundaries",
        "County & UA deprivation deciles in England (IMD2019, 4/23 geography)": "counties, 2023 boundaries",
        "District & UA deprivation deciles in England (IMD2019, 4/20 geog.)": "districts, 2020 boundaries",
        "District & UA deprivation deciles in England (IMD2019, 4/23 geography)": "districts, 2023 boundaries",
    }
    for row in table(path).to_dict("records"):
        sex = "" if row["Sex"] == "Persons" else row["Sex"]
        decile = f"deprivation of {words[row['Category Type']]}" if row["Category"] else ""
        groups = f"{', '.join(filter(None, ('sex' if sex else '', decile)))}: " if sex or decile else ""
        groups += ", ".join(filter(None, (sex, row["Category"])))
        yield row["Area Code"], row["Time period"], "injury-admissions-0-14", groups, row["Value"]


def explore_local_statistics(path: Path) -> Found:
    codes = {
        "Communication and language": "cll",
        "Literacy": "eyfs-literacy",
        "Male healthy life expectancy": "hle-male",
        "Female healthy life expectancy": "hle-female",
    }
    for row in table(path).to_dict("records"):
        if row["indicator"] in codes:
            yield row["areacd"], row["period"], codes[row["indicator"]], "", row["observation"]


def _place(row: dict[str, str]) -> str:
    columns = {
        "National": "country_code",
        "Regional": "region_code",
        "Local authority": "new_la_code",
        "Local authority district": "lad_code",
    }
    return row[columns[row["geographic_level"]]]


def early_years_profile(path: Path) -> Found:
    for row in table(path).to_dict("records"):
        unitary_again = row["lad_code"] and not row["lad_code"].startswith("E07")
        if row["country_code"] == "z" or unitary_again:
            continue
        kind, group = row["characteristic"].replace(":", ""), row["characteristic_type"]
        pairs = [(kind, group)] if group != "Total" else []
        pairs += [("sex", row["gender"])] if row["gender"] != "Total" else []
        groups = f"{', '.join(one for one, _group in pairs)}: {', '.join(one for _kind, one in pairs)}" if pairs else ""
        yield _place(row), f"Academic year {row['time_period']}", "gld", groups, row["gld_percentage"]


def not_in_education(path: Path) -> Found:
    codes = {
        "NEET_percent": "neet-16-17",
        "NEET_not_known_percent": "neet-or-not-known-16-17",
        "TOTAL_participating_in_education_and_training_percent": "education-training-16-17",
    }
    for row in table(path).to_dict("records"):
        for column, code in codes.items():
            yield _place(row), f"Calendar year {row['time_period']}", code, "", row[column]


def looked_after(path: Path) -> Found:
    data = table(path)
    for row in data[data["population_type"].str.contains("31 March")].to_dict("records"):
        yield _place(row), row["time_period"], "children-looked-after", "", row["rate_per_10000"]


def benchmarking(path: Path) -> Found:
    layout = yaml.safe_load((settings.FIXTURES_DIR / "layouts" / "lgbf.yaml").read_text(encoding="utf-8"))
    for row in table(path).to_dict("records"):
        if code := layout["indicators"].get(row["Code"]):
            scale = layout["scales"].get(row["Code"], 1)
            for area, column in (("S12000035", "LA_IndicatorReal"), ("S92000003", "Scotland_Indicator_Real")):
                value = number(row[column])
                yield area, row["Year"], code, "", "" if value is None else repr(value * scale)


def interactive_tool(path: Path) -> Found:
    layout = yaml.safe_load((settings.FIXTURES_DIR / "layouts" / "lait-long.yaml").read_text(encoding="utf-8"))
    data = table(path)
    data = data[data["Short Desc"].isin(layout["indicators"]) & (data["Years"] != "0")]
    columns = (data[name] for name in ("LA and Regions", "Years", "Short Desc", "Values"))
    for place, years, short, value in zip(*columns, strict=True):
        code = layout["indicators"][short]
        first, _space, rest = years.partition(" ")
        if code in layout["year_ends"] and len(first) == 4:
            first = f"{int(first) - 1}/{first[2:]}"
        yield layout["areas"][place], " ".join(filter(None, (first, rest))), code, "", value


def statswales(path: Path) -> Found:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    header = next(index for index, row in enumerate(rows) if "<2000g" in [cell.strip() for cell in row])
    names = [cell.strip() for cell in rows[header]]
    codes = {"<2000g": "births-1", "2000-2499g": "births-2", "Total": "births-all"}
    for row in rows[header + 1 :]:
        if row[0].startswith("Footnotes"):
            return
        place = next((cell.strip() for cell in row[2::-1] if cell.strip()), "")
        for column, code in codes.items():
            if place:
                yield place, "2023", code, "", row[names.index(column)]


def conceptions(path: Path) -> Found:
    for row in table(path).to_dict("records"):
        flag = row["flag"].strip()
        assert flag in ("", "u")
        yield row["area_code"], row["year"], "under-18-conceptions-number", "", row["conceptions_under18"]
        yield row["area_code"], row["year"], "under-18-conceptions", "", row["rate_per_1000_15_17"]


def immunisations(path: Path) -> Found:
    for row in table(path).to_dict("records"):
        yield row["ONS_Code"], f"{row['Year']} {row['Quarter']}", "pcv-12-months", "", row["PCV_12m"]


def welsh_absence(code: str) -> Callable[[Path], Found]:
    def independent(path: Path) -> Found:
        data = table(path)
        for row in data[data["Measure"] == "Percentage of half-day sessions missed"].to_dict("records"):
            yield row["area_name"], row["period"], code, "", row["value"]

    return independent


def outcomes_2010(path: Path) -> Found:
    data = table(path, header=0)
    wanted = [name for name in data.columns if name.startswith("Number of boys looked after continuously")]
    codes = {wanted[0]: "boys-12-months", wanted[1]: "boys-over-10"}
    for _index, row in data.iterrows():
        place = row.iloc[0].strip() or row.iloc[1].strip()
        for column, code in codes.items():
            yield place, "2010", code, "", row[column].strip()


def neighbours(path: Path) -> Found:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    for row in sheet.iter_rows(min_row=4, values_only=True):
        if row[0] is not None:
            yield str(row[0]), "2025", "first-neighbour", "", str(row[5])
            yield str(row[0]), "2025", "second-neighbour", "", str(row[7])


def dictionary(path: Path) -> Found:
    for row in table(path).to_dict("records"):
        yield "E92000001", "2025", row["Measure_short"], "", row["dps"]


def sexual_health(sheet: str) -> Callable[[Path], Found]:
    def independent(path: Path) -> Found:
        rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
        kind = ""
        for row in rows[1:]:
            kind = row[0] or kind
            group = "" if row[1] == "All" else f"{kind}: {row[1]}"
            for year, value in zip(rows[0][2:], row[2:], strict=True):
                if year is not None and row[1] is not None:
                    yield "W92000004", str(year), "tests", group, "" if value is None else str(value)

    return independent


def matched(word: str, code: str) -> Choice:
    return Choice(f"“{word}” is {code}", {"indicators": {word: code}})


TOTAL_BOYS = "Number of boys looked after continuously for 12 months at 31 March 2010"
OLDER_BOYS = "Number of boys looked after continuously for 12 months aged 10 or over at 31 March"
WALES = Choice("every figure is of Wales", {"area": {"constant": "W92000004"}})
TESTS = Choice("every figure is of one measure", {"indicator": {"constant": "tests"}})
SHAPES = (
    Shape("fingertips-hospital-admissions-0-14.csv", fingertips, "fingertips-download"),
    Shape("ons-els-early-years.csv", explore_local_statistics, "ons-explore-local-statistics"),
    Shape("ons-els-healthy-life-expectancy.csv", explore_local_statistics, "ons-explore-local-statistics"),
    Shape("dfe-ees-eyfsp-headline-2022.csv", early_years_profile, "dfe-explore-education-statistics"),
    Shape("dfe-ees-neet-2025.csv", not_in_education, "dfe-neet"),
    Shape("dfe-ees-children-looked-after-2025.csv", looked_after, "dfe-children-looked-after"),
    Shape("lgbf-argyll-bute-children.csv", benchmarking, "lgbf"),
    Shape("lait_bds_long.csv", interactive_tool, "lait-long", whole="lait_bds_long_full.csv.gz"),
    Shape(
        "statswales-low-birth-weight-preamble.csv",
        statswales,
        "statswales-download",
        (matched("<2000g", "births-1"), matched("2000-2499g", "births-2"), matched("Total", "births-all")),
    ),
    Shape(
        "ons-under-18-conceptions-1998-2017.csv",
        conceptions,
        choices=(
            matched("conceptions_under18", "under-18-conceptions-number"),
            matched("rate_per_1000_15_17", "under-18-conceptions"),
        ),
    ),
    Shape("ukhsa-cover-immunisations-quarterly.csv", immunisations, choices=(matched("PCV_12m", "pcv-12-months"),)),
    Shape(
        "wales-absence-primary.csv",
        welsh_absence("absence-primary-wales"),
        choices=(matched("Percentage of half-day sessions missed", "absence-primary-wales"),),
    ),
    Shape(
        "wales-absence-secondary.csv",
        welsh_absence("absence-secondary-wales"),
        choices=(matched("Percentage of half-day sessions missed", "absence-secondary-wales"),),
    ),
    Shape(
        "dfe-2010-thousands-and-x.csv",
        outcomes_2010,
        choices=(matched(TOTAL_BOYS, "boys-12-months"), matched(OLDER_BOYS, "boys-over-10")),
    ),
    *(
        Shape("phw-sexual-health-less-than-5.xlsx", sexual_health(sheet), sheet=sheet, choices=(WALES, TESTS))
        for sheet in ("Testing", "Diagnosis Chlamydia", "Diagnosis Gonorrhoea", "Diagnosis Syphilis")
    ),
    Shape(
        "dfe-statistical-neighbours-may-2025.xlsx",
        neighbours,
        choices=(
            Choice("every figure is of 2025", {"period": {"constant": "2025"}}),
            matched("SN1", "first-neighbour"),
            matched("SN2", "second-neighbour"),
        ),
    ),
    Shape(
        "lait_data_dictionary.csv",
        dictionary,
        choices=(
            Choice("every figure is of England", {"area": {"constant": "E92000001"}}),
            Choice("every figure is of 2025", {"period": {"constant": "2025"}}),
            Choice(
                "the values stand in dps", {"figures": [{"value": "dps"}], "recognised_by": ["Measure_short", "dps"]}
            ),
            Choice("the words of the file are the codes", {"unmatched": "kept"}),
        ),
    ),
)
