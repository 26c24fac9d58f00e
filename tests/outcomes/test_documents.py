import re
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.db import DatabaseError
from django.utils import timezone

from outcomes import documents
from outcomes.models import Strategy
from partnerships.models import Document, Meeting

LIST = "/northshire/strategies/start-well/documents/"


@pytest.fixture
def strategy(world) -> Strategy:
    return Strategy.objects.get(slug="start-well")


def add(strategy: Strategy, world, **said) -> Document:
    given = {"title": "Minutes of the board", "kind": "paper", **said}
    return documents.add(strategy=strategy, by=world.user("alice"), **given)


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


class TestWriter:
    def test_a_document_stands_beside_its_strategy(self, strategy, world):
        made = add(strategy, world, url="https://example.org/minutes", published_on=date(2024, 3, 1))
        assert made in strategy.documents.all()
        assert (made.code, made.partnership) == ("minutes-of-the-board", strategy.partnership)

    def test_its_code_is_one_that_no_document_of_the_partnership_has(self, strategy, world):
        codes = [add(strategy, world).code for _round in range(3)]
        assert codes == ["minutes-of-the-board", "minutes-of-the-board-2", "minutes-of-the-board-3"]

    @pytest.mark.parametrize(("title", "code"), [("Σχέδιο", "document"), ("A" * 300, "a" * 74)])
    def test_any_title_makes_a_code(self, strategy, world, title, code):
        assert add(strategy, world, title=title).code == code

    def test_a_meeting_is_made_once_for_all_its_papers(self, strategy, world):
        said = {"meeting_title": "Board", "held_on": date(2024, 2, 14)}
        first, second = add(strategy, world, **said), add(strategy, world, **said)
        assert first.meeting == second.meeting
        assert Meeting.objects.filter(title="Board").count() == 1

    @pytest.mark.parametrize("said", [{"meeting_title": "Board"}, {"held_on": date(2024, 2, 14)}])
    def test_a_meeting_needs_both_its_title_and_its_day(self, strategy, world, said):
        with pytest.raises(ValueError, match="title and a day"):
            add(strategy, world, **said)

    def test_it_is_kept_who_did_it(self, strategy, world):
        made = add(strategy, world)
        assert LogEntry.objects.get(object_id=str(made.pk), content_type__model="document").user == world.user("alice")

    def test_neither_document_nor_meeting_stands_when_a_part_cannot_be_written(self, strategy, world, monkeypatch):
        def refuse(*args, **kwargs):
            raise DatabaseError("no")

        monkeypatch.setattr(LogEntry.objects, "log_actions", refuse)
        with pytest.raises(DatabaseError, match="no"):
            add(strategy, world, meeting_title="Board", held_on=date(2024, 2, 14))
        assert not Document.objects.filter(title="Minutes of the board").exists()
        assert not Meeting.objects.filter(title="Board").exists()


def test_shelves_are_kinds_first_then_meetings_with_the_latest_first(strategy, world):
    add(strategy, world, title="Late", meeting_title="Workshop", held_on=date(2024, 5, 1))
    add(strategy, world, title="Advice", kind="reading")
    add(strategy, world, title="Gone").__class__.objects.filter(title="Gone").update(retired_at=timezone.now())
    found = [
        (shelf.heading, shelf.day, [one.title for one in shelf.documents]) for shelf in documents.shelves(strategy)
    ]
    assert found == [
        ("Strategy", None, ["Start Well in Northshire"]),
        ("Further reading", None, ["Advice"]),
        ("Workshop", date(2024, 5, 1), ["Late"]),
        ("Board of the partnership", date(2022, 2, 14), ["Teeth in the county"]),
    ]


class TestPages:
    def test_a_document_without_an_address_says_so(self, world, client):
        page = text_of(client.get(LIST))
        assert "Teeth in the county (no address is published)" in page
        assert "Start Well in Northshire (no address" not in page
        assert "Board of the partnership, 14 February 2022" in page

    def test_only_an_administrator_is_offered_to_add_one(self, world, client):
        world.sign_in(client, "olive")
        assert "Add a document" not in text_of(client.get(LIST))
        world.sign_in(client, "alice")
        assert "Add a document" in text_of(client.get(LIST))

    def test_adding_one_returns_to_the_list(self, world, client, strategy):
        world.sign_in(client, "alice")
        said = {
            "title": "Minutes",
            "kind": "paper",
            "url": "https://example.org/minutes",
            "meeting_title": "Board",
            "held_on_0": "14",
            "held_on_1": "2",
            "held_on_2": "2024",
        }
        assert client.post(f"{LIST}new/", said).headers["Location"] == LIST
        made = strategy.documents.get(title="Minutes")
        assert (made.meeting.held_on, made.published_on) == (date(2024, 2, 14), None)

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ({"title": ""}, "Enter the title of the document"),
            ({"kind": ""}, "Choose the kind of document"),
            ({"url": "minutes"}, "Enter an address such as https://www.example.org/plan"),
            ({"url": "javascript:alert(1)"}, "Enter an address such as https://www.example.org/plan"),
            ({"url": "ftp://example.org/plan"}, "Enter an address such as https://www.example.org/plan"),
            ({"meeting_title": "Board"}, "Enter the day of the meeting"),
            ({"held_on_0": "1", "held_on_1": "2", "held_on_2": "2024"}, "Enter the title of the meeting"),
            (
                {"published_on_0": "31", "published_on_1": "2", "published_on_2": "2024"},
                "Date of the document: enter a day that exists",
            ),
            ({"published_on_0": "31"}, "Date of the document: enter a day that exists"),
        ],
    )
    def test_a_mistake_is_said_and_keeps_what_was_typed(self, world, client, said, sentence):
        world.sign_in(client, "alice")
        response = client.post(f"{LIST}new/", {"title": "Minutes", "kind": "paper", "note": "Kept.", **said})
        assert response.status_code == 200
        assert sentence in text_of(response)
        assert "Kept." in response.content.decode()
        assert not Document.objects.filter(title="Minutes").exists()

    def test_without_documents_it_says_what_would_be_here(self, world, client, strategy):
        strategy.documents.clear()
        assert "No documents yet" in text_of(client.get(LIST))
