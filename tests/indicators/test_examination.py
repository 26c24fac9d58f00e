"""What is found in a file: what is right, left out and wrong, and the file with an error column."""

from datetime import date
from itertools import zip_longest

import pytest
from django.utils import timezone

from indicators import errorfile, originals, uploads
from indicators.examination import FileRefused
from indicators.models import Indicator, OriginalFile, Upload, UploadState, Value
from partnerships import comparatorsets
from partnerships.models import Area, ComparatorMember, ComparatorSet, Partnership, User
from tests.indicators.ground import ASHBY, BIRKDALE, ENGLAND, HEADER, SOUTHTOWN, UNUSED, counts, current, table


def problems(upload: Upload) -> list[tuple[int, str, str]]:
    return [(problem["line"], problem["column"], problem["message"]) for problem in upload.report["problems"]]


def only_problem(upload: Upload) -> dict:
    (problem,) = upload.report["problems"]
    return problem


def test_checking_keeps_the_file_and_changes_no_figure(ground):
    content = table(f"school-ready,{ASHBY},2023,72.5")
    upload = ground.check(content=content, source=uploads.Source("Ministry", "Children", "https://example.org/", "OGL"))

    assert counts(upload) == {"added": 1}
    assert upload.state == UploadState.CHECKED
    assert upload.uploaded_by == ground.people["olive"]
    assert (upload.publisher, upload.source, upload.source_url, upload.licence) == (
        "Ministry",
        "Children",
        "https://example.org/",
        "OGL",
    )
    assert b"".join(originals.contents(upload.original)) == content
    assert upload.original.size == len(content)
    assert not Value.objects.exists()


def test_the_same_bytes_are_kept_once(ground):
    ground.check(f"school-ready,{ASHBY},2023,72.5")
    ground.check(f"school-ready,{ASHBY},2023,72.5")
    assert OriginalFile.objects.count() == 1
    assert Upload.objects.count() == 2


def test_an_area_may_be_named_in_any_case_and_in_welsh(ground):
    ground.publish("school-ready,ashby,2023,72.5", "school-ready,TREFONNEN,2022,71", "school-ready,e07000902,2022,65")
    assert current() == {(ASHBY, "2023"): 72.5, (ASHBY, "2022"): 71.0, (BIRKDALE, "2022"): 65.0}


def test_a_year_is_read_as_the_indicator_counts_years(ground):
    ground.publish(f"wellbeing-score,{ASHBY},2023/24,7.4")
    value = Value.objects.get()
    assert (value.period_start, value.period_end) == (date(2023, 9, 1), date(2024, 8, 31))


def test_every_column_is_kept(ground):
    ground.publish(f"school-ready,{ASHBY},2023,72.5 [p],70.1,74.9,870,1200,sex: Female,By hand")
    value = Value.objects.get()
    assert (value.value, value.flags, value.lower, value.upper) == (72.5, "p", 70.1, 74.9)
    assert (value.numerator, value.denominator, value.breakdown, value.note) == (870, 1200, "sex: Female", "By hand")
    assert value.row == 2


def test_a_marker_is_kept_instead_of_a_number(ground):
    ground.publish(f"infant-deaths,{ASHBY},2021 - 23,[c]")
    value = Value.objects.get()
    assert (value.value, value.marker) == (None, "c")


def test_unknown_columns_are_named_and_ignored(ground):
    upload = ground.check(f"school-ready,{ASHBY},2023,72.5,Jo", header="indicator,area,period,value,entered by")
    assert counts(upload) == {"added": 1}
    assert upload.report["ignored_columns"] == ["entered by"]


def test_an_area_outside_the_partnership_is_left_out_with_its_reason(ground):
    upload = ground.check(
        f"school-ready,{ASHBY},2023,72.5",
        f"school-ready,{SOUTHTOWN},2023,70",
        "school-ready,Southtown,2023,70",
        "school-ready,E07999999,2023,not even a number",
    )
    assert counts(upload) == {"added": 1, "left_out": 3}
    reasons = {row["row"]: row["reason"] for row in upload.report["left_out"]}
    assert "outside" in reasons[3]
    assert "outside" in reasons[4]
    assert "no area that this site knows" in reasons[5]


def test_anybody_may_add_a_figure_of_a_comparator(ground):
    upload = ground.publish(f"school-ready,{ENGLAND},2023,69.5")
    assert counts(upload) == {"added": 1}


def test_only_a_steward_may_change_a_standing_figure_of_a_comparator(ground):
    ground.publish(f"school-ready,{ENGLAND},2023,69.5")

    upload = ground.check(f"school-ready,{ENGLAND},2023,70.5", f"school-ready,{ASHBY},2023,72.5")
    assert counts(upload) == {"added": 1, "left_out": 1}
    assert "steward" in upload.report["left_out"][0]["reason"]
    assert counts(ground.check(f"school-ready,{ENGLAND},2023,69.5")) == {"unchanged": 1}

    ground.publish(f"school-ready,{ENGLAND},2023,70.5", by="stella")
    assert current() == {(ENGLAND, "2023"): 70.5}


def test_comparators_are_also_what_the_areas_lie_in_and_their_comparator_sets(ground):
    twin = Area.objects.create(code="E10000088", name="Southshire", kind="county")
    chosen = ComparatorSet.objects.create(
        code="neighbours",
        version="2025",
        area=ground.northshire.area,
        title="Neighbours",
        published_on=date(2025, 1, 1),
        publisher="Ministry",
        source="Neighbours",
        licence="OGL",
    )
    ComparatorMember.objects.create(comparator_set=chosen, area=twin, rank=1)

    upload = ground.check("school-ready,Southshire,2023,70", "school-ready,Far North,2023,66")
    assert counts(upload) == {"added": 2}
    assert {place.name for place in ground.scope().comparators} == {"England", "Far North", "Southshire"}


def choose(partnership: Partnership, area: Area, members: list[Area], by: User) -> None:
    comparatorsets.make(partnership=partnership, area=area, title="Like us", members=members, note="", by=by)


def test_the_areas_of_a_set_that_the_partnership_made_are_comparators_unless_another_answers_for_them(ground):
    twin, southtown = Area.objects.create(code="E10000088", name="E10000088", kind="county"), ground.southtown.area
    choose(ground.northshire, ground.northshire.area, [twin, southtown], ground.people["olive"])
    assert {place.name for place in ground.scope().comparators} == {"England", "Far North", "E10000088"}


def test_the_areas_of_a_set_that_another_partnership_made_are_no_comparators(ground):
    shared = ground.northshire.area
    ground.southtown.footprint.add(shared)
    twins = [Area.objects.create(code=code, name=code, kind="county") for code in ("E10000088", "E10000089")]
    choose(ground.southtown, shared, twins, ground.people["charlie"])
    assert {place.name for place in ground.scope().comparators} == {"England", "Far North"}


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (f"scool-ready,{ASHBY},2023,70", "indicator", "Did you mean “school-ready”?"),
        (f",{ASHBY},2023,70", "indicator", "there is no indicator"),
        (f"{UNUSED},{ASHBY},2023,70", "indicator", "no measure of this partnership uses"),
        ("school-ready,Ashbey,2023,70", "area", "Did you mean “Ashby”?"),
        ("school-ready,E0700090,2023,70", "area", "no area has this code or name"),
        ("school-ready,,2023,70", "area", "there is no area"),
        (f"school-ready,{ASHBY},some time in 2023,70", "period", "not a period"),
        (f"school-ready,{ASHBY},2023,", "value", "write a number"),
        (f"school-ready,{ASHBY},2023,seventy", "value", "not a number"),
        (f"school-ready,{ASHBY},2023,NaN", "value", "publishers use"),
        (f"school-ready,{ASHBY},2023,inf", "value", "not a number"),
        (f"school-ready,{ASHBY},2023,1e15", "value", ""),
        (f"school-ready,{ASHBY},2023,-0.1", "value", "a share cannot be below 0"),
        (f"live-births,{ASHBY},2023,-1", "value", "a count cannot be below 0"),
        (f"school-ready,{ASHBY},2023,70,71,75", "lower", "above the value"),
        (f"school-ready,{ASHBY},2023,70,65,69", "upper", "below the value"),
        (f"school-ready,{ASHBY},2023,70,sixty", "lower", "not a number"),
        (f"school-ready,{ASHBY},2023,c,1", "lower", "no confidence limits"),
        (f"school-ready,{ASHBY},2023,c,,1", "upper", "no confidence limits"),
        (f"school-ready,{ASHBY},2023,70,,,-1", "numerator", "below 0"),
        (f"school-ready,{ASHBY},2023,70,,,,-1", "denominator", "below 0"),
        (f"school-ready,{ASHBY},2023,70,,,9,8", "numerator", "larger than the denominator"),
        (f"school-ready,{ASHBY},2023,70,,,,,Female", "breakdown", "such as sex: Female"),
    ],
)
def test_a_wrong_row_is_rejected_with_its_column_and_the_value_as_typed(ground, row, column, words):
    upload = ground.check(row, f"school-ready,{BIRKDALE},2023,66")

    assert counts(upload) == {"added": 1, "rejected": 1}
    problem = only_problem(upload)
    assert (problem["line"], problem["column"]) == (2, column)
    assert words in problem["message"]
    cells = dict(zip_longest(HEADER.split(","), row.split(","), fillvalue=""))
    assert problem["value"] == cells[column]


def test_a_share_above_the_whole_waits_for_a_confirmation(ground):
    upload = ground.check(f"school-ready,{ASHBY},2023,101")
    assert (counts(upload), upload.doubtful) == ({"added": 1}, 1)
    assert [one["doubt"] for one in upload.report["differences"]] == ["over"]
    with pytest.raises(uploads.Refused, match="look implausible"):
        uploads.publish(upload=upload, by=ground.people["olive"])
    assert uploads.publish(upload=upload, by=ground.people["olive"], confirm_doubtful=True).state == "published"


def test_a_rate_may_have_more_cases_than_people(ground):
    upload = ground.check(f"infant-deaths,{ASHBY},2021 - 23,1200,,,12,10")
    assert counts(upload) == {"added": 1}


def test_all_errors_of_a_file_come_at_once(ground):
    upload = ground.check(
        f"scool-ready,{ASHBY},soon,seventy", f"school-ready,{ASHBY},2023,70", f"live-births,{ASHBY},2023,-5,,,-1"
    )
    assert [problem[:2] for problem in problems(upload)] == [
        (2, "indicator"),
        (2, "period"),
        (2, "value"),
        (4, "value"),
        (4, "numerator"),
    ]
    assert counts(upload) == {"added": 1, "rejected": 2}


def test_three_rows_of_one_fact_name_each_other(ground):
    upload = ground.check(*(f"school-ready,{ASHBY},2023,{value}" for value in (70, 71, 72)))
    assert counts(upload) == {"rejected": 3}
    assert {message for _line, _column, message in problems(upload)} == {
        "rows 2, 3 and 4 give the same indicator, area, period and breakdown: keep one"
    }


@pytest.mark.parametrize("wrong", ["many", "70,75", "70,,65"])
def test_a_wrong_row_still_counts_as_one_of_two_about_the_same_fact(ground, wrong):
    upload = ground.check(f"school-ready,{ASHBY},2023,{wrong}", f"school-ready,{ASHBY},2023,70")
    assert counts(upload) == {"rejected": 2}
    twice = [line for line, _column, message in problems(upload) if "rows 2 and 3 give the same" in message]
    assert twice == [2, 3]
    assert not upload.staged.exists()


def test_the_same_fact_twice_is_an_error_that_names_both_rows(ground):
    upload = ground.check(
        f"school-ready,{ASHBY},2023,70",
        f"school-ready,{BIRKDALE},2023,66",
        "school-ready,Ashby,2023-01-01/2023-12-31,71",
    )
    assert counts(upload) == {"added": 1, "rejected": 2}
    assert [line for line, _column, _message in problems(upload)] == [2, 4]
    assert all("rows 2 and 4" in message for _line, _column, message in problems(upload))


def test_a_row_with_too_many_cells_is_rejected(ground):
    upload = ground.check(f"school-ready,{ASHBY},2023,70,,,,,,,more", f"school-ready,{BIRKDALE},2023,66")
    assert counts(upload) == {"added": 1, "rejected": 1}
    assert only_problem(upload)["line"] == 2


def test_a_steward_may_upload_any_indicator_of_the_catalogue(ground):
    assert counts(ground.check(f"{UNUSED},{ASHBY},2023,70", by="stella")) == {"added": 1}
    Indicator.objects.filter(code=UNUSED).update(retired_at=timezone.now())
    assert counts(ground.check(f"{UNUSED},{ASHBY},2023,70", by="stella")) == {"rejected": 1}


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04 no zip", b"indicator,area\nschool-ready,Ashby\n"])
def test_a_file_that_is_no_table_of_figures_is_refused_and_not_kept(ground, content):
    with pytest.raises(FileRefused) as refused:
        ground.check(content=content)
    assert refused.value.problems
    assert not Upload.objects.exists()
    assert not OriginalFile.objects.exists()


def test_a_file_beyond_the_limit_is_refused(ground, settings):
    settings.UPLOAD_MAX_BYTES = 100
    with pytest.raises(FileRefused, match="the file is larger than"):
        ground.check(*[f"school-ready,{ASHBY},2023,70"] * 10)


def test_the_file_comes_back_with_a_column_that_says_what_is_wrong(ground):
    upload = ground.check(
        f"school-ready,{ASHBY},2023,many",
        f"school-ready,{BIRKDALE},2023,66",
        f"school-ready,{SOUTHTOWN},2023,70",
        header="indicator,area,period,value",
    )
    header, wrong, good, outside = errorfile.rows(upload=upload, scope=ground.scope())
    assert header == ["indicator", "area", "period", "value", "error"]
    assert wrong[:4] == ["school-ready", ASHBY, "2023", "many"]
    assert "column 'value': not a number" in wrong[4]
    assert good == ["school-ready", BIRKDALE, "2023", "66", ""]
    assert "left out: outside" in outside[4]


def test_no_cell_of_it_is_a_formula_to_a_spreadsheet(ground):
    upload = ground.check(
        f'school-ready,{ASHBY},2023,70,,,,,,"=HYPERLINK(""http://example.org"")"',
        f"school-ready,{BIRKDALE},2023,=1+1",
        f"school-ready,{BIRKDALE},2022,-5",
    )
    cells = [cell for row in errorfile.rows(upload=upload, scope=ground.scope()) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@")]
    assert "-5" in cells


def test_it_can_be_put_right_and_uploaded_again(ground):
    upload = ground.check(f"school-ready,{ASHBY},2023,many", f"school-ready,{BIRKDALE},2023,66")
    rows = list(errorfile.rows(upload=upload, scope=ground.scope()))
    again = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).replace("many", "72.5").encode()

    corrected = ground.check(content=again)

    assert counts(corrected) == {"added": 2}
    assert corrected.report["ignored_columns"] == ["error"]
    header = next(iter(errorfile.rows(upload=corrected, scope=ground.scope())))
    assert header.count("error") == 1
