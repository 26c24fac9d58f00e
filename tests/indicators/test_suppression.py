"""What is hidden is decided in the transaction that publishes or withdraws, and stays."""

import io
from datetime import date

import pytest
from django.core.management import call_command

from indicators import catalogue, reading, suppression, uploads
from indicators.models import Indicator, Suppression
from partnerships.models import Area
from tests.constraints import refuses
from tests.indicators.ground import ASHBY, BIRKDALE, ENGLAND
from tests.indicators.hiding import COTTERHAM, COUNTY, hidden, ruled
from tests.universe import FILES

SMALL = (
    f"live-births,{COUNTY},2023,93",
    f"live-births,{ASHBY},2023,3",
    f"live-births,{BIRKDALE},2023,50",
    f"live-births,{COTTERHAM},2023,40",
)


def test_a_small_count_is_hidden_with_another_so_that_it_cannot_be_subtracted(ground):
    ruled()
    ground.publish(*SMALL)
    assert hidden() == {(ASHBY, 2023), (COTTERHAM, 2023)}


def test_a_rule_hides_from_nought_up_to_below_its_number(ground):
    ruled()
    ground.publish(f"live-births,{ASHBY},2021,0", f"live-births,{ASHBY},2022,4", f"live-births,{ASHBY},2023,5")
    assert hidden() == {(ASHBY, 2021), (ASHBY, 2022)}


def test_without_a_rule_nothing_is_hidden_and_one_query_tells_so(ground, django_assert_num_queries):
    upload = ground.publish(*SMALL)
    assert not Suppression.objects.exists()
    indicators = [Indicator.objects.get(code="live-births").pk]
    with django_assert_num_queries(1):
        suppression.keep_up(upload=upload, indicators=indicators)


def test_only_the_periods_that_an_upload_touches_are_looked_at(ground):
    ground.publish(f"live-births,{ASHBY},2022,3")
    ruled()
    ground.publish(f"live-births,{ASHBY},2023,3")
    assert hidden() == {(ASHBY, 2023)}


def test_two_groups_of_a_dimension_hide_each_other(ground):
    ruled()
    ground.publish(
        f"live-births,{ASHBY},2023,60",
        f"live-births,{ASHBY},2023,57,,,,,sex: Female",
        f"live-births,{ASHBY},2023,3,,,,,sex: Male",
    )
    assert hidden() == {(ASHBY, 2023, "sex: Female"), (ASHBY, 2023, "sex: Male")}


def test_areas_and_groups_are_seen_together(ground):
    """A male count of one district: nothing in its row or in its column gives it away, so four cells are hidden."""
    ruled()
    numbers = {ASHBY: (57, 3), BIRKDALE: (40, 30), COTTERHAM: (20, 21)}
    numbers[COUNTY] = tuple(map(sum, zip(*numbers.values(), strict=True)))
    ground.publish(
        *(
            f"live-births,{area},2023,{number}" + (f",,,,,{group}" if group else "")
            for area, (female, male) in numbers.items()
            for group, number in (("", female + male), ("sex: Female", female), ("sex: Male", male))
        )
    )
    assert (ASHBY, 2023, "sex: Male") in hidden()
    assert len(hidden()) == 4
    assert {area for area, _year, _group in hidden()} == {ASHBY, COTTERHAM}


@pytest.mark.parametrize(
    ("figure", "is_hidden"),
    [
        ("50,,,20,40", False),
        ("7.5,,,3,40", True),
        ("92.5,,,37,40", True),
        ("0", True),
        ("100", True),
        ("60,,,3,5", True),
        ("7.5,,,,40", True),
        ("50,,,2,4", True),
        ("50", False),
        ("[c],,,3,40", True),
    ],
)
def test_a_share_is_small_where_few_are_in_it_or_few_are_not(ground, figure, is_hidden):
    ruled("school-ready")
    ground.publish(f"school-ready,{ASHBY},2023,{figure}")
    assert bool(hidden("school-ready")) == is_hidden
    if is_hidden and not figure.startswith(("0", "100")):
        denominator = float(figure.split(",")[-1])
        assert Suppression.objects.get().hides_denominator == (denominator < 5)


def test_a_rate_is_small_where_its_numerator_or_its_denominator_is(ground):
    ruled("infant-deaths")
    ground.publish(
        f"infant-deaths,{ASHBY},2021 - 23,3.33,,,4,1200",
        f"infant-deaths,{BIRKDALE},2021 - 23,900,,,9,10",
        f"infant-deaths,{COTTERHAM},2021 - 23,2000,,,8,4",
    )
    assert {area for area, _year in hidden("infant-deaths")} == {ASHBY, COTTERHAM}


def test_what_its_publisher_suppressed_is_not_left_alone(ground):
    ruled()
    ground.publish(SMALL[0], f"live-births,{ASHBY},2023,[c]", *SMALL[2:])
    assert hidden() == {(COTTERHAM, 2023)}


def test_areas_that_do_not_make_up_their_whole_give_little_away(ground):
    """England has other districts too: what is left of it may be anything."""
    ruled()
    ground.publish(f"live-births,{ENGLAND},2023,5000", *SMALL[1:], by="stella")
    assert hidden() == {(ASHBY, 2023)}


def test_a_fact_once_hidden_stays_hidden(ground):
    ruled()
    ground.publish(*SMALL)
    ground.publish(f"live-births,{ASHBY},2023,30", f"live-births,{COUNTY},2023,120")
    assert hidden() == {(ASHBY, 2023), (COTTERHAM, 2023)}


def test_a_fact_is_hidden_for_a_version_that_was_withdrawn_or_replaced(ground):
    ground.publish(f"live-births,{ASHBY},2023,3")
    uploads.withdraw(upload=ground.publish(f"live-births,{BIRKDALE},2023,2"), by=ground.people["olive"])
    ruled()
    ground.publish(f"live-births,{ASHBY},2023,30", f"live-births,{BIRKDALE},2023,20")
    assert hidden() == {(ASHBY, 2023), (BIRKDALE, 2023)}


def test_hidden_again_prefers_what_is_hidden_already(ground):
    """Birkdale becomes the cheaper one to hide; hiding it too would tell more readers less for nothing."""
    ruled()
    ground.publish(*SMALL)
    ground.publish(f"live-births,{COTTERHAM},2023,70", f"live-births,{COUNTY},2023,123")
    assert hidden() == {(ASHBY, 2023), (COTTERHAM, 2023)}


def test_a_withdrawal_hides_what_it_uncovers(ground):
    """The figure that comes back is small, or leaves a small one alone."""
    ground.publish(*SMALL)
    replaced = ground.publish(f"live-births,{ASHBY},2023,30", f"live-births,{COUNTY},2023,120")
    ruled()
    uploads.withdraw(upload=replaced, by=ground.people["olive"])
    assert hidden() == {(ASHBY, 2023), (COTTERHAM, 2023)}


def test_nothing_is_hidden_where_publishing_is_undone(ground, monkeypatch):
    ruled()
    upload = ground.check(*SMALL)

    def broken(**_given):
        raise RuntimeError

    monkeypatch.setattr(suppression, "keep_up", broken)
    with pytest.raises(RuntimeError):
        uploads.publish(upload=upload, by=ground.people["olive"])
    upload.refresh_from_db()
    assert upload.state == "checked"
    assert not upload.values.exists()


def command(*codes: str) -> list[str]:
    out = io.StringIO()
    call_command("suppress", *codes, stdout=out)
    return out.getvalue().splitlines()


def test_publishing_and_deciding_anew_agree(ground):
    ruled()
    ground.publish(*SMALL, f"live-births,{ASHBY},2022,0")
    before = hidden()
    assert command() == ["live-births: hidden=3 added=0 removed=0"]
    assert hidden() == before
    Suppression.objects.all().delete()
    assert command("live-births") == ["live-births: hidden=3 added=3 removed=0"]
    assert hidden() == before


def test_a_looser_rule_holds_once_it_is_decided_anew(ground):
    ruled()
    ground.publish(*SMALL)
    ruled(suppress_below=3)
    ground.publish(f"live-births,{ASHBY},2022,4")
    assert hidden() == {(ASHBY, 2023), (COTTERHAM, 2023)}
    assert command() == ["live-births: hidden=0 added=0 removed=2"]


def test_a_rule_taken_away_leaves_hidden_what_is_until_it_is_decided_anew(ground):
    ruled()
    ground.publish(*SMALL)
    ruled(suppress_below=None)
    ground.publish(f"live-births,{ASHBY},2022,0")
    assert hidden() == {(ASHBY, 2023), (COTTERHAM, 2023)}
    assert command() == ["live-births: hidden=0 added=0 removed=2"]


def test_the_command_names_a_code_that_there_is_not(db, capsys):
    with pytest.raises(SystemExit) as stopped:
        call_command("suppress", "nonsense")
    assert stopped.value.code == 2
    assert "nonsense" in capsys.readouterr().err


def test_a_rule_in_the_catalogue_hides_at_once(ground):
    ground.publish(*SMALL)
    content = (
        (FILES / "indicators.yaml")
        .read_text()
        .replace("value_type: count\n", "value_type: count\n    suppress_below: 5\n")
    )
    changes = catalogue.load(files={"indicators.yaml": content.encode()}, whole=True)
    assert [field.name for change in changes for field in change.fields] == ["suppress_below"]
    assert hidden() == {(ASHBY, 2023), (COTTERHAM, 2023)}


def test_one_suppression_for_a_fact(ground):
    fact = {
        "indicator": Indicator.objects.get(code="live-births"),
        "area": Area.objects.get(code=ASHBY),
        "period_start": date(2023, 1, 1),
        "period_end": date(2023, 12, 31),
    }
    Suppression.objects.create(**fact)
    with refuses(Suppression, "suppression_one_for_each_fact"):
        Suppression.objects.create(**fact)


def test_a_suppression_ends_after_it_starts(ground):
    with refuses(Suppression, "suppression_period_ends_after_it_starts"):
        Suppression.objects.create(
            indicator=Indicator.objects.get(code="live-births"),
            area=Area.objects.get(code=ASHBY),
            period_start=date(2023, 1, 1),
            period_end=date(2022, 12, 31),
        )


@pytest.mark.parametrize(
    ("field", "name"),
    [("suppress_below", "indicator_suppress_below_from_1"), ("round_to", "indicator_round_to_from_1")],
)
def test_a_rule_of_nought_says_nothing(ground, field, name):
    with refuses(Indicator, name):
        Indicator.objects.filter(code="live-births").update(**{field: 0})


def test_what_is_published_while_a_page_is_read_is_hidden_rather_than_shown(ground, django_assert_num_queries):
    """What is hidden is asked for last: an older answer to that beside newer figures would show them."""
    ruled()
    ground.publish(*SMALL)
    indicator, areas = Indicator.objects.get(code="live-births"), list(Area.objects.all())
    with django_assert_num_queries(4) as asked:
        reading.read([indicator], areas)
    assert [Suppression._meta.db_table in query["sql"] for query in asked.captured_queries][-1]
