"""The forms of strategies: the aim of a measure, a document, and a strategy file."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from crispy_forms_gds.fields import DateInputField
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fieldset, Fixed, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from indicators.models import LARGEST_NUMBER, ValueType
from outcomes.models import Measure
from outcomes.targets import Point
from partnerships.models import DocumentKind
from partnerships.problems import Problem
from partnerships.yamlfile import MAX_BYTES

# Empty rows offered beyond the targets that stand.
SPARE_TARGETS = 2
MOST_TARGETS = 40


class DayField(DateInputField):
    """A day in three fields. All three may be left empty where it is not required."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> date | None:
        if not any(data_list):
            return None
        try:
            return date(*(int(part) for part in reversed(data_list)))
        except (ValueError, OverflowError) as error:
            raise ValidationError(_("Enter a day that exists, such as 31 3 2027")) from error


class NumberField(forms.FloatField):
    """A number within what the database holds."""

    widget = forms.TextInput

    def __init__(self, *, label: str, min_value: float = -LARGEST_NUMBER / 10, **kwargs: Any) -> None:
        message = gettext_lazy("Enter a number, such as 65.2")
        errors = dict.fromkeys(("invalid", "min_value", "max_value"), message) | kwargs.pop("error_messages", {})
        super().__init__(
            label=label,
            min_value=min_value,
            max_value=LARGEST_NUMBER / 10,
            required=False,
            error_messages=errors,
            **kwargs,
        )


class AimForm(forms.Form):
    """The baseline, targets and tolerance of a measure that has an indicator. A row left empty is no target."""

    baseline_value = NumberField(label=gettext_lazy("Baseline"))
    baseline_on = DayField(label=gettext_lazy("Last day of the baseline period"), required=False)
    tolerance = NumberField(
        label=gettext_lazy("Tolerance"),
        min_value=0,
        help_text=gettext_lazy("How far off its path the measure may be and still be on course. Leave empty for none."),
        error_messages={"min_value": gettext_lazy("The tolerance must be 0 or more")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, measure: Measure) -> None:
        self.measure = measure
        standing = list(measure.targets.all())
        initial = {name: getattr(measure, name) for name in ("baseline_value", "baseline_on", "tolerance")}
        for number, target in enumerate(standing):
            initial |= {f"value_{number}": target.value, f"due_on_{number}": target.due_on}
        super().__init__(data, initial=initial)
        self.rows = self._rows_in(data) if data is not None else len(standing) + SPARE_TARGETS
        for number in range(self.rows):
            self.fields[f"value_{number}"] = NumberField(label=_("Target"))
            self.fields[f"due_on_{number}"] = DayField(label=_("Last day of its period"), required=False)
            if number < len(standing):
                self.fields[f"remove_{number}"] = forms.BooleanField(label=_("Remove this target"), required=False)
        self.helper = self._helper()

    @staticmethod
    def _rows_in(data: Mapping[str, Any]) -> int:
        """As many as the page had when it was filled in, whatever stands by now."""
        return next((number for number in range(MOST_TARGETS) if f"value_{number}" not in data), MOST_TARGETS)

    def _helper(self) -> FormHelper:
        helper = FormHelper()
        helper.attrs = {"novalidate": "novalidate"}
        rows = [
            Fieldset(
                *self._row(number),
                legend=_("Target %(number)s") % {"number": number + 1},
                legend_size=Size.SMALL,
            )
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
            Field.text("tolerance", field_width=Fixed.TEN, inputmode="decimal"),
            Button.primary("save", _("Save")),
        )
        return helper

    def _row(self, number: int) -> list:
        row = [Field.text(f"value_{number}", field_width=Fixed.TEN, inputmode="decimal"), f"due_on_{number}"]
        if f"remove_{number}" in self.fields:
            row.append(Field.checkbox(f"remove_{number}", small=True))
        return row

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        self._both_or_neither("baseline_value", "baseline_on")
        days: set[date] = set()
        for number in self._kept():
            self._both_or_neither(f"value_{number}", f"due_on_{number}")
            day = typed.get(f"due_on_{number}")
            if day in days:
                self.add_error(f"due_on_{number}", _("Another target is already for this day"))
            elif day:
                days.add(day)
        start = typed.get("baseline_on")
        if start and days and min(days) <= start:
            self.add_error("baseline_on", _("The baseline must lie before the first target"))
        for name in ("baseline_value", *(f"value_{number}" for number in self._kept())):
            self._possible(name)
        return typed

    def _kept(self) -> list[int]:
        return [number for number in range(self.rows) if not self.cleaned_data.get(f"remove_{number}")]

    def _both_or_neither(self, value: str, day: str) -> None:
        if value in self.errors or day in self.errors:
            return
        has_value, has_day = (self.cleaned_data.get(name) is not None for name in (value, day))
        if has_value and not has_day:
            self.add_error(day, _("Enter the last day of the period that the number is for"))
        if has_day and not has_value:
            self.add_error(value, _("Enter a number for this day, or clear the day"))

    def _possible(self, name: str) -> None:
        value, indicator = self.cleaned_data.get(name), self.measure.indicator
        is_share = indicator.value_type == ValueType.PROPORTION
        if value is not None and is_share and not 0 <= value <= indicator.multiplier:
            self.add_error(name, _("Enter a number from 0 to %(most)g") % {"most": indicator.multiplier})

    def aim(self) -> dict[str, Any]:
        """What targets.set_aim wants to know beside the measure and who sets it."""
        typed = self.cleaned_data
        pairs = [(typed[f"value_{number}"], typed[f"due_on_{number}"]) for number in self._kept()]
        baseline = (typed["baseline_value"], typed["baseline_on"])
        return {
            "baseline": Point(*baseline) if None not in baseline else None,
            "tolerance": typed["tolerance"],
            "targets": [Point(*pair) for pair in pairs if None not in pair],
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
    url = forms.URLField(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy("Where it is published, such as https://www.example.org/plan. Leave empty if nowhere."),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Enter an address such as https://www.example.org/plan")},
    )
    published_on = DayField(label=gettext_lazy("Date of the document"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), widget=forms.Textarea, required=False, max_length=2000)
    meeting_title = forms.CharField(label=gettext_lazy("Title of the meeting"), max_length=200, required=False)
    held_on = DayField(label=gettext_lazy("Day of the meeting"), required=False)

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
