"""The forms that choose what a page of indicators shows. They work by GET, so what is chosen is in the address."""

from collections.abc import Iterable
from datetime import date

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Layout
from django import forms
from django.forms.renderers import Jinja2
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from indicators.comparators import Comparator
from indicators.territory import Territory


def helper_of(*fields: str) -> FormHelper:
    helper = FormHelper()
    helper.form_method = "get"
    helper.form_show_errors = False
    helper.disable_csrf = True
    helper.form_class = "app-filter"
    helper.layout = Layout(*fields, Button.secondary("", _("Show"), css_id="id_show"))
    return helper


def area_choices(territory: Territory) -> list[tuple[str, list[tuple[str, str]]]]:
    ours = (*territory.footprint, territory.combined.area) if territory.combined else territory.footprint
    groups = ((_("The partnership's areas"), ours), (_("To compare with"), territory.comparators))
    return [(label, [(area.code, area.name) for area in areas]) for label, areas in groups if areas]


class SeriesForm(forms.Form):
    """Which series of an indicator, the area and the group, compared with what, and as known on which day."""

    # Django's own templates are slow with hundreds of choices.
    default_renderer = Jinja2()

    area = forms.ChoiceField(label=gettext_lazy("Area"))
    breakdown = forms.ChoiceField(label=pgettext_lazy("breakdown", "Group"), required=False)
    comparator = forms.ChoiceField(label=gettext_lazy("Compared with"), required=False)
    as_known_on = forms.DateField(
        label=gettext_lazy("As known on"),
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}, format="%Y-%m-%d"),
    )

    def __init__(
        self,
        *,
        territory: Territory,
        area: str,
        breakdown: str,
        breakdowns: Iterable[str],
        comparator: Comparator | None,
        comparators: Iterable[Comparator],
        as_known_on: date | None,
    ) -> None:
        key = comparator.key if comparator else ""
        initial = {"area": area, "breakdown": breakdown, "comparator": key, "as_known_on": as_known_on}
        super().__init__(initial=initial)
        self.fields["area"].choices = area_choices(territory)
        offered = [one for one in dict.fromkeys([*breakdowns, breakdown]) if one]
        self.fields["breakdown"].choices = [("", _("Everyone")), *((one, one) for one in offered)]
        beside = [(one.key, one.full_name) for one in comparators]
        self.fields["comparator"].choices = beside
        shown = [*(["breakdown"] if offered else []), *(["comparator"] if beside else [])]
        self.helper = helper_of("area", *shown, "as_known_on")


class SearchForm(forms.Form):
    """Narrows the catalogue by words and topic."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=100)
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)

    def __init__(self, data: QueryDict, *, topics: Iterable[str]) -> None:
        super().__init__(data)
        self.fields["topic"].choices = [("", _("All topics")), *((topic, topic) for topic in topics)]
        self.helper = helper_of("q", "topic")

    def chosen(self) -> tuple[str, str]:
        """The words and the topic, empty where none are given or can be read."""
        self.is_valid()
        return self.cleaned_data.get("q", ""), self.cleaned_data.get("topic", "")
