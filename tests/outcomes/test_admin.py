import pytest
from django.urls import reverse

from outcomes.models import Element, GlossaryTerm, Horizon, Level, Measure, Statement, Strategy, Target

MODELS = [Strategy, Level, Element, Measure, Target, Statement, Horizon, GlossaryTerm]


@pytest.mark.parametrize("model", MODELS)
def test_a_steward_can_list_search_and_open_everything(world, client, model):
    world.sign_in(client, "stella")
    name = f"admin:outcomes_{model._meta.model_name}"
    assert client.get(reverse(f"{name}_changelist"), {"q": "a"}).status_code == 200
    assert client.get(reverse(f"{name}_add")).status_code == 200
    assert client.get(reverse(f"{name}_change", args=[model.objects.latest("pk").pk])).status_code == 200


def test_a_word_can_be_mended(world, client):
    world.sign_in(client, "stella")
    term = GlossaryTerm.objects.get()
    said = {"strategy": term.strategy_id, "term": "Reception", "meaning": "The first year.", "origin": "source"}
    client.post(reverse("admin:outcomes_glossaryterm_change", args=[term.pk]), said)
    term.refresh_from_db()
    assert term.meaning == "The first year."
