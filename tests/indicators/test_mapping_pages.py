"""The mapping page: files that nothing recognises, each read with a few choices, and what keeps it honest."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from indicators import uploads
from indicators.mapping import key
from indicators.models import Layout, Upload, UploadState
from tests.indicators.files import xlsx
from tests.indicators.ground import ASHBY, BIRKDALE, Ground, current
from tests.indicators.test_upload_pages import seen

PUBLISHED = Path(__file__).parent / "published"
MISSED = "Percentage of half-day sessions missed"
BOYS = (
    "Number of boys looked after continuously for 12 months at 31 March 2010",
    "Number of boys looked after continuously for 12 months aged 10 or over at 31 March",
)
# A page asks for as many figures, areas and names whatever stands in the file.
MOST_QUERIES = 24


@pytest.fixture
def olive(ground: Ground, client: Client) -> Client:
    client.force_login(ground.people["olive"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def bring(client: Client, content: bytes, name: str = "table.csv"):
    file = SimpleUploadedFile(name, content)
    page = client.post(reverse("upload-new", args=["northshire"]), {"file": file}, follow=True)
    assert page.redirect_chain, seen(page)
    return page


def here(name: str) -> bytes:
    """A published file, with areas of the tests' world in place of those that it knows not."""
    content = (PUBLISHED / name).read_bytes()
    for theirs, ours in (("E10000017", ASHBY), ("Flintshire", "Ashby"), ("\r\n301,", "\r\nE07000901,")):
        content = content.replace(theirs.encode(), ours.encode()) if name.endswith(".csv") else content
    return content


def filled(page) -> dict[str, str]:
    """Every control of the form as the page shows it."""
    form = page.context["form"]
    return {name: "on" if value is True else value for name in form.fields if (value := form[name].value())}


def value_field(page, header: str) -> str:
    return f"value_{page.context['look'].names.index(header)}"


def answer(client: Client, page, button: str, **changed: str):
    """The form of the page sent again with some controls changed."""
    assert len(changed) <= 5
    assert changed.keys() <= page.context["form"].fields.keys()
    path, query = page.request["PATH_INFO"], page.request["QUERY_STRING"]
    return client.post(f"{path}?{query}", {**filled(page), **changed, button: ""}, follow=True)


def choices(page, name: str) -> dict[str, str]:
    if name.startswith("ukhsa"):
        return {value_field(page, "PCV_12m"): "k:school-ready"}
    if name.startswith("wales"):
        return {"area_1": "c:area_name", key("word", MISSED): "school-ready"}
    if name.startswith("dfe"):
        return {value_field(page, BOYS[0]): "k:live-births", value_field(page, BOYS[1]): "k:infant-deaths"}
    return {"area_1": f"k:{ASHBY}", "indicator_1": "k:live-births"}


FILES = (
    ("ukhsa-cover-immunisations-quarterly.csv", ""),
    ("wales-absence-primary.csv", ""),
    ("dfe-2010-thousands-and-x.csv", ""),
    ("phw-sexual-health-less-than-5.xlsx", "Diagnosis Syphilis"),
)


@pytest.mark.parametrize(("name", "sheet"), FILES)
def test_a_published_file_is_read_with_a_few_choices(olive, name, sheet):
    page = bring(olive, here(name), name)
    assert "Say how the file is read" in seen(page)
    if sheet:
        page = olive.get(page.redirect_chain[-1][0], {"sheet": sheet})
    preview = answer(olive, page, "preview", **choices(page, name))
    trial = preview.context["trial"]
    assert trial.good > 0, seen(preview)
    assert not trial.wrong
    assert trial.examples
    checked = answer(olive, preview, "read")
    upload = Upload.objects.get()
    assert upload.state == UploadState.CHECKED, seen(checked)
    assert (upload.added, upload.rejected, upload.sheet) == (trial.good, 0, sheet)
    assert upload.layout == Layout.objects.get(partnership__slug="northshire")


def test_what_was_matched_once_is_recognised_next_year(olive):
    page = bring(olive, here("wales-absence-primary.csv"), "wales.csv")
    answer(olive, page, "read", title="Absence", **{"area_1": "c:area_name", key("word", MISSED): "school-ready"})
    again = bring(olive, here("wales-absence-primary.csv").replace(b"2013/14", b"2020/21"), "wales-next.csv")
    assert "/mapping/" not in again.redirect_chain[-1][0]
    assert Upload.objects.first().layout.title == "Absence"


def test_without_saving_the_file_is_read_all_the_same(olive):
    page = bring(olive, b"place,year,births\nAshby,2023,5\nBirkdale,2023,6\n")
    form = {**filled(page), value_field(page, "births"): "k:live-births", "read": ""}
    del form["keep"]
    olive.post(page.redirect_chain[-1][0], form)
    assert not Layout.objects.filter(partnership__isnull=False).exists()
    upload = Upload.objects.get()
    assert (upload.state, upload.added, upload.layout) == (UploadState.CHECKED, 2, None)
    uploads.publish(upload=upload, by=upload.uploaded_by, confirm_doubtful=True)
    assert current() == {(ASHBY, "2023"): 5, (BIRKDALE, "2023"): 6}


def test_a_preview_says_why_figures_are_left_out_or_wrong(olive):
    page = bring(olive, b"place,year,births\nAshby,2023,5\nNowhere,2023,6\nBirkdale,2023,many\n")
    preview = answer(olive, page, "preview", value_2="k:live-births", period_1="c:year")
    words = seen(preview)
    assert "1 read, 1 left out, 1 wrong" in words
    assert "Left out: no area here has this code or name" in words
    assert "Wrong:" in words
    assert "Nowhere (1 figure)" in words


def test_a_name_that_nobody_knows_is_matched_with_an_area(olive):
    page = bring(olive, b"place,year,births\nAshby,2023,5\nAshbee Town,2023,6\n")
    preview = answer(olive, page, "preview", value_2="k:live-births")
    assert preview.context["trial"].good == 1
    preview = answer(olive, preview, "preview", **{key("place", "Ashbee Town"): BIRKDALE})
    assert preview.context["trial"].good == 2


def test_nothing_typed_is_lost_where_something_is_missing(olive):
    page = bring(olive, b"place,year,births\nAshby,2023,5\n")
    bad = {"area_1": "", "title": "", "value_2": "k:live-births", "markers": "no mark", "everyone": "<b>All</b>"}
    again = answer(olive, page, "read", **bad)
    assert Upload.objects.get().state == UploadState.RECEIVED
    assert {"title", "markers"} <= again.context["form"].errors.keys()
    assert {name: again.context["form"][name].value() for name in bad} == bad
    assert "<b>All</b>" not in again.content.decode()
    again = answer(olive, page, "read", area_1="", value_2="k:live-births")
    assert again.context["form"].errors["area_1"] == ["Say in which columns the area stands, or which it is"]
    again = answer(olive, page, "read", period_1="text", value_2="k:live-births")
    assert "period_text" in again.context["form"].errors
    again = answer(olive, page, "read")
    assert "No measure is matched yet" in seen(again)


def test_what_stands_in_a_file_is_never_markup(olive):
    bad = "<script>alert(1)</script>{% x %}{{ y }}"
    page = bring(olive, f"place,year,{bad},measure\nAshby,2023,5,{bad}\nNo{bad},2023,6,{bad}2\n".encode(), "x.csv")
    preview = answer(olive, page, "preview", **{value_field(page, bad): "k:live-births", "area_1": "c:place"})
    for shown in (page, preview):
        assert bad not in shown.content.decode()


def test_another_header_row_can_be_chosen(olive):
    page = bring(olive, b"a title,,\nplace,year,births\nArea,Year,Number\nAshby,2023,5\n")
    address = page.redirect_chain[-1][0]
    page = olive.get(address, {"header": "2", "rows": "2"})
    assert page.context["look"].names == ("place Area", "year Year", "births Number")
    preview = answer(olive, page, "preview", value_2="k:live-births", area_1="c:place Area", period_1="c:year Year")
    assert preview.context["trial"].good == 1
    for nonsense in ({"header": "x"}, {"header": "999"}, {"rows": "77"}, {"sheet": "none"}):
        assert olive.get(address, nonsense).status_code == 200


def test_another_sheet_is_looked_at_afresh(olive):
    def second(book) -> None:
        sheet = book.create_sheet("Second")
        for row in (["a title"], ["place", "year", "births"], ["Ashby", 2023, 5]):
            sheet.append(row)

    book = xlsx(["place", "year"], ["Ashby", 2023], prepare=second)
    address = bring(olive, book, "two.xlsx").redirect_chain[-1][0]
    asked = {"sheet": "Second", "of": "Sheet", "header": "1", "rows": "1"}
    assert olive.get(address, asked).context["look"].header_number == 2
    assert olive.get(address, {**asked, "of": "Second"}).context["look"].header_number == 1


def test_a_layout_of_one_sheet_never_reads_another_with_the_same_columns(olive):
    def second(book) -> None:
        sheet = book.create_sheet("Births")
        for row in (["place", "year", "number"], ["Ashby", 2023, 55]):
            sheet.append(row)

    book = xlsx(["place", "year", "number"], ["Ashby", 2023, 1], prepare=second)
    address = bring(olive, book, "two.xlsx").redirect_chain[-1][0]
    page = olive.get(address, {"sheet": "Births"})
    answer(olive, page, "read", value_2="k:live-births", title="Births by place")
    bring(olive, book, "again.xlsx")
    again = Upload.objects.get(file_name="again.xlsx")
    assert (again.sheet, again.layout.title) == ("Births", "Births by place")
    assert olive.post(
        reverse("upload-new", args=["northshire"]),
        {"file": SimpleUploadedFile("chosen.xlsx", book), "layout": again.layout.pk},
    )
    assert Upload.objects.get(file_name="chosen.xlsx").sheet == "Births"


def test_a_checked_file_can_be_read_otherwise_and_a_published_one_cannot(olive, ground):
    page = bring(olive, b"place,year,births,deaths\nAshby,2023,50,6\n")
    answer(olive, page, "read", value_2="k:live-births")
    upload = Upload.objects.get()
    address = reverse("upload-mapping", args=["northshire", upload.pk])
    assert address in olive.get(upload.get_absolute_url()).content.decode()
    page = olive.get(address)
    assert filled(page)["value_2"] == "k:live-births"
    answer(olive, page, "read", value_3="k:infant-deaths")
    upload.refresh_from_db()
    assert upload.added == 2
    assert Layout.objects.filter(partnership=ground.northshire).count() == 1
    uploads.publish(upload=upload, by=ground.people["olive"], confirm_doubtful=True)
    for page in (olive.get(address, follow=True), olive.post(address, {"read": ""}, follow=True)):
        assert page.redirect_chain[-1][0] == upload.get_absolute_url()
        assert "no longer waiting" in seen(page)


@pytest.mark.parametrize(("person", "status"), [("olive", 200), ("alice", 200), ("bob", 403), ("charlie", 404)])
def test_who_may_say_how_a_file_is_read(olive, ground, client, person, status):
    page = bring(olive, b"place,year,births\nAshby,2023,5\n")
    client.force_login(ground.people[person], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(page.redirect_chain[-1][0]).status_code == status


def test_a_page_asks_the_database_no_more_for_a_wide_file(olive, django_assert_max_num_queries):
    small = bring(olive, b"place,year,births\nAshby,2023,5\n").redirect_chain[-1][0]
    wide = bring(olive, here("dfe-2010-thousands-and-x.csv"), "wide.csv").redirect_chain[-1][0]
    for address in (small, wide):
        with django_assert_max_num_queries(MOST_QUERIES):
            olive.get(address)


def test_layouts_are_listed_copied_edited_and_removed(olive, ground):
    shipped = Layout.objects.create(
        name="shipped", title="A shipped one", data={"name": "shipped", **LAYOUT, "recognised_by": ["place", "year"]}
    )
    words = seen(olive.get(reverse("layouts", args=["northshire"])))
    assert "A shipped one" in words
    assert "The area stands in “place”." in words
    address = reverse("layout", args=["northshire", shipped.pk])
    assert "Save a copy for this partnership" in seen(olive.get(address))
    olive.post(address, {"remove_now": "yes"})
    olive.post(address, {"save": "", "title": "Mine", "data": "name: x"})
    shipped.refresh_from_db()
    assert shipped.title == "A shipped one"
    olive.post(address, {"copy": "yes"})
    copy = Layout.objects.get(partnership=ground.northshire)
    own = reverse("layout", args=["northshire", copy.pk])
    bad = olive.post(own, {"save": "", "title": "Mine", "data": "ara: {}\nfigures: 3\n"})
    assert len(bad.context["form"].errors["data"]) > 1
    assert "ara: {}" in bad.content.decode()
    broken = olive.post(own, {"save": "", "title": "Mine", "data": "area: [x\n"})
    assert broken.context["form"].errors["data"][0].startswith("Line ")
    good = olive.get(own).context["form"]["data"].value().replace("births", "deaths")
    olive.post(own, {"save": "", "title": "Mine", "data": good})
    copy.refresh_from_db()
    assert (copy.title, copy.data["figures"][0]["value"]) == ("Mine", "deaths")
    assert "Remove “Mine”?" in seen(olive.post(own, {"remove": "yes"}))
    olive.post(own, {"remove_now": "yes"})
    assert not Layout.objects.filter(partnership=ground.northshire).exists()


def test_a_layout_of_another_partnership_is_not_there(olive, ground):
    theirs = Layout.objects.create(name="theirs", title="Theirs", data={}, partnership=ground.southtown)
    assert olive.get(reverse("layout", args=["northshire", theirs.pk])).status_code == 404


LAYOUT = {
    "area": {"columns": ["place"]},
    "period": {"columns": ["year"]},
    "figures": [{"value": "births", "indicator": "live-births"}],
}
