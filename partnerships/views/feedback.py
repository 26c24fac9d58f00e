from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships import access
from partnerships import feedback as answers
from partnerships.access import Level
from partnerships.forms import FeedbackForm, is_page_of_this_site
from partnerships.models import Partnership
from partnerships.visitors import network_address

ANSWERS_ON_A_PAGE = 50


@access.open_to_all
@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """The form at the foot of every page posts here; `page` is the address of that page."""
    context = {"crumbs": [(_("Feedback"), "")]}
    if request.method == "GET":
        page = request.GET.get("page", "")
        context["page"] = page if is_page_of_this_site(page) else reverse("home")
        if "thanks" in request.GET:
            return render(request, "partnerships/feedback_thanks.html", context)
        return render(request, "partnerships/feedback.html", context | {"form": FeedbackForm(initial=context)})
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return render(request, "partnerships/feedback.html", context | {"form": form})
    if not answers.may_answer(network_address(request)):
        return render(request, "partnerships/feedback.html", context | {"form": form, "too_many": True}, status=429)
    page = form.cleaned_data["page"]
    answers.give(**form.cleaned_data, partnership=answers.partnership_of(page, request.user))
    return redirect(reverse("feedback", query={"thanks": 1, "page": page}))


@access.requires(Level.ADMINISTRATOR)
@require_safe
def partnership_feedback(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    given = partnership.feedback.all()
    context = {
        "crumbs": [
            (partnership.short_name, partnership.get_absolute_url()),
            (_("Members"), reverse("members", args=[partnership.slug])),
            (_("Feedback"), ""),
        ],
        "page": Paginator(given, ANSWERS_ON_A_PAGE).get_page(request.GET.get("page")),
        "found": given.filter(found=True).count(),
        "not_found": given.filter(found=False).count(),
    }
    return render(request, "partnerships/partnership_feedback.html", context)
