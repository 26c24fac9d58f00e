"""What a steward may correct in the admin, and what nobody may."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from indicators.models import Indicator, Layout, OriginalFile, SuppressedView, Suppression, Upload, Value
from tests.universe import World


@pytest.fixture
def steward(world: World, client: Client) -> Client:
    world.sign_in(client, "stella")
    return client


def address(model: type, page: str, *arguments) -> str:
    return reverse(f"admin:indicators_{model._meta.model_name}_{page}", args=arguments)


@pytest.mark.parametrize("model", [Indicator, Layout, Upload, OriginalFile, Value, Suppression, SuppressedView])
def test_every_list_opens_and_can_be_searched(steward, model):
    assert steward.get(address(model, "changelist")).status_code == 200
    assert steward.get(address(model, "changelist"), {"q": "school"}).status_code == 200


@pytest.mark.parametrize("model", [Upload, OriginalFile, Value])
def test_files_and_figures_are_only_looked_at(steward, model):
    one = model.objects.first()
    assert steward.get(address(model, "change", one.pk)).status_code == 200
    assert steward.get(address(model, "add")).status_code == 403
    assert steward.post(address(model, "change", one.pk), {}).status_code == 403
    assert steward.post(address(model, "delete", one.pk), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=one.pk).exists()


def test_the_list_of_figures_takes_the_same_queries_however_many_there_are(steward, django_assert_max_num_queries):
    steward.get(address(Value, "changelist"))
    with django_assert_max_num_queries(9):
        steward.get(address(Value, "changelist"))


def test_an_indicator_is_corrected_but_keeps_its_code_and_is_not_deleted(steward):
    indicator = Indicator.objects.get(code="school-ready")
    page = steward.get(address(Indicator, "change", indicator.pk))
    fields = {name: value for name, value in page.context["adminform"].form.initial.items() if value is not None}
    inline = page.context["inline_admin_formsets"][0].formset
    management = {f"{inline.prefix}-{name}": value for name, value in inline.management_form.initial.items()}
    breaks = {
        f"{inline.prefix}-{number}-{name}": value
        for number, form in enumerate(inline.initial_forms)
        for name, value in form.initial.items()
    }

    answer = steward.post(
        address(Indicator, "change", indicator.pk),
        {**fields, **management, **breaks, "code": "other", "short_name": "Ready"},
    )

    assert answer.status_code == 302, answer.context["errors"]
    indicator.refresh_from_db()
    assert (indicator.code, indicator.short_name) == ("school-ready", "Ready")
    assert steward.post(address(Indicator, "delete", indicator.pk), {"post": "yes"}).status_code == 403


def test_retired_indicators_can_be_told_apart(steward):
    for standing, is_there in (("yes", True), ("no", False)):
        page = steward.get(address(Indicator, "changelist"), {"standing": standing})
        assert ("Children ready for school" in page.content.decode()) is is_there


GOOD = {
    "name": "theirs",
    "title": "Theirs",
    "area": {"columns": ["Area Code"]},
    "period": {"columns": ["Year"]},
    "indicator": {"constant": "school-ready"},
    "figures": [{"value": "Figure"}],
}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"area": {"places": ["Area Code"]}}, "places"),
        ({"figures": []}, "say which columns hold the values"),
        ({"period": {}}, "period"),
        ({}, None),
    ],
)
def test_a_layout_that_no_file_could_be_read_by_is_refused(steward, changes, words):
    data = GOOD | changes
    page = steward.post(
        address(Layout, "add"), {"name": "theirs", "title": "Theirs", "partnership": "", "data": json.dumps(data)}
    )
    if words is None:
        assert Layout.objects.get().data == data
    else:
        assert words in page.content.decode()
        assert not Layout.objects.exists()
