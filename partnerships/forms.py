from collections.abc import Iterable

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Layout, Size
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.db.models import Q, QuerySet
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.models import (
    Area,
    AreaKind,
    ComparatorSet,
    Feedback,
    Membership,
    Organisation,
    Partnership,
    Role,
)

TITLE_LONGEST = ComparatorSet._meta.get_field("title").max_length
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


class ComparatorSetForm(forms.Form):
    """A set of areas to compare one area of the footprint with. Areas are named by their codes."""

    area = forms.ChoiceField(
        label=_("For the area"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose an area of this partnership.")),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=TITLE_LONGEST,
        help_text=_("Pages name the set by it, such as: Coastal counties."),
        error_messages={
            "required": _("Enter a title."),
            "max_length": _("Shorten this to %(limit_value)d characters: it has %(show_value)d."),
        },
    )
    members = forms.MultipleChoiceField(
        label=_("Areas to compare with"),
        help_text=_(
            "At least two, and none that lies in another. Their average is taken from counts where all have them."
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least two areas."),
            "invalid_choice": _("There is no area %(value)s here. Choose among those listed."),
        },
    )
    note = TypedText(
        label=_("Why these"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("You may leave this empty."),
    )

    def __init__(self, *args, partnership: Partnership, chosen: Iterable[Area] = (), **kwargs) -> None:
        """`chosen` are offered even if they have ended since."""
        super().__init__(*args, **kwargs)
        ours = partnership.footprint.filter(ends_on__isnull=True).order_by("name")
        self._areas = {area.code: area for area in _standing_areas(chosen)}
        self.fields["area"].choices = [(area.code, area.name) for area in ours]
        self.fields["members"].choices = _by_region(self._areas.values())
        self._lay_out()

    @classmethod
    def of(cls, comparator_set: ComparatorSet, data: dict | None = None) -> "ComparatorSetForm":
        """To change a set; the area that it is for stays."""
        chosen = [member.area for member in comparator_set.members.all()]
        codes = [area.code for area in chosen]
        initial = {"title": comparator_set.title, "members": codes, "note": comparator_set.note}
        form = cls(data, partnership=comparator_set.partnership, chosen=chosen, initial=initial)
        del form.fields["area"]
        form._lay_out()
        return form

    def _lay_out(self) -> None:
        members = Field("members", template="partnerships/_comparator_members.html")
        fields = ["area"] if "area" in self.fields else []
        self.helper = helper_of(self, _("Save"), *fields, "title", members, "note")

    def clean_area(self) -> Area:
        return self._areas[self.cleaned_data["area"]]

    def clean_members(self) -> list[Area]:
        return [area for code, area in self._areas.items() if code in self.cleaned_data["members"]]


def _standing_areas(chosen: Iterable[Area]) -> QuerySet[Area]:
    kept = Q(ends_on__isnull=True) | Q(pk__in=[area.pk for area in chosen])
    return Area.objects.with_ancestors().filter(kept).order_by("name", "code")


def _by_region(areas: Iterable[Area]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices in groups: nations and regions first, then the areas of each region, or of a nation without regions."""
    groups: dict[str, list[tuple[str, str]]] = {str(_("Nations and regions")): []}
    for area in areas:
        groups.setdefault(_group_of(area), []).append((area.code, area.name))
    (first, *rest) = groups.items()
    return [group for group in (first, *sorted(rest)) if group[1]]


def _group_of(area: Area) -> str:
    if area.kind in (AreaKind.NATION, AreaKind.REGION):
        return str(_("Nations and regions"))
    above = [one for one in area.ancestors() if one.kind in (AreaKind.REGION, AreaKind.NATION)]
    return above[0].name if above else str(_("Other areas"))


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
