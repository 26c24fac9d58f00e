import pytest

from indicators import reading, sources
from indicators.models import Indicator, Upload
from partnerships.models import Area


def lines(world, *, partnership: str = "northshire", originals_open: bool = False, area: str = "E10000099"):
    indicator = Indicator.objects.get(code="school-ready")
    figures = reading.read([indicator], [Area.objects.get(code=area)])
    return sources.lines([indicator], figures, world.partnership(partnership), originals_open=originals_open)


def test_where_the_upload_says_nothing_the_catalogue_speaks(world):
    (line,) = lines(world)
    assert (line.indicator, line.publisher) == ("Children ready for school", "Ministry of Examples")
    assert (line.publication, line.address) == ("Children in examples", "https://example.org/children")
    assert (line.licence, line.file) == ("Open Government Licence v3.0", "northshire.csv")
    assert line.published_on == world.upload().published_at.date()


def test_what_the_upload_says_comes_first(world):
    Upload.objects.update(publisher="County Council", source="Its own count", licence="By leave of the council")
    (line,) = lines(world)
    assert (line.publisher, line.publication, line.licence) == (
        "County Council",
        "Its own count",
        "By leave of the council",
    )


@pytest.mark.parametrize(
    ("partnership", "originals_open", "is_open"),
    [("northshire", True, True), ("northshire", False, False), ("southtown", True, False)],
)
def test_a_file_opens_only_for_who_may_and_only_in_its_own_partnership(world, partnership, originals_open, is_open):
    (line,) = lines(world, partnership=partnership, originals_open=originals_open)
    address = f"/northshire/uploads/{world.upload().pk}/original/"
    assert line.file_url == (address if is_open else "")


def test_the_name_of_a_file_that_a_private_partnership_brought_is_told_to_no_other(world):
    assert lines(world, partnership="southtown", area="E06000099")[0].file == "southtown.csv"
    assert lines(world, partnership="northshire", area="E06000099")[0].file == ""
