"""What every page needs to know beside its own subject."""

from django.http import HttpRequest, QueryDict

# The item of the navigation that is marked on a page, by the name of the page's address.
SECTION_OF_PAGE = {
    "partnership": "overview",
    "comparator-sets": "overview",
    "comparator-set-new": "overview",
    "comparator-set": "overview",
    "comparator-set-remove": "overview",
    "strategy": "plans",
    "strategy-load": "plans",
    "glossary": "plans",
    "documents": "plans",
    "document-new": "plans",
    "targets": "plans",
    "target": "plans",
    "dashboard": "dashboard",
    "spine": "dashboard",
    "matrix": "matrix",
    "map": "matrix",
    "scatter": "matrix",
    "catalogue": "indicators",
    "indicator": "indicators",
    "history": "indicators",
    "indicator-definition": "indicators",
    "actions": "actions",
    "action": "actions",
    "action-update": "actions",
    "mine": "mine",
    "uploads": "uploads",
    "upload": "uploads",
    "upload-new": "uploads",
    "upload-template": "uploads",
    "members": "members",
    "member": "members",
    "member-new": "members",
    "member-link": "members",
    "member-remove": "members",
    "visibility": "members",
    "partnership-feedback": "members",
    "hidden-log": "members",
    "login": "accounts",
    "logout": "accounts",
    "set-password": "accounts",
}


def site(request: HttpRequest) -> dict:
    """The partnership of the page and the visitor's rights in it, None where there is none; the section of the site;
    what is hidden on the page (indicators.seeingthrough); and what links keep of the day that the page is drawn for
    (indicators.knownon), nothing for now.
    """
    known_on = getattr(request, "known_on", None)
    page = request.resolver_match.url_name if request.resolver_match else None
    return {
        "partnership": getattr(request, "partnership", None),
        "access": getattr(request, "access", None),
        "section": SECTION_OF_PAGE.get(page, ""),
        "known_on": known_on,
        "hidden": getattr(request, "hidden", None),
        "kept": known_on.kept if known_on else QueryDict(),
    }
