"""Areas, partnerships and comparator sets are loaded from their files: again without a change, and all or nothing."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Count

from partnerships import areas
from partnerships.changes import ADDED, CHANGED, UNCHANGED, Change, counts
from partnerships.models import Area, ComparatorSet, Organisation, Partnership
from partnerships.yamlfile import Rejected
from tests.partnerships.sets import YAML as SETS
from tests.universe import FILES

CSV = (FILES / "areas.csv").read_bytes()
YAML = (FILES / "partnerships.yaml").read_bytes()

pytestmark = pytest.mark.usefixtures("world")


def load(**files: bytes) -> dict[tuple[str, str], Change]:
    """The files by kind ("csv", "partnerships", "sets"); the changes by what and code."""
    changes = areas.load(files={f"{name}.{'csv' if name == 'csv' else 'yaml'}": text for name, text in files.items()})
    return {(change.what, change.code): change for change in changes}


def kinds(changes: dict) -> str:
    return counts(changes.values(), areas.KINDS)


def refused(**files: bytes) -> list[str]:
    with pytest.raises(Rejected) as rejected:
        load(**files)
    return [str(problem) for problem in rejected.value.problems]


def test_loading_again_changes_nothing():
    assert kinds(load(csv=CSV, partnerships=YAML)) == "added=0 changed=0 unchanged=13"


def test_the_files_of_the_project_load_and_load_again():
    read = {name: Path(name).read_bytes() for name in areas.default_files()}
    assert len(read) == 4
    first, second = areas.load(files=read), areas.load(files=read)
    assert {change.kind for change in first} == {ADDED, UNCHANGED}
    assert {change.kind for change in second} == {UNCHANGED}
    sets = ComparatorSet.objects.filter(area__code="E10000017").values_list("version").annotate(Count("members"))
    assert sorted(sets) == [("2021-04", 10), ("2025-05", 10)]


def test_an_area_knows_where_it_lies_and_what_came_after_it():
    gone = Area.objects.get(code="E07000999")
    assert [area.name for area in Area.objects.get(code="E07000901").ancestors()] == [
        "Northshire",
        "Far North",
        "England",
    ]
    assert (str(gone.ends_on), gone.successor.name, gone.note) == ("2009-04-01", "Southtown", "Abolished 1 April 2009.")


def test_a_change_names_the_fields_and_what_they_were():
    changed = load(csv=CSV.replace(b"Ashby,", b"Ashby-on-Sea,").replace(b"2009-04-01,,,\n", b"2009-05-01,,,\n"))
    assert str(changed["area", "E07000901"]) == "changed area E07000901: Ashby-on-Sea; name 'Ashby' -> 'Ashby-on-Sea'"
    assert kinds(changed) == "added=0 changed=2 unchanged=6"
    assert Area.objects.get(code="E07000901").name == "Ashby-on-Sea"


def test_an_area_may_name_one_that_comes_later_in_the_file():
    rows = b"code,name,kind,parent\nE07000904,Dalton,district,E10000098\nE10000098,Eastshire,county,E92000001\n"
    assert kinds(load(csv=rows)) == "added=2 changed=0 unchanged=0"
    assert Area.objects.get(code="E07000904").parent.name == "Eastshire"


def test_what_a_file_does_not_name_stays():
    load(csv=b"code,name,kind\nS92000003,Scotland,nation\n", partnerships=b"partnerships: []\n")
    assert Area.objects.count() == 9
    assert Partnership.objects.count() == 2


def test_whether_a_partnership_is_public_is_not_a_files_to_say():
    changed = load(partnerships=YAML.replace(b"short_name: Northshire", b"short_name: The North"))
    northshire = Partnership.objects.get(slug="northshire")
    assert changed["partnership", "northshire"].kind == CHANGED
    assert (northshire.short_name, northshire.is_public) == ("The North", True)
    assert not Partnership.objects.get(slug="southtown").is_public


def test_a_footprint_becomes_what_the_file_says():
    without = YAML.replace(b"      - E07000903  # Cotterham\n", b"")
    (field,) = load(partnerships=without)["partnership", "northshire"].fields
    assert (field.old, field.new) == ("Ashby, Birkdale, Cotterham, Northshire", "Ashby, Birkdale, Northshire")
    assert Partnership.objects.get(slug="northshire").footprint.count() == 3


def test_an_organisation_is_renamed_and_never_taken_away():
    changed = load(partnerships=YAML.replace(b"NHS in Northshire", b"Northshire NHS Trust"))
    assert changed["organisation", "northshire/northshire-nhs"].kind == CHANGED
    assert Organisation.objects.get(code="northshire-nhs").name == "Northshire NHS Trust"
    assert Organisation.objects.filter(code="ashby-nurseries").exists(), "came with a strategy file, not with this one"


def test_a_partnership_may_be_part_of_one_that_comes_later():
    parts = b"""\
partnerships:
  - {slug: ashby, name: Ashby, short_name: Ashby, parent: greater, area: E07000901, footprint: [E07000901]}
  - {slug: greater, name: Greater, short_name: Greater, area: E10000099, footprint: [E10000099]}
"""
    load(partnerships=parts)
    assert Partnership.objects.get(slug="ashby").parent.slug == "greater"


def test_a_comparator_set_keeps_its_order_and_closeness():
    assert load(sets=SETS)["comparator set", "neighbours/2024/E10000099"].kind == ADDED
    members = ComparatorSet.objects.get(code="neighbours").members.values_list("rank", "area__name", "closeness")
    assert list(members) == [(1, "Southtown", 0.5), (2, "Ashby", None)]
    assert kinds(load(sets=SETS)) == "added=0 changed=0 unchanged=1"


def test_a_comparator_set_is_corrected_in_place():
    load(sets=SETS)
    swapped = SETS.replace(b"E06000099, rank: 1", b"E06000099, rank: 3").replace(b"rank: 2", b"rank: 1")
    changed = load(sets=swapped.replace(b"title: Neighbours", b"title: Near"))
    (change,) = changed.values()
    assert [(field.old, field.new) for field in change.fields] == [
        ("Neighbours", "Near"),
        ("Southtown, Ashby", "Ashby, Southtown"),
    ]
    assert list(ComparatorSet.objects.get().members.values_list("rank", flat=True)) == [1, 3]


def test_another_version_of_a_set_stands_beside_the_first():
    load(sets=SETS)
    load(sets=SETS.replace(b'"2024"', b'"2025"'))
    assert ComparatorSet.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (b"E07000904,Dalton,town,,,", "csv.csv:2: column 'kind': This must be one of: nation, region,"),
        (b"e07000904,Dalton,district,,,", "csv.csv:2: column 'code': This must be a code of capital letters,"),
        (b"E07000904,,district,,,", "csv.csv:2: column 'name': This key is missing."),
        (b"E07000904,Dalton,district,E9,,", "csv.csv:2: column 'parent': There is no area with this code."),
        (b"E07000904,Dalton,district,E07000904,,", "csv.csv:2: column 'parent': This lies in itself"),
        (b"E92000001,England,nation,E07000901,,", "csv.csv:2: column 'parent': This lies in itself"),
        (b"E07000904,Dalton,district,,1 May 2009,", "csv.csv:2: column 'ends_on': This must be a date"),
        (b"E07000904,Dalton,district,,,E07000901", "csv.csv:2: column 'successor': Only an area that has ended"),
        (
            b"E07000904,Dalton,district,,2009-04-01,E9",
            "csv.csv:2: column 'successor': There is no area with this code.",
        ),
        (b"E07000904,Dalton,district,,", "csv.csv:2: This row has 5 cells, the heading 6."),
        (b'E07000904,"Dalton,district,,,', "csv.csv:2: This is not CSV that can be read"),
        (b"E07000904,\xe9,district,,,", "csv.csv:2: This is not text in UTF-8."),
        (b"E07000904,\x00,district,,,", "csv.csv:2: There is a character in this line that cannot be seen: U+0000."),
        (b"E07000904,D,district,,,\nE07000904,D,district,,,", "csv.csv:3: column 'code': This stands here twice"),
        (b'E1,"D\nd",district,,,\nE2,D,town,,,', "csv.csv:4: column 'kind': This must be one of"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(row, expected):
    (found,) = refused(csv=b"code,name,kind,parent,ends_on,successor\n" + row + b"\n")
    assert found.startswith(expected)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "csv.csv: The file is empty."),
        (b"code,name,kind,mayor\n", "csv.csv:1: column 'mayor': This column is not known here."),
        (
            b"code,name,kind,parnet\n",
            "csv.csv:1: column 'parnet': This column is not known here. Did you mean “parent”?",
        ),
        (b"code,name,kind,name\n", "csv.csv:1: column 'name': This column stands here twice."),
    ],
)
def test_a_bad_heading_is_refused(content, expected):
    assert refused(csv=content)[0] == expected


def test_an_area_that_ends_before_it_starts_is_refused():
    rows = b"code,name,kind,starts_on,ends_on\nE1,A,district,2009-04-01,2009-04-01\n"
    assert refused(csv=rows) == [
        "csv.csv:2: column 'ends_on': This is not after the day on which the area starts. ('2009-04-01')"
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b"slug: southtown", b"slug: northshire", "partnerships.yaml:18: column 'slug': This stands here twice"),
        (b"slug: southtown", b"slug: accounts", "partnerships.yaml:18: column 'slug': This word is kept for addresses"),
        (
            b"area: E06000099",
            b"area: E06000098",
            "partnerships.yaml:21: column 'area': There is no area with this code.",
        ),
        (
            b"area: E06000099",
            b"area: E07000901",
            "partnerships.yaml:21: column 'area': The main area is not in the foot",
        ),
        (
            b"      - E06000099",
            b"      - E06000098",
            "partnerships.yaml:21: column 'area': The main area is not in the",
        ),
        (
            b"    area: E06",
            b"    parent: nowhere\n    area: E06",
            "partnerships.yaml:21: column 'parent': There is no part",
        ),
        (
            b"    area: E06",
            b"    parent: southtown\n    area: E06",
            "partnerships.yaml:21: column 'parent': This lies in",
        ),
        (b"code: northshire-nhs", b"code: northshire-council", "partnerships.yaml:16: column 'code': This stands here"),
        (b"kind: nhs", b"kind: hospital", "partnerships.yaml:16: column 'kind': This must be one of"),
        (b"    short_name: Southtown\n", b"", "partnerships.yaml:18: column 'short_name': This key is missing."),
        (b"partnerships:", b"partnership:", "partnerships.yaml:1: column 'partnership': This key is not known here."),
    ],
)
def test_a_bad_partnership_is_refused_with_its_line(old, new, expected):
    assert YAML.count(old) == 1
    assert refused(partnerships=YAML.replace(old, new))[0].startswith(expected)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b"area: E06000099", b"area: E06000098", "sets.yaml:11: column 'area': There is no area with this code."),
        (b"area: E06000099", b"area: E10000099", "sets.yaml:11: column 'area': An area is not compared with itself."),
        (b"area: E07000901", b"area: E06000099", "sets.yaml:12: column 'area': This stands here twice"),
        (b"rank: 2", b"rank: 1", "sets.yaml:12: column 'rank': This stands here twice"),
        (b"rank: 2", b"rank: 0", "sets.yaml:12: column 'rank': This must be 1 or more."),
        (b"2024-05-01", b"May 2024", "sets.yaml:5: column 'published_on': This must be a date"),
        (b"area: E10000099", b"area: E10000098", "sets.yaml:9: column 'area': There is no area with this code."),
    ],
)
def test_a_bad_comparator_set_is_refused_with_its_line(old, new, expected):
    assert refused(sets=SETS.replace(old, new))[0].startswith(expected)


def test_one_bad_file_keeps_all_of_them_out():
    before = list(Area.objects.order_by("code").values())
    said = refused(csv=CSV.replace(b"Ashby", b"Ashby-on-Sea"), sets=SETS.replace(b"rank: 2", b"rank: 1"))
    assert len(said) == 1
    assert list(Area.objects.order_by("code").values()) == before


def test_the_command_says_every_change_and_the_counts(tmp_path):
    file = tmp_path / "more.csv"
    file.write_text("code,name,kind\nS92000003,Scotland,nation\nE92000001,England,nation\n")
    assert command(str(file)) == (0, "added area S92000003: Scotland\nadded=1 changed=0 unchanged=1\n", "")


def test_the_command_without_files_reads_those_of_the_project():
    code, out, _err = command()
    assert code == 0
    assert "added area W92000004: Wales\n" in out
    assert command()[1].startswith("added=0 changed=0 ")


def test_the_command_says_what_is_wrong_and_stops_with_1(tmp_path):
    file = tmp_path / "bad.csv"
    file.write_text("code,name,kind\nS92000003,Scotland,country\n")
    code, out, err = command(str(file))
    assert (code, out) == (1, "")
    assert err.startswith(f"{file}:2: column 'kind': This must be one of")


def test_the_command_stops_with_2_where_there_is_no_file(tmp_path):
    assert command(str(tmp_path / "none.csv")) == (2, "", f"{tmp_path / 'none.csv'}: No such file or directory\n")


def command(*arguments: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("load_areas", *arguments, stdout=out, stderr=err)
    except SystemExit as stop:
        return stop.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()
