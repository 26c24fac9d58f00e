"""The page of what is missing and its spreadsheet: asked for, filled in and uploaded again."""

import io
from datetime import date

import openpyxl
import pytest
from django.utils import timezone

from indicators.models import Value
from indicators.templatefile import CONTENT_TYPE, FILL_IN_COLUMN, INFORMING
from indicators.views import templates
from outcomes.models import Measure
from partnerships.models import Area
from tests.reading import page
from tests.uploading import bring, counts

PAGE, FILE = "/northshire/uploads/template/", "/northshire/uploads/template.xlsx"
ASHBY, COTTERHAM = "E07000901", "E07000903"


@pytest.fixture(autouse=True)
def on_1_june_2026(monkeypatch):
    local = timezone.localdate
    monkeypatch.setattr(timezone, "localdate", lambda moment=None: local(moment) if moment else date(2026, 6, 1))


@pytest.fixture
def officer(world, client):
    world.sign_in(client, "olive")
    return client


def rows(response) -> list[dict[str, str]]:
    assert response.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    head, *found = book.worksheets[0].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in found]


def test_the_spreadsheet_holds_the_periods_that_ought_to_exist_by_now(officer):
    response = officer.get(FILE, {"indicator": "school-ready"})
    assert response.headers["Content-Type"] == CONTENT_TYPE
    assert 'filename="northshire-missing-2026-06-01.xlsx"' in response.headers["Content-Disposition"]
    found = rows(response)
    ashby = [(row["period"], row["last period"]) for row in found if row["area"] == ASHBY]
    assert ashby == [("2024", "2023"), ("2025", "2023")]
    assert {row["area name"] for row in found} == {"Northshire", "Ashby", "Birkdale", "Cotterham"}
    assert {row["indicator"] for row in found} == {"school-ready"}


def test_areas_without_any_figure_are_asked_for_and_ended_ones_are_not(officer):
    Value.objects.filter(area__code__in=[ASHBY, COTTERHAM], indicator__code="school-ready").update(is_current=False)
    Area.objects.filter(code=COTTERHAM).update(ends_on=date(2025, 4, 1))
    found = rows(officer.get(FILE, {"indicator": "school-ready", "rows": "nothing"}))
    assert [(row["area"], row["period"], row["fill in"]) for row in found] == [
        (ASHBY, period, "no figure for this area yet") for period in ("2023", "2024", "2025")
    ]


def test_one_period_can_be_asked_for(officer):
    found = rows(officer.get(FILE, {"indicator": "school-ready", "period": "2025"}))
    assert {row["period"] for row in found} == {"2025"}
    assert len(found) == 4


def test_only_what_the_strategys_measures_use_is_asked_for(world, officer):
    Measure.objects.exclude(code="school-ready").update(retired_at=timezone.now())
    assert {row["indicator"] for row in rows(officer.get(FILE))} == {"school-ready"}
    assert {row["indicator"] for row in rows(officer.get(FILE, {"strategy": "start-well"}))} == {"school-ready"}


def test_filled_in_it_is_uploaded_like_any_value_file(world, officer):
    response = officer.get(FILE, {"rows": "next"})
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == "value")
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, column, 12 if row % 2 else "c")
    buffer = io.BytesIO()
    book.save(buffer)
    found = bring(buffer.getvalue(), "filled.xlsx", world.partnership(), world.scope("olive"), world.user("olive"))
    assert counts(found) == {"added": sheet.max_row - 1, "changed": 0, "unchanged": 0, "left_out": 0, "rejected": 0}
    assert set(found.report["ignored_columns"]) == set(INFORMING)
    assert FILL_IN_COLUMN in found.report["ignored_columns"]


def test_rows_that_nobody_filled_in_are_left_out(world, officer):
    response = officer.get(FILE, {"rows": "next"})
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    sheet = book.worksheets[0]
    sheet.cell(2, next(cell.column for cell in sheet[1] if cell.value == "value"), 12)
    buffer = io.BytesIO()
    book.save(buffer)
    found = bring(buffer.getvalue(), "half.xlsx", world.partnership(), world.scope("olive"), world.user("olive"))
    assert counts(found) == {"added": 1, "changed": 0, "unchanged": 0, "left_out": sheet.max_row - 2, "rejected": 0}


def test_the_page_counts_what_it_will_hold(officer):
    found = page(officer.get(PAGE, {"indicator": "school-ready"}))
    assert "It will hold 8 rows" in found.text
    assert found.one("input", value="school-ready")["checked"] == ""
    assert found.find("a", href="/northshire/uploads/new/")
    assert page(officer.get("/northshire/uploads/new/")).find("a", href=PAGE)


def test_too_many_rows_are_cut_with_a_sentence(officer, monkeypatch):
    monkeypatch.setattr(templates, "MOST_ROWS", 5)
    assert "3 more missing figures are left out." in page(officer.get(PAGE, {"indicator": "school-ready"})).text
    response = officer.get(FILE, {"indicator": "school-ready"})
    assert len(rows(response)) == 5
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert "3 more figures are missing" in book.worksheets[2]["A3"].value


def test_nothing_missing_is_said(officer):
    found = page(officer.get(PAGE, {"indicator": "school-ready", "period": "2023"}))
    assert "Nothing is missing" in found.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"period": "when it rained"}, "This is not a period"),
        ({"period": "\0"}, "Null characters are not allowed"),
        ({"strategy": "growing-up"}, "growing-up is not one of the available choices"),
        ({"indicator": "nonsense"}, "nonsense is not one of the available choices"),
        ({"rows": "many"}, "many is not one of the available choices"),
    ],
)
def test_a_choice_that_cannot_be_is_told_on_the_page(officer, query, words):
    response = officer.get(PAGE, query)
    assert response.status_code == 400
    assert words in response.content.decode()
    assert "There is a problem" in response.content.decode()
    leads = officer.get(FILE, query)
    assert (leads.status_code, leads.headers["Location"].split("?")[0]) == (302, PAGE)


@pytest.mark.parametrize("address", [PAGE, FILE])
def test_ten_queries_suffice_for_few_indicators_and_for_many(
    officer, address, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(10) as many:
        officer.get(address)
    Measure.objects.exclude(code="school-ready").update(retired_at=timezone.now())
    with django_assert_num_queries(len(many)):
        officer.get(address)
