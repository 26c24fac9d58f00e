"""The form that brings a file of figures."""

from collections.abc import Iterable

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fieldset, Fluid, Size
from crispy_forms_gds.layout import Layout as Arrangement
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.models import Layout
from indicators.uploads import Source
from partnerships.problems import Problem

READABLE = ".csv,.xlsx,.xls,.ods"


class UploadForm(forms.Form):
    """One file and, where that is not what the catalogue says, where its figures come from."""

    file = forms.FileField(
        label=gettext_lazy("File of figures"),
        help_text=gettext_lazy("A CSV file or a spreadsheet (XLSX, XLS or ODS)."),
        widget=forms.ClearableFileInput(attrs={"accept": READABLE}),
        error_messages={
            "required": gettext_lazy("Choose a file"),
            "empty": gettext_lazy("The file is empty: choose one with a row of column names and rows of figures"),
            "max_length": gettext_lazy("The name of the file is too long: give it a name of up to 255 characters"),
        },
        max_length=255,
    )
    layout = forms.ModelChoiceField(
        Layout.objects.all(),
        label=gettext_lazy("Layout of the file"),
        help_text=gettext_lazy("Choose one where the columns are named as somebody else names them."),
        empty_label=gettext_lazy("Our own, or one that is recognised"),
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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not Layout.objects.exists():
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
