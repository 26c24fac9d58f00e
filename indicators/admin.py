"""The catalogue for stewards to correct; files and figures to look at, since only an upload changes them."""

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from indicators import layouts, suppression, valuesfile
from indicators.history import counts_text, point_of
from indicators.models import (
    Indicator,
    Layout,
    OriginalFile,
    SeriesBreak,
    SuppressedView,
    Suppression,
    Upload,
    Value,
)
from indicators.periodrows import limits_text
from indicators.reading import yardstick


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
        (_("What is hidden from readers"), {"fields": ["suppress_below", "round_to"]}),
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

    def save_model(self, request: HttpRequest, obj: Indicator, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if suppression.DECIDED_BY.intersection(form.changed_data):
            suppression.hide(indicators=[obj])

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


class LayoutForm(forms.ModelForm):
    """Refuses a layout that no file could be read by."""

    def clean_data(self) -> dict:
        data = self.cleaned_data["data"]
        try:
            layouts.plan(data)
        except layouts.LayoutError as error:
            raise forms.ValidationError(error.sentences) from error
        return data


@admin.register(Layout)
class LayoutAdmin(admin.ModelAdmin):
    form = LayoutForm
    list_display = ["title", "name", "partnership", "saved_at"]
    list_select_related = ["partnership"]
    search_fields = ["name", "title"]
    fields = ["name", "title", "partnership", "data"]


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    list_display = ["file_name", "partnership", "state", "added", "changed", "rejected", "uploaded_at", "uploaded_by"]
    list_filter = ["state", "partnership"]
    list_select_related = ["partnership", "uploaded_by"]
    search_fields = ["file_name", "source", "publisher", "original__sha256"]
    date_hierarchy = "uploaded_at"
    fieldsets = [
        (None, {"fields": ["file_name", "partnership", "original", "layout", "sheet", "state"]}),
        (_("Where the figures come from"), {"fields": ["publisher", "source", "source_url", "licence"]}),
        (
            _("What the check found"),
            {"fields": ["figures_read", ("added", "changed", "unchanged"), ("left_out", "rejected", "doubtful")]},
        ),
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
        return super().get_queryset(request).defer("report", "plan")


@admin.register(OriginalFile)
class OriginalFileAdmin(ReadOnlyAdmin):
    list_display = ["sha256", "size"]
    search_fields = ["sha256", "uploads__file_name"]
    fields = ["sha256", "size"]


@admin.register(Value)
class ValueAdmin(ReadOnlyAdmin):
    """Figures as a reader sees them: what a rule hides is hidden here too."""

    list_display = ["indicator", "area", "period_label", "breakdown", "figure", "is_current", "upload"]
    list_filter = ["is_current", ("indicator", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["indicator", "area", "upload"]
    search_fields = ["indicator__code", "indicator__name", "area__code", "area__name", "breakdown", "period_label"]
    fieldsets = [
        (_("What it is about"), {"fields": ["indicator", "area", "period_label", "breakdown"]}),
        (_("Period"), {"fields": [("period_start", "period_end")]}),
        (_("The figure"), {"fields": ["figure", "limits", "note"]}),
        (_("The counts behind it"), {"fields": ["counts"]}),
        (_("Where it comes from"), {"fields": ["upload", "row", "column", "is_current"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Value]:
        return super().get_queryset(request).with_hiding()

    @admin.display(description=_("figure"))
    def figure(self, obj: Value) -> str:
        return valuesfile.value_text(point_of(obj, obj.indicator))

    @admin.display(description=_("95% limits"))
    def limits(self, obj: Value) -> str:
        return limits_text(point_of(obj, obj.indicator), yardstick(obj.indicator))

    @admin.display(description=_("numerator and denominator"))
    def counts(self, obj: Value) -> str:
        return counts_text(point_of(obj, obj.indicator))

    @admin.display(description=_("note"))
    def note(self, obj: Value) -> str:
        return point_of(obj, obj.indicator).note


@admin.register(Suppression)
class SuppressionAdmin(ReadOnlyAdmin):
    list_display = ["indicator", "area", "period_start", "period_end", "breakdown", "hidden_at"]
    list_filter = [("indicator", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["indicator", "area"]
    search_fields = ["indicator__code", "area__code", "area__name", "breakdown"]


@admin.register(SuppressedView)
class SuppressedViewAdmin(ReadOnlyAdmin):
    list_display = ["seen_at", "user", "partnership", "address"]
    list_filter = ["partnership"]
    list_select_related = ["user", "partnership"]
    search_fields = ["user__email", "address"]
    date_hierarchy = "seen_at"
