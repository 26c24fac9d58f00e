from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Layout, Size
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.models import Feedback, Membership, Organisation, Partnership, Role

WHY_LONGEST = Feedback._meta.get_field("why").max_length
PAGE_LONGEST = Feedback._meta.get_field("page").max_length
ROLES_EXPLAINED = {
    Role.BOARD: _("Board member: sees everything of the partnership"),
    Role.OFFICER: _("Officer: also updates actions and uploads figures"),
    Role.ADMINISTRATOR: _("Administrator: also loads strategies, and keeps members, documents and targets"),
}


def is_page_of_this_site(address: str) -> bool:
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def helper_of(form: forms.BaseForm, button: str, *fields: Field | str) -> FormHelper:
    """A posted form of these fields, all of its own where none are named, with one button."""
    helper = FormHelper(form)
    helper.attrs = {"novalidate": ""}
    helper.layout = Layout(*(fields or form.fields), Button("save", button))
    return helper


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _("Enter the right email address and password. Passwords tell capitals from small letters."),
        "inactive": _("This account is closed. Ask the site steward to open it again."),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Email address")
        self.fields["username"].widget.attrs["autocomplete"] = "username"
        self.fields["username"].error_messages["required"] = _("Enter your email address.")
        self.fields["password"].error_messages["required"] = _("Enter your password.")
        self.helper = helper_of(self, _("Sign in"))


class ChangePasswordForm(PasswordChangeForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper_of(self, _("Change password"))


class NewPasswordForm(SetPasswordForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper_of(self, _("Set password"))


class RoleForm(forms.Form):
    """What a member may do, and for whom they speak."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=ROLES_EXPLAINED.items(),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role.")},
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=pgettext_lazy("organisation", "None"),
    )

    def __init__(self, *args, partnership: Partnership, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = partnership.organisations.all()
        self.helper = helper_of(
            self, _("Save"), Field.radios("role", legend_size=Size.SMALL, small=True), "organisation"
        )

    @classmethod
    def of(cls, membership: Membership, data: dict | None = None) -> "RoleForm":
        initial = {"role": membership.role, "organisation": membership.organisation_id}
        return cls(data, partnership=membership.partnership, initial=initial)


class NewMemberForm(RoleForm):
    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        error_messages={
            "required": _("Enter an email address."),
            "invalid": _("Enter a whole email address, such as name@example.org."),
        },
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        help_text=_("As colleagues know them."),
        error_messages={"required": _("Enter a name.")},
    )
    field_order = ["email", "name", "role", "organisation"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper_of(
            self,
            _("Add member"),
            "email",
            "name",
            Field.radios("role", legend_size=Size.SMALL, small=True),
            "organisation",
        )


class VisibilityForm(forms.Form):
    is_public = forms.TypedChoiceField(
        choices=[("True", _("public")), ("False", _("private"))], coerce=lambda text: text == "True"
    )

    @property
    def chosen(self) -> str:
        """The choice in words."""
        return dict(self.fields["is_public"].choices)[self.data["is_public"]]


class TypedText(forms.CharField):
    """Counts a line break as one character, as its author sees it; a browser sends two."""

    def to_python(self, value: object) -> str:
        return super().to_python(value).replace("\r\n", "\n").strip()


class FeedbackForm(forms.Form):
    page = forms.CharField(required=False, widget=forms.HiddenInput)
    found = forms.TypedChoiceField(
        label=_("Did you find what you were looking for?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    why = TypedText(
        label=_("Why wasn't this information helpful?"),
        help_text=_("Only where the answer is no. Do not write anything about a child or about yourself."),
        required=False,
        max_length=WHY_LONGEST,
        error_messages={"max_length": _("Shorten this to %(limit_value)d characters: it has %(show_value)d.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper_of(
            self,
            _("Send"),
            "page",
            Field.radios("found", inline=True),
            Field.textarea("why", max_characters=WHY_LONGEST),
        )
        self.helper.form_action = "feedback"

    def clean_page(self) -> str:
        """Without what was asked of the page, where the whole address would be too long to keep."""
        page = self.cleaned_data["page"]
        return page if len(page) <= PAGE_LONGEST else page.partition("?")[0][:PAGE_LONGEST]

    def clean(self) -> None:
        # The field is hidden, so its error would be too: this one stands over the whole form.
        if not is_page_of_this_site(self.cleaned_data.get("page", "")):
            self.add_error(None, _("This answer names no page of this site. Open the page anew and answer there."))
