"""Strategies in the administration of the site: to look things up and to mend a word. The file stays the source."""

from django.contrib import admin
from django.db import models

from outcomes.models import Element, GlossaryTerm, Horizon, Level, Measure, Statement, Strategy, Target

STANDING_OR_NOT = ("retired_at", admin.EmptyFieldListFilter)


class LevelInline(admin.TabularInline):
    model = Level
    extra = 0


class HorizonInline(admin.StackedInline):
    model = Horizon
    extra = 0


class TargetInline(admin.TabularInline):
    model = Target
    extra = 0


@admin.register(Strategy)
class StrategyAdmin(admin.ModelAdmin):
    list_display = ["title", "partnership", "slug", "starts_on", "ends_on", "version", "loaded_at"]
    list_filter = ["partnership"]
    list_select_related = ["partnership"]
    search_fields = ["title", "slug", "vision"]
    autocomplete_fields = ["serves", "documents"]
    readonly_fields = ["loaded_at"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    inlines = [LevelInline, HorizonInline]


@admin.register(Level)
class LevelAdmin(admin.ModelAdmin):
    list_display = ["word", "plural", "kind", "depth", "strategy"]
    list_filter = ["kind", "strategy"]
    list_select_related = ["strategy"]
    search_fields = ["word", "plural", "code"]


@admin.register(Element)
class ElementAdmin(admin.ModelAdmin):
    list_display = ["title", "strategy", "level", "parent", "origin", "retired_at"]
    list_filter = ["strategy", "origin", STANDING_OR_NOT]
    list_select_related = ["strategy", "level", "parent"]
    search_fields = ["title", "code"]
    autocomplete_fields = ["strategy", "level", "parent", "serves"]
    readonly_fields = ["retired_at"]


@admin.register(Measure)
class MeasureAdmin(admin.ModelAdmin):
    list_display = ["title", "strategy", "element", "indicator", "breakdown", "origin", "retired_at"]
    list_filter = ["strategy", "origin", STANDING_OR_NOT]
    list_select_related = ["strategy", "element", "indicator"]
    search_fields = ["title", "code", "indicator__code", "indicator__name"]
    autocomplete_fields = ["strategy", "element", "indicator"]
    readonly_fields = ["retired_at"]
    inlines = [TargetInline]


@admin.register(Target)
class TargetAdmin(admin.ModelAdmin):
    list_display = ["measure", "value", "upper", "due_on", "label", "origin"]
    list_filter = ["measure__strategy", "origin"]
    list_select_related = ["measure"]
    search_fields = ["measure__title", "label"]
    autocomplete_fields = ["measure"]


@admin.register(Statement)
class StatementAdmin(admin.ModelAdmin):
    list_display = ["text", "kind", "group", "strategy", "origin", "retired_at"]
    list_filter = ["strategy", "kind", "origin", STANDING_OR_NOT]
    list_select_related = ["strategy"]
    search_fields = ["text", "group", "said_by"]
    readonly_fields = ["retired_at"]


@admin.register(Horizon)
class HorizonAdmin(admin.ModelAdmin):
    list_display = ["title", "years", "strategy"]
    list_filter = ["strategy"]
    list_select_related = ["strategy"]
    search_fields = ["title", "text"]


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(admin.ModelAdmin):
    list_display = ["term", "strategy", "origin"]
    list_filter = ["strategy", "origin"]
    list_select_related = ["strategy"]
    search_fields = ["term", "meaning"]
