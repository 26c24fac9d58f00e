import pytest

from indicators.breakdowns import LONGEST, BreakdownError, read
from indicators.models import Value


@pytest.mark.parametrize(
    ("text", "breakdown"),
    [
        ("", ""),
        ("  ", ""),
        ("sex: Female", "sex: Female"),
        ("Sex:Female", "sex: Female"),
        (" sex :  Female ", "sex: Female"),
        ("deprivation: Most deprived", "deprivation: Most deprived"),
        ("deprivation: decile: 1", "deprivation: decile: 1"),
    ],
)
def test_one_spelling_of_each_breakdown(text, breakdown):
    assert read(text) == breakdown
    assert read(read(text)) == breakdown


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Female", "write what is broken down, a colon and the group"),
        ("sex:", "write what is broken down, a colon and the group"),
        (": Female", "write what is broken down, a colon and the group"),
        ("all", "leave the breakdown empty where the figure is for everyone"),
        ("Persons", "leave the breakdown empty where the figure is for everyone"),
        ("sex: Total", "leave the breakdown empty where the figure is for everyone"),
        ("sex: " + "x" * 120, "at most 120 letters"),
    ],
)
def test_says_what_is_wrong_and_what_to_write(text, sentence):
    with pytest.raises(BreakdownError) as error:
        read(text)
    assert sentence in str(error.value)


def test_the_longest_breakdown_fits_into_the_database():
    assert Value._meta.get_field("breakdown").max_length == LONGEST
    assert len(read("sex: " + "x" * (LONGEST - 5))) == LONGEST
