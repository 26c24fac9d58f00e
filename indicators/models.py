"""What is so: indicators, the files that bring their figures, and the figures."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.models import Area, Partnership, StandingQuerySet

# Larger than any count of people or pounds; also shuts out NaN and infinity, which compare as larger.
LARGEST_NUMBER = 1e15


class Polarity(models.TextChoices):
    HIGH = "high", _("high is good")
    LOW = "low", _("low is good")
    NONE = "none", _("no judgement")


class ValueType(models.TextChoices):
    PROPORTION = "proportion", _("proportion")
    RATE = "rate", _("rate")
    COUNT = "count", _("count")
    MEAN = "mean", _("mean")
    OTHER = "other", _("other")


class YearType(models.TextChoices):
    """What "2023/24" means for an indicator."""

    FINANCIAL = "financial", _("April to March")
    ACADEMIC = "academic", _("September to August")


class Indicator(models.Model):
    """A definition of something counted, with where its figures come from. The code is its identity."""

    code = models.CharField(
        _("code"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and hyphens only."))],
    )
    name = models.CharField(_("name"), max_length=200)
    name_cy = models.CharField(_("Welsh name"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=60, help_text=_("For the heads of narrow columns."))
    topic = models.CharField(_("topic"), max_length=60)
    definition = models.TextField(_("definition"))
    rationale = models.TextField(_("why it matters"), blank=True)
    numerator = models.TextField(_("numerator"), blank=True)
    denominator = models.TextField(_("denominator"), blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True, help_text=_("Right after a number, such as %."))
    unit_words = models.CharField(_("unit in words"), max_length=120, help_text=_("Such as: per cent of pupils."))
    value_type = models.CharField(_("value type"), max_length=20, choices=ValueType)
    multiplier = models.FloatField(
        _("multiplier"), default=1, help_text=_("100 for a percentage, 1000 for a rate per 1,000, otherwise 1.")
    )
    decimals = models.PositiveSmallIntegerField(_("decimals shown"), default=1, validators=[MaxValueValidator(6)])
    polarity = models.CharField(_("polarity"), max_length=10, choices=Polarity)
    year_type = models.CharField(
        _("a year such as 2023/24 is"), max_length=20, choices=YearType, default=YearType.FINANCIAL
    )
    frequency = models.CharField(_("frequency"), max_length=60)
    publisher = models.CharField(_("publisher"), max_length=200)
    source = models.CharField(_("source"), max_length=300, help_text=_("The title of the publication."))
    source_url = models.URLField(_("address of the source"), max_length=500)
    licence = models.CharField(_("licence"), max_length=200)
    published_on = models.DateField(_("latest release"), null=True, blank=True)
    next_update_on = models.DateField(_("next update"), null=True, blank=True)
    next_update_note = models.CharField(_("about the next update"), max_length=300, blank=True)
    suppress_below = models.PositiveSmallIntegerField(
        _("hide counts below"),
        null=True,
        blank=True,
        help_text=_(
            "A figure is hidden where a count behind it is below this, nought too, and others so that it cannot be "
            "worked out. Empty: no more is hidden. What is hidden already stays so until the command suppress is run."
        ),
    )
    round_to = models.PositiveSmallIntegerField(
        _("round counts to"), null=True, blank=True, help_text=_("Such as 5. Empty: as published.")
    )
    caveats = models.TextField(_("take care"), blank=True)
    series_choice = models.TextField(_("which series, and why"), blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["topic", "name"]
        constraints = [
            models.CheckConstraint(name="indicator_polarity_in_set", condition=Q(polarity__in=Polarity.values)),
            models.CheckConstraint(name="indicator_value_type_in_set", condition=Q(value_type__in=ValueType.values)),
            models.CheckConstraint(name="indicator_year_type_in_set", condition=Q(year_type__in=YearType.values)),
            models.CheckConstraint(name="indicator_decimals_0_to_6", condition=Q(decimals__lte=6)),
            models.CheckConstraint(
                name="indicator_multiplier_above_0", condition=Q(multiplier__gt=0, multiplier__lt=LARGEST_NUMBER)
            ),
            models.CheckConstraint(
                name="indicator_suppress_below_from_1",
                condition=Q(suppress_below__isnull=True) | Q(suppress_below__gte=1),
            ),
            models.CheckConstraint(
                name="indicator_round_to_from_1", condition=Q(round_to__isnull=True) | Q(round_to__gte=1)
            ),
            models.CheckConstraint(
                name="indicator_says_when_updated_next",
                condition=Q(next_update_on__isnull=False) | ~Q(next_update_note=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicator-definition", args=[self.code])


class SeriesBreak(models.Model):
    """From this day on the figures are a new series: no line and no change runs across it."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="breaks", verbose_name=_("indicator"))
    starts_on = models.DateField(_("first day of the new series"))
    label = models.CharField(_("first period of the new series"), max_length=40)
    note = models.TextField(_("why"))

    class Meta:
        verbose_name = _("break in series")
        verbose_name_plural = _("breaks in series")
        ordering = ["starts_on"]
        constraints = [models.UniqueConstraint(fields=["indicator", "starts_on"], name="series_break_once_on_a_day")]

    def __str__(self) -> str:
        return self.label


class Layout(models.Model):
    """How a published table becomes figures, as data: shipped with the site, or saved by a partnership."""

    name = models.SlugField(_("name"), max_length=60)
    partnership = models.ForeignKey(
        Partnership,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="layouts",
        verbose_name=_("partnership"),
        help_text=_("Empty for a layout that every partnership may use."),
    )
    title = models.CharField(_("title"), max_length=200)
    data = models.JSONField(_("layout"), help_text=_("See fixtures/layouts/schema.json."))
    saved_at = models.DateTimeField(_("saved"), default=timezone.now, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("saved by"),
    )

    class Meta:
        verbose_name = _("layout")
        verbose_name_plural = _("layouts")
        ordering = ["title", "name"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "name"], name="layout_name_once_in_a_partnership"),
            models.UniqueConstraint(
                fields=["name"], condition=Q(partnership__isnull=True), name="layout_name_once_for_all"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OriginalFile(models.Model):
    """An uploaded file, kept once however often it is uploaded."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveIntegerField(_("size in bytes"))

    class Meta:
        verbose_name = _("original file")
        verbose_name_plural = _("original files")

    def __str__(self) -> str:
        return self.sha256


class OriginalPart(models.Model):
    """Some of the bytes of a file, packed by zlib: no request or process ever holds a large file whole."""

    original = models.ForeignKey(OriginalFile, models.CASCADE, related_name="parts", verbose_name=_("original file"))
    number = models.PositiveIntegerField(_("number"))
    content = models.BinaryField()

    class Meta:
        verbose_name = _("part of an original file")
        verbose_name_plural = _("parts of original files")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["original", "number"], name="original_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.original_id} {self.number}"


class UploadState(models.TextChoices):
    RECEIVED = "received", _("received, not checked yet")
    CHECKED = "checked", _("checked, not published")
    PUBLISHED = "published", _("published")
    DISCARDED = "discarded", _("discarded")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Upload(models.Model):
    """One file that somebody brought, what its check found, and what became of it."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="uploads", verbose_name=_("partnership"))
    original = models.ForeignKey(OriginalFile, models.PROTECT, related_name="uploads", verbose_name=_("original file"))
    file_name = models.CharField(_("file name"), max_length=255)
    layout = models.ForeignKey(
        Layout, models.SET_NULL, null=True, blank=True, related_name="uploads", verbose_name=_("layout")
    )
    sheet = models.CharField(_("sheet"), max_length=255, blank=True)
    plan = models.JSONField(
        _("how it is read"),
        null=True,
        blank=True,
        help_text=_("The layout as it was when the file was checked; empty until it is known."),
    )
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("corrects an earlier file"),
    )
    publisher = models.CharField(_("publisher of the figures"), max_length=200, blank=True)
    source = models.CharField(_("where the figures come from"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=UploadState, default=UploadState.RECEIVED)
    report = models.JSONField(
        _("report of the check"),
        default=dict,
        blank=True,
        help_text=_("Counts, errors, differences and rows left out, as uploads.check found them."),
    )
    figures_read = models.PositiveIntegerField(_("figures read"), default=0)
    added = models.PositiveIntegerField(_("added"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    left_out = models.PositiveIntegerField(_("left out"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    doubtful = models.PositiveIntegerField(
        _("to be confirmed"), default=0, help_text=_("Of those added or changed, the ones that look implausible.")
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads", verbose_name=_("uploaded by")
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    closed_at = models.DateTimeField(_("discarded or withdrawn"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("discarded or withdrawn by"),
    )

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.CheckConstraint(name="upload_state_in_set", condition=Q(state__in=UploadState.values)),
            models.CheckConstraint(
                name="upload_counts_reconcile",
                condition=Q(figures_read=F("added") + F("changed") + F("unchanged") + F("left_out") + F("rejected")),
            ),
            models.CheckConstraint(
                name="upload_read_by_a_plan",
                condition=Q(plan__isnull=False) | Q(state__in=[UploadState.RECEIVED, UploadState.DISCARDED]),
            ),
            models.CheckConstraint(
                name="upload_published_when_and_by_whom",
                condition=Q(
                    state__in=[UploadState.PUBLISHED, UploadState.WITHDRAWN],
                    published_at__isnull=False,
                    published_by__isnull=False,
                )
                | Q(
                    state__in=[UploadState.RECEIVED, UploadState.CHECKED, UploadState.DISCARDED],
                    published_at__isnull=True,
                    published_by__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="upload_closed_when_and_by_whom",
                condition=Q(
                    state__in=[UploadState.DISCARDED, UploadState.WITHDRAWN],
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                )
                | Q(
                    state__in=[UploadState.RECEIVED, UploadState.CHECKED, UploadState.PUBLISHED],
                    closed_at__isnull=True,
                    closed_by__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("upload", args=[self.partnership.slug, self.pk])


class Deed(models.TextChoices):
    CHECK = "check", _("check")
    PUBLISH = "publish", _("publish")


class RunState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class RunQuerySet(models.QuerySet):
    def open(self) -> "RunQuerySet":
        return self.filter(state__in=[RunState.WAITING, RunState.RUNNING])


class Run(models.Model):
    """One go at checking or publishing an upload, in the request that asked for it or in the background worker."""

    # What its progress is filed under: numbers begin again in every database, and the files do not.
    key = models.UUIDField(default=uuid4, editable=False, unique=True)
    upload = models.ForeignKey(Upload, models.CASCADE, related_name="runs", verbose_name=_("upload"))
    deed = models.CharField(_("deed"), max_length=10, choices=Deed)
    options = models.JSONField(_("options"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    message = models.TextField(_("what happened"), blank=True)
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="run_deed_in_set", condition=Q(deed__in=Deed.values)),
            models.CheckConstraint(name="run_state_in_set", condition=Q(state__in=RunState.values)),
            models.CheckConstraint(
                name="run_ended_when_over",
                condition=Q(state__in=[RunState.WAITING, RunState.RUNNING], ended_at__isnull=True)
                | Q(state__in=[RunState.DONE, RunState.FAILED, RunState.CANCELLED], ended_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["upload"],
                condition=Q(state__in=[RunState.WAITING, RunState.RUNNING]),
                name="run_one_open_for_an_upload",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.deed}"


class Marker(models.TextChoices):
    """Why there is no number, in the shorthand of official statistics."""

    SUPPRESSED = "c", _("suppressed")
    NOT_AVAILABLE = "x", _("not available")
    NOT_APPLICABLE = "z", _("not applicable")
    WITHHELD = "w", _("withheld")
    LOW = "low", _("rounds to zero")
    LOW_COUNT = "k", _("low number")


# What a figure is about: everything except its value.
FACT = ("indicator_id", "area_id", "period_start", "period_end", "breakdown")


class ValueQuerySet(models.QuerySet):
    def current(self) -> "ValueQuerySet":
        return self.filter(is_current=True)

    def live_on(self, moment: datetime) -> "ValueQuerySet":
        """The values whose upload was published and not yet withdrawn at that moment."""
        withdrawn = Q(upload__state=UploadState.WITHDRAWN, upload__closed_at__lte=moment)
        return self.filter(~withdrawn, upload__published_at__lte=moment)

    def known_on(self, moment: datetime) -> "ValueQuerySet":
        """Of each fact the live figure that was published last at that moment, of the figures filtered so far.

        They must be whole facts, not some of the versions of a fact. All versions are read in one pass: looking for a
        later version of each figure would read, on SQLite, an indicator's figures once for each.
        """
        order = [F("upload__published_at").desc(), F("id").desc()]
        place = Window(RowNumber(), partition_by=[F(name) for name in FACT], order_by=order)
        return self.live_on(moment).annotate(place=place).filter(place=1)

    def with_hiding(self) -> "ValueQuerySet":
        """Each with `hides_denominator` of the suppression of its fact: None where the fact is not hidden."""
        of_fact = Suppression.objects.filter(**{name: OuterRef(name) for name in FACT})
        return self.annotate(hides_denominator=Subquery(of_fact.values("hides_denominator")[:1]))


class Value(models.Model):
    """One figure as one file gave it: a number, or the reason why there is none.

    Its key is indicator, area, period and breakdown. A later upload supersedes it (is_current becomes false); nothing
    else about it ever changes.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values", verbose_name=_("indicator"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="values", verbose_name=_("area"))
    period_start = models.DateField(_("period starts"))
    period_end = models.DateField(_("period ends"))
    period_label = models.CharField(_("period"), max_length=40)
    breakdown = models.CharField(
        _("breakdown"), max_length=120, blank=True, help_text=_('Empty for everyone, otherwise such as "sex: Female".')
    )
    value = models.FloatField(_("value"), null=True, blank=True)
    marker = models.CharField(_("marker"), max_length=10, choices=Marker, blank=True)
    flags = models.CharField(_("flags"), max_length=10, blank=True, help_text=_("Letters of p, r, e, b and u."))
    lower = models.FloatField(_("lower limit (95%)"), null=True, blank=True)
    upper = models.FloatField(_("upper limit (95%)"), null=True, blank=True)
    numerator = models.FloatField(_("numerator"), null=True, blank=True)
    denominator = models.FloatField(_("denominator"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="values", verbose_name=_("upload"))
    row = models.PositiveIntegerField(_("row of the file"))
    column = models.PositiveSmallIntegerField(
        _("column of the file"), default=0, help_text=_("Counted from 1; 0 where it was not recorded.")
    )
    is_current = models.BooleanField(_("current"))

    objects = ValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("value")
        verbose_name_plural = _("values")
        ordering = ["indicator", "area", "breakdown", "period_start"]
        indexes = [
            models.Index(
                fields=["indicator", "area", "period_start", "period_end", "breakdown"],
                condition=Q(is_current=False),
                name="value_earlier_of_a_fact",
            )
        ]
        constraints = [
            # In this order a series is one stretch of the index, and its newest figure the end of it.
            models.UniqueConstraint(
                fields=["indicator", "area", "breakdown", "period_end", "period_start"],
                condition=Q(is_current=True),
                name="value_one_current_for_each_fact",
            ),
            models.UniqueConstraint(
                fields=["upload", "indicator", "area", "period_start", "period_end", "breakdown"],
                name="value_once_in_an_upload",
            ),
            models.CheckConstraint(
                name="value_number_or_reason",
                condition=Q(value__isnull=False, marker="") | (Q(value__isnull=True) & ~Q(marker="")),
            ),
            models.CheckConstraint(name="value_marker_in_set", condition=Q(marker__in=["", *Marker.values])),
            models.CheckConstraint(
                name="value_is_finite",
                condition=Q(value__isnull=True) | Q(value__gt=-LARGEST_NUMBER, value__lt=LARGEST_NUMBER),
            ),
            models.CheckConstraint(
                name="value_within_limits",
                condition=(Q(lower__isnull=True) | Q(value__isnull=False, lower__lte=F("value")))
                & (Q(upper__isnull=True) | Q(value__isnull=False, upper__gte=F("value"), upper__lt=LARGEST_NUMBER)),
            ),
            models.CheckConstraint(
                name="value_numerator_from_0",
                condition=Q(numerator__isnull=True) | Q(numerator__gte=0, numerator__lt=LARGEST_NUMBER),
            ),
            models.CheckConstraint(
                name="value_denominator_from_0",
                condition=Q(denominator__isnull=True) | Q(denominator__gte=0, denominator__lt=LARGEST_NUMBER),
            ),
            models.CheckConstraint(
                name="value_period_ends_after_it_starts", condition=Q(period_end__gte=F("period_start"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area_id} {self.period_label}"


class Suppression(models.Model):
    """A fact that readers do not see, whatever its figure was or will be: all versions of it are hidden together.

    It does not say why: which of the hidden facts is small, and which is hidden beside it, would tell too much.
    """

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="suppressions", verbose_name=_("indicator"), db_index=False
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"), db_index=False)
    period_start = models.DateField(_("period starts"))
    period_end = models.DateField(_("period ends"))
    breakdown = models.CharField(_("breakdown"), max_length=120, blank=True)
    hides_denominator = models.BooleanField(_("denominator too"), default=False)
    hidden_at = models.DateTimeField(_("hidden"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("suppression")
        verbose_name_plural = _("suppressions")
        ordering = ["indicator", "area", "breakdown", "period_start"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "period_start", "period_end", "breakdown"],
                name="suppression_one_for_each_fact",
            ),
            models.CheckConstraint(
                name="suppression_period_ends_after_it_starts", condition=Q(period_end__gte=F("period_start"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area_id} {self.period_start}"


class SuppressedView(models.Model):
    """Somebody looked at a page or a file with its hidden figures. Only ever added to."""

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="suppressed_views", verbose_name=_("partnership")
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    address = models.CharField(_("page or file"), max_length=2000)
    seen_at = models.DateTimeField(_("seen"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("viewing of hidden figures")
        verbose_name_plural = _("viewings of hidden figures")
        ordering = ["-seen_at", "-id"]

    def __str__(self) -> str:
        return self.address


class Outcome(models.TextChoices):
    """What publishing would do with a figure that was read."""

    ADDED = "a", _("added")
    CHANGED = "c", _("changed")
    UNCHANGED = "u", _("unchanged")
    BARRED = "b", _("left out, since only a steward may change it")


class StagedValue(models.Model):
    """A figure that was read and not yet published, in the shape of Value.

    What is here can be read from the original file again, so on PostgreSQL the table is not logged. It has no
    constraint of its own: every row leaves for Value, which has them, or goes.
    """

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="staged", db_constraint=False, db_index=False)
    place = models.PositiveIntegerField(help_text=_("Counts the good figures of the file from 0."))
    row = models.PositiveIntegerField()
    column = models.PositiveSmallIntegerField()
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    area = models.ForeignKey(Area, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    period_start = models.DateField()
    period_end = models.DateField()
    period_label = models.CharField(max_length=40)
    breakdown = models.CharField(max_length=120)
    value = models.FloatField(null=True)
    marker = models.CharField(max_length=10)
    flags = models.CharField(max_length=10)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    note = models.TextField()
    standing = models.ForeignKey(
        Value, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    outcome = models.CharField(max_length=1, choices=Outcome, default=Outcome.ADDED, db_default=Outcome.ADDED)
    doubt = models.CharField(max_length=20, default="", db_default="")

    class Meta:
        verbose_name = _("staged figure")
        verbose_name_plural = _("staged figures")
        indexes = [models.Index(fields=["upload", "place"], name="staged_place_in_an_upload")]

    def __str__(self) -> str:
        return f"{self.upload_id} row {self.row}"
