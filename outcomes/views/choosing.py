"""What the pages of figures show, chosen by forms that work by GET, so that it is in the address."""

from collections.abc import Iterable, Sequence
from datetime import date

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Layout
from django import forms
from django.forms.renderers import Jinja2
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.comparators import Comparator
from indicators.territory import Territory
from outcomes.models import Strategy
from partnerships.models import Area


class DayForm(forms.Form):
    """As known on which day. Field names are those of the address."""

    # A list of two hundred areas takes Django's own templates longer than the figures of the page.
    default_renderer = Jinja2()

    as_known_on = forms.DateField(
        label=gettext_lazy("As known on"),
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}, format="%Y-%m-%d"),
    )

    def __init__(self, as_known_on: date | None, **initial: str) -> None:
        super().__init__(initial={"as_known_on": as_known_on, **initial})
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.form_class = "app-filter"
        self.helper.layout = Layout(*self.fields, Button.secondary("", _("Show"), css_id="id_show"))


class StrategyForm(DayForm):
    """Which strategy, and as known on which day."""

    strategy = forms.ChoiceField(label=gettext_lazy("Strategy"))
    field_order = ("area", "strategy", "as_known_on")

    def __init__(
        self, strategies: Iterable[Strategy], chosen: Strategy | None, *, as_known_on: date | None, **initial: str
    ) -> None:
        super().__init__(as_known_on, strategy=chosen.slug if chosen else "", **initial)
        self.fields["strategy"].choices = [(strategy.slug, strategy.title) for strategy in strategies]


class DashboardForm(StrategyForm):
    """Which area, which strategy, compared with what, and as known on which day."""

    area = forms.ChoiceField(label=gettext_lazy("Area"))
    comparator = forms.ChoiceField(label=gettext_lazy("Compared with"))
    field_order = ("area", "strategy", "comparator", "as_known_on")

    def __init__(
        self,
        strategies: Iterable[Strategy],
        chosen: Strategy | None,
        *,
        territory: Territory,
        area: Area,
        comparators: Sequence[Comparator],
        comparator: Comparator | None,
        as_known_on: date | None,
    ) -> None:
        key = comparator.key if comparator else ""
        super().__init__(strategies, chosen, as_known_on=as_known_on, area=area.code, comparator=key)
        self.fields["comparator"].choices = [(one.key, one.full_name) for one in comparators]
        ours = (*territory.footprint, territory.combined.area) if territory.combined else territory.footprint
        groups = ((_("The partnership's areas"), ours), (_("To compare with"), territory.comparators))
        self.fields["area"].choices = [
            (label, [(one.code, one.name) for one in areas]) for label, areas in groups if areas
        ]
