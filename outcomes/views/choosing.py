"""What the pages of figures show, chosen by forms that work by GET, so that it is in the address."""

from collections.abc import Iterable, Sequence
from datetime import date

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.peergroups import PeerGroup
from indicators.territory import Territory
from outcomes.measures import MeasureGroup
from outcomes.models import Measure, Strategy
from outcomes.tiles import Shading
from partnerships.models import Area


class DayForm(forms.Form):
    """As known on which day. Field names are those of the address."""

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
    field_order = ("area", "strategy", "beside", "measure", "shading", "x", "y", "as_known_on")

    def __init__(
        self, strategies: Iterable[Strategy], chosen: Strategy | None, *, as_known_on: date | None, **initial: str
    ) -> None:
        super().__init__(as_known_on, strategy=chosen.slug if chosen else "", **initial)
        self.fields["strategy"].choices = [(strategy.slug, strategy.title) for strategy in strategies]


class DashboardForm(StrategyForm):
    """Which area, which strategy, and as known on which day."""

    area = forms.ChoiceField(label=gettext_lazy("Area"))

    def __init__(
        self,
        strategies: Iterable[Strategy],
        chosen: Strategy | None,
        *,
        territory: Territory,
        area: Area,
        as_known_on: date | None,
    ) -> None:
        super().__init__(strategies, chosen, as_known_on=as_known_on, area=area.code)
        groups = ((_("The partnership's areas"), territory.footprint), (_("To compare with"), territory.comparators))
        self.fields["area"].choices = [
            (label, [(one.code, one.name) for one in areas]) for label, areas in groups if areas
        ]


class SpineForm(DashboardForm):
    """Also beside which areas; not asked where there is nothing to choose from."""

    beside = forms.ChoiceField(label=gettext_lazy("Beside"))

    def __init__(
        self,
        strategies: Iterable[Strategy],
        chosen: Strategy | None,
        *,
        territory: Territory,
        area: Area,
        groups: Sequence[PeerGroup],
        beside: PeerGroup | None,
        as_known_on: date | None,
    ) -> None:
        super().__init__(strategies, chosen, territory=territory, area=area, as_known_on=as_known_on)
        self.initial["beside"] = beside.code if beside else ""
        self.fields["beside"].choices = [(group.code, group.title) for group in groups]
        if len(groups) < 2:
            del self.fields["beside"]
            self.helper.layout = Layout(*self.fields, Button.secondary("", _("Show"), css_id="id_show"))


class MapForm(StrategyForm):
    """Which measure, shaded by what."""

    measure = forms.ChoiceField(label=gettext_lazy("Measure"))
    shading = forms.ChoiceField(label=gettext_lazy("Shaded by"), choices=Shading.choices)

    def __init__(
        self,
        strategies: Iterable[Strategy],
        chosen: Strategy | None,
        *,
        groups: Iterable[MeasureGroup],
        measure: Measure | None,
        shading: str,
        as_known_on: date | None,
    ) -> None:
        code = measure.code if measure else ""
        super().__init__(strategies, chosen, as_known_on=as_known_on, measure=code, shading=shading)
        self.fields["measure"].choices = measure_choices(groups)


class ScatterForm(StrategyForm):
    """Which two measures."""

    x = forms.ChoiceField(label=gettext_lazy("Across"))
    y = forms.ChoiceField(label=gettext_lazy("Up"))

    def __init__(
        self,
        strategies: Iterable[Strategy],
        chosen: Strategy | None,
        *,
        groups: Iterable[MeasureGroup],
        x: Measure | None,
        y: Measure | None,
        as_known_on: date | None,
    ) -> None:
        codes = {"x": x.code if x else "", "y": y.code if y else ""}
        super().__init__(strategies, chosen, as_known_on=as_known_on, **codes)
        for name in codes:
            self.fields[name].choices = measure_choices(groups)


def measure_choices(groups: Iterable[MeasureGroup]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The measures with an indicator under the elements that they show."""
    found = []
    for group in groups:
        shown = [(one.measure.code, _called(one.measure)) for one in group.measures if one.measure.indicator]
        if shown:
            found.append((group.element.title if group.element else _("The strategy as a whole"), shown))
    return found


def _called(measure: Measure) -> str:
    return f"{measure.title}, {measure.breakdown}" if measure.breakdown else measure.title
