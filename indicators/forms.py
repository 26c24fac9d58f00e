"""The form that brings a file of figures, and the one that asks for a workbook to fill in."""

from collections.abc import Iterable

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fieldset, Fluid, Size
from crispy_forms_gds.layout import Layout as Arrangement
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators import periods, savedlayouts
from indicators.missing import NEVER, NEXT, NOTHING
from indicators.models import Indicator, Layout
from indicators.periods import PeriodError
from indicators.uploads import Source
from outcomes.models import Measure
from partnerships.models import Partnership, SeesSuppressed
from partnerships.problems import Problem

READABLE = ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods"


class SeesSuppressedForm(forms.Form):
    """Who of a partnership may look at hidden figures."""

    sees_suppressed = forms.ChoiceField(
        label=gettext_lazy("Who may look at hidden figures"),
        help_text=gettext_lazy("Each time that somebody does is written down below."),
        choices=[(value, capfirst(label)) for value, label in SeesSuppressed.choices],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who may look"), "invalid_choice": gettext_lazy("Choose one")},
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Arrangement(
            Field.radios("sees_suppressed", legend_size=Size.SMALL, small=True), Button("save", gettext_lazy("Save"))
        )


class UploadForm(forms.Form):
    """One file and, where that is not what the catalogue says, where its figures come from."""

    file = forms.FileField(
        label=gettext_lazy("File of figures"),
        help_text=gettext_lazy(
            "A CSV file or a spreadsheet (XLSX, XLS or ODS) of up to 200 MB. Tables of many publishers are recognised;"
            " of any other you say on the next page which column is what."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": READABLE}),
        error_messages={
            "required": gettext_lazy("Choose a file"),
            "empty": gettext_lazy("The file is empty: choose one with a row of column names and rows of figures"),
            "max_length": gettext_lazy("The name of the file is too long: give it a name of up to 255 characters"),
        },
        max_length=255,
    )
    layout = forms.ModelChoiceField(
        Layout.objects.none(),
        label=gettext_lazy("Layout of the file"),
        help_text=gettext_lazy("Choose one only where the file is read in another way than you expect."),
        empty_label=gettext_lazy("Recognised by its column names"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the layouts listed")},
    )
    title = forms.CharField(label=gettext_lazy("Title of the publication"), max_length=300, required=False)
    url = forms.URLField(
        label=gettext_lazy("Its address"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Enter an address such as https://www.example.org/statistics")},
    )

    def __init__(self, *args, partnership: Partnership, **kwargs):
        super().__init__(*args, **kwargs)
        known = savedlayouts.of_partnership(partnership)
        self.fields["layout"].queryset = Layout.objects.filter(pk__in=[layout.pk for layout in known])
        self.fields["layout"].choices = [("", self.fields["layout"].empty_label), *_grouped(known, partnership)]
        if not known:
            del self.fields["layout"]
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": "novalidate"}
        self.helper.layout = Arrangement(
            "file",
            *(["layout"] if "layout" in self.fields else []),
            Fieldset(
                Field.text("title", field_width=Fluid.TWO_THIRDS),
                Field.text("url", field_width=Fluid.TWO_THIRDS),
                legend=gettext_lazy("Where the figures come from, if not from the source the catalogue names"),
                legend_size=Size.SMALL,
            ),
            Button.primary("check", gettext_lazy("Check the file")),
        )

    def clean_file(self) -> UploadedFile:
        """Refuses by the size that the browser sent, before anything is read."""
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            sizes = {"size": filesizeformat(file.size), "most": filesizeformat(settings.UPLOAD_MAX_BYTES)}
            raise forms.ValidationError(
                _("The file has %(size)s, and %(most)s is the most that is read: divide it into several files.") % sizes
            )
        return file

    def source(self) -> Source:
        return Source(title=self.cleaned_data["title"], url=self.cleaned_data["url"])

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Puts what keeps the file from being read beside the file field."""
        for problem in problems:
            place = _("row %(row)s: ") % {"row": problem.line} if problem.line else ""
            self.add_error("file", capfirst(str(Problem(place + problem.message, column="", value=problem.value))))


def _grouped(known: Iterable[Layout], partnership: Partnership) -> list[tuple[str, list[tuple[int, str]]]]:
    """Layouts as choices, those that the partnership saved before those that came with the site."""
    own = [(layout.pk, layout.title) for layout in known if layout.partnership_id]
    shipped = [(layout.pk, layout.title) for layout in known if not layout.partnership_id]
    saved_by = _("Saved by %(partnership)s") % {"partnership": partnership.short_name}
    return [(name, choices) for name, choices in ((saved_by, own), (_("Of publishers"), shipped)) if choices]


class TemplateForm(forms.Form):
    """Which missing figures a template shall hold. Works by GET, so that the choice is in the address."""

    strategy = forms.ChoiceField(label=gettext_lazy("Strategy"), required=False)
    rows = forms.ChoiceField(
        label=gettext_lazy("Which rows"),
        required=False,
        choices=[
            ("", gettext_lazy("All that is missing")),
            (NEXT, gettext_lazy("Only the periods after the last one")),
            (NOTHING, gettext_lazy("Only areas without any figure where others have one")),
            (NEVER, gettext_lazy("Only indicators without any figure")),
        ],
    )
    period = forms.CharField(
        label=gettext_lazy("Only this period"),
        help_text=gettext_lazy("Such as 2023/24. Empty for whatever is due."),
        required=False,
        max_length=60,
    )
    indicator = forms.MultipleChoiceField(
        label=gettext_lazy("Indicators"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: QueryDict, *, measures: Iterable[Measure]) -> None:
        super().__init__(data)
        strategies = {one.strategy.slug: one.strategy.title for one in measures}
        indicators = {one.indicator.code: one.indicator.name for one in measures}
        self.fields["strategy"].choices = [("", _("All strategies")), *strategies.items()]
        self.fields["indicator"].choices = sorted(indicators.items(), key=lambda choice: choice[1])
        self.helper = FormHelper()

    def clean_period(self) -> str:
        text = self.cleaned_data["period"]
        if text:
            try:
                periods.read(text)
            except PeriodError as error:
                raise forms.ValidationError(capfirst(str(error))) from error
        return text

    def chosen_of(self, measures: Iterable[Measure]) -> list[Indicator]:
        """The indicators of the strategy that are ticked, or all of them where none is; each once."""
        strategy, ticked = self.cleaned_data["strategy"], self.cleaned_data["indicator"]
        found = {
            one.indicator.code: one.indicator
            for one in measures
            if strategy in ("", one.strategy.slug) and (not ticked or one.indicator.code in ticked)
        }
        return list(found.values())
