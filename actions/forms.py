"""The forms of actions: reporting on one, and narrowing the list of them."""

from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Div, Field, Layout, Size
from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from actions.history import Entry
from actions.models import STATUSES_WITH_NOTE, KeyAction, Status
from actions.register import NO_OWNER
from actions.workload import Window
from partnerships.models import Partnership

LONGEST_NOTE = 4000


def status_choices() -> list[Choice]:
    hints = {
        **{status: _("Say why in the note.") for status in STATUSES_WITH_NOTE},
        Status.COMPLETE: _("Progress becomes 100%."),
    }
    return [Choice(status.value, capfirst(status.label), hint=hints.get(status, "")) for status in Status]


class StatusUpdateForm(forms.Form):
    """A report on one action, given with its `standing_milestones` (register.with_milestones).

    `next` is "mine" where the form is filled in on the page of what somebody owes, `then` the action to open there
    after this one. `post_to` is the address that the form goes to. `is_on_top` where others have reported meanwhile.
    """

    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a status"),
            "invalid_choice": gettext_lazy("Choose one of the statuses listed"),
        },
    )
    progress = forms.IntegerField(
        label=gettext_lazy("Progress, in per cent"),
        widget=forms.TextInput,
        min_value=0,
        max_value=100,
        error_messages={
            code: gettext_lazy("Progress must be a whole number from 0 to 100")
            for code in ("required", "invalid", "min_value", "max_value")
        },
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        widget=forms.Textarea,
        required=False,
        max_length=LONGEST_NOTE,
        help_text=gettext_lazy("What has been done, what is in the way. Every member of the partnership can read it."),
    )
    milestones = forms.MultipleChoiceField(
        label=gettext_lazy("Milestones reached"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Tick every one that has been reached so far."),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    next = forms.CharField(widget=forms.HiddenInput, required=False)
    then = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        action: KeyAction,
        post_to: str = "",
        is_on_top: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, initial={**_standing_of(action), **kwargs.pop("initial", {})}, **kwargs)
        self.action = action
        self.post_to = post_to
        self.is_on_top = is_on_top
        self.is_confirmation = data is not None and "confirm" in data
        self.fields["status"].choices = status_choices()
        self.fields["milestones"].choices = [
            (milestone.code, milestone.title) for milestone in action.standing_milestones
        ]
        if not action.standing_milestones:
            del self.fields["milestones"]
        for name in ("status", "progress"):
            self.fields[name].required = not self.is_confirmation
        self.helper = self._helper()

    @staticmethod
    def prefix_for(action: KeyAction, data: QueryDict | None = None) -> str | None:
        """Keeps the fields of many actions on one page apart. With data: the prefix only if the data carry it."""
        prefix = f"action-{action.pk}"
        return prefix if data is None or f"{prefix}-seen_version" in data else None

    def _helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_action = self.post_to
        helper.attrs = {"novalidate": "novalidate"}
        milestones = [Field.checkboxes("milestones", legend_size=Size.SMALL, small=True)]
        helper.layout = Layout(
            Field.radios("status", legend_size=Size.SMALL, small=True),
            Field("progress", template="actions/_progress_field.html", inputmode="numeric"),
            *(milestones if "milestones" in self.fields else []),
            Field.textarea("note", label_size=Size.SMALL, rows=4),
            "seen_version",
            "next",
            "then",
            Div(*self._buttons(), css_class="govuk-button-group"),
        )
        return helper

    def _buttons(self) -> list[Button]:
        label = _("Save and next") if self["then"].value() else _("Save update")
        save = Button.primary(
            "save", _("Save mine on top") if self.is_on_top else label, css_id=f"id_{self.add_prefix('save')}"
        )
        if self.is_on_top:
            return [save]
        confirm = _("No change, confirmed")
        return [save, Button.secondary("confirm", confirm, css_id=f"id_{self.add_prefix('confirm')}")]

    def clean(self) -> dict[str, Any]:
        report = super().clean()
        if "seen_version" in self.errors:
            self.add_error(None, _("This page is out of date. Open the action again."))
        if self.is_confirmation:
            if self._contradicts_confirmation(report):
                self.add_error(
                    "status",
                    _(
                        "You changed the status, progress or milestones and then chose “No change, confirmed”. "
                        "Save the update instead, or put them back."
                    ),
                )
        elif report.get("status") in STATUSES_WITH_NOTE and report.get("note") == "":
            word = Status(report["status"]).label
            self.add_error("note", _("Say in the note why the action is %(status)s") % {"status": word})
        return report

    def _contradicts_confirmation(self, report: dict[str, Any]) -> bool:
        """Only where the form was filled in on what stands now; on anything older the writer finds the conflict."""
        if report.get("seen_version") != self.action.version or not report.get("status"):
            return False
        standing = _standing_of(self.action)
        return (
            report["status"] != standing["status"]
            or report.get("progress") not in (None, standing["progress"])
            or set(report.get("milestones", [])) != set(standing["milestones"])
        )

    def report(self) -> dict[str, Any]:
        """What updates.record wants to know beside the action and who reports."""
        typed = self.cleaned_data
        seen = typed["seen_version"]
        said = {"note": typed["note"], "seen_version": -1 if seen is None else seen}
        if self.is_confirmation:
            return {**said, "status": self.action.status, "progress": self.action.progress, "is_confirmation": True}
        return {
            **said,
            "status": typed["status"],
            "progress": typed["progress"],
            "milestones_reached": typed.get("milestones"),
        }

    def on_top_of(self, action: KeyAction, since: list[Entry]) -> "StatusUpdateForm":
        """The same form, with everything typed, ready to be saved over what others have said since.

        Milestones they reached are ticked: whoever typed this never saw them, so did not mean to clear them.
        """
        data = self.data.copy()
        data[self.add_prefix("seen_version")] = str(action.version)
        name = self.add_prefix("milestones")
        reached = {milestone.code for entry in since for milestone in entry.milestones_reached}
        data.setlist(name, sorted(reached | set(data.getlist(name))))
        data.pop("confirm", None)
        return StatusUpdateForm(data, action=action, post_to=self.post_to, is_on_top=True, prefix=self.prefix)


def _standing_of(action: KeyAction) -> dict[str, Any]:
    return {
        "status": action.status,
        "progress": action.progress,
        "milestones": [milestone.code for milestone in action.standing_milestones if milestone.reached_in_id],
        "seen_version": action.version,
    }


class ActionFilterForm(forms.Form):
    """Narrows the list of actions by its address. What it cannot read it leaves out and says so."""

    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    owner = forms.ChoiceField(label=gettext_lazy("Owner"), required=False)
    due = forms.ChoiceField(
        label=gettext_lazy("Due"),
        required=False,
        choices=[
            ("", pgettext_lazy("due", "Any time")),
            (Window.OVERDUE.value, gettext_lazy("Overdue")),
            (Window.MONTH.value, gettext_lazy("In the next 30 days")),
            (Window.QUARTER.value, gettext_lazy("In the next 90 days")),
            (Window.NONE.value, gettext_lazy("No date set")),
        ],
    )

    def __init__(self, data: QueryDict, *, partnership: Partnership) -> None:
        super().__init__(data)
        owners = partnership.organisations.values_list("code", "name")
        self.fields["status"].choices = [("", _("Any status")), *((s.value, capfirst(s.label)) for s in Status)]
        self.fields["owner"].choices = [("", _("Any owner")), *owners, (NO_OWNER, _("No owner"))]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = ""
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_show_errors = False
        self.helper.disable_csrf = True
        self.helper.form_class = "app-filter"
        self.helper.layout = Layout("status", "owner", "due", Button.secondary("", _("Show"), css_id="id_show"))

    def chosen(self) -> dict[str, str]:
        """The filters that could be read, by name, empty where none."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}

    def ignored(self) -> list[str]:
        """A sentence for every filter in the address that could not be read."""
        return [
            _("“%(value)s” is not among the choices of “%(filter)s”, so it was left out.")
            % {"value": self.data.get(name, "")[:80], "filter": self.fields[name].label}
            for name in self.errors
        ]
