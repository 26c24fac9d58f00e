"""The pages of uploads as a person meets them, and every bad file at their door."""

import csv
import io
import re

import pytest

from indicators import runs, uploads
from indicators.models import Deed, Layout, Upload, UploadState, Value
from tests.indicators.files import FAR_XLS, XLS, xlsx
from tests.indicators.ground import ASHBY, BIRKDALE, ENGLAND, HEADER, SOUTHTOWN, current, table
from tests.indicators.pages import bring, downloaded, file, seen


def test_a_partnership_without_uploads_says_what_would_be_here_and_who_can_add_it(browse):
    for person, words in (("olive", "Upload figures"), ("bob", "Officers and administrators of the partnership")):
        page = seen(browse("uploads", by=person))
        assert "No files yet" in page
        assert words in page
    assert "Upload figures" not in page


def test_from_a_file_to_figures_on_the_pages_and_back(browse):
    review = bring(browse, f"school-ready,{ASHBY},2023,72.5", f"school-ready,{SOUTHTOWN},2023,1")
    page = seen(review)
    assert review.redirect_chain
    assert "Checked, not published" in page
    assert "1 added 0 changed 0 unchanged 1 left out 0 with errors" in page
    assert "1 figure: outside the partnership's areas" in page
    assert not Value.objects.exists()

    upload = Upload.objects.get()
    published = browse("upload-publish", upload.pk, post={})
    assert "1 figure is published." in seen(published)
    assert re.search(r"Published \d+ \w+ \d{4}, \d\d:\d\d, by Olive", seen(published))
    assert "Publish these figures" not in seen(published)
    assert current() == {(ASHBY, "2023"): 72.5}

    withdrawn = browse("upload-withdraw", upload.pk, post={})
    assert "Earlier figures that stand again: 0. Figures gone: 1." in seen(withdrawn)
    assert current() == {}


def test_the_review_shows_old_beside_new_and_what_to_look_at_again(browse, ground):
    ground.publish(
        *(f"school-ready,{ASHBY},{year},{value}" for year, value in ((2021, 70), (2022, 71.5), (2023, 72.5)))
    )
    rows = ("2022,71.9 [r]", "2023,725e-1", "2021,7")
    review = bring(browse, *(f"school-ready,{ASHBY},{row}" for row in rows))
    page = seen(review)
    assert "school-ready Ashby E07000901 2022 everyone 71.5 71.9 [r]" in page
    assert "4 school-ready Ashby E07000901 2021 everyone 70 7 −63 (−90%) look again About ten times too" in page
    assert "1 figure is implausible beside its own series and stands first" in page
    assert page.index("2021 everyone") < page.index("2022 everyone")
    assert "71.9 [r] +0.4 (+0.6%) Revision of a published figure" in page
    html = review.content.decode()
    assert (
        f'data-indicator="school-ready" data-area="{ASHBY}" data-period="2022" data-breakdown="" data-value="71.9"'
        in html
    )


def test_the_review_shows_every_error_with_its_row_column_and_text(browse):
    page = seen(bring(browse, f"scool-ready,{ASHBY},2023,many", f"school-ready,{BIRKDALE},2023,66"))
    assert "2 indicator No indicator has this code. Did you mean “school-ready”? scool-ready" in page
    assert re.search(r"2 value Not a number: [^<]* many", page)
    assert "Publish the 1 valid figure and keep the 1 with errors as a file to mend" in page


def test_a_file_with_errors_is_published_only_with_the_box_ticked(browse):
    bring(browse, f"school-ready,{ASHBY},2023,many", f"school-ready,{BIRKDALE},2023,66")
    upload = Upload.objects.get()
    assert "Some rows of this file are wrong" in seen(browse("upload-publish", upload.pk, post={}))
    assert not Value.objects.exists()
    assert "1 figure is published" in seen(browse("upload-publish", upload.pk, post={"accept_valid": "yes"}))
    assert current() == {(BIRKDALE, "2023"): 66}


def test_what_is_typed_in_a_file_stays_text_on_the_page(browse):
    bring(browse, 'school-ready,<script>alert("x")</script>,2023,<b>1</b>')
    html = browse("upload", Upload.objects.get().pk).content.decode()
    assert "<script>alert" not in html
    assert "<b>1</b>" not in html
    assert "&lt;script&gt;alert" in html


def test_where_figures_changed_meanwhile_the_review_is_shown_anew(browse, ground):
    bring(browse, f"school-ready,{ASHBY},2023,72.5")
    upload = Upload.objects.get()
    ground.publish(f"school-ready,{ASHBY},2023,73.5", by="alice")
    page = seen(browse("upload-publish", upload.pk, post={}))
    assert "have changed since this file was checked" in page
    assert "Ashby E07000901 2023 everyone 73.5 72.5" in page
    assert "1 figure is published" in seen(browse("upload-publish", upload.pk, post={}))


def test_two_people_publish_at_once_and_the_second_is_told_who_was_first(browse):
    bring(browse, f"school-ready,{ASHBY},2023,72.5")
    upload = Upload.objects.get()
    browse("upload-publish", upload.pk, post={}, by="alice")
    assert "This file was published by Alice on" in seen(browse("upload-publish", upload.pk, post={}))
    assert Value.objects.count() == 1


def test_withdrawing_twice_is_told(browse, ground):
    upload = ground.publish(f"school-ready,{ASHBY},2023,72.5")
    browse("upload-withdraw", upload.pk, post={})
    assert "This file was withdrawn by Olive on" in seen(browse("upload-withdraw", upload.pk, post={}))


def test_a_file_can_be_discarded(browse):
    bring(browse, f"school-ready,{ASHBY},2023,72.5")
    upload = Upload.objects.get()
    page = seen(browse("upload-discard", upload.pk, post={}))
    assert "The file is discarded. No figure was changed." in page
    assert re.search(r"Discarded \d+ \w+ \d{4}, \d\d:\d\d, by Olive", page)
    upload.refresh_from_db()
    assert upload.state == UploadState.DISCARDED
    assert "This file was discarded by Olive" in seen(browse("upload-discard", upload.pk, post={}))


def test_a_file_that_changes_nothing_cannot_be_published(browse, ground):
    ground.publish(f"school-ready,{ASHBY},2023,72.5")
    page = seen(bring(browse, f"school-ready,{ASHBY},2023,72.5"))
    assert "There is nothing to publish" in page
    assert "Publish these figures" not in page
    assert "Discard this file" in page


def test_the_board_sees_everything_and_decides_nothing(browse, ground):
    waiting, published = (
        ground.check(f"school-ready,{ASHBY},2023,many"),
        ground.publish(f"school-ready,{ASHBY},2022,71"),
    )
    for upload, word in ((waiting, "Errors"), (published, "Published")):
        page = seen(browse("upload", upload.pk, by="bob"))
        assert word in page
        assert "Withdraw this file" not in page
        assert "Discard this file" not in page


def test_the_list_has_the_newest_first_with_its_state_and_counts(browse, ground):
    ground.publish(f"school-ready,{ASHBY},2022,71", file_name="old.csv")
    ground.check(f"school-ready,{ASHBY},2023,72", f"school-ready,{SOUTHTOWN},2023,1", file_name="new.csv")
    page = seen(browse("uploads", by="bob"))
    assert re.search(
        r"new.csv Checked, not published .* by Olive 1 0 0 1 0 old.csv Published .* by Olive 1 0 0 0 0", page
    )


def test_the_list_takes_the_same_queries_for_one_file_and_for_many(browse, ground, django_assert_max_num_queries):
    ground.check(f"school-ready,{ASHBY},2022,71")
    browse("uploads")
    with django_assert_max_num_queries(7) as one:
        browse("uploads")
    for year in range(1990, 2000):
        upload = ground.check(f"school-ready,{ASHBY},{year},71", by="alice")
        runs.ask(upload=upload, deed=Deed.PUBLISH, by=ground.people["alice"])
    with django_assert_max_num_queries(len(one)):
        browse("uploads")


def test_the_review_takes_the_same_queries_for_one_row_and_for_many(browse, ground, django_assert_max_num_queries):
    small = ground.check(f"school-ready,{ASHBY},2022,71")
    large = ground.check(*(f"school-ready,{ASHBY},{year},71" for year in range(1950, 2000)), "school-ready,Nowhere,1,1")
    browse("upload", small.pk)
    with django_assert_max_num_queries(7) as one:
        browse("upload", small.pk)
    with django_assert_max_num_queries(len(one)):
        browse("upload", large.pk)


def test_the_original_file_is_saved_never_opened(browse):
    content = b"\xef\xbb\xbf" + table(f"school-ready,{ASHBY},2023,72.5")
    browse("upload-new", post={"file": file(content, "Ffigurau Môn.csv")})
    response = browse("upload-original", Upload.objects.get().pk, by="bob")
    assert downloaded(response) == content
    assert response["Content-Disposition"].startswith("attachment; ")
    assert "Ffigurau%20M%C3%B4n.csv" in response["Content-Disposition"]
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_file_with_the_error_column_opens_in_a_spreadsheet_and_comes_back(browse, ground):
    upload = ground.check(f"school-ready,{ASHBY},2023,many,,,,,,=1+1", f"school-ready,{BIRKDALE},2023,66")
    response = browse("upload-errors", upload.pk, by="bob")
    assert response["Content-Disposition"] == 'attachment; filename="figures-errors.csv"'
    content = downloaded(response)
    assert content.startswith(b"\xef\xbb\xbf")
    header, wrong, good = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert header == [*HEADER.split(","), "error"]
    assert wrong[-2] == "'=1+1"
    assert good[-1] == ""

    bring_back = content.replace(b"'=1+1", b"").replace(b"many", b"72.5")
    page = seen(browse("upload-new", post={"file": file(bring_back)}))
    assert "2 added 0 changed 0 unchanged 0 left out 0 with errors" in page
    assert "were not read: error" in page


def test_only_the_rows_to_mend_can_be_had(browse, ground):
    upload = ground.check(f"school-ready,{ASHBY},2023,many", f"school-ready,{BIRKDALE},2023,66")
    content = downloaded(browse("upload-errors", upload.pk, by="bob", query="?rows=wrong")).decode("utf-8-sig")
    header, wrong = csv.reader(io.StringIO(content))
    assert header[-1] == "error"
    assert wrong[:4] == ["school-ready", ASHBY, "2023", "many"]


def test_a_corrected_file_is_held_against_the_earlier_one(browse, ground):
    ground.check(f"school-ready,{ASHBY},2023,many", f"school-ready,{ASHBY},soon,70")
    earlier = Upload.objects.get()
    assert "This file corrects figures.csv" in seen(browse("upload-new", query=f"?corrects={earlier.pk}"))
    rows = table(f"school-ready,{ASHBY},2023,72.5", f"school-ready,{ASHBY},soon,70", f"scool-ready,{ASHBY},2022,70")
    page = seen(browse("upload-new", query=f"?corrects={earlier.pk}", post={"file": file(rows)}))
    assert "This file corrects figures.csv" in page
    assert "1 mistake mended 1 remaining 1 new" in page
    mended, remaining, new = (page.index(words) for words in ("many", " soon", " scool-ready"))
    assert page.index("Errors of the earlier file that are mended") < mended
    assert mended < page.index("Errors that the earlier file had too") < remaining < page.index("New errors") < new


def test_an_implausible_figure_is_published_only_with_the_box_ticked(browse):
    bring(browse, f"school-ready,{ASHBY},2023,104")
    upload = Upload.objects.get()
    assert "Some figures look implausible" in seen(browse("upload-publish", upload.pk, post={}))
    assert not Value.objects.exists()
    assert "1 figure is published" in seen(browse("upload-publish", upload.pk, post={"confirm_doubtful": "yes"}))


def test_what_was_left_out_of_a_publication_can_be_had_to_mend(browse):
    bring(browse, f"school-ready,{ASHBY},2023,many", f"school-ready,{BIRKDALE},2023,66")
    upload = Upload.objects.get()
    response = browse("upload-publish", upload.pk, post={"accept_valid": "yes"})
    assert "1 figure with an error was not published" in seen(response)
    assert f"/northshire/uploads/{upload.pk}/errors/?rows=wrong" in response.content.decode()
    assert f"/northshire/uploads/new/?corrects={upload.pk}" in response.content.decode()


def test_a_download_of_the_pages_uploads_again_with_everything_unchanged(browse, ground):
    ground.publish(
        f"school-ready,{ASHBY},2023,72.35331609425647 [p],70,75,870,1200,,A note",
        f"school-ready,{ASHBY},2022,[c],,,,,sex: Female",
        f"school-ready,{ENGLAND},2023,69.5",
    )
    download = browse("indicator-values", "school-ready", by="bob")
    page = seen(
        browse(
            "upload-new",
            post={"file": file(b"".join(download) if download.streaming else download.content, "values.csv")},
        )
    )
    assert "0 added 0 changed 3 unchanged 0 left out 0 with errors" in page


@pytest.mark.parametrize("name", ["upload", "upload-original", "upload-errors"])
def test_an_upload_of_another_partnership_is_not_found_here(browse, ground, name):
    theirs = ground.check(f"school-ready,{SOUTHTOWN},2023,70", by="charlie", partnership=ground.southtown)
    assert browse(name, theirs.pk, by="alice").status_code == 404
    assert browse(name, theirs.pk, by="stella").status_code == 404
    assert browse(name, theirs.pk, by="stella", partnership="southtown").status_code == 200


@pytest.mark.parametrize("name", ["upload-publish", "upload-discard", "upload-withdraw"])
def test_nor_can_it_be_decided_on_here(browse, ground, name):
    theirs = ground.check(f"school-ready,{SOUTHTOWN},2023,70", by="charlie", partnership=ground.southtown)
    assert browse(name, theirs.pk, by="alice", post={}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == UploadState.CHECKED


def test_where_the_figures_come_from_is_kept_and_shown(browse):
    page = seen(bring(browse, f"school-ready,{ASHBY},2023,72.5", title="Our survey", url="www.example.org/survey"))
    assert "Where the figures come from Our survey https://www.example.org/survey" in page


def test_a_wrong_address_keeps_what_was_typed_and_is_told_beside_the_field(browse):
    response = bring(browse, f"school-ready,{ASHBY},2023,72.5", title="Our survey", url="not an address")
    assert response.status_code == 200
    assert "Enter an address such as https://www.example.org/statistics" in seen(response)
    assert 'value="Our survey"' in response.content.decode()
    assert not Upload.objects.exists()


def test_layouts_of_the_partnership_are_offered_before_those_of_publishers_and_no_other(browse, ground):
    data = {"area": {"columns": ["Where"]}}
    for name, of in (("shipped", None), ("ours", ground.northshire), ("theirs", ground.southtown)):
        Layout.objects.create(name=name, title=name.title(), partnership=of, data=data)
    page = seen(browse("upload-new"))
    assert re.search(r"Recognised by its column names Ours Shipped", page)
    assert "Theirs" not in page
    theirs = Layout.objects.get(name="theirs")
    response = browse("upload-new", post={"file": file(table(GOOD)), "layout": theirs.pk})
    assert "Choose one of the layouts listed" in seen(response)
    assert not Upload.objects.exists()


def test_a_layout_can_be_chosen_where_there_are_any(browse):
    assert 'name="layout"' not in browse("upload-new").content.decode()
    layout = Layout.objects.create(
        name="theirs",
        title="Theirs",
        data={
            "name": "theirs",
            "title": "Theirs",
            "area": {"columns": ["Where"]},
            "period": {"columns": ["When"]},
            "indicator": {"constant": "school-ready"},
            "figures": [{"value": "What"}],
        },
    )
    assert 'name="layout"' in browse("upload-new").content.decode()
    content = f"Where,When,What\n{ASHBY},2023,72.5\n".encode()
    page = seen(browse("upload-new", post={"file": file(content), "layout": layout.pk}))
    assert "1 added" in page


def workbook(*rows: list) -> bytes:
    return xlsx(HEADER.split(",")[:4], *rows)


GOOD = f"school-ready,{ASHBY},2023,72.5"
# A file, its name, and words of the page that refuses it as a whole.
NO_TABLES = {
    "nothing": (b"", "a.csv", "The file is empty"),
    "blanks": (b" \n \n", "a.csv", "The file is empty"),
    "a header alone": (table(), "a.csv", "there is a header and no row under it"),
    "a column twice": (b"area,indicator,period,value,Value\na,b,c,d,e\n", "a.csv", "two columns have this name"),
    "neither UTF-8 nor Windows-1252": (table(GOOD) + b"\x81\x8d\xff", "a.csv", "neither in UTF-8 nor in Windows-1252"),
    "a NUL": (table(GOOD).replace(b"72.5", b"72\x00.5"), "a.csv", "characters that no text has"),
    "an open quotation mark": (table(GOOD, '"school-ready,x,y'), "a.csv", "quotation mark"),
    "a spreadsheet named .csv": (
        workbook(["school-ready", ASHBY, "2023", 72.5]),
        "a.csv",
        "the name says that this is",
    ),
    "text named .xlsx": (table(GOOD), "a.xlsx", "the name says that this is"),
    "a broken spreadsheet": (b"PK\x03\x04xl/workbook.xml and no more", "a.xlsx", "damaged"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "a.csv", ""),
    "a web page": (b"<!doctype html><html><table><tr><td>1</td></tr></table></html>", "a.xls", "this is a web page"),
    "a single cell at the far corner": (FAR_XLS, "a.xls", ""),
    "one line of 10 MB": (b"x," * (5 * 1024 * 1024 - 1), "a.csv", "this line has more than"),
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_is_no_table_of_figures_is_refused_on_the_form(browse, name):
    content, file_name, words = NO_TABLES[name]
    response = browse("upload-new", post={"file": file(content, file_name), "title": "Our survey"})
    assert response.status_code == 200
    page = seen(response)
    assert "There is a problem" in page
    assert words.lower() in page.lower()
    assert 'value="Our survey"' in response.content.decode()
    assert not Upload.objects.exists()
    assert not Value.objects.exists()


@pytest.mark.parametrize(
    "content", [GOOD.encode() + b"\n" + GOOD.encode(), b"indicator,area,period\nschool-ready,Ashby,2023\n"]
)
def test_a_table_that_nothing_recognises_is_kept_and_asked_about(browse, content):
    response = browse("upload-new", post={"file": file(content)})
    upload = Upload.objects.get()
    assert upload.state == UploadState.RECEIVED
    assert response.redirect_chain == [(f"/northshire/uploads/{upload.pk}/mapping/", 302)]
    assert "Nobody has said yet how this file is read" in seen(browse("upload", upload.pk))


def test_text_in_utf_16_is_read(browse):
    page = seen(browse("upload-new", post={"file": file(table(GOOD).decode().encode("utf-16"))}))
    assert "1 added 0 changed" in page


def test_a_file_that_is_too_large_is_refused_before_it_is_read(browse, settings):
    settings.UPLOAD_MAX_BYTES = 100
    page = seen(browse("upload-new", post={"file": file(table(*[GOOD] * 9))}))
    assert "is the most that is read" in page
    assert not Upload.objects.exists()


def test_no_file_at_all_is_told(browse):
    response = browse("upload-new", post={})
    assert response.status_code == 200
    assert "Choose a file" in seen(response)


# A row, and words of the review that rejects it.
BAD_ROWS = {
    "cells too many": (f"{GOOD},,,,,,a,b,c", "the header has 10 cells and this row 12"),
    "NaN": (f"school-ready,{BIRKDALE},2023,NaN", "publishers use 'NaN' for different things"),
    "infinity": (f"school-ready,{BIRKDALE},2023,inf", "not a number"),
    "a formula": (f"school-ready,{BIRKDALE},2023,=A1", "a formula, not its result"),
    "a spreadsheet's error": (f"school-ready,{BIRKDALE},2023,#DIV/0!", "the spreadsheet could not work this out"),
    "an unknown indicator": (f"no-such,{BIRKDALE},2023,1", "no indicator has this code"),
    "an unknown area": ("school-ready,Birkdalle,2023,1", "Did you mean “Birkdale”?"),
    "an unknown period": (f"school-ready,{BIRKDALE},2023/25,1", "not the year after"),
    "a decimal comma": (f'school-ready,{BIRKDALE},2023,"72,5",,,,,,', "commas stand between thousands"),
    "the same fact twice": (GOOD, "rows 2 and 3 give the same indicator"),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_wrong_row_is_rejected_on_the_review(browse, name):
    row, words = BAD_ROWS[name]
    response = browse("upload-new", post={"file": file(table(GOOD, row))})
    assert response.status_code == 200
    assert words.lower() in seen(response).lower()
    assert not Value.objects.exists()
    assert Upload.objects.get().rejected


def test_a_spreadsheet_is_read(browse):
    content = workbook(["school-ready", ASHBY, 2023, 72.5], ["school-ready", "Birkdale", "2023", "c"])
    page = seen(browse("upload-new", post={"file": file(content, "figures.xlsx")}))
    assert "2 added 0 changed" in page


def test_a_spreadsheet_may_hold_what_no_database_takes(browse):
    book = xlsx([*HEADER.split(",")[:4], "he_x0000_ad"], ["school-ready", "x_x0000_y", "2023", "7_x0001_", "z"])
    page = seen(browse("upload-new", post={"file": file(book, "figures.xlsx")}))
    assert "2 area A character that cannot be seen: type the cell again x�y" in page
    assert "were not read: he�ad" in page


def test_an_old_spreadsheet_is_read(browse):
    page = seen(browse("upload-new", post={"file": file(XLS, "figures.xls")}))
    assert "2 left out 0 with errors" in page
    assert "2 figures: a code of no area that this site knows" in page


def test_publishing_is_by_post_alone(browse, ground):
    upload = ground.check(GOOD)
    for name in ("upload-publish", "upload-discard", "upload-withdraw"):
        assert browse(name, upload.pk).status_code == 405
    assert uploads.publish(upload=upload, by=ground.people["olive"]).added == 1
