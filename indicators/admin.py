"""The catalogue for stewards to correct; files and figures to look at, since only an upload changes them."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indicators.layouts import COLUMNS
from indicators.models import Indicator, Layout, OriginalFile, SeriesBreak, Upload, Value


class ReadOnlyAdmin(admin.ModelAdmin):
    """Everything to see, nothing to add, change or delete."""

    actions = None
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


class SeriesBreakInline(admin.TabularInline):
    model = SeriesBreak
    extra = 0


class RetiredFilter(admin.SimpleListFilter):
    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", _("in the catalogue")), ("no", _("retired"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        return queryset.filter(retired_at__isnull=self.value() == "yes")


@admin.register(Indicator)
class IndicatorAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "topic", "unit", "polarity", "publisher", "next_update_on", "retired_at"]
    list_filter = [RetiredFilter, "topic", "value_type", "polarity", "year_type", "publisher"]
    search_fields = ["code", "name", "name_cy", "short_name", "definition"]
    date_hierarchy = "next_update_on"
    inlines = [SeriesBreakInline]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    save_on_top = True
    fieldsets = [
        (
            None,
            {
                "fields": ["code", "name", "name_cy", "short_name", "topic", "retired_at"],
                "description": _("Correct the file in fixtures/indicators too, or the next load takes it back."),
            },
        ),
        (_("What it means"), {"fields": ["definition", "rationale", "numerator", "denominator", "caveats"]}),
        (
            _("How it is counted and shown"),
            {"fields": ["value_type", "multiplier", "unit", "unit_words", "decimals", "polarity", "year_type"]},
        ),
        (
            _("Where it comes from"),
            {"fields": ["publisher", "source", "source_url", "licence", "series_choice"]},
        ),
        (
            _("When it comes"),
            {"fields": ["frequency", "published_on", "next_update_on", "next_update_note"]},
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Indicator | None = None) -> list[str]:
        """The code is the identity: figures, measures and addresses hang on it."""
        return ["retired_at"] if obj is None else ["retired_at", "code"]

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


class LayoutForm(forms.ModelForm):
    """Refuses a mapping that no file could be read by."""

    def clean_columns(self) -> dict[str, str]:
        columns = _texts_by_text(self.cleaned_data["columns"])
        _refuse_unknown(columns.values())
        return columns

    def clean_constants(self) -> dict[str, str]:
        constants = _texts_by_text(self.cleaned_data["constants"] or {})
        _refuse_unknown(constants)
        return constants


def _texts_by_text(mapping: object) -> dict[str, str]:
    if not isinstance(mapping, dict) or not all(isinstance(text, str) for text in mapping.values()):
        raise forms.ValidationError(_('Write texts by text, such as {"Area Code": "area"}.'))
    return mapping


def _refuse_unknown(columns: Iterable[str]) -> None:
    if unknown := sorted(set(columns) - set(COLUMNS)):
        words = {"unknown": ", ".join(unknown), "known": ", ".join(COLUMNS)}
        raise forms.ValidationError(gettext("There is no column %(unknown)s. Ours are: %(known)s.") % words)


@admin.register(Layout)
class LayoutAdmin(admin.ModelAdmin):
    form = LayoutForm
    list_display = ["name", "description"]
    search_fields = ["name", "description"]
    fieldsets = [
        (None, {"fields": ["name", "description"]}),
        (_("How their file becomes ours"), {"fields": ["columns", "constants"]}),
    ]


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    list_display = ["file_name", "partnership", "state", "added", "changed", "rejected", "uploaded_at", "uploaded_by"]
    list_filter = ["state", "partnership"]
    list_select_related = ["partnership", "uploaded_by"]
    search_fields = ["file_name", "source", "publisher", "original__sha256"]
    date_hierarchy = "uploaded_at"
    fieldsets = [
        (None, {"fields": ["file_name", "partnership", "original", "layout", "state"]}),
        (_("Where the figures come from"), {"fields": ["publisher", "source", "source_url", "licence"]}),
        (_("What the check found"), {"fields": ["added", "changed", "unchanged", "left_out", "rejected"]}),
        (
            _("Who and when"),
            {
                "fields": [
                    ("uploaded_at", "uploaded_by"),
                    ("published_at", "published_by"),
                    ("closed_at", "closed_by"),
                ]
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Upload]:
        return super().get_queryset(request).defer("report")


@admin.register(OriginalFile)
class OriginalFileAdmin(ReadOnlyAdmin):
    list_display = ["sha256", "size"]
    search_fields = ["sha256", "uploads__file_name"]
    fields = ["sha256", "size"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[OriginalFile]:
        return super().get_queryset(request).defer("content")


@admin.register(Value)
class ValueAdmin(ReadOnlyAdmin):
    list_display = [
        "indicator",
        "area",
        "period_label",
        "breakdown",
        "value",
        "marker",
        "flags",
        "is_current",
        "upload",
    ]
    list_filter = ["is_current", "marker", ("indicator", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["indicator", "area", "upload"]
    search_fields = ["indicator__code", "indicator__name", "area__code", "area__name", "breakdown", "period_label"]
    fieldsets = [
        (_("What it is about"), {"fields": ["indicator", "area", "period_label", "breakdown"]}),
        (_("Period"), {"fields": [("period_start", "period_end")]}),
        (_("The figure"), {"fields": ["value", "marker", "flags", ("lower", "upper"), "note"]}),
        (_("The counts behind it"), {"fields": [("numerator", "denominator")]}),
        (_("Where it comes from"), {"fields": ["upload", "row", "is_current"]}),
    ]
