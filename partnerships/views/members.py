"""The members of a partnership and who may see it; members.py alone writes them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnerships import access, invitations
from partnerships import members as writer
from partnerships.access import Level
from partnerships.forms import NewMemberForm, RoleForm, VisibilityForm
from partnerships.models import Membership, Partnership


@access.requires(Level.BOARD)
@require_safe
def members(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    memberships = partnership.memberships.select_related("user", "organisation")
    context = {"crumbs": _crumbs(partnership), "memberships": memberships}
    return render(request, "partnerships/members.html", context)


@access.requires(Level.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def member_new(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    form = NewMemberForm(request.POST or None, partnership=partnership)
    if form.is_valid():
        try:
            added = writer.add(partnership=partnership, by=request.user, **form.cleaned_data)
        except writer.MembershipRefused as refusal:
            form.add_error("email", refusal)
        else:
            messages.success(request, _("%(name)s is now a member.") % {"name": added.membership.user})
            return _after_adding(request, added)
    context = {"crumbs": _crumbs(partnership, _("Add a member")), "form": form}
    return render(request, "partnerships/member_new.html", context)


@access.requires(Level.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, partnership: Partnership, member: int) -> HttpResponse:
    membership = _find(partnership, member)
    form = RoleForm.of(membership, request.POST or None)
    if form.is_valid():
        try:
            writer.change(membership=membership, by=request.user, **form.cleaned_data)
        except writer.MembershipRefused as refusal:
            form.add_error("role", refusal)
        else:
            messages.success(request, _("Saved: %(name)s") % {"name": membership.user})
            return redirect("members", partnership.slug)
    context = {
        "crumbs": _crumbs(partnership, str(membership.user)),
        "form": form,
        "membership": membership,
        "may_hand_out_link": writer.may_hand_out_link(membership),
    }
    return render(request, "partnerships/member.html", context)


@access.requires(Level.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def member_remove(request: HttpRequest, partnership: Partnership, member: int) -> HttpResponse:
    membership = _find(partnership, member)
    context = {"crumbs": _crumbs(partnership, _("Remove a member")), "membership": membership}
    if request.method != "POST":
        return render(request, "partnerships/member_remove.html", context)
    try:
        writer.remove(membership=membership, by=request.user)
    except writer.MembershipRefused as refusal:
        return render(request, "partnerships/member_remove.html", context | {"refusal": refusal.message}, status=409)
    messages.success(request, _("%(name)s is no longer a member.") % {"name": membership.user})
    if membership.user == request.user:
        return redirect("home")
    return redirect("members", partnership.slug)


@access.requires(Level.ADMINISTRATOR)
@require_POST
def member_link(request: HttpRequest, partnership: Partnership, member: int) -> HttpResponse:
    """A new link to set a password, for somebody who has not used theirs. Shown once, in the answer itself."""
    membership = _find(partnership, member)
    if not writer.may_hand_out_link(membership):
        messages.error(request, _("This person has a password, or belongs to another partnership too."))
        return redirect("member", partnership.slug, membership.pk)
    return _link_page(request, membership)


@access.requires(Level.ADMINISTRATOR)
@require_POST
def visibility(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    form = VisibilityForm(request.POST)
    if form.is_valid():
        writer.set_visibility(partnership=partnership, by=request.user, **form.cleaned_data)
        messages.success(
            request,
            _("Saved. Anyone may now read it.") if partnership.is_public else _("Saved. Only members see it now."),
        )
    else:
        messages.error(request, _("Choose public or private."))
    return redirect("members", partnership.slug)


def _after_adding(request: HttpRequest, added: writer.Added) -> HttpResponse:
    if added.is_new_account:
        return _link_page(request, added.membership)
    return redirect("members", added.membership.partnership.slug)


def _link_page(request: HttpRequest, membership: Membership) -> HttpResponse:
    context = {
        "crumbs": _crumbs(membership.partnership, str(membership.user)),
        "membership": membership,
        "link": invitations.link_to_set_password(membership.user, request),
    }
    return render(request, "partnerships/member_link.html", context)


def _find(partnership: Partnership, member: int) -> Membership:
    memberships = Membership.objects.select_related("user", "partnership", "organisation")
    return get_object_or_404(memberships, pk=member, partnership=partnership)


def _crumbs(partnership: Partnership, page: str = "") -> list[tuple[str, str]]:
    members_address = reverse("members", args=[partnership.slug])
    crumbs = [(partnership.short_name, partnership.get_absolute_url()), (_("Members"), members_address if page else "")]
    return [*crumbs, (page, "")] if page else crumbs
