"""What it costs to learn recommendations: settings, models, and the lists of everybody and of all products.

    python -m benchmarks.recommend            # Online Retail: 4,300 customers, 400,000 lines
    python -m benchmarks.recommend --large    # 1 M customers, 10 M orders, 20 M lines, 20,000 products, made up
    python -m benchmarks.recommend --large --share 0.1 --products 20000

Nothing is read from a database, nor written to one. The made-up shop has orders as skew as real ones are: how many somebody
places is lognormal, when is exponential within three years, and products are bought by Zipf's law.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

import django
import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopdemo.settings")
django.setup()

from personalization.recommend.evaluating.evaluate import evaluate  # noqa: E402
from personalization.recommend.learning.blocks import cores  # noqa: E402
from personalization.recommend.learning.choice import choose  # noqa: E402
from personalization.recommend.learning.described import Described  # noqa: E402
from personalization.recommend.learning.distinct import distinct  # noqa: E402
from personalization.recommend.learning.fit import fit  # noqa: E402
from personalization.recommend.listed import Lists, packed  # noqa: E402
from personalization.recommend.training.train import TESTED  # noqa: E402
from segmentation.store.purchases import Purchases  # noqa: E402
from tests.personalization.recommend.evaluating.retail import online_retail  # noqa: E402

CUSTOMERS, ORDERS, LINES, PRODUCTS = 1_000_000, 10_000_000, 20_000_000, 20_000
YEARS = 3 * 365 * 86_400
MEAN_AGE = 330 * 86_400
NOW = 1_780_000_000

Made = TypeVar("Made")


def made_up(share: float, products: int | None = None) -> Purchases:
    """A share of the large shop: of its customers, orders and lines, and of its products unless they are given."""
    random = np.random.default_rng(1)
    customers, orders, lines = (int(count * share) for count in (CUSTOMERS, ORDERS, LINES))
    products = products or max(int(PRODUCTS * share), 2_000)
    activity = random.lognormal(0, 1.4, customers) * (random.random(customers) > 0.3)
    buyers = random.choice(customers, orders, p=activity / activity.sum())
    times = np.sort(NOW - random.exponential(MEAN_AGE, orders * 2)[: orders * 2].astype(np.int64) % YEARS)[orders:]
    popularity = np.arange(1, products + 1) ** -0.8
    order = np.sort(random.integers(0, orders, lines))
    return Purchases(
        keys=[f"user:{number}" for number in range(customers)],
        names=[str(number) for number in range(customers)],
        products=[str(number) for number in range(products)],
        countries=["GB"],
        person=buyers[order].astype(np.int32),
        order=order.astype(np.int32),
        product=random.choice(products, lines, p=popularity / popularity.sum()).astype(np.int32),
        country=np.zeros(lines, np.int16),
        times=times[order],
        quantity=np.ones(lines, np.float32),
    )


def titles(count: int) -> list[str]:
    """Four words each, of two thousand by Zipf's law."""
    shares = 1.0 / np.arange(1, 2_001)
    words = np.random.default_rng(2).choice(2_000, (count, 4), p=shares / shares.sum())
    return [" ".join(f"word{word}" for word in row) for row in words.tolist()]


def timed(what: str, make: Callable[[], Made]) -> Made:
    """What is made, with the seconds it took, those of all cores, and the most memory that the process has held so far."""
    begun, of_cores = time.perf_counter(), time.process_time()
    made = make()
    told(what, begun, of_cores)
    return made


def told(what: str, begun: float, of_cores: float) -> None:
    """A line of the table."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    seconds, cores = time.perf_counter() - begun, time.process_time() - of_cores
    sys.stdout.write(f"  {what:<12}{seconds:8.1f} s{cores:8.1f} s of cores   {peak:5.1f} GB at most\n")
    sys.stdout.flush()


def written(rows: Iterable[tuple[str, Lists]]) -> tuple[int, int]:
    """How many rows there are, and characters, packed."""
    count = size = 0
    for _, lists in rows:
        count, size = count + 1, size + len(packed(lists))
    return count, size


def measure(purchases: Purchases, *, tested: bool) -> None:
    """Learn, and make all lists; as a training does, with its evaluation, where it is to be tested."""
    orders = len(distinct(purchases.order))
    sys.stdout.write(f"{len(purchases):,} lines of {orders:,} orders of {len(purchases.keys):,} people\n")
    begun, of_cores = time.perf_counter(), time.process_time()
    names = purchases.products
    described = {name: Described(title=title) for name, title in zip(names, titles(len(names)), strict=True)}
    if tested:
        first, last = int(purchases.times[0]), int(purchases.times[-1])
        moment = last - int((last - first) * TESTED)
        choice = timed("settings", lambda: choose(purchases.before(moment)))
        timed("test", lambda: evaluate(purchases, moment, choice=choice, described=described))
    else:
        choice = timed("settings", lambda: choose(purchases))
    fitted = timed("models", lambda: fit(purchases, choice, now=int(purchases.times[-1]) + 1, described=described))
    products = timed("products", lambda: written(fitted.products()))
    people = timed("people", lambda: written(fitted.people()))
    told("in all", begun, of_cores)
    for what, (count, size) in {"products": products, "people": people}.items():
        sys.stdout.write(f"  rows of {what}: {count:,}, {size / max(count, 1):,.0f} characters each\n")
    for task, settings in choice.settings.items():
        sys.stdout.write(f"  {task}: {', '.join(str(part['model']) for part in settings['parts'])}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true", help="the made-up shop")
    parser.add_argument("--share", type=float, default=1.0, help="of the made-up shop")
    parser.add_argument("--products", type=int, help="of the made-up shop; the same share unless given")
    parser.add_argument("--untested", action="store_true", help="without the test that a training begins with")
    given = parser.parse_args()
    sys.stdout.write(f"{cores()} cores, a load of {os.getloadavg()[0]:.1f} before\n")
    purchases = made_up(given.share, given.products) if given.large else online_retail()
    measure(purchases, tested=not given.untested)
