"""How many events the collector takes, how soon it answers, and whether any is lost or doubled.

    DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres python -m benchmarks.collector
    … --seconds 60 --batch 20          how long each measurement is, and how many events a batch has
    … --soak 300                       a worker is killed each minute; what was not answered is sent again, with the same ids
    … --flood 60                       one address sends ten times its limit while pages of the shop are fetched

The demo shop is served by gunicorn (two workers of four threads) on PostgreSQL, in a database that is made for it and taken away,
with DEBUG off. Cache and broker are a Redis of its own where `redis-server` is installed: limits then hold over both workers, and
each batch sends its notice to the queue, as a shop does whose segments follow by a worker (none runs here: it would be measured
too). Without Redis limits hold in each worker, and nothing is followed. Browsers are threads of another process on the same
machine, so they share its cores; each keeps its connection and its cookies, and has agreed to be followed. All limits are on.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from benchmarks.collector_client import AGENT, Outcome, Plan
from benchmarks.collector_server import THREADS, WORKERS, Server, gunicorn, redis

GOAL = 2_000
"""Events a second."""

VISITORS = 2_000
CONNECTIONS = 8
WARM_UP = 10.0
"""Seconds in which all that a worker loads once is loaded."""

SEGMENT = 10.0
"""Seconds of pages with a flood, and of pages without."""

SOAK_RATE = 1_000
"""Events a second: a sustained load below the most there is, so that what is killed is in the middle of work, not of a queue."""

Say = Callable[[str], Any]


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """A server over an empty shop of its own, and Django set up here over the same."""
    with ExitStack() as stack:
        address = stack.enter_context(redis(folder))
        os.environ.update(
            DJANGO_SETTINGS_MODULE="shopdemo.settings",
            DEBUG="False",
            SEGMENTATION_CHANGES="celery" if address else "none",
            **({"CACHE_URL": f"{address}/0", "CELERY_BROKER_URL": f"{address}/1"} if address else {}),
        )
        import django  # noqa: PLC0415  the settings read the environment

        django.setup()
        from django.db import connection  # noqa: PLC0415

        if connection.vendor != "postgresql":
            raise SystemExit("set DATABASE_URL to a PostgreSQL whose user may make databases")
        given, name = os.environ["DATABASE_URL"], connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        stack.callback(connection.creation.destroy_test_db, name, verbosity=0)
        url = f"{given.rpartition('/')[0]}/{connection.settings_dict['NAME']}?conn_max_age=600"
        yield stack.enter_context(gunicorn(folder, {"DATABASE_URL": url}))


def visitors(count: int) -> list[tuple[str, dict[str, str], str]]:
    """People who agreed and are on a visit, each with what their browser holds and an address in a network of their own."""
    from django.utils import timezone  # noqa: PLC0415

    from personalization.visitor import choice  # noqa: PLC0415
    from personalization.visitor.cookies import CONSENT, VISIT, VISITOR  # noqa: PLC0415
    from segmentation.models import Profile  # noqa: PLC0415
    from segmentation.profiles.identity import profile_of_visitor  # noqa: PLC0415
    from segmentation.profiles.visitors import new_visitor_id  # noqa: PLC0415

    now = timezone.now()
    profiles = [profile_of_visitor(new_visitor_id(), "default", now) for _ in range(count)]
    for profile in profiles:
        profile.profiling = True
    Profile.objects.bulk_create(profiles)
    at = int(now.timestamp())
    agreed = {
        CONSENT.name: CONSENT.seal(choice.choice({choice.PROFILING: True}, "1")),
        VISIT.name: VISIT.seal({"kind": "new", "at": at}),
    }
    return [
        (
            f"e{number}",
            agreed | {VISITOR.name: VISITOR.seal({"id": profile.visitor_id, "at": at})},
            f"{20 + number // 65_536}.{number // 256 % 256}.{number % 256}.7",
        )
        for number, profile in enumerate(profiles)
    ]


def run(plan: Plan, while_it_runs: Callable[[], None] | None = None) -> Outcome:
    """The plan, in a process of its own."""
    client = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.collector_client"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    helper = threading.Thread(target=while_it_runs) if while_it_runs else None
    if helper:
        helper.start()
    said, _ = client.communicate(json.dumps(asdict(plan)))
    if helper:
        helper.join()
    if client.returncode:
        raise RuntimeError("the client failed")
    return Outcome(**json.loads(said))


def _quantiles(took: list[float]) -> str:
    cut = statistics.quantiles(took, n=1000)
    return f"p50 {cut[499]:6.1f}  p95 {cut[949]:6.1f}  p99 {cut[989]:6.1f} ms"


def rows() -> tuple[int, int]:
    """Events in the table, and how many different ones."""
    from django.db.models import Count  # noqa: PLC0415

    from segmentation.models import Activity  # noqa: PLC0415

    views = Activity.objects.filter(kind="view")
    return views.count(), views.aggregate(n=Count("product_id", distinct=True))["n"] or 0


def check(outcome: Outcome, say: Say) -> None:
    """Each event that was sent stands in the table, once. Raises SystemExit where not."""
    there, different = rows()
    lost, doubled = outcome.sent - outcome.unanswered - different, there - different
    say(f"  {outcome.sent:,} events sent, {there:,} in the table: {lost} lost, {doubled} doubled")
    say(f"; {outcome.repeated:,} were sent again, {outcome.unanswered} never answered\n")
    if lost or doubled or outcome.failed or outcome.unanswered:
        raise SystemExit(f"this is not what was promised: {outcome.failed} failed")


def _empty() -> None:
    from segmentation.models import Activity  # noqa: PLC0415

    Activity.objects.all().delete()


def measure(server: Server, seconds: float, batch: int, say: Say) -> None:
    """As fast as answers come, and at the goal's rate on time; batches, and single events."""
    people = visitors(VISITORS)
    run(Plan(server.port, WARM_UP, CONNECTIONS, batch, 0, people, first=10_000_000))
    for what, size, rate in (
        (f"batches of {batch}, as fast as they are answered", batch, 0.0),
        (f"batches of {batch}, {GOAL:,} events a second", batch, GOAL / batch),
        ("single events, as fast as they are answered", 1, 0.0),
        ("single events, 200 a second", 1, 200.0),
    ):
        _empty()
        plan = Plan(server.port, seconds, CONNECTIONS, size, rate, people)
        before = server.seconds()
        outcome = run(plan)
        rate, work = outcome.accepted / outcome.ended, (server.seconds() - before) / outcome.accepted * size * 1000
        say(f"{what}\n  {rate:7,.0f} events/s  {rate / size:6,.0f} requests/s, each {work:.1f} ms of a processor  ")
        say(f"{_quantiles(outcome.took)}  {_load()}\n")
        check(outcome, say)


def soak(server: Server, seconds: float, batch: int, say: Say) -> None:
    """A worker dies each minute."""
    killed: list[int] = []

    def kill() -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 5:
            time.sleep(min(60.0, left / 2))
            killed.append(server.kill_a_worker())

    outcome = run(Plan(server.port, seconds, CONNECTIONS, batch, SOAK_RATE / batch, visitors(VISITORS)), kill)
    say(f"{seconds:.0f} s at {SOAK_RATE:,} events/s in batches of {batch}: {len(killed)} workers killed, ")
    say(f"{outcome.retries} retries\n")
    say(f"  {outcome.accepted / outcome.ended:7,.0f} events/s  {_quantiles(outcome.took)}  {_load()}\n")
    check(outcome, say)


def flood(server: Server, seconds: float, batch: int, say: Say) -> None:
    """Pages while nobody floods and while somebody does, in turn, so that whatever else the machine does is in both."""
    from personalization.conf import conf  # noqa: PLC0415

    fill_shop()
    (name, cookies, address), *_ = visitors(1)
    rate = 10 * conf.events_network_rate / 60 / batch
    plan = Plan(server.port, SEGMENT, CONNECTIONS, batch, rate, [(name, cookies, address)] * CONNECTIONS, again=False)
    quiet: list[float] = []
    flooded: list[float] = []
    refused = taken = 0
    pages(server, 3)
    for number in range(max(2, round(seconds / SEGMENT))):
        if number % 2 == 0:
            quiet += pages(server, SEGMENT)
            continue
        plan.first = number * 1_000_000
        outcome = run(plan, lambda: flooded.extend(pages(server, SEGMENT)))
        refused, taken = refused + outcome.statuses.get("429", 0), taken + outcome.statuses.get("202", 0)
    say(f"one address sends {rate * batch:,.0f} events/s: {taken} batches taken, {refused:,} refused  {_load()}\n")
    say(f"  pages alone   {_quantiles(quiet)}  ({len(quiet)})\n  pages beside  {_quantiles(flooded)}  ({len(flooded)})\n")
    ratio = statistics.quantiles(flooded, n=20)[-1] / statistics.quantiles(quiet, n=20)[-1]
    say(f"  p95 beside the flood is {ratio:.2f} of that without\n")


def fill_shop() -> None:
    """A category with products to look at."""
    from shopdemo.shop.models import Category, Product  # noqa: PLC0415

    lamps = Category.objects.create(name="Lamps", slug="lamps")
    Product.objects.bulk_create(
        Product(code=f"L{number}", title=f"Lamp {number}", slug=f"lamp-{number}", category=lamps, price=9, stock=5)
        for number in range(100)
    )


def pages(server: Server, seconds: float) -> list[float]:
    """Milliseconds of each page that somebody else looks at, a tenth of a second after the last."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    took, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        begun = time.perf_counter()
        connection.request("GET", "/category/lamps/", headers={"User-Agent": AGENT, "X-Forwarded-For": "10.9.8.7"})
        answer = connection.getresponse()
        answer.read()
        took.append((time.perf_counter() - begun) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"the page answered {answer.status}")
        time.sleep(0.1)
    connection.close()
    return took


def _load() -> str:
    return f"(load {os.getloadavg()[0]:.1f})"


def main(say: Say = sys.stdout.write) -> None:
    """By what was asked."""
    asked = argparse.ArgumentParser(description="The event collector, measured.")
    asked.add_argument("--seconds", type=float, default=30, help="of each measurement")
    asked.add_argument("--batch", type=int, default=15, help="events of a batch")
    asked.add_argument("--soak", type=float, metavar="SECONDS", help="with a worker killed each minute")
    asked.add_argument("--flood", type=float, metavar="SECONDS", help="beside pages of the shop")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as server:
        say(f"gunicorn, {WORKERS} workers of {THREADS} threads; {os.environ['SEGMENTATION_CHANGES']}\n")
        if options.soak:
            soak(server, options.soak, options.batch, say)
        elif options.flood:
            flood(server, options.flood, options.batch, say)
        else:
            measure(server, options.seconds, options.batch, say)


if __name__ == "__main__":
    main()
