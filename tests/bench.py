"""The speed of the great pages, as ratios in one run: server time over that of a view that has the same bytes ready.

Both go through all middleware, signed in and not, in production settings, taking turns. Run by make bench:
python -m tests.bench.
"""

import tempfile

from tests.measuring import ROUNDS, clients, measure, serve

PAGES = {
    "Lancashire's dashboard": "/lancashire/dashboard/E10000017/",
    "Lancashire's matrix": "/lancashire/matrix/",
    "Lancashire's plan on a page": "/lancashire/strategies/early-years/",
    "Wales' matrix": "/wales/matrix/",
    "an indicator": "/lancashire/indicators/gld/",
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        serve(f"sqlite:///{folder}/bench.sqlite3")
        from django.core.management import call_command

        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("demo")
        print(f"Median of {ROUNDS} rounds each; ratio to a view that returns the same bytes ready-made")
        for name, address in PAGES.items():
            for who, client in clients("officer.lancashire@example.org").items():
                page, twin = measure(client, address)
                print(f"{name:30} {who:10} ratio {page / twin:6.1f}   ({page * 1000:.1f} ms to {twin * 1000:.2f} ms)")


if __name__ == "__main__":
    main()
