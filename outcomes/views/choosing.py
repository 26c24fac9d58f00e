"""What a dashboard or a matrix shows, chosen by forms that work by GET, so that it is in the address."""

from collections.abc import Iterable
from datetime import date

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Layout
from django import forms
from django.utils import timezone
from django.utils.dateformat import format as date_text
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.territory import Territory
from outcomes.models import Strategy
from partnerships.models import Area


class StrategyForm(forms.Form):
    """Which strategy. Field names are those of the address."""

    strategy = forms.ChoiceField(label=gettext_lazy("Strategy"))

    def __init__(self, strategies: Iterable[Strategy], chosen: Strategy | None, initial: dict | None = None) -> None:
        super().__init__(initial={"strategy": chosen.slug if chosen else "", **(initial or {})})
        self.fields["strategy"].choices = [(strategy.slug, strategy.title) for strategy in strategies]
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.form_class = "app-filter"
        self.helper.layout = Layout(*self.fields, Button.secondary("", _("Show"), css_id="id_show"))


class DashboardForm(StrategyForm):
    """Which area, which strategy, and as known on which day."""

    area = forms.ChoiceField(label=gettext_lazy("Area"))
    as_known_on = forms.DateField(
        label=gettext_lazy("As known on"),
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}, format="%Y-%m-%d"),
    )
    field_order = ("area", "strategy", "as_known_on")

    def __init__(
        self,
        strategies: Iterable[Strategy],
        chosen: Strategy | None,
        *,
        territory: Territory,
        area: Area,
        as_known_on: date | None,
    ) -> None:
        super().__init__(strategies, chosen, {"area": area.code, "as_known_on": as_known_on})
        groups = ((_("The partnership's areas"), territory.footprint), (_("To compare with"), territory.comparators))
        self.fields["area"].choices = [
            (label, [(one.code, one.name) for one in areas]) for label, areas in groups if areas
        ]


def day_typed(text: str) -> tuple[date | None, str]:
    """The day as typed in an address, and otherwise a sentence about what is wrong with it; neither of no text."""
    if not text:
        return None, ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        typed = {"typed": text[:40]}
        return None, _(
            "“%(typed)s” is not a day: write one such as 2026-01-31. The page shows what is known now."
        ) % typed
    if day > timezone.localdate():
        typed = {"day": date_text(day, "j F Y")}
        return None, _("%(day)s has not come yet. The page shows what is known now.") % typed
    return day, ""
