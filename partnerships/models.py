"""Who and where: people, places, the partnerships that answer for them, and what they keep."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Lower
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# First words of addresses that are not partnerships (config/urls.py).
RESERVED_SLUGS = ("accounts", "admin", "feedback", "healthz", "indicators", "method", "static")


class StandingQuerySet(models.QuerySet):
    """Of things that are retired, not deleted."""

    def standing(self) -> "StandingQuerySet":
        return self.filter(retired_at__isnull=True)


class UserManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_steward=True, **fields)

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A person who signs in. A steward keeps the site; every other right comes from a Membership."""

    email = models.EmailField(_("email address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    is_active = models.BooleanField(
        _("can sign in"), default=True, help_text=_("Untick instead of deleting: what the person entered stays theirs.")
    )
    is_steward = models.BooleanField(
        _("site steward"), default=False, help_text=_("May do everything, in every partnership and in this admin.")
    )
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_in_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        return self.is_steward

    @property
    def is_superuser(self) -> bool:
        return self.is_steward

    def has_perm(self, perm: str, obj=None) -> bool:
        return self.is_active and self.is_steward

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_steward


class AreaKind(models.TextChoices):
    NATION = "nation", _("nation")
    REGION = "region", _("region")
    COUNTY = "county", _("county")
    UNITARY = "unitary", _("unitary authority")
    METROPOLITAN_DISTRICT = "metropolitan_district", _("metropolitan district")
    LONDON_BOROUGH = "london_borough", _("London borough")
    DISTRICT = "district", _("district")
    SCOTTISH_COUNCIL = "scottish_council", _("Scottish council area")
    WELSH_AUTHORITY = "welsh_authority", _("Welsh principal area")
    BOARD_AREA = "board_area", _("area of a board")


class AreaQuerySet(models.QuerySet):
    def with_ancestors(self) -> "AreaQuerySet":
        """Loads the chain up to the nation: the longest is district, county, region, nation."""
        return self.select_related("parent__parent__parent")


class Area(models.Model):
    """A place with a code. Places end and are succeeded; they are never deleted."""

    code = models.CharField(
        _("code"),
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[A-Z0-9-]+$", _("Capital letters, digits and hyphens only."))],
        help_text=_("The GSS code of the Office for National Statistics, such as E10000017."),
    )
    name = models.CharField(_("name"), max_length=100)
    name_cy = models.CharField(_("Welsh name"), max_length=100, blank=True)
    dfe_number = models.CharField(
        _("DfE number"),
        max_length=3,
        blank=True,
        help_text=_("The three digits by which the Department for Education calls an authority, such as 888."),
    )
    other_names = models.JSONField(
        _("other names"), default=list, blank=True, help_text=_('What publishers also call it: ["Argyll & Bute"]')
    )
    kind = models.CharField(_("kind"), max_length=30, choices=AreaKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("lies in")
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ended on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("succeeded by")
    )
    note = models.TextField(_("note"), blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["name", "code"]
        constraints = [
            models.CheckConstraint(name="area_kind_in_set", condition=Q(kind__in=AreaKind.values)),
            models.CheckConstraint(
                name="area_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="area_successor_only_where_it_ended",
                condition=Q(successor__isnull=True) | Q(ends_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def ancestors(self) -> list["Area"]:
        """Nearest first. One query a step unless loaded with_ancestors()."""
        found, area = [], self.parent
        while area is not None:
            found.append(area)
            area = area.parent
        return found

    def nation(self) -> "Area | None":
        """The nation this area lies in; None for a nation itself."""
        return next((area for area in self.ancestors() if area.kind == AreaKind.NATION), None)


class ComparatorSet(models.Model):
    """The areas one area is compared with: chosen by a publisher on a date, or by officers of a partnership.

    A publisher's new choice is a new version. A partnership has one choice under a title, and changes it.
    """

    partnership = models.ForeignKey(
        "Partnership",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="comparator_sets",
        verbose_name=_("partnership"),
        help_text=_("Empty for a publisher's set."),
    )
    code = models.SlugField(
        _("code"), max_length=60, blank=True, validators=[RegexValidator(r"^[a-z]", _("Begin with a small letter."))]
    )
    version = models.CharField(_("version"), max_length=20, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="comparator_sets", verbose_name=_("for the area"))
    title = models.CharField(_("title"), max_length=200)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True, editable=False)
    saved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("saved by")
    )

    class Meta:
        verbose_name = _("comparator set")
        verbose_name_plural = _("comparator sets")
        ordering = ["title", "area", "-published_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version", "area"],
                condition=Q(partnership__isnull=True),
                name="comparator_set_unique_version_for_area",
            ),
            models.UniqueConstraint(
                "partnership",
                "area",
                Lower("title"),
                condition=Q(partnership__isnull=False),
                name="comparator_set_title_once_for_area",
            ),
            models.CheckConstraint(
                name="comparator_set_published_or_own",
                condition=Q(
                    partnership__isnull=True, published_on__isnull=False, saved_at__isnull=True, saved_by__isnull=True
                )
                & ~Q(code="")
                & ~Q(version="")
                & ~Q(publisher="")
                & ~Q(source="")
                & ~Q(licence="")
                | Q(
                    partnership__isnull=False,
                    published_on__isnull=True,
                    saved_at__isnull=False,
                    saved_by__isnull=False,
                    code="",
                    version="",
                    publisher="",
                    source="",
                    source_url="",
                    licence="",
                ),
            ),
        ]

    def __str__(self) -> str:
        title = f"{self.title}, {self.version}" if self.version else self.title
        return f"{title}: {self.area}"

    @property
    def is_own(self) -> bool:
        """Whether a partnership made it."""
        return self.partnership_id is not None


class ComparatorMember(models.Model):
    comparator_set = models.ForeignKey(ComparatorSet, models.CASCADE, related_name="members")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    rank = models.PositiveSmallIntegerField(_("rank"), help_text=_("1 is the closest."))
    closeness = models.FloatField(_("closeness"), null=True, blank=True, help_text=_("As published."))

    class Meta:
        verbose_name = _("comparator")
        verbose_name_plural = _("comparators")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["comparator_set", "area"], name="comparator_member_once_in_a_set"),
            models.UniqueConstraint(fields=["comparator_set", "rank"], name="comparator_member_rank_once_in_a_set"),
            models.CheckConstraint(name="comparator_member_rank_from_one", condition=Q(rank__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.area}"


class SeesSuppressed(models.TextChoices):
    """Who of a partnership may look at figures that are hidden from readers."""

    NOBODY = "nobody", _("nobody")
    ADMINISTRATOR = "administrator", _("administrators")
    OFFICER = "officer", _("officers and administrators")


class Partnership(models.Model):
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_cy = models.CharField(_("Welsh name"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=60)
    description = models.TextField(_("description"), blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="partnerships", verbose_name=_("main area"))
    footprint = models.ManyToManyField(
        Area, related_name="+", verbose_name=_("footprint"), help_text=_("Every area that the partnership answers for.")
    )
    comparators = models.ManyToManyField(
        Area, related_name="+", blank=True, verbose_name=_("comparators"), help_text=_("Shown beside the footprint.")
    )
    is_public = models.BooleanField(
        _("public"), default=False, help_text=_("Anyone may then read its plans, dashboards and downloads.")
    )
    sees_suppressed = models.CharField(
        _("may see hidden figures"),
        max_length=20,
        choices=SeesSuppressed,
        default=SeesSuppressed.NOBODY,
        help_text=_("Figures hidden from readers, since they are about few people. Each look is written down."),
    )

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ["short_name"]
        constraints = [
            models.CheckConstraint(name="partnership_slug_not_reserved", condition=~Q(slug__in=RESERVED_SLUGS)),
            models.CheckConstraint(
                name="partnership_not_its_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=F("id"))
            ),
            models.CheckConstraint(
                name="partnership_sees_suppressed_in_set", condition=Q(sees_suppressed__in=SeesSuppressed.values)
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("partnership", args=[self.slug])


class OrganisationKind(models.TextChoices):
    COUNCIL = "council", _("council")
    NHS = "nhs", _("NHS")
    SCHOOL = "school", _("school")
    CHARITY = "charity", _("charity")
    POLICE = "police", _("police")
    GOVERNMENT = "government", _("government")
    PARTNERSHIP = "partnership", _("partnership")
    OTHER = "other", _("other")


class Organisation(models.Model):
    """A body that takes part in a partnership and can own its actions."""

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="organisations", verbose_name=_("partnership")
    )
    code = models.SlugField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code"], name="organisation_code_once_in_a_partnership"),
            models.CheckConstraint(name="organisation_kind_in_set", condition=Q(kind__in=OrganisationKind.values)),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    BOARD = "board", pgettext_lazy("role", "board member")
    OFFICER = "officer", pgettext_lazy("role", "officer")
    ADMINISTRATOR = "administrator", pgettext_lazy("role", "administrator")


class Membership(models.Model):
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="memberships", verbose_name=_("partnership")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("organisation")
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user__name", "user__email"]
        constraints = [
            models.UniqueConstraint(fields=["user", "partnership"], name="membership_once_in_a_partnership"),
            models.CheckConstraint(name="membership_role_in_set", condition=Q(role__in=Role.values)),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class Meeting(models.Model):
    """An occasion whose papers the partnership keeps, such as a board meeting or a workshop."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="meetings", verbose_name=_("partnership"))
    title = models.CharField(_("title"), max_length=200)
    held_on = models.DateField(_("held on"))

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-held_on"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "held_on", "title"], name="meeting_once_in_a_partnership")
        ]

    def __str__(self) -> str:
        return self.title


class DocumentKind(models.TextChoices):
    STRATEGY = "strategy", _("strategy")
    PLAN = "plan", _("delivery plan")
    FRAMEWORK = "framework", _("performance framework")
    ANALYSIS = "analysis", _("equality impact analysis")
    PAPER = "paper", _("meeting paper")
    READING = "reading", _("further reading")
    OTHER = "other", _("other document")


class Document(models.Model):
    """A document that the partnership names. The app holds where it is, not a copy."""

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="documents", verbose_name=_("partnership")
    )
    code = models.SlugField(_("code"), max_length=80)
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind)
    url = models.URLField(_("address"), max_length=500, blank=True, help_text=_("Leave empty where none is published."))
    published_on = models.DateField(_("date"), null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("meeting")
    )
    note = models.TextField(_("note"), blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-published_on", "title"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code"], name="document_code_once_in_a_partnership"),
            models.CheckConstraint(name="document_kind_in_set", condition=Q(kind__in=DocumentKind.values)),
        ]

    def __str__(self) -> str:
        return self.title


class Feedback(models.Model):
    """One answer to "Did you find what you were looking for?". It holds nothing about who answered."""

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, null=True, blank=True, related_name="feedback", verbose_name=_("partnership")
    )
    page = models.CharField(_("page"), max_length=500)
    found = models.BooleanField(_("found what they were looking for"))
    why = models.CharField(_("why the information was not helpful"), max_length=250, blank=True)
    given_at = models.DateTimeField(_("given"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["-given_at"]
        constraints = [
            models.CheckConstraint(
                name="feedback_at_most_250_characters", condition=LessThanOrEqual(Length("why"), 250)
            )
        ]

    def __str__(self) -> str:
        return self.page
