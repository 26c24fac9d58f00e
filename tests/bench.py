"""The speed of the great pages, as ratios in one run: server time over that of a view that has the same bytes ready.

Both go through all middleware, signed in and not, in production settings, taking turns. Run by make bench.
"""

import os
import secrets
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 60
PAGES = {
    "Lancashire's dashboard": "/lancashire/dashboard/E10000017/",
    "Lancashire's matrix": "/lancashire/matrix/",
    "Lancashire's plan on a page": "/lancashire/strategies/early-years/",
    "Wales' matrix": "/wales/matrix/",
    "an indicator": "/lancashire/indicators/gld/",
}
# Filled with what each page answered; served by ready_made.
bytes_of_page = {}


def ready_made(request):
    from django.http import HttpResponse

    return HttpResponse(bytes_of_page[request.GET["page"]])


def prepare(folder: str) -> None:
    """A scratch database with the demonstration, and the ready-made view at an address of its own."""
    sys.path.insert(0, str(ROOT))
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEBUG": "False",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "testserver",
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
    }
    import django

    django.setup()
    from django.core.management import call_command
    from django.urls import path

    from config import urls

    urls.urlpatterns.insert(0, path("ready-made/", ready_made))
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("demo")


def seconds(client, address: str, parameters: dict | None = None) -> float:
    start = time.perf_counter()
    response = client.get(address, parameters, secure=True, headers={"accept-encoding": "gzip"})
    taken = time.perf_counter() - start
    assert response.status_code == 200, (address, response.status_code)
    return taken


def measure(client, address: str) -> tuple[float, float]:
    """The median seconds of the page and of its ready-made twin."""
    bytes_of_page[address] = client.get(address, secure=True).content
    seconds(client, "/ready-made/", {"page": address})
    pairs = [(seconds(client, address), seconds(client, "/ready-made/", {"page": address})) for _round in range(ROUNDS)]
    page, twin = (statistics.median(times) for times in zip(*pairs, strict=True))
    return page, twin


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        from django.test import Client

        from partnerships.models import User

        member = Client()
        member.force_login(
            User.objects.get(email="officer.lancashire@example.org"), "django.contrib.auth.backends.ModelBackend"
        )
        print(f"Median of {ROUNDS} rounds each; ratio to a view that returns the same bytes ready-made")
        for name, address in PAGES.items():
            for who, client in (("a visitor", Client()), ("an officer", member)):
                page, twin = measure(client, address)
                print(f"{name:30} {who:10} ratio {page / twin:6.1f}   ({page * 1000:.1f} ms to {twin * 1000:.2f} ms)")


if __name__ == "__main__":
    main()
