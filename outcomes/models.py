"""What we want: a strategy as a tree of elements, the measures that show them, and what stands around them.

Everything with a code keeps its identity by that code: loading a file again changes it, and what the file no longer
names is retired, not deleted.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from indicators.models import LARGEST_NUMBER, Indicator
from partnerships.models import Document, Partnership, StandingQuerySet

code_validator = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and hyphens only."))


class Origin(models.TextChoices):
    SOURCE = "source", _("stated in the document")
    DEMONSTRATION = "demonstration", _("added for the demonstration")


class Strategy(models.Model):
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="strategies", verbose_name=_("partnership")
    )
    slug = models.SlugField(_("address"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    vision = models.TextField(_("vision"))
    summary = models.TextField(_("summary"), blank=True)
    source = models.CharField(_("source document"), max_length=300)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    version = models.CharField(_("version"), max_length=40, blank=True)
    owner = models.CharField(_("owner"), max_length=200, blank=True)
    dated = models.DateField(_("date of this version"), null=True, blank=True)
    documents = models.ManyToManyField(Document, related_name="strategies", blank=True, verbose_name=_("documents"))
    serves = models.ManyToManyField(
        "Element", related_name="serving_strategies", blank=True, verbose_name=_("delivers")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    loaded_at = models.DateTimeField(_("loaded"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        ordering = ["position", "title"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "slug"], name="strategy_slug_once_in_a_partnership"),
            models.CheckConstraint(name="strategy_slug_not_reserved", condition=~Q(slug="load")),
            models.CheckConstraint(
                name="strategy_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("strategy", args=[self.partnership.slug, self.slug])


class LevelKind(models.TextChoices):
    OUTCOME = "outcome", _("outcome")
    PRIORITY = "priority", _("priority")
    OBJECTIVE = "objective", _("objective")


class Level(models.Model):
    """One kind of element in this strategy, with the partnership's own word for it. Levels may share a depth."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="levels", verbose_name=_("strategy"))
    code = models.CharField(_("code"), max_length=60, validators=[code_validator])
    kind = models.CharField(_("kind"), max_length=20, choices=LevelKind)
    depth = models.PositiveSmallIntegerField(_("depth"), help_text=_("1 is the top of the tree."))
    word = models.CharField(_("word for one"), max_length=80)
    plural = models.CharField(_("word for several"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ["depth", "position"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="level_code_once_in_a_strategy"),
            models.CheckConstraint(name="level_kind_in_set", condition=Q(kind__in=LevelKind.values)),
            models.CheckConstraint(name="level_depth_from_1", condition=Q(depth__gte=1)),
        ]

    def __str__(self) -> str:
        return self.word


class Element(models.Model):
    """A node of the tree. The database holds its parent to the same strategy and a higher level (migration 0002)."""

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="elements", verbose_name=_("strategy"))
    level = models.ForeignKey(Level, models.PROTECT, related_name="elements", verbose_name=_("level"))
    code = models.CharField(_("code"), max_length=80, validators=[code_validator])
    title = models.CharField(_("title"), max_length=500)
    text = models.TextField(_("text"), blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("under")
    )
    serves = models.ManyToManyField(
        "self", symmetrical=False, related_name="served_by", blank=True, verbose_name=_("serves")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.SOURCE)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("element")
        verbose_name_plural = _("elements")
        ordering = ["level__depth", "level__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="element_code_once_in_a_strategy"),
            models.CheckConstraint(name="element_origin_in_set", condition=Q(origin__in=Origin.values)),
        ]

    def __str__(self) -> str:
        return self.title


class MeasureQuerySet(StandingQuerySet):
    def of_partnership(self, partnership: Partnership) -> "MeasureQuerySet":
        return self.filter(strategy__partnership=partnership)


class PathShape(models.TextChoices):
    """How the way from one target to the next is meant (indicators/aims.py)."""

    LINE = "line", _("a straight line from one target to the next")
    STEPS = "steps", _("steps: each target counts from the day after the one before")


class Measure(models.Model):
    """An indicator chosen to show an element or a whole strategy, or evidence in words where no number fits."""

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="measures", verbose_name=_("strategy"))
    element = models.ForeignKey(
        Element, models.PROTECT, null=True, blank=True, related_name="measures", verbose_name=_("element")
    )
    code = models.CharField(_("code"), max_length=80, validators=[code_validator])
    title = models.CharField(_("title"), max_length=300, help_text=_("In the words of the document."))
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="measures", verbose_name=_("indicator")
    )
    breakdown = models.CharField(_("breakdown"), max_length=120, blank=True)
    narrative = models.TextField(_("evidence in words"), blank=True)
    note = models.TextField(_("note"), blank=True)
    baseline_value = models.FloatField(_("baseline"), null=True, blank=True)
    baseline_on = models.DateField(_("last day of the baseline period"), null=True, blank=True)
    baseline_label = models.CharField(_("baseline period"), max_length=40, blank=True)
    tolerance = models.FloatField(
        _("tolerance"), null=True, blank=True, help_text=_("How far off its path it may be and still be on course.")
    )
    path_shape = models.CharField(_("path to the targets"), max_length=10, choices=PathShape, default=PathShape.LINE)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.SOURCE)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="measure_code_once_in_a_strategy"),
            models.UniqueConstraint(
                fields=["element", "indicator", "breakdown"],
                condition=Q(element__isnull=False, indicator__isnull=False, retired_at__isnull=True),
                name="measure_indicator_once_on_an_element",
            ),
            models.UniqueConstraint(
                fields=["strategy", "indicator", "breakdown"],
                condition=Q(element__isnull=True, indicator__isnull=False, retired_at__isnull=True),
                name="measure_indicator_once_on_a_strategy",
            ),
            models.CheckConstraint(
                name="measure_indicator_or_narrative",
                condition=(Q(indicator__isnull=False, narrative="") | (Q(indicator__isnull=True) & ~Q(narrative=""))),
            ),
            models.CheckConstraint(
                name="measure_baseline_and_its_date_both_or_neither",
                condition=Q(baseline_value__isnull=True, baseline_on__isnull=True)
                | Q(baseline_value__isnull=False, baseline_on__isnull=False),
            ),
            models.CheckConstraint(
                name="measure_tolerance_from_0",
                condition=Q(tolerance__isnull=True) | Q(tolerance__gte=0, tolerance__lt=LARGEST_NUMBER),
            ),
            models.CheckConstraint(name="measure_path_shape_in_set", condition=Q(path_shape__in=PathShape.values)),
            models.CheckConstraint(name="measure_origin_in_set", condition=Q(origin__in=Origin.values)),
        ]

    def __str__(self) -> str:
        return self.title


class Target(models.Model):
    """Where a measure shall stand, and by when: at a value, or anywhere from it to `upper`. Several make a path."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="targets", verbose_name=_("measure"))
    value = models.FloatField(_("target"))
    upper = models.FloatField(
        _("upper end"), null=True, blank=True, help_text=_("Of a target that is a range; the target is its lower end.")
    )
    due_on = models.DateField(_("by"), help_text=_("The last day of the period that the target is for."))
    label = models.CharField(_("period"), max_length=40, blank=True)
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.SOURCE)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "due_on"], name="target_once_on_a_day"),
            models.CheckConstraint(
                name="target_is_finite", condition=Q(value__gt=-LARGEST_NUMBER, value__lt=LARGEST_NUMBER)
            ),
            models.CheckConstraint(
                name="target_range_ends_above_its_start",
                condition=Q(upper__isnull=True) | Q(upper__gt=F("value"), upper__lt=LARGEST_NUMBER),
            ),
            models.CheckConstraint(name="target_origin_in_set", condition=Q(origin__in=Origin.values)),
        ]

    def __str__(self) -> str:
        return self.label or str(self.due_on)


class StatementKind(models.TextChoices):
    VALUE = "value", _("value")
    WAY_OF_WORKING = "way-of-working", _("way of working")
    THEME = "theme", _("theme")
    FOUNDATION = "foundation", _("foundation")
    EXPECTATION = "expectation", _("expectation")
    SUCCESS = "success", _("success")
    GOVERNANCE = "governance", _("governance")
    FOREWORD = "foreword", _("foreword")
    CONTEXT = "context", _("context")


class Statement(models.Model):
    """Something the strategy says beside its tree: a value, a way of working, a theme, a success, its foreword."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="statements", verbose_name=_("strategy"))
    kind = models.CharField(_("kind"), max_length=20, choices=StatementKind)
    code = models.CharField(_("code"), max_length=80, validators=[code_validator])
    group = models.CharField(_("heading"), max_length=120, blank=True, help_text=_("In the document's own words."))
    text = models.TextField(_("text"))
    said_by = models.CharField(_("signed by"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.SOURCE)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["kind", "position"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="statement_code_once_in_a_strategy"),
            models.CheckConstraint(name="statement_kind_in_set", condition=Q(kind__in=StatementKind.values)),
            models.CheckConstraint(name="statement_origin_in_set", condition=Q(origin__in=Origin.values)),
        ]

    def __str__(self) -> str:
        return self.text


class Horizon(models.Model):
    """What the partnership sees at a distance in time: now, in three years, in ten."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="horizons", verbose_name=_("strategy"))
    years = models.PositiveSmallIntegerField(_("years ahead"), help_text=_("0 is where we are now."))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("horizon")
        verbose_name_plural = _("horizons")
        ordering = ["years"]
        constraints = [models.UniqueConstraint(fields=["strategy", "years"], name="horizon_once_at_a_distance")]

    def __str__(self) -> str:
        return self.title


class GlossaryTerm(models.Model):
    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="glossary", verbose_name=_("strategy"))
    term = models.CharField(_("term"), max_length=120)
    meaning = models.TextField(_("meaning"))
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.SOURCE)

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["term"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "term"], name="glossary_term_once_in_a_strategy"),
            models.CheckConstraint(name="glossary_term_origin_in_set", condition=Q(origin__in=Origin.values)),
        ]

    def __str__(self) -> str:
        return self.term
