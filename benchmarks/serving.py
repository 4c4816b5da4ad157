"""What a list of recommendations costs a page: 100,000 people with lists, 3,000 products, all rules of the house.

    python -m benchmarks.serving

It runs on SQLite, and on PostgreSQL where DATABASE_URL names one, in a database that is made for it and taken away. Each question
is for another person, in a segment and a country, with five products looked at, a cart, a page with two lists already, owners'
rules and caps. Times are ratios to the least there is: one query for one row of lists by Django's ORM, without reading it.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PEOPLE = 100_000
PRODUCTS = 3_000
ROUNDS = 1_000
WARM_UP = 100
LIMIT = 8

FOLDER = tempfile.TemporaryDirectory()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopdemo.settings")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(FOLDER.name) / 'serving.sqlite3'}")
os.environ["DEBUG"] = "False"

import django  # noqa: E402  the settings read the environment

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from personalization.models import MerchandisingRule, RecommendationList, RecommenderVersion  # noqa: E402
from personalization.recommend.keys import EVERYONE, country_key, person_key, product_key, segment_key  # noqa: E402
from personalization.recommend.listed import Listed, Lists, Part  # noqa: E402
from personalization.recommend.lists import write_lists  # noqa: E402
from personalization.recommend.serving.merchandising import publisher  # noqa: E402
from personalization.recommend.serving.serve import recommend  # noqa: E402
from personalization.recommend.shelf import shelf  # noqa: E402
from personalization.recommend.strategies.asked import Asked  # noqa: E402
from segmentation.profiles import user_key  # noqa: E402
from shopdemo.shop.models import Category, Product  # noqa: E402

NOW = timezone.now()
RULED = {**django.conf.settings.PERSONALIZATION, "PRICE_FLOOR": 2, "CATEGORY_CAP": 3, "BRAND_CAP": 4, "RECOMMEND_EXPLORE": 0.05}


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
    write_lists(version, rows(ids, chance))
    return ids, version


def rows(ids: list[str], chance: random.Random) -> Iterator[tuple[str, Lists]]:
    """The lists of everyone and everything."""

    def some(count: int = 50, because: tuple[str, ...] = ("",)) -> list[Listed]:
        return [Listed(name, chance.random(), chance.choice(because)) for name in chance.sample(ids, count)]

    for key in (EVERYONE, *map(country_key, ("GB", "FR")), *(segment_key(f"segment-{number}") for number in range(5))):
        yield key, {Part.TRENDING: some(), Part.BEST: some()}
    for name in ids:
        yield product_key(name), {Part.TOGETHER: some(), Part.SIMILAR: some()}
    for number in range(PEOPLE):
        bought = some(15)
        because = tuple(item.product for item in bought)
        lists = {Part.NEXT: some(), Part.NEW: some(because=because), Part.AGAIN: some(10), Part.BOUGHT: bought}
        yield person_key(user_key(number)), lists


def question(number: int, ids: list[str], chance: random.Random) -> Asked:
    """All that a page may know."""
    return Asked(
        now=NOW,
        person=user_key(number),
        segments=frozenset({"segment-1", "segment-3"}),
        viewed=tuple(chance.sample(ids, 5)),
        country="GB",
        basket=tuple(chance.sample(ids, 3)),
        shown=frozenset(chance.sample(ids, 16)),
    )


def clocked(ask: Callable[[Any], Any], questions: list[Any], before: Callable[[], None] | None = None) -> tuple[list[float], int]:
    """Milliseconds of each question once warmed up, and the queries of the last; `before` is not counted."""
    took = []
    for number, asked in enumerate(questions):
        if before is not None:
            before()
        with CaptureQueriesContext(connection) if number == len(questions) - 1 else _quiet() as captured:
            begun = time.perf_counter()
            found = ask(asked)
            took.append((time.perf_counter() - begun) * 1000)
        if not found:
            raise RuntimeError("nothing was found")
    return took[WARM_UP:-1], len(captured)  # the last is slower, for its queries are written down


class _quiet:
    def __enter__(self) -> list[Any]:
        return []

    def __exit__(self, *raised: object) -> None:
        pass


def measure(ids: list[str], version: RecommenderVersion, chance: random.Random, say: Callable[[str], Any]) -> None:
    """The floor, and the list when nothing, products alone and everything is remembered."""
    everybody = iter(chance.sample(range(PEOPLE), 5 * (WARM_UP + ROUNDS + 1)))
    asked = [[question(next(everybody), ids, chance) for _ in range(WARM_UP + ROUNDS + 1)] for _ in range(4)]

    def bare(one: Asked) -> Any:
        return list(
            RecommendationList.objects.filter(version=version, key=person_key(one.person)).values_list("packed", flat=True)
        )

    def ours(slug: str) -> Callable[[Asked], Any]:
        return lambda one: len(recommend(slug, one, limit=LIMIT).items) == LIMIT

    publisher.current()
    floor, _ = clocked(bare, asked[0])
    base = statistics.median(floor)
    say(f"{connection.vendor}: {PEOPLE:,} people, {PRODUCTS:,} products, lists of {LIMIT}, {ROUNDS} questions each\n")
    say(f"  {'':44} {'median':>9} {'95 %':>9} {'ratio':>6}  queries\n")
    _say(say, "one row of lists, bare", (floor, 1), base)
    shelf.products(ids)
    recommended = [
        ("for you, for somebody who was not here lately", clocked(ours("for_you"), asked[1])),
        ("the same again", clocked(ours("for_you"), asked[1])),
        ("something new, for somebody not here lately", clocked(ours("discover"), asked[2])),
        ("for you, where no product is remembered either", clocked(ours("for_you"), asked[3], shelf.forget)),
    ]
    for what, figures in recommended:
        _say(say, what, figures, base)


def _say(say: Callable[[str], Any], what: str, figures: tuple[list[float], int], base: float) -> None:
    took, queries = figures
    median, late = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    say(f"  {what:47} {median:6.2f} {late:6.2f} ms {median / base:6.1f}  {queries}\n")


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
