"""The forms of strategies: the aim of a measure, a document, and a strategy file."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from crispy_forms_gds.fields import DateInputField
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fieldset, Fixed, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator, URLValidator
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from indicators.models import LARGEST_NUMBER, ValueType
from indicators.numbers import plain_number
from outcomes.models import Measure, PathShape
from outcomes.targets import Point
from partnerships.models import DocumentKind
from partnerships.problems import Problem
from partnerships.yamlfile import MAX_BYTES

# Empty rows offered beyond the targets that stand.
SPARE_TARGETS = 2
MOST_TARGETS = 40


class DayField(DateInputField):
    """A day in three fields, all of which may be left empty. `what` begins the sentence that says what is wrong."""

    def __init__(self, *, what: str, **kwargs: Any) -> None:
        super().__init__(require_all_fields=False, required=False, **kwargs)
        self.sentence = format_lazy(gettext_lazy("{what}: enter a day that exists, such as 31 3 2027"), what=what)
        for part in self.fields:
            part.error_messages["incomplete"] = self.sentence
            part.validators = [RegexValidator(r"^[0-9]{1,4}$", self.sentence)]

    def compress(self, data_list: Sequence[str | None]) -> date | None:
        if not any(data_list):
            return None
        try:
            return date(*(int(part) for part in reversed(data_list)))
        except ValueError as error:
            raise ValidationError(self.sentence) from error


class NumberField(forms.FloatField):
    """A number within what the database holds. `what` begins the sentence that says what is wrong."""

    widget = forms.TextInput

    def __init__(self, *, what: str, **kwargs: Any) -> None:
        sentence = format_lazy(gettext_lazy("{what}: enter a number, such as 65.2"), what=what)
        messages = dict.fromkeys(("invalid", "min_value", "max_value"), sentence)
        bounds = {"min_value": -LARGEST_NUMBER / 10, "max_value": LARGEST_NUMBER / 10}
        super().__init__(required=False, **{"error_messages": messages, **bounds, **kwargs})


class WebAddressField(forms.URLField):
    """An address that a strategy file may hold too; a file with any other would not load again."""

    default_validators = (URLValidator(schemes=("http", "https")),)


class AimForm(forms.Form):
    """The baseline, targets, path and tolerance of a measure that has an indicator. A row left empty is no target."""

    baseline_value = NumberField(what=gettext_lazy("Baseline"), label=gettext_lazy("Baseline"))
    baseline_on = DayField(what=gettext_lazy("Baseline"), label=gettext_lazy("Last day of the baseline period"))
    path_shape = forms.ChoiceField(
        label=gettext_lazy("Way from one target to the next"),
        choices=[(shape.value, capfirst(shape.label)) for shape in PathShape],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose the way from one target to the next")
        ),
    )
    tolerance = NumberField(
        what=gettext_lazy("Tolerance"),
        label=gettext_lazy("Tolerance"),
        min_value=0,
        help_text=gettext_lazy("How far off its path the measure may be and still be on course. Leave empty for none."),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), gettext_lazy("Tolerance: enter 0 or more")),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, measure: Measure) -> None:
        self.measure = measure
        standing = list(measure.targets.all())
        names = ("baseline_value", "baseline_on", "path_shape", "tolerance")
        initial = {name: getattr(measure, name) for name in names}
        for number, target in enumerate(standing):
            initial |= {f"{name}_{number}": getattr(target, name) for name in ("value", "upper", "due_on")}
        super().__init__(data, initial=initial)
        self.rows = self._rows_in(data) if data is not None else len(standing) + SPARE_TARGETS
        for number in range(self.rows):
            what = self.name_of(number)
            self.fields[f"value_{number}"] = NumberField(what=what, label=_("Target"))
            self.fields[f"upper_{number}"] = NumberField(
                what=what,
                label=_("Upper end, if the target is a range"),
                help_text=_("The target is then its lower end."),
            )
            self.fields[f"due_on_{number}"] = DayField(what=what, label=_("Last day of its period"))
            if number < len(standing):
                self.fields[f"remove_{number}"] = forms.BooleanField(label=_("Remove this target"), required=False)
        self.helper = self._helper()

    @staticmethod
    def name_of(number: int) -> str:
        return _("Target %(number)s") % {"number": number + 1}

    @staticmethod
    def _rows_in(data: Mapping[str, Any]) -> int:
        """As many as the page had when it was filled in, whatever stands by now."""
        return next((number for number in range(MOST_TARGETS) if f"value_{number}" not in data), MOST_TARGETS)

    def _helper(self) -> FormHelper:
        helper = FormHelper()
        helper.attrs = {"novalidate": "novalidate"}
        rows = [
            Fieldset(*self._row(number), legend=self.name_of(number), legend_size=Size.SMALL)
            for number in range(self.rows)
        ]
        helper.layout = Layout(
            Fieldset(
                Field.text("baseline_value", field_width=Fixed.TEN, inputmode="decimal"),
                "baseline_on",
                legend=_("Where the measure starts from"),
                legend_size=Size.MEDIUM,
            ),
            *rows,
            Field.radios("path_shape", legend_size=Size.SMALL),
            Field.text("tolerance", field_width=Fixed.TEN, inputmode="decimal"),
            Button.primary("save", _("Save")),
        )
        return helper

    def _row(self, number: int) -> list:
        numbers = [
            Field.text(f"{name}_{number}", field_width=Fixed.TEN, inputmode="decimal") for name in ("value", "upper")
        ]
        row = [*numbers, f"due_on_{number}"]
        if f"remove_{number}" in self.fields:
            row.append(Field.checkbox(f"remove_{number}", small=True))
        return row

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        self._both_or_neither("baseline_value", "baseline_on", _("Baseline"))
        self._possible("baseline_value", _("Baseline"))
        days: set[date] = set()
        for number in self._kept():
            value, day, what = f"value_{number}", f"due_on_{number}", self.name_of(number)
            self._both_or_neither(value, day, what)
            self._possible(value, what)
            self._range(f"upper_{number}", value, what)
            due_on = typed.get(day)
            if due_on in days:
                self.add_error(day, _("%(what)s: another target is already for this day") % {"what": what})
            elif due_on:
                days.add(due_on)
        start = typed.get("baseline_on")
        if start and days and min(days) <= start:
            self.add_error("baseline_on", _("The baseline must lie before the first target"))
        return typed

    def _kept(self) -> list[int]:
        return [number for number in range(self.rows) if not self.cleaned_data.get(f"remove_{number}")]

    def _both_or_neither(self, value: str, day: str, what: str) -> None:
        if value in self.errors or day in self.errors:
            return
        has_value, has_day = (self.cleaned_data.get(name) is not None for name in (value, day))
        if has_value and not has_day:
            self.add_error(day, _("%(what)s: enter the last day of the period it is for") % {"what": what})
        if has_day and not has_value:
            self.add_error(value, _("%(what)s: enter a number for this day, or clear the day") % {"what": what})

    def _possible(self, name: str, what: str) -> None:
        value, indicator = self.cleaned_data.get(name), self.measure.indicator
        is_share = indicator.value_type == ValueType.PROPORTION
        if value is not None and is_share and not 0 <= value <= indicator.multiplier:
            words = {"what": what, "most": plain_number(indicator.multiplier)}
            self.add_error(name, _("%(what)s: enter a number from 0 to %(most)s") % words)

    def _range(self, name: str, value: str, what: str) -> None:
        self._possible(name, what)
        lower, upper = self.cleaned_data.get(value), self.cleaned_data.get(name)
        if upper is None or value in self.errors:
            return
        if lower is None:
            self.add_error(value, _("%(what)s: enter the lower end of the range too") % {"what": what})
        elif upper <= lower:
            self.add_error(name, _("%(what)s: the upper end must be above the target") % {"what": what})

    def aim(self) -> dict[str, Any]:
        """What targets.set_aim wants to know beside the measure and who sets it."""
        typed = self.cleaned_data
        rows = [[typed[f"{name}_{number}"] for name in ("value", "due_on", "upper")] for number in self._kept()]
        baseline = (typed["baseline_value"], typed["baseline_on"])
        return {
            "baseline": Point(*baseline) if None not in baseline else None,
            "tolerance": typed["tolerance"],
            "shape": typed["path_shape"],
            "targets": [Point(*row) for row in rows if None not in row[:2]],
        }


class DocumentForm(forms.Form):
    """A document that stands beside a strategy: where it is, not the document itself."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=300,
        error_messages={"required": gettext_lazy("Enter the title of the document")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", gettext_lazy("Choose")), *((kind.value, capfirst(kind.label)) for kind in DocumentKind)],
        error_messages={"required": gettext_lazy("Choose the kind of document")},
    )
    url = WebAddressField(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy("Where it is published, such as https://www.example.org/plan. Leave empty if nowhere."),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Enter an address such as https://www.example.org/plan")},
    )
    published_on = DayField(what=gettext_lazy("Date of the document"), label=gettext_lazy("Date of the document"))
    note = forms.CharField(label=gettext_lazy("Note"), widget=forms.Textarea, required=False, max_length=2000)
    meeting_title = forms.CharField(label=gettext_lazy("Title of the meeting"), max_length=200, required=False)
    held_on = DayField(what=gettext_lazy("Day of the meeting"), label=gettext_lazy("Day of the meeting"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": "novalidate"}
        self.helper.layout = Layout(
            Field.text("title"),
            Field.select("kind"),
            Field.text("url"),
            "published_on",
            Field.textarea("note", rows=3),
            Fieldset(
                Field.text("meeting_title"),
                "held_on",
                legend=_("If it is the paper of a meeting"),
                legend_size=Size.MEDIUM,
            ),
            Button.primary("save", _("Add the document")),
        )

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if "held_on" not in self.errors and bool(typed.get("meeting_title")) != bool(typed.get("held_on")):
            name, sentence = (
                ("held_on", _("Enter the day of the meeting"))
                if typed.get("meeting_title")
                else ("meeting_title", _("Enter the title of the meeting"))
            )
            self.add_error(name, sentence)
        return typed


class StrategyFileForm(forms.Form):
    """A strategy file, to see what loading it would change."""

    file = forms.FileField(
        label=gettext_lazy("Strategy file"),
        help_text=gettext_lazy("A YAML file of up to 1 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml"}),
        max_length=255,
        allow_empty_file=True,
        error_messages={
            "required": gettext_lazy("Choose a strategy file"),
            "max_length": gettext_lazy("The name of the file is too long: give it a name of up to 255 characters"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": "novalidate"}
        self.helper.layout = Layout("file", Button.primary("check", _("See what it would change")))

    def clean_file(self) -> UploadedFile:
        """Refuses by the size that the browser sent, before anything is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(_("The file is larger than 1 MB, the most that is read"))
        return file

    def refuse(self, problems: Collection[Problem]) -> None:
        """Says beside the field that the file is refused; the page lists why."""
        sentence = ngettext(
            "Nothing was loaded: the file has %(number)s error",
            "Nothing was loaded: the file has %(number)s errors",
            len(problems),
        )
        self.add_error("file", sentence % {"number": len(problems)})
