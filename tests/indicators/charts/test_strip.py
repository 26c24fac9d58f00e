from indicators.charts.strip import Dot, spread


def test_a_strip_draws_its_own_area_on_top_and_names_all_from_the_highest():
    dots = [Dot("Ashby 72.5%", 72.5, is_this=True), Dot("Birkdale 66.0%", 66.0), Dot("Cotterham 62.0%", 62.0)]
    drawn = spread(dots, Dot("England 69.5%", 69.5), "2023")
    assert [label for _x, label, _this in drawn.dots] == ["Birkdale 66.0%", "Cotterham 62.0%", "Ashby 72.5%"]
    assert drawn.dots[-1] == ("152.0", "Ashby 72.5%", True)
    assert drawn.line == "110.9"
    assert drawn.sentence == "2023, highest first: Ashby 72.5%; Birkdale 66.0%; Cotterham 62.0%; England 69.5%"


def test_a_strip_without_a_comparator_has_no_line():
    assert spread([Dot("A 1", 1), Dot("B 2", 2)], None, "2023").line is None
