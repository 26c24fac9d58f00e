"""Journeys to what was: a figure is revised, its history read and its file withdrawn; a template is filled in."""

import io

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.test_journeys import SCREENS, every_screen, look, workbook

pytestmark = pytest.mark.browser
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def bring(page, name: str, content: bytes) -> None:
    page.goto("/lancashire/uploads/new/")
    page.get_by_label("File of figures").set_input_files({"name": name, "mimeType": XLSX, "buffer": content})
    page.get_by_role("button", name="Check the file").click()
    if page.get_by_label("implausible").count():
        page.get_by_label("implausible").check()
    page.get_by_role("button", name="Publish these figures").click()


@every_screen
def test_an_officer_withdraws_a_file_knowing_what_comes_back(open_page, width, javascript):
    """Each screen has an area of its own, since they share one site."""
    area = ("E07000117", "E07000118", "E07000119", "E07000120")[SCREENS.index((width, javascript))]
    page = open_page(width=width, javascript=javascript)
    sign_in(page, "officer.lancashire")
    page.goto(f"/lancashire/indicators/gld/?area={area}")
    before = page.locator(".app-latest").get_attribute("data-value")
    period = page.locator(".app-latest").get_attribute("data-period")
    rows = [["indicator", "area", "period", "value"], ["gld", area, period, 1.5], ["gld", area, "2001/02", 2.5]]
    bring(page, f"mistake-{area}.xlsx", workbook(rows))
    withdrawal = page.get_by_role("region", name="Withdraw this file")
    expect(withdrawal).to_contain_text("figure comes back to an earlier version")
    expect(withdrawal).to_contain_text("figure is gone: no other file gives it")
    withdrawal.get_by_text("Show fact by fact what would stand").click()
    expect(withdrawal.locator('tr[data-outcome="back"] .app-figure').last).to_have_attribute("data-value", before)
    look(page, javascript)
    page.goto(f"/lancashire/indicators/gld/?area={area}")
    page.get_by_role("link", name=f"history of the figure for {period}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("History of a figure")
    expect(page.locator(".app-version--stands .app-figure")).to_have_attribute("data-value", "1.5")
    look(page, javascript)
    page.get_by_role("link", name=f"mistake-{area}.xlsx").click()
    page.get_by_role("button", name="Withdraw this file").click()
    expect(page.get_by_role("main")).to_contain_text("What withdrawing this file did")
    look(page, javascript)
    page.goto(f"/lancashire/indicators/gld/?area={area}")
    expect(page.locator(".app-latest")).to_have_attribute("data-value", before)


@every_screen
def test_an_officer_fills_in_what_is_missing(open_page, width, javascript):
    code = ("sen-support", "phonics-year-1", "persistent-absence", "ehc-plans")[SCREENS.index((width, javascript))]
    page = open_page(width=width, javascript=javascript)
    sign_in(page, "officer.lancashire")
    page.goto("/lancashire/uploads/new/")
    page.get_by_role("link", name="Download a spreadsheet with the figures that are missing").click()
    look(page, javascript)
    page.goto(f"/lancashire/uploads/template/?indicator={code}&rows=next")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the spreadsheet").click()
    bring(page, f"filled-{code}.xlsx", filled(download.value.path().read_bytes()))
    expect(page.get_by_role("main")).to_contain_text("Withdraw")
    page.goto(f"/lancashire/indicators/{code}/")
    expect(page.locator(".app-latest")).to_have_attribute("data-value", "12")


def filled(content: bytes) -> bytes:
    """Every row of a template with the same figure."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet, buffer = book.worksheets[0], io.BytesIO()
    column = next(cell.column for cell in sheet[1] if cell.value == "value")
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, column, 12)
    book.save(buffer)
    return buffer.getvalue()


@every_screen
def test_a_visitor_goes_back_in_time_and_forth_again(open_page, width, javascript):
    page = open_page(width=width, javascript=javascript)
    page.goto("/lancashire/dashboard/E10000017/")
    page.get_by_label("As known on").fill("2020-01-31")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("main")).to_contain_text("Drawn as it was known on 31 January 2020.")
    for link, heading in (("All areas side by side", "All areas side by side"), ("Burnley", "How Burnley is doing")):
        page.get_by_role("main").get_by_role("link", name=link, exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        expect(page.get_by_role("main")).to_contain_text("Drawn as it was known on 31 January 2020.")
    look(page, javascript)
    page.get_by_role("link", name="Show what is known now").click()
    expect(page.get_by_role("main")).not_to_contain_text("Drawn as it was known")
    expect(page.get_by_role("main")).to_contain_text("improved")
