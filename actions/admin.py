"""Actions in the administration of the site. Their status is written by actions.updates alone, so it is only shown."""

from django.contrib import admin
from django.http import HttpRequest

from actions.models import KeyAction, Milestone, StatusUpdate

WRITTEN_BY_UPDATES = ("status", "progress", "completed_at", "completed_by", "version")


class OnlyShown:
    """Neither added, changed nor deleted here."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class MilestoneInline(admin.TabularInline):
    model = Milestone
    extra = 0
    can_delete = False
    fields = ["code", "title", "due_on", "position", "reached_in", "retired_at"]
    readonly_fields = ["reached_in", "retired_at"]


class StatusUpdateInline(OnlyShown, admin.TabularInline):
    model = StatusUpdate
    extra = 0
    fields = ["version", "made_at", "made_by", "status", "progress", "note", "is_confirmation"]
    readonly_fields = fields


@admin.register(KeyAction)
class KeyActionAdmin(admin.ModelAdmin):
    list_display = ["title", "strategy", "owner", "lead", "due_on", "status", "progress", "retired_at"]
    list_filter = ["strategy__partnership", "status", ("retired_at", admin.EmptyFieldListFilter)]
    list_select_related = ["strategy", "owner", "lead"]
    search_fields = ["title", "code", "lead_title"]
    autocomplete_fields = ["strategy", "element", "lead"]
    readonly_fields = [*WRITTEN_BY_UPDATES, "retired_at"]
    inlines = [MilestoneInline, StatusUpdateInline]

    def has_delete_permission(self, request: HttpRequest, obj: KeyAction | None = None) -> bool:
        """What a file no longer names is retired, and keeps its history."""
        return False


@admin.register(StatusUpdate)
class StatusUpdateAdmin(OnlyShown, admin.ModelAdmin):
    list_display = ["action", "version", "made_at", "made_by", "status", "progress", "is_confirmation"]
    list_filter = ["action__strategy__partnership", "status", "is_confirmation"]
    list_select_related = ["action", "made_by"]
    search_fields = ["action__title", "note"]
    date_hierarchy = "made_at"
