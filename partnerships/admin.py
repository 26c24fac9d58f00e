"""The administration site: people, places and partnerships, for stewards.

Members, roles, whether a partnership is public and who of it sees hidden figures are seen here and changed on pages of
the partnership, which keep its rules and its log.
"""

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from partnerships import invitations
from partnerships.models import (
    Area,
    ComparatorMember,
    ComparatorSet,
    Document,
    Feedback,
    Meeting,
    Membership,
    Organisation,
    Partnership,
    User,
)

admin.site.site_header = _("Outcomes framework: administration")
admin.site.site_title = _("Outcomes framework")
admin.site.index_title = _("People, places and figures")


class SeenOnlyInline(admin.TabularInline):
    """Rows to look at; they are changed elsewhere."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class MembershipInline(SeenOnlyInline):
    model = Membership
    fields = ["user", "partnership", "role", "organisation", "added_at"]
    readonly_fields = ["added_at"]


class NewUserForm(forms.ModelForm):
    """An account begins without a password; a link lets the person set one."""

    class Meta:
        model = User
        fields = ["email", "name", "is_steward"]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("There is an account with this email address."))
        return email


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["email", "name", "is_active", "is_steward", "last_login"]
    list_filter = ["is_steward", "is_active", "memberships__partnership"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "is_active", "is_steward", "last_login", "joined_at"]
    readonly_fields = ["last_login", "joined_at"]
    inlines = [MembershipInline]
    actions = ["show_links"]

    def get_form(self, request: HttpRequest, obj: User | None = None, **kwargs) -> type[forms.ModelForm]:
        return super().get_form(request, obj, **({} if obj else {"form": NewUserForm}) | kwargs)

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return self.fields if obj else NewUserForm.Meta.fields

    def get_inlines(self, request: HttpRequest, obj: User | None) -> list:
        return self.inlines if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Show a link to set the password"))
    def show_links(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset.filter(is_active=True):
            link = invitations.link_to_set_password(user, request)
            text = format_html("{}: <code>{}</code>", user.email, link)
            self.message_user(request, text, messages.WARNING)


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin):
    list_display = ["name", "name_cy", "code", "kind", "parent", "ends_on"]
    list_filter = ["kind", ("ends_on", admin.EmptyFieldListFilter)]
    list_select_related = ["parent"]
    search_fields = ["name", "name_cy", "code"]
    autocomplete_fields = ["parent", "successor"]


class ComparatorMemberInline(admin.TabularInline):
    model = ComparatorMember
    extra = 0
    autocomplete_fields = ["area"]


@admin.register(ComparatorSet)
class ComparatorSetAdmin(admin.ModelAdmin):
    """Publishers' sets. Those that partnerships make are kept on their own pages."""

    exclude = ["partnership"]
    list_display = ["title", "version", "area", "published_on", "publisher"]
    list_filter = ["code", "version"]
    list_select_related = ["area"]
    search_fields = ["code", "title", "area__name", "area__code"]
    autocomplete_fields = ["area"]
    inlines = [ComparatorMemberInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ComparatorSet]:
        return super().get_queryset(request).filter(partnership__isnull=True)


class OrganisationInline(admin.TabularInline):
    model = Organisation
    extra = 0


@admin.register(Partnership)
class PartnershipAdmin(admin.ModelAdmin):
    list_display = ["short_name", "name", "slug", "parent", "area", "is_public"]
    list_filter = ["is_public", ("parent", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["parent", "area"]
    search_fields = ["name", "name_cy", "short_name", "slug"]
    autocomplete_fields = ["parent", "area", "footprint", "comparators"]
    readonly_fields = ["is_public", "sees_suppressed"]
    inlines = [OrganisationInline, MembershipInline]


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "kind", "partnership"]
    list_filter = ["partnership", "kind"]
    list_select_related = ["partnership"]
    search_fields = ["name", "code"]


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["user", "partnership", "role", "organisation", "added_at"]
    list_filter = ["partnership", "role"]
    list_select_related = ["user", "partnership", "organisation"]
    search_fields = ["user__email", "user__name"]
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return False


@admin.register(Meeting)
class MeetingAdmin(admin.ModelAdmin):
    list_display = ["title", "held_on", "partnership"]
    list_filter = ["partnership"]
    list_select_related = ["partnership"]
    search_fields = ["title"]
    date_hierarchy = "held_on"


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin):
    list_display = ["title", "kind", "published_on", "partnership", "retired_at"]
    list_filter = ["partnership", "kind"]
    list_select_related = ["partnership"]
    search_fields = ["title", "code"]
    autocomplete_fields = ["meeting"]


@admin.register(Feedback)
class FeedbackAdmin(admin.ModelAdmin):
    """To read, and to delete where somebody wrote what should not be kept."""

    list_display = ["given_at", "page", "found", "why", "partnership"]
    list_filter = ["found", "partnership"]
    list_select_related = ["partnership"]
    search_fields = ["page", "why"]
    date_hierarchy = "given_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Feedback | None = None) -> bool:
        return False
