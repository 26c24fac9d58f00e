"""What the spine chart, the map and the page of two measures show, chosen by forms that work by GET."""

from collections.abc import Iterable, Sequence
from datetime import date

from crispy_forms_gds.layout import Button, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.comparators import Comparator
from indicators.peergroups import PeerGroup
from indicators.territory import Territory
from outcomes.measures import MeasureGroup
from outcomes.models import Measure, Strategy
from outcomes.tiles import Shading
from outcomes.views.choosing import DashboardForm, StrategyForm
from partnerships.models import Area


class SpineForm(DashboardForm):
    """As the dashboard's, and beside which areas; not asked where there is nothing to choose from."""

    beside = forms.ChoiceField(label=gettext_lazy("Beside"))
    field_order = ("area", "strategy", "beside", "comparator", "as_known_on")

    def __init__(
        self,
        strategies: Iterable[Strategy],
        chosen: Strategy | None,
        *,
        territory: Territory,
        area: Area,
        groups: Sequence[PeerGroup],
        beside: PeerGroup | None,
        comparators: Sequence[Comparator],
        comparator: Comparator | None,
        as_known_on: date | None,
    ) -> None:
        super().__init__(
            strategies,
            chosen,
            territory=territory,
            area=area,
            comparators=comparators,
            comparator=comparator,
            as_known_on=as_known_on,
        )
        self.initial["beside"] = beside.code if beside else ""
        self.fields["beside"].choices = [(group.code, group.title) for group in groups]
        if len(groups) < 2:
            del self.fields["beside"]
            self.helper.layout = Layout(*self.fields, Button.secondary("", _("Show"), css_id="id_show"))


class MapForm(StrategyForm):
    """Which measure, shaded by what."""

    measure = forms.ChoiceField(label=gettext_lazy("Measure"))
    shading = forms.ChoiceField(label=gettext_lazy("Shaded by"), choices=Shading.choices)
    field_order = ("strategy", "measure", "shading", "as_known_on")

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
    field_order = ("strategy", "x", "y", "as_known_on")

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
