"""The speed of the great pages over few made-up values and over many, on SQLite and, where there is one, PostgreSQL.

Over 100,000 and 1,000,000 values, or ten million with LARGE=1: the server's median, its ratio to a view that returns
the same bytes ready-made, its ratio to the median over few values, and how many queries the page asks, which must be
the same. Two processes, one for each table, take turns page by page, so that what else the machine does slows both.
Run by make bench: python -m tests.bench_pages.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from tests.measuring import ROOT, ROUNDS, clients, databases, keep, medians, once, production, queries, serve

FEW, MANY = 100_000, 10_000_000 if os.environ.get("LARGE") else 1_000_000
OFFICER = "officer.made-up@example.org"
READERS = ("a visitor", "an officer")
# The address, and the milliseconds aimed at over ten million values on two cores with nothing else to do.
PAGES = {
    "dashboard, 60 measures": ("/made-up/dashboard/MADE-UP-D1/", 60),
    "matrix, 60 x 22": ("/made-up/matrix/", 150),
    "indicator, by sex": ("/made-up/indicators/made-up-1/?area=MADE-UP-D1", 60),
    "indicator, by deprivation": ("/made-up/indicators/made-up-3/?area=MADE-UP-D1", 60),
}
# How much longer a page may take over many values than over few.
TIMES_AIMED_AT = 1.2


@dataclass(frozen=True)
class Measured:
    """One page for one reader: milliseconds over many values, and those of its ready-made twin."""

    name: str
    reader: str
    page: float
    twin: float
    times: float
    queries: int
    queries_over_few: int

    def __str__(self) -> str:
        aim = PAGES[self.name][1]
        missed = [f"more than {aim} ms"] * (self.page > aim)
        missed += [f"more than {TIMES_AIMED_AT} times"] * (self.times > TIMES_AIMED_AT)
        missed += [f"{self.queries_over_few} queries over few"] * (self.queries != self.queries_over_few)
        ratios = f"{self.times:5.2f} {self.page / self.twin:6.1f}   {self.queries} queries"
        return f"{self.name:26} {self.reader:10} {self.page:6.1f} ms {ratios}   {', '.join(missed)}".rstrip()


def main() -> None:
    if len(sys.argv) > 1:
        answer(sys.argv[1])
        return
    with tempfile.TemporaryDirectory() as folder, databases(folder, "pages_few", "pages_many") as systems:
        manage(systems["SQLite"][0], "collectstatic", "--noinput")
        found = [one for system, urls in systems.items() for one in bench(system, *urls)]
    if any(one.queries != one.queries_over_few for one in found):
        sys.exit("The number of queries depends on how many values there are.")


def bench(system: str, few: str, many: str) -> list[Measured]:
    print(f"\n{system}")
    for url, values in ((few, FEW), (many, MANY)):
        manage(url, "migrate")
        print(manage(url, "generate_values", "--values", str(values)).splitlines()[-1])
    print(f"Median of {ROUNDS} rounds over {MANY:,} values; ratio to {FEW:,}, and to the same bytes ready-made")
    found = []
    with Served(few) as over_few, Served(many) as over_many:
        for name in PAGES:
            for reader in READERS:
                found.append(compared(name, reader, over_few, over_many))
                print(found[-1], flush=True)
    return found


def compared(name: str, reader: str, over_few: "Served", over_many: "Served") -> Measured:
    few_queries, many_queries = (served.ask("visit", name, reader) for served in (over_few, over_many))
    rounds = [[served.ask("once", name, reader) for served in (over_few, over_many)] for _round in range(ROUNDS)]
    (before, _twin), (page, twin) = (medians(pairs) for pairs in zip(*rounds, strict=True))
    return Measured(name, reader, page * 1000, twin * 1000, page / before, many_queries, few_queries)


class Served:
    """A process that serves the pages over a database and measures them when asked."""

    def __init__(self, url: str):
        command = [sys.executable, "-m", "tests.bench_pages", url]
        pipe, environment = subprocess.PIPE, os.environ | production(url)
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True)

    def __enter__(self) -> "Served":
        return self

    def __exit__(self, *_exception) -> None:
        self.process.stdin.close()
        self.process.wait()

    def ask(self, *question: str):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def answer(url: str) -> None:
    """The other end of Served: to "visit" the number of queries, to "once" the seconds of the page and its twin."""
    serve(url)
    readers = clients(OFFICER)
    for question in sys.stdin:
        what, name, reader = json.loads(question)
        client, address = readers[reader], PAGES[name][0]
        if what == "visit":
            keep(client, address)
        print(json.dumps(queries(client, address) if what == "visit" else once(client, address)), flush=True)


def manage(url: str, *arguments: str) -> str:
    """What the command printed."""
    command, environment = [sys.executable, "manage.py", *arguments], os.environ | production(url)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(arguments)}: {done.stdout}\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
