"""Every address, walked as every role: who gets 200, 403, 404, 405 or is sent to sign in.

Alice administers Northshire (public), Olive is its officer, Bob sits on its board; Charlie administers Southtown
(private) and is a stranger to Northshire; Stella keeps the site. A new address without an entry here fails.
"""

from dataclasses import dataclass

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from partnerships.access import Level

GET, POST, BOTH = frozenset({"GET"}), frozenset({"POST"}), frozenset({"GET", "POST"})
PEOPLE = ("anonymous", "charlie", "bob", "olive", "alice", "stella")
IN_NORTHSHIRE = {
    "anonymous": Level.ANYONE,
    "charlie": Level.ANYONE,
    "bob": Level.BOARD,
    "olive": Level.OFFICER,
    "alice": Level.ADMINISTRATOR,
    "stella": Level.STEWARD,
}
IN_SOUTHTOWN = dict.fromkeys(PEOPLE, Level.STRANGER) | {"charlie": Level.ADMINISTRATOR, "stella": Level.STEWARD}


@dataclass(frozen=True)
class Address:
    """One name of the URL configuration: who may open it, by which methods, and what else its path needs."""

    needs: Level
    methods: frozenset = GET
    arguments: tuple[str, ...] = ()


OF_A_PARTNERSHIP = {
    "partnership": Address(Level.ANYONE),
    "strategy": Address(Level.ANYONE, arguments=("strategy",)),
    "strategy-file": Address(Level.ANYONE, arguments=("strategy",)),
    "glossary": Address(Level.ANYONE, arguments=("strategy",)),
    "documents": Address(Level.ANYONE, arguments=("strategy",)),
    "document-new": Address(Level.ADMINISTRATOR, BOTH, ("strategy",)),
    "targets": Address(Level.ADMINISTRATOR, arguments=("strategy",)),
    "target": Address(Level.ADMINISTRATOR, BOTH, ("strategy", "measure")),
    "strategy-load": Address(Level.ADMINISTRATOR, BOTH),
    "dashboard": Address(Level.ANYONE, arguments=("area",)),
    "dashboard-values": Address(Level.ANYONE, arguments=("area",)),
    "spine": Address(Level.ANYONE, arguments=("area",)),
    "matrix": Address(Level.ANYONE),
    "map": Address(Level.ANYONE),
    "scatter": Address(Level.ANYONE),
    "indicator": Address(Level.ANYONE, arguments=("indicator",)),
    "indicator-values": Address(Level.ANYONE, arguments=("indicator",)),
    "history": Address(Level.ANYONE, arguments=("indicator",)),
    "hidden-show": Address(Level.BOARD, POST),
    "hidden-log": Address(Level.ADMINISTRATOR, BOTH),
    "actions": Address(Level.BOARD),
    "action": Address(Level.BOARD, arguments=("action",)),
    "action-update": Address(Level.OFFICER, BOTH, ("action",)),
    "mine": Address(Level.BOARD),
    "uploads": Address(Level.BOARD),
    "upload": Address(Level.BOARD, arguments=("upload",)),
    "upload-original": Address(Level.BOARD, arguments=("upload",)),
    "upload-errors": Address(Level.BOARD, arguments=("upload",)),
    "upload-new": Address(Level.OFFICER, BOTH),
    "upload-template": Address(Level.OFFICER),
    "upload-template-file": Address(Level.OFFICER),
    "upload-progress": Address(Level.BOARD, arguments=("upload",)),
    "upload-cancel": Address(Level.OFFICER, POST, ("upload",)),
    "upload-again": Address(Level.OFFICER, POST, ("upload",)),
    "upload-mapping": Address(Level.OFFICER, BOTH, ("received",)),
    "layouts": Address(Level.OFFICER),
    "layout": Address(Level.OFFICER, BOTH, ("layout",)),
    "upload-publish": Address(Level.OFFICER, POST, ("upload",)),
    "upload-discard": Address(Level.OFFICER, POST, ("upload",)),
    "upload-withdraw": Address(Level.OFFICER, POST, ("upload",)),
    "members": Address(Level.BOARD),
    "member-new": Address(Level.ADMINISTRATOR, BOTH),
    "member-link": Address(Level.ADMINISTRATOR, POST, ("member",)),
    "member": Address(Level.ADMINISTRATOR, BOTH, ("member",)),
    "member-remove": Address(Level.ADMINISTRATOR, BOTH, ("member",)),
    "visibility": Address(Level.ADMINISTRATOR, POST),
    "comparator-sets": Address(Level.ANYONE),
    "comparator-set-new": Address(Level.OFFICER, BOTH),
    "comparator-set": Address(Level.OFFICER, BOTH, ("comparator_set",)),
    "comparator-set-remove": Address(Level.OFFICER, BOTH, ("comparator_set",)),
    "partnership-feedback": Address(Level.ADMINISTRATOR),
}
# Reached without a partnership; for each, what an anonymous visitor and a signed-in one are answered to GET and POST.
OF_THE_SITE = {
    "home": (GET, (200, 200)),
    "healthz": (GET, (200, 200)),
    "catalogue": (GET, (200, 200)),
    "method": (GET, (200, 200)),
    "indicator-definition": (GET, (200, 200)),
    "feedback": (BOTH, (200, 200)),
    "login": (BOTH, (200, 302)),
    "logout": (POST, (302, 302)),
    "password_change": (BOTH, (302, 200)),
    "password_change_done": (GET, (302, 200)),
    "set-password": (BOTH, (200, 200)),
}


def names(patterns, prefix: str = "") -> list[str]:
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and pattern.app_name != "admin":
            found += names(pattern.url_patterns, prefix)
        elif isinstance(pattern, URLPattern):
            found.append(pattern.name)
    return found


def test_every_address_has_an_entry():
    assert set(names(get_resolver().url_patterns)) == set(OF_A_PARTNERSHIP) | set(OF_THE_SITE)


def expected(level: Level, address: Address, method: str, person: str) -> set[int]:
    """The statuses that the contract allows."""
    if level < address.needs:
        if person == "anonymous":
            return {302}
        return {404} if level < Level.BOARD else {403}
    if method not in address.methods:
        return {405}
    return {200} if method == "GET" else {200, 302, 400, 409}


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", OF_A_PARTNERSHIP)
@pytest.mark.parametrize("partnership", ["northshire", "southtown"])
def test_an_address_of_a_partnership(world, client, partnership, name, method, person):
    address = OF_A_PARTNERSHIP[name]
    url = reverse(name, args=[partnership, *(world.argument(partnership, kind) for kind in address.arguments)])
    level = (IN_NORTHSHIRE if partnership == "northshire" else IN_SOUTHTOWN)[person]
    world.sign_in(client, person)
    response = client.generic(method, url)
    assert response.status_code in expected(level, address, method, person)
    if response.status_code == 302 and level < address.needs:
        assert response.headers["Location"].startswith(reverse("login"))


@pytest.mark.parametrize("name", OF_A_PARTNERSHIP)
def test_what_can_be_read_answers_to_head(world, client, name):
    """Monitors and link checkers ask so; what can also be posted to takes nothing but GET and POST."""
    address = OF_A_PARTNERSHIP[name]
    world.sign_in(client, "stella")
    url = reverse(name, args=["northshire", *(world.argument("northshire", kind) for kind in address.arguments)])
    assert client.head(url).status_code == (200 if address.methods == GET else 405)


@pytest.mark.parametrize("name", ["action", "action-update"])
def test_a_strategy_in_the_address_that_no_database_takes_is_not_found(world, client, name):
    world.sign_in(client, "olive")
    assert client.get(reverse(name, args=["northshire", "safer-sleep"]), {"strategy": "\0"}).status_code == 404


@pytest.mark.parametrize("person", ["anonymous", "stella"])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", OF_THE_SITE)
def test_an_address_of_the_site(world, client, name, method, person):
    methods, (anonymous, signed_in) = OF_THE_SITE[name]
    arguments = {"indicator-definition": [world.indicator], "set-password": ["MQ", "set-password"]}.get(name, [])
    world.sign_in(client, person)
    response = client.generic(method, reverse(name, args=arguments))
    if method not in methods:
        assert response.status_code == 405
    elif method == "GET":
        assert response.status_code == (anonymous if person == "anonymous" else signed_in)
    else:
        assert response.status_code in {200, 302, 400}


@pytest.mark.parametrize("name", OF_A_PARTNERSHIP)
def test_a_partnership_that_does_not_exist_answers_as_a_private_one(world, client, name):
    arguments = [world.argument("southtown", kind) for kind in OF_A_PARTNERSHIP[name].arguments]
    private, missing = (client.get(reverse(name, args=[slug, *arguments])) for slug in ("southtown", "nowhere"))
    assert private.status_code == missing.status_code == 302
    assert private.headers["Location"].replace("southtown", "nowhere") == missing.headers["Location"]


SHARED = ("indicator", "indicator-values", "history")  # The two partnerships use the same indicator.


@pytest.mark.parametrize(
    "name", [name for name, address in OF_A_PARTNERSHIP.items() if address.arguments and name not in SHARED]
)
def test_a_thing_of_another_partnership_is_not_found_under_this_one(world, client, name):
    address = OF_A_PARTNERSHIP[name]
    foreign = [world.argument("southtown", kind) for kind in address.arguments]
    world.sign_in(client, "stella")
    method = "GET" if "GET" in address.methods else "POST"
    assert client.generic(method, reverse(name, args=["northshire", *foreign])).status_code == 404


@pytest.mark.parametrize("person", ["charlie", "bob", "olive", "alice"])
def test_the_administration_of_the_site_is_for_stewards(world, client, person):
    world.sign_in(client, person)
    assert client.get(reverse("admin:index")).status_code == 302
    world.sign_in(client, "stella")
    assert client.get(reverse("admin:index")).status_code == 200
