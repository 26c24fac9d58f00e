import pytest
from django.urls import reverse

from actions.models import KeyAction, StatusUpdate


@pytest.fixture(autouse=True)
def _stella(world, client):
    world.sign_in(client, "stella")


@pytest.mark.parametrize("model", [KeyAction, StatusUpdate])
def test_a_steward_can_list_search_and_open_everything(client, model):
    name = f"admin:actions_{model._meta.model_name}"
    assert client.get(reverse(f"{name}_changelist"), {"q": "sleep"}).status_code == 200
    assert client.get(reverse(f"{name}_change", args=[model.objects.latest("pk").pk])).status_code == 200


def test_history_is_only_shown(client):
    update = StatusUpdate.objects.get()
    assert client.get(reverse("admin:actions_statusupdate_add")).status_code == 403
    assert client.post(reverse("admin:actions_statusupdate_change", args=[update.pk]), {}).status_code == 403
    assert client.post(reverse("admin:actions_statusupdate_delete", args=[update.pk])).status_code == 403


def test_what_an_update_writes_cannot_be_written_here(client, world):
    action = world.action("safer-sleep")
    page = client.get(reverse("admin:actions_keyaction_change", args=[action.pk]))
    editable = page.context["adminform"].form.fields
    assert not {"status", "progress", "completed_at", "completed_by", "version"} & set(editable)
    assert "due_on" in editable


def test_an_action_is_retired_by_its_file_and_never_deleted(client, world):
    address = reverse("admin:actions_keyaction_delete", args=[world.action("safer-sleep").pk])
    assert client.post(address, {"post": "yes"}).status_code == 403
