import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions import updates
from actions.models import KeyAction, Milestone, Status
from indicators.models import Indicator, Upload
from outcomes.models import Measure, Origin, Strategy

LIST = "/northshire/actions/"
SLEEP = "/northshire/actions/safer-sleep/"
BRUSHING = "/northshire/actions/brushing-at-nursery/"
MINE = "/northshire/mine/"
MANY = 60


def text_of(response) -> str:
    """What a reader sees, on one line."""
    page = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(page.split())


def titles(response) -> list[str]:
    return [row.action.title for row in response.context["rows"]]


def add_actions(count: int, **changes) -> list[KeyAction]:
    strategy = Strategy.objects.get(slug="start-well")
    given = {"strategy": strategy, "element": strategy.elements.standing().first(), **changes}
    made = KeyAction.objects.bulk_create(
        KeyAction(code=f"more-{number}", title=f"More {number}", **given) for number in range(count)
    )
    Milestone.objects.bulk_create(Milestone(action=action, code="first", title="A first step") for action in made)
    return made


def update(world, code: str, person: str = "olive", **said):
    action = world.action(code)
    given = {"status": Status.ON_TRACK, "progress": 50, "note": "", "seen_version": action.version}
    return updates.record(action=action, by=world.user(person), **{**given, **said})


def typed(world, code: str = "safer-sleep", **said) -> dict:
    """The form as the browser sends it, untouched but for what is said."""
    action = world.action(code)
    reached = list(action.milestones.filter(reached_in__isnull=False).values_list("code", flat=True))
    as_it_stands = {"status": action.status, "progress": action.progress, "note": "", "milestones": reached}
    return {**as_it_stands, "seen_version": action.version, **said}


class TestList:
    @pytest.fixture(autouse=True)
    def _bob(self, world, client):
        world.sign_in(client, "bob")

    def test_it_shows_the_standing_actions_of_every_strategy_of_the_partnership_and_no_other(self, client):
        assert titles(client.get(LIST)) == [
            "Safer sleep campaign",
            "Brushing teeth at nursery",
            "Yearly forum of families",
        ]

    def test_a_retired_action_is_neither_shown_nor_counted(self, client):
        KeyAction.objects.filter(code="yearly-forum").update(retired_at=timezone.now())
        response = client.get(LIST)
        assert "Yearly forum of families" not in titles(response)
        assert response.context["total"] == 2

    def test_a_row_says_whom_it_serves_who_answers_how_it_stands_and_since_when(self, client):
        page = text_of(client.get(f"{LIST}?status=at-risk"))
        assert "Start Well in Northshire Priority: A healthy start NHS in Northshire Olive, Head of midwifery" in page
        assert "At risk 40%" in page
        assert f"{timezone.localdate():%-d %B %Y}" in page

    def test_what_was_added_for_the_demonstration_says_so(self, client):
        KeyAction.objects.filter(code="yearly-forum").update(origin=Origin.DEMONSTRATION)
        assert "Yearly forum of families added for the demonstration" in text_of(client.get(LIST))

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("status=at-risk", ["Safer sleep campaign"]),
            ("owner=ashby-nurseries", ["Brushing teeth at nursery"]),
            ("owner=none", ["Yearly forum of families"]),
            ("due=overdue", ["Safer sleep campaign"]),
            ("due=none", ["Yearly forum of families"]),
            ("status=not-started&owner=ashby-nurseries", ["Brushing teeth at nursery"]),
            ("status=complete", []),
        ],
    )
    def test_it_narrows_by_status_owner_and_due_date(self, client, query, expected):
        assert titles(client.get(f"{LIST}?{query}")) == expected

    @pytest.mark.parametrize(("days", "month", "quarter"), [(0, 1, 1), (30, 1, 1), (31, 0, 1), (90, 0, 1), (91, 0, 0)])
    def test_a_month_and_a_quarter_count_from_today(self, client, days, month, quarter):
        add_actions(1, due_on=timezone.localdate() + timedelta(days=days))
        found = [titles(client.get(f"{LIST}?due={window}")).count("More 0") for window in ("month", "quarter")]
        assert found == [month, quarter]

    def test_an_action_that_has_ended_is_not_overdue(self, client, world):
        update(world, "safer-sleep", status=Status.COMPLETE)
        assert titles(client.get(f"{LIST}?due=overdue")) == []
        assert "overdue" not in text_of(client.get(f"{LIST}?status=complete")).split("Key actions")[1]

    def test_a_filter_that_cannot_be_read_is_left_out_and_said(self, client):
        response = client.get(f"{LIST}?status=splendid&due=overdue&owner=<b>")
        assert titles(response) == ["Safer sleep campaign"]
        page = response.content.decode()
        assert "“splendid” is not among the choices of “Status”, so it was left out." in page
        assert "“&lt;b&gt;” is not among the choices of “Owner”, so it was left out." in page

    def test_it_counts_every_status_whatever_is_shown(self, client):
        response = client.get(f"{LIST}?status=complete")
        assert {status.value: count for status, count in response.context["counts"] if count} == {
            "at-risk": 1,
            "not-started": 2,
        }
        assert "0 actions shown, of 3 in all." in text_of(response)

    def test_beyond_fifty_it_turns_pages_and_keeps_the_filter(self, client):
        add_actions(MANY)
        first = client.get(f"{LIST}?status=not-started")
        assert len(titles(first)) == 50
        assert "?status=not-started&amp;page=2" in first.content.decode()
        assert len(titles(client.get(f"{LIST}?status=not-started&page=2"))) == MANY + 2 - 50

    def test_without_any_action_it_says_what_would_be_here(self, client):
        KeyAction.objects.update(retired_at=timezone.now())
        assert "No actions yet" in text_of(client.get(LIST))


class TestPage:
    @pytest.fixture(autouse=True)
    def _bob(self, world, client):
        world.sign_in(client, "bob")

    def test_it_tells_everything_about_the_action(self, client):
        page = text_of(client.get(SLEEP))
        for told in (
            "Every parent hears how babies sleep safely.",
            "At risk",
            "40%",
            "NHS in Northshire",
            "Olive, Head of midwifery",
            "10 January 2022",
            "31 March 2024",
            "Start Well in Northshire: A healthy start",
            "Fewer babies die",
            "Owner, lead, dates and milestones were added for the demonstration",
        ):
            assert told in page

    def test_milestones_say_whether_when_and_by_whom_they_were_reached(self, client):
        page = text_of(client.get(SLEEP))
        today = f"{timezone.localdate():%-d %B %Y}"
        assert f"Leaflet printed reached, told on {today} by Olive; due on 30 June 2022" in page
        assert "On every ward not reached yet; due on 31 December 2023, overdue" in page

    def test_the_history_is_whole_and_newest_first(self, client, world):
        update(world, "safer-sleep", "alice", status=Status.ON_TRACK, progress=70, note="All wards reached.")
        update(world, "safer-sleep", status=Status.ON_TRACK, progress=70, is_confirmation=True)
        page = text_of(client.get(SLEEP)).split("History")[1]
        confirmed, second, first = (
            page.index(told) for told in ("no change, confirmed", "All wards reached.", "Two wards")
        )
        assert confirmed < second < first
        assert "before: at risk; progress 40% → 70%" in page
        assert "Milestone reached: Leaflet printed" in page

    def test_measures_come_from_the_nearest_element_above_that_has_any(self, client, world):
        world.action("brushing-at-nursery").element.measures.update(retired_at=timezone.now())
        measures = [measure.code for measure in client.get(BRUSHING).context["measures"]]
        assert measures == ["infant-deaths", "births"]

    def test_an_action_of_the_strategy_as_a_whole_is_meant_to_move_its_own_measures(self, client):
        response = client.get("/northshire/actions/yearly-forum/")
        assert [measure.code for measure in response.context["measures"]] == ["wellbeing"]

    def test_a_member_who_may_not_update_is_not_offered_to(self, client, world):
        assert "Update this action" not in text_of(client.get(SLEEP))
        world.sign_in(client, "olive")
        assert "Update this action" in text_of(client.get(SLEEP))

    def test_a_retired_action_and_one_that_never_was_are_not_found(self, client):
        KeyAction.objects.filter(code="safer-sleep").update(retired_at=timezone.now())
        assert client.get(SLEEP).status_code == 404
        assert client.get("/northshire/actions/nothing/").status_code == 404


class TestCodeSharedByTwoStrategies:
    @pytest.fixture(autouse=True)
    def _two(self, world, client):
        world.sign_in(client, "olive")
        partnership = world.partnership()
        other = Strategy.objects.create(
            partnership=partnership, slug="later", title="Later", vision="Later.", source="Later", position=9
        )
        KeyAction.objects.create(strategy=other, code="safer-sleep", title="Sleep, later")

    def test_the_first_strategy_has_precedence_and_the_address_can_name_the_other(self, client):
        assert client.get(SLEEP).context["action"].title == "Safer sleep campaign"
        assert client.get(f"{SLEEP}?strategy=later").context["action"].title == "Sleep, later"
        assert client.get(f"{SLEEP}?strategy=never").status_code == 404

    def test_the_list_and_the_form_name_the_strategy_only_where_they_must(self, client):
        addresses = {row.action.title: row.address for row in client.get(LIST).context["rows"]}
        assert addresses["Sleep, later"] == f"{SLEEP}?strategy=later"
        assert addresses["Brushing teeth at nursery"] == BRUSHING

    def test_an_update_goes_to_the_action_that_the_address_names(self, client):
        said = {"status": "on-track", "progress": "5", "seen_version": "0"}
        response = client.post(f"{SLEEP}update/?strategy=later", said)
        assert response.headers["Location"] == f"{SLEEP}?strategy=later"
        assert KeyAction.objects.get(code="safer-sleep", strategy__slug="later").progress == 5


class TestUpdate:
    @pytest.fixture(autouse=True)
    def _olive(self, world, client):
        world.sign_in(client, "olive")

    def test_the_form_begins_with_what_stands(self, client):
        form = client.get(f"{SLEEP}update/").context["form"]
        assert {name: form[name].value() for name in ("status", "progress", "milestones", "seen_version")} == {
            "status": "at-risk",
            "progress": 40,
            "milestones": ["leaflet"],
            "seen_version": 1,
        }

    def test_saving_records_the_report_and_returns_to_the_action(self, client, world):
        said = typed(world, status="on-track", progress="80", note="Both wards.", milestones=["leaflet", "all-wards"])
        response = client.post(f"{SLEEP}update/", said)
        assert (response.status_code, response.headers["Location"]) == (302, SLEEP)
        action = world.action("safer-sleep")
        assert (action.status, action.progress, action.version) == ("on-track", 80, 2)
        assert action.updates.get(version=2).made_by == world.user("olive")
        assert not action.milestones.filter(reached_in=None).exists()

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ({"status": "off-track", "note": ""}, "Say in the note why the action is off track"),
            ({"status": "splendid"}, "Choose one of the statuses listed"),
            ({"status": ""}, "Choose a status"),
            ({"progress": "101"}, "Progress must be a whole number from 0 to 100"),
            ({"progress": "half"}, "Progress must be a whole number from 0 to 100"),
            ({"seen_version": "one"}, "This page is out of date. Open the action again."),
        ],
    )
    def test_a_mistake_is_said_above_the_form_and_keeps_what_was_typed(self, client, world, said, sentence):
        response = client.post(f"{SLEEP}update/", typed(world, **{"note": "Kept.", "status": "on-track", **said}))
        page = text_of(response)
        assert response.status_code == 200
        assert "There is a problem" in page
        assert sentence in page
        assert world.action("safer-sleep").version == 1
        assert said.get("note", "Kept.") == response.context["form"]["note"].value()

    @pytest.mark.parametrize(("said", "target"), [({"status": ""}, "id_status_1"), ({"progress": ""}, "id_progress")])
    def test_an_error_leads_to_something_that_can_be_focused(self, client, world, said, target):
        page = client.post(f"{SLEEP}update/", typed(world, **{"note": "Kept.", **said})).content.decode()
        assert f'<a href="#{target}">' in page
        assert re.search(rf'<input[^>]*id="{target}"', page)

    def test_no_change_confirmed_is_an_answer_of_its_own(self, client, world):
        client.post(f"{SLEEP}update/", typed(world, confirm="", note="Still waiting."))
        made = world.action("safer-sleep").updates.get(version=2)
        assert (made.is_confirmation, made.status, made.progress) == (True, "at-risk", 40)
        assert made.note == "Still waiting."

    def test_a_bare_confirmation_needs_only_the_version_seen(self, client, world):
        assert client.post(f"{SLEEP}update/", {"confirm": "", "seen_version": "1"}).status_code == 302
        assert world.action("safer-sleep").version == 2

    @pytest.mark.parametrize("said", [{"progress": "55"}, {"status": "on-track"}, {"milestones": ["all-wards"]}])
    def test_confirming_what_one_has_changed_on_the_form_is_refused(self, client, world, said):
        response = client.post(f"{SLEEP}update/", typed(world, confirm="", **said))
        assert "then chose “No change, confirmed”" in text_of(response)
        assert world.action("safer-sleep").version == 1


class TestConflict:
    """Alice saves while Olive still has the form open."""

    @pytest.fixture(autouse=True)
    def _alice_was_first(self, world, client):
        world.sign_in(client, "olive")
        self.said = typed(world, status="on-track", progress="90", note="Nearly there.")
        note = "The printer has closed."
        update(
            world,
            "safer-sleep",
            "alice",
            status=Status.OFF_TRACK,
            note=note,
            milestones_reached=["leaflet", "all-wards"],
        )

    def test_the_second_is_shown_who_changed_what_and_loses_nothing(self, client, world):
        response = client.post(f"{SLEEP}update/", self.said)
        page = text_of(response)
        assert response.status_code == 409
        assert "Alice" in page
        assert "before: at risk; progress 40% → 50%" in page
        assert "The printer has closed." in page
        assert "Milestone reached: On every ward" in page
        form = response.context["form"]
        assert [form[name].value() for name in ("status", "progress", "note")] == ["on-track", "90", "Nearly there."]
        assert world.action("safer-sleep").version == 2

    def test_the_form_can_be_saved_on_top_and_keeps_milestones_reached_meanwhile(self, client, world):
        form = client.post(f"{SLEEP}update/", self.said).context["form"]
        response = client.post(f"{SLEEP}update/", {name: form[name].value() or "" for name in form.fields})
        assert response.status_code == 302
        action = world.action("safer-sleep")
        assert (action.status, action.progress, action.version) == ("on-track", 90, 3)
        assert not action.milestones.filter(reached_in=None).exists()

    def test_or_it_can_be_discarded(self, client):
        assert f'href="{SLEEP}">Discard what I typed' in client.post(f"{SLEEP}update/", self.said).content.decode()

    def test_it_remembers_the_page_it_was_filled_in_on(self, client, world):
        prefix = f"action-{world.action('safer-sleep').pk}"
        said = {f"{prefix}-{name}": value for name, value in {**self.said, "next": "mine", "then": "7"}.items()}
        form = client.post(f"{SLEEP}update/", said).context["form"]
        again = {form.add_prefix(name): form[name].value() or "" for name in form.fields}
        assert client.post(f"{SLEEP}update/", again).headers["Location"] == f"{MINE}?open=7#action-7"

    def test_a_confirmation_of_what_no_longer_stands_is_a_conflict_too(self, client):
        assert client.post(f"{SLEEP}update/", {**self.said, "confirm": ""}).status_code == 409


class TestMine:
    def test_it_lists_what_i_lead_the_most_urgent_first(self, client, world):
        olive = world.user("olive")
        today = timezone.localdate()
        soon, *_rest = add_actions(2, lead=olive, due_on=today + timedelta(days=7))
        Milestone.objects.filter(action=soon).update(due_on=today)
        world.sign_in(client, "olive")
        response = client.get(MINE)
        assert [row.action.title for row in response.context["owed"]] == ["Safer sleep campaign", "More 0", "More 1"]
        page = text_of(response)
        assert "You lead 3 actions that have not ended. 1 is overdue." in page
        assert "Due today" in page
        assert "Due in 7 days" in page

    def test_what_has_ended_is_no_longer_owed(self, client, world):
        update(world, "safer-sleep", status=Status.CANCELLED, note="No money.")
        world.sign_in(client, "olive")
        assert "You lead no action that is still open" in text_of(client.get(MINE))

    def test_each_action_has_its_own_form_and_saving_leads_to_the_next(self, client, world):
        [second] = add_actions(1, lead=world.user("olive"))
        world.sign_in(client, "olive")
        first_row, second_row = client.get(MINE).context["owed"]
        assert first_row.form.prefix != second_row.form.prefix
        said = {first_row.form.add_prefix(name): value for name, value in typed(world, note="Soon.").items()}
        said |= {first_row.form.add_prefix("next"): "mine", first_row.form.add_prefix("then"): second.pk}
        response = client.post(f"{SLEEP}update/", said)
        assert response.headers["Location"] == f"{MINE}?open={second.pk}#action-{second.pk}"
        assert world.action("safer-sleep").version == 2
        assert [row.is_open for row in client.get(f"{MINE}?open={second.pk}").context["owed"]] == [False, True]

    def test_after_the_last_it_returns_to_the_list(self, client, world):
        world.sign_in(client, "olive")
        said = typed(world, note="Soon.", next="mine")
        assert client.post(f"{SLEEP}update/", said).headers["Location"] == MINE

    def test_the_way_back_cannot_be_turned_to_another_site(self, client, world):
        world.sign_in(client, "olive")
        said = typed(world, note="Soon.", next="https://example.com/")
        assert client.post(f"{SLEEP}update/", said).headers["Location"] == SLEEP

    def test_a_board_member_owes_nothing(self, client, world):
        world.sign_in(client, "bob")
        page = text_of(client.get(MINE))
        assert "You owe nothing." in page
        assert "Figures due" not in page

    def test_an_administrator_also_sees_what_nobody_leads(self, client, world):
        world.sign_in(client, "alice")
        response = client.get(MINE)
        assert [row.action.title for row in response.context["unled"]] == [
            "Brushing teeth at nursery",
            "Yearly forum of families",
        ]
        world.sign_in(client, "olive")
        assert client.get(MINE).context["unled"] == []

    @pytest.fixture
    def _published_long_ago(self, world):
        Upload.objects.update(published_at=timezone.now() - timedelta(days=60))

    @pytest.mark.usefixtures("_published_long_ago")
    @pytest.mark.parametrize(("days", "is_due"), [(-1, True), (0, True), (1, False)])
    def test_figures_are_due_from_the_day_that_their_publisher_announced(self, client, world, days, is_due):
        day = timezone.localdate() + timedelta(days=days)
        Indicator.objects.filter(code="wellbeing-score").update(next_update_on=day)
        world.sign_in(client, "olive")
        response = client.get(MINE)
        assert ("wellbeing-score" in [due.series.code for due in response.context["announced"]]) is is_due
        assert (f"New figures were announced for {day:%-d %B %Y}." in text_of(response)) is is_due

    @pytest.mark.usefixtures("_published_long_ago")
    def test_an_indicator_that_no_standing_measure_uses_is_not_asked_for(self, client, world):
        Indicator.objects.filter(code="wellbeing-score").update(next_update_on=timezone.localdate())
        Measure.objects.filter(code="wellbeing").update(retired_at=timezone.now())
        world.sign_in(client, "olive")
        assert "wellbeing-score" not in [due.series.code for due in client.get(MINE).context["announced"]]


def queries_of(client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("person", ["bob", "olive", "alice", "stella"])
@pytest.mark.parametrize(("path", "most"), [(LIST, 8), (SLEEP, 10), (MINE, 10)])
def test_a_page_asks_the_database_as_often_for_many_rows_as_for_few(client, world, path, most, person):
    world.sign_in(client, person)
    [one, *more] = add_actions(MANY)
    KeyAction.objects.filter(pk=one.pk).update(lead=world.user(person))
    KeyAction.objects.filter(pk__in=[action.pk for action in more]).update(retired_at=timezone.now())
    few = queries_of(client, path)
    led = [action.pk for action in more[::2]]
    KeyAction.objects.filter(pk__in=led).update(lead=world.user(person))
    KeyAction.objects.update(retired_at=None)
    for _round in range(5):
        update(world, "safer-sleep", status=Status.ON_TRACK)
    assert queries_of(client, path) == few <= most


def test_the_form_page_keeps_its_budget(client, world):
    world.sign_in(client, "olive")
    assert queries_of(client, reverse("action-update", args=["northshire", "safer-sleep"])) <= 6
