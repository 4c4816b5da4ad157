"""What a list of recommendations costs a page: 100,000 people with lists, 3,000 products, all rules of the house.

    python -m benchmarks.serving
    DATABASE_URL=postgres://postgres@127.0.0.1:5432/regulars python -m benchmarks.serving

It runs on SQLite, and on PostgreSQL where DATABASE_URL names one, in a database that is made for it and taken away. Each question
is for another person, in a segment and a country, with five products looked at, a cart, a page with two lists already, owners'
rules and caps. Times are ratios to the least there is: one query for one row of lists by Django's ORM, without reading it; what
is compared was measured in turns. `here` is the processor's time in this process: on a machine that has other work, the rest of
the median is waiting, for the processor or for PostgreSQL.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

PEOPLE = 100_000
PRODUCTS = 3_000
ROUNDS = 300
WARM_UP = 30
LIMIT = 8

FOLDER = tempfile.TemporaryDirectory()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopdemo.settings")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(FOLDER.name) / 'serving.sqlite3'}")
os.environ["DEBUG"] = "False"

import django  # noqa: E402  the settings read the environment

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from personalization.models import MerchandisingRule, RecommendationList, RecommenderVersion  # noqa: E402
from personalization.recommend.keys import EVERYONE, country_key, person_key, product_key, segment_key  # noqa: E402
from personalization.recommend.listed import Listed, Lists, Part, packed  # noqa: E402
from personalization.recommend.lists import memory  # noqa: E402
from personalization.recommend.serving.merchandising import publisher  # noqa: E402
from personalization.recommend.serving.serve import recommend  # noqa: E402
from personalization.recommend.shelf import shelf  # noqa: E402
from personalization.recommend.strategies.asked import Asked  # noqa: E402
from personalization.recommend.strategies.registry import strategy_of  # noqa: E402
from segmentation.profiles import user_key  # noqa: E402
from shopdemo.shop.models import Category, Product  # noqa: E402

NOW = timezone.now()
RULED = {**django.conf.settings.PERSONALIZATION, "PRICE_FLOOR": 2, "CATEGORY_CAP": 3, "BRAND_CAP": 4, "RECOMMEND_EXPLORE": 0.05}

STRATEGIES = ("for_you", "similar", "bought_together", "trending_segment")


def fill(chance: random.Random) -> tuple[list[str], RecommenderVersion]:
    """The shop, its products and its lists: ids of the products, and the version."""
    categories = [Category.objects.create(name=f"Category {number}", slug=f"category-{number}") for number in range(20)]
    Product.objects.bulk_create(
        Product(
            code=f"P{number}",
            title=f"Product {number}",
            slug=f"product-{number}",
            category=chance.choice(categories),
            price=chance.randint(1, 90),
            stock=chance.choice([0, 5, 50, 500]),
        )
        for number in range(PRODUCTS)
    )
    ids = [str(key) for key in Product.objects.values_list("pk", flat=True)]
    rules = [MerchandisingRule(action="exclude", value=name) for name in chance.sample(ids, 20)]
    rules += [
        MerchandisingRule(action="boost", kind="category", value="Category 3"),
        MerchandisingRule(action="pin", value=ids[7]),
    ]
    MerchandisingRule.objects.bulk_create(rules)
    version = RecommenderVersion.objects.create(number=1, state="active", started_at=NOW)
    made = (RecommendationList(version=version, key=key, packed=packed(lists)) for key, lists in rows(ids, chance))
    with transaction.atomic():
        while batch := list(islice(made, 5_000)):
            RecommendationList.objects.bulk_create(batch)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return ids, version


def rows(ids: list[str], chance: random.Random) -> Iterator[tuple[str, Lists]]:
    """The lists of everyone and everything; people's are chosen of a thousand of each kind, no two people having the same."""

    def some(count: int = 50, because: tuple[str, ...] = ("",)) -> list[Listed]:
        return [Listed(name, chance.random(), chance.choice(because)) for name in chance.sample(ids, count)]

    for key in (EVERYONE, *map(country_key, ("GB", "FR")), *(segment_key(f"segment-{number}") for number in range(5))):
        yield key, {Part.TRENDING: some(), Part.BEST: some()}
    for name in ids:
        yield product_key(name), {Part.TOGETHER: some(), Part.SIMILAR: some()}
    bought = [some(15) for _ in range(1000)]
    new = [(own, some(because=tuple(item.product for item in own))) for own in bought]
    following, again = ([some(count) for _ in range(1000)] for count in (50, 10))
    for number in range(PEOPLE):
        own, unknown = chance.choice(new)
        lists = {Part.NEXT: chance.choice(following), Part.NEW: unknown, Part.AGAIN: chance.choice(again), Part.BOUGHT: own}
        yield person_key(user_key(number)), lists


def question(number: int, ids: list[str], chance: random.Random) -> Asked:
    """All that a page may know."""
    return Asked(
        now=NOW,
        person=user_key(number),
        segments=frozenset({"segment-1", "segment-3"}),
        viewed=tuple(chance.sample(ids, 5)),
        country="GB",
        products=tuple(chance.sample(ids, 1)),
        basket=tuple(chance.sample(ids, 3)),
        shown=frozenset(chance.sample(ids, 16)),
    )


class State(NamedTuple):
    """What the process remembers when it is asked."""

    says: str
    forget: Callable[[str, Asked], None]


def _nothing(slug: str, asked: Asked) -> None:
    """All is remembered."""


def _own_row(slug: str, asked: Asked) -> None:
    memory.forget(list(strategy_of(slug).keys(asked)))


def _everything(slug: str, asked: Asked) -> None:
    memory.forget()
    shelf.forget()


STATES = (
    State("all remembered", _nothing),
    State("its own rows not remembered", _own_row),
    State("nothing remembered", _everything),
)


class Clocked:
    """Milliseconds of what is asked, those of the processor, and the most queries it took."""

    def __init__(self) -> None:
        self.took: list[float] = []
        self.here: list[float] = []
        self.queries = 0

    def ask(self, ask: Callable[[], Any], *, counts: bool) -> None:
        """Once; whoever counts queries is slower, and not clocked."""
        if counts:
            with CaptureQueriesContext(connection) as captured:
                ask()
            self.queries = max(self.queries, len(captured))
            return
        begun, working = time.perf_counter(), time.thread_time()
        ask()
        self.here.append((time.thread_time() - working) * 1000)
        self.took.append((time.perf_counter() - begun) * 1000)

    def figures(self, base: float) -> str:
        """Median, 95 % and ratio of the median to `base`."""
        median, late = statistics.median(self.took), statistics.quantiles(self.took, n=20)[-1]
        here = statistics.median(self.here)
        return f"{median:6.2f} {late:6.2f} {here:6.2f} ms {median / base:6.1f}  {self.queries}"


def measure(ids: list[str], version: RecommenderVersion, chance: random.Random, say: Callable[[str], Any]) -> None:
    """The floors, and each strategy in each state, question by question."""
    clocks: dict[tuple[str, str], Clocked] = defaultdict(Clocked)
    publisher.current()
    for turn, person in enumerate(chance.sample(range(PEOPLE), WARM_UP + ROUNDS)):
        asked, counts = question(person, ids, chance), turn < WARM_UP
        for what, ask in _bare(version, asked).items():
            clocks["bare", what].ask(ask, counts=counts)
        for slug in STRATEGIES:
            _ask(slug, asked)  # now all is remembered
            for state in STATES:
                state.forget(slug, asked)
                clocks[slug, state.says].ask(lambda slug=slug, asked=asked: _ask(slug, asked), counts=counts)
    say(f"{connection.vendor}: {PEOPLE:,} people, {PRODUCTS:,} products, lists of {LIMIT}, {ROUNDS} questions each\n")
    say(f"  {'':47} {'median':>6} {'95 %':>6} {'here':>6} {'':>2} {'ratio':>6}  queries\n")
    base = statistics.median(next(iter(clocks.values())).took)
    for (slug, what), clocked in clocks.items():
        say(f"  {slug:17} {what:29} {clocked.figures(base)}\n")


def _bare(version: RecommenderVersion, asked: Asked) -> dict[str, Callable[[], Any]]:
    """What it takes Django to ask for one row of lists, and for the products of it, and make nothing of them."""
    row = RecommendationList.objects.filter(version=version, key=person_key(asked.person)).values_list("packed", flat=True)
    numbers = [int(name) for name in asked.shown]
    columns = ("pk", "title", "slug", "price", "list_price", "stock", "is_active", "category__name", "created_at")
    return {
        "one row of lists": lambda: list(row.all()),
        "sixteen products": lambda: list(Product.objects.filter(pk__in=numbers).values_list(*columns)),
    }


def _ask(slug: str, asked: Asked) -> None:
    found = recommend(slug, asked, limit=LIMIT).items
    if len(found) != LIMIT:
        raise RuntimeError(f"{slug} has {len(found)} products")


def main(say: Callable[[str], Any] = sys.stdout.write) -> None:
    """On a database of its own."""
    chance = random.Random(7)
    if connection.vendor == "postgresql":
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            measure(*fill(chance), chance, say)
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)
    else:
        call_command("migrate", verbosity=0, interactive=False)
        measure(*fill(chance), chance, say)


if __name__ == "__main__":
    with override_settings(PERSONALIZATION=RULED):
        main()
