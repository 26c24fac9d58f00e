import pytest

from indicators.charts.spine import MARGIN, THINNEST, WIDTH, Stretch, strip

MIDDLE = WIDTH / 2


def drawn(own: float = 60, comparator: float = 70, polarity: str = "high"):
    return strip(own, comparator, Stretch(50, 80), Stretch(60, 75), polarity=polarity)


def ends(bar: tuple[str, str]) -> tuple[float, float]:
    left, width = (float(text) for text in bar)
    return left, left + width


def test_the_comparator_stands_in_the_middle_and_the_farthest_value_reaches_the_margin():
    found = drawn()
    assert float(found.middle) == MIDDLE
    assert ends(found.whole) == (MARGIN, MIDDLE + (MIDDLE - MARGIN) / 2)
    assert ends(found.half) == (MIDDLE - (MIDDLE - MARGIN) / 2, MIDDLE + (MIDDLE - MARGIN) / 4)
    assert float(found.mark) == MIDDLE - (MIDDLE - MARGIN) / 2


def test_better_lies_to_the_right_and_high_where_neither_is_good():
    assert float(drawn(own=78, polarity="high").mark) > MIDDLE
    assert float(drawn(own=78, polarity="none").mark) > MIDDLE
    assert float(drawn(own=78, polarity="low").mark) < MIDDLE


def test_low_is_good_is_the_mirror_image_of_high_is_good():
    high, low = drawn(polarity="high"), drawn(polarity="low")
    for bar in ("whole", "half"):
        left, right = ends(getattr(high, bar))
        assert ends(getattr(low, bar)) == pytest.approx((WIDTH - right, WIDTH - left))


@pytest.mark.parametrize("own", [20, 130])
def test_an_area_outside_the_others_is_still_on_the_strip(own):
    assert MARGIN <= float(drawn(own=own).mark) <= WIDTH - MARGIN
    assert MARGIN <= ends(drawn(own=own).whole)[0] < ends(drawn(own=own).whole)[1] <= WIDTH - MARGIN


def test_a_comparator_outside_the_others_leaves_them_all_on_one_side():
    found = drawn(comparator=90)
    assert ends(found.whole)[1] < MIDDLE


def test_where_nothing_differs_all_stands_in_the_middle():
    found = strip(5, 5, Stretch(5, 5), Stretch(5, 5), polarity="low")
    assert (float(found.mark), float(found.middle)) == (MIDDLE, MIDDLE)
    assert ends(found.whole) == (MIDDLE - THINNEST / 2, MIDDLE + THINNEST / 2)


def test_zero_and_negative_values_have_their_place():
    found = strip(-2, 0, Stretch(-4, 4), Stretch(-1, 1), polarity="high")
    assert ends(found.whole) == (MARGIN, WIDTH - MARGIN)
    assert float(found.mark) == MIDDLE - (MIDDLE - MARGIN) / 2
