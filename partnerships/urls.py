from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from partnerships.models import RESERVED_SLUGS
from partnerships.views import accounts, comparators, feedback, members, pages


class PartnershipSlug(SlugConverter):
    """Any slug but the first words of other addresses, which stand further down in the URL configuration."""

    regex = rf"(?!(?:{'|'.join(RESERVED_SLUGS)})/){SlugConverter.regex}"


register_converter(PartnershipSlug, "partnership")

urlpatterns = [
    path("", pages.home, name="home"),
    path("healthz", pages.healthz, name="healthz"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("accounts/login/", accounts.sign_in, name="login"),
    path("accounts/logout/", accounts.sign_out, name="logout"),
    path("accounts/password/", accounts.password_change, name="password_change"),
    path("accounts/password/done/", accounts.password_change_done, name="password_change_done"),
    path("accounts/set-password/<uidb64>/<token>/", accounts.set_password, name="set-password"),
    path("<partnership:partnership>/", pages.partnership_home, name="partnership"),
    path("<partnership:partnership>/members/", members.members, name="members"),
    path("<partnership:partnership>/members/new/", members.member_new, name="member-new"),
    path("<partnership:partnership>/members/visibility/", members.visibility, name="visibility"),
    path("<partnership:partnership>/members/<int:member>/", members.member, name="member"),
    path("<partnership:partnership>/members/<int:member>/remove/", members.member_remove, name="member-remove"),
    path("<partnership:partnership>/members/<int:member>/link/", members.member_link, name="member-link"),
    path("<partnership:partnership>/comparators/", comparators.comparator_sets, name="comparator-sets"),
    path("<partnership:partnership>/comparators/new/", comparators.comparator_set_new, name="comparator-set-new"),
    path(
        "<partnership:partnership>/comparators/<int:comparator_set>/",
        comparators.comparator_set,
        name="comparator-set",
    ),
    path(
        "<partnership:partnership>/comparators/<int:comparator_set>/remove/",
        comparators.comparator_set_remove,
        name="comparator-set-remove",
    ),
    path("<partnership:partnership>/feedback/", feedback.partnership_feedback, name="partnership-feedback"),
]
