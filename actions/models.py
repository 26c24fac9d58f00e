"""What we do: key actions, their milestones and the whole history of their status."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outcomes.models import Element, Origin, Strategy, code_validator
from partnerships.models import Organisation, StandingQuerySet


class Status(models.TextChoices):
    NOT_STARTED = "not-started", _("not started")
    ON_TRACK = "on-track", _("on track")
    AT_RISK = "at-risk", _("at risk")
    OFF_TRACK = "off-track", _("off track")
    COMPLETE = "complete", _("complete")
    CANCELLED = "cancelled", _("cancelled")


# These call for a reason in words.
STATUSES_WITH_NOTE = (Status.AT_RISK, Status.OFF_TRACK, Status.CANCELLED)
# Nothing more is owed on an action that has ended.
ENDED_STATUSES = (Status.COMPLETE, Status.CANCELLED)


class KeyAction(models.Model):
    """Something the partnership does for an element of its strategy. actions.updates alone writes its status."""

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="actions", verbose_name=_("strategy"))
    element = models.ForeignKey(
        Element, models.PROTECT, null=True, blank=True, related_name="actions", verbose_name=_("element")
    )
    code = models.CharField(_("code"), max_length=80, validators=[code_validator])
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="actions", verbose_name=_("owner")
    )
    lead_title = models.CharField(_("lead, in words"), max_length=200, blank=True)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=_("lead"),
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.NOT_STARTED)
    progress = models.PositiveSmallIntegerField(
        _("progress in per cent"), default=0, validators=[MaxValueValidator(100)]
    )
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("completed by"),
    )
    version = models.PositiveIntegerField(_("version"), default=0, help_text=_("Goes up with every update."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.SOURCE)
    details_origin = models.CharField(
        _("origin of owner, lead, dates and milestones"), max_length=20, choices=Origin, default=Origin.SOURCE
    )
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("key action")
        verbose_name_plural = _("key actions")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="action_code_once_in_a_strategy"),
            models.CheckConstraint(name="action_status_in_set", condition=Q(status__in=Status.values)),
            models.CheckConstraint(name="action_progress_0_to_100", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="action_complete_when_and_by_whom",
                condition=Q(status=Status.COMPLETE, completed_at__isnull=False, completed_by__isnull=False)
                | (~Q(status=Status.COMPLETE) & Q(completed_at__isnull=True, completed_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="action_due_after_it_starts",
                condition=Q(due_on__isnull=True) | Q(starts_on__isnull=True) | Q(due_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(name="action_origin_in_set", condition=Q(origin__in=Origin.values)),
            models.CheckConstraint(name="action_details_origin_in_set", condition=Q(details_origin__in=Origin.values)),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("action", args=[self.strategy.partnership.slug, self.code])


class StatusUpdate(models.Model):
    """One report on an action. Rows are only ever added: the database refuses to change them (migration 0002)."""

    action = models.ForeignKey(KeyAction, models.PROTECT, related_name="updates", verbose_name=_("action"))
    version = models.PositiveIntegerField(_("version"))
    status = models.CharField(_("status"), max_length=20, choices=Status)
    progress = models.PositiveSmallIntegerField(_("progress in per cent"))
    note = models.TextField(_("note"), blank=True)
    is_confirmation = models.BooleanField(_("no change, confirmed"), default=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="status_updates", verbose_name=_("made by")
    )

    class Meta:
        verbose_name = _("status update")
        verbose_name_plural = _("status updates")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["action", "version"], name="status_update_version_once_for_an_action"),
            models.CheckConstraint(name="status_update_status_in_set", condition=Q(status__in=Status.values)),
            models.CheckConstraint(name="status_update_progress_0_to_100", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="status_update_says_why",
                condition=~Q(status__in=STATUSES_WITH_NOTE) | Q(is_confirmation=True) | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id}, version {self.version}"


class Milestone(models.Model):
    """A step of an action with its own date. It is reached in a status update, which tells when and by whom."""

    action = models.ForeignKey(KeyAction, models.CASCADE, related_name="milestones", verbose_name=_("action"))
    code = models.CharField(_("code"), max_length=80, validators=[code_validator])
    title = models.CharField(_("title"), max_length=300)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    reached_in = models.ForeignKey(
        StatusUpdate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones_reached",
        verbose_name=_("reached in"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["action", "code"], name="milestone_code_once_in_an_action")]

    def __str__(self) -> str:
        return self.title
