"""From the shop's orders to a new version of its recommender."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from personalization.conf import conf
from personalization.errors import NothingToLearn
from personalization.models import RecommenderVersion
from personalization.recommend.evaluating.evaluate import Report, evaluate
from personalization.recommend.keys import person_key, product_key
from personalization.recommend.learning.choice import Choice, choose
from personalization.recommend.learning.fit import Fitted, fit
from personalization.recommend.learning.progress import Progress, quiet
from personalization.recommend.listed import Lists
from personalization.recommend.lists import write_lists
from personalization.recommend.training.card import Covered, card_of
from personalization.recommend.training.catching_up import catch_up
from personalization.recommend.training.popularity import Popularity, popular_rows
from personalization.recommend.training.pruning import delete_refused
from personalization.recommend.training.queries import query_rows
from personalization.recommend.training.reading import ShopRead, as_of, read_shop
from personalization.recommend.training.run import Run, training
from personalization.recommend.training.shelves import shelf_rows
from personalization.recommend.training.switch import prune, switch_to
from personalization.recommend.training.verdict import objection

State = RecommenderVersion.State

Row = tuple[str, Lists]

TESTED = 0.2
"""The share of the shop's time that is kept to test the models on."""

TOLD = 200
"""Rows after which it is told how far the writing is."""


def train(*, now: datetime, progress: Progress = quiet, switches: bool = True) -> RecommenderVersion:
    """Train a version, write its lists and, unless it does worse than the active one beyond chance, switch to it.

    A training that fails leaves what is served alone, and says why in its version. Raises NothingToLearn, SourceError,
    TrainingBusy.
    """
    with training(now=now, progress=progress) as run:
        with run.step("reading", 0.0, 0.1):
            shop = read_shop(now=now)
        choice, report = _chosen(run, shop)
        with run.step("fit", 0.5, 0.6) as fitting:
            fitted = fit(shop.purchases, choice, now=as_of(shop.purchases, now), described=shop.described, progress=fitting)
        covered = Covered()
        with run.step("lists", 0.6, 1.0) as writing:
            sizes = _write(run.version, shop, fitted, covered, writing, now)
            delete_refused(run.version)
        run.version.card = card_of(shop, choice, report, covered, sizes, run.seconds)
        run.version.popular_at = now
        served = RecommenderVersion.objects.filter(shop=conf.shop, state=State.ACTIVE).first()
        why = objection(run.version.card, served.card) if served else ""
        run.end(State.REFUSED if why else State.READY, why)
    if switches and not why:
        switch_to(run.version, now=now)
        catch_up(run.version, now=now)
    prune(keep=conf.recommender_versions_kept, now=now)
    return run.version


def _chosen(run: Run, shop: ShopRead) -> tuple[Choice, Report | None]:
    """Settings, and how well they do: chosen on what lies before the shop's last part, and tested on that.

    A shop that is too small to be tested is served all the same.
    """
    first, last = int(shop.purchases.times[0]), int(shop.purchases.times[-1])
    moment = last - int((last - first) * TESTED)
    try:
        with run.step("evaluation", 0.1, 0.5) as progress:
            report = evaluate(shop.purchases, moment, described=shop.described, allowed=shop.available, progress=progress)
        return report.choice, report
    except NothingToLearn:
        with run.step("choice", 0.1, 0.5) as progress:
            return choose(shop.purchases, progress=progress), None


def _write(
    version: RecommenderVersion, shop: ShopRead, fitted: Fitted, covered: Covered, progress: Progress, now: datetime
) -> dict[str, int]:
    """All lists of a version; how many of what."""
    popularity = Popularity(shop.purchases, as_of(shop.purchases, now), fitted.choice.settings["next"].get("trending"))
    told = _Told(progress, len(shop.purchases.keys) + len(shop.purchases.products))
    return {
        "popular": write_lists(version, _sold(shop, popular_rows(shop.purchases, popularity))),
        "shelves": write_lists(version, shelf_rows(shop.products, popularity.scores, now=now)),
        "searches": write_lists(version, _sold(shop, query_rows(now=now))),
        "products": write_lists(version, told.each((product_key(key), lists) for key, lists in _sold(shop, fitted.products()))),
        "people": write_lists(version, told.each(_people(shop, fitted, covered))),
    }


def _people(shop: ShopRead, fitted: Fitted, covered: Covered) -> Iterator[Row]:
    for key, lists in _sold(shop, fitted.people()):
        covered.see(lists)
        yield person_key(key), lists


def _sold(shop: ShopRead, rows: Iterable[Row]) -> Iterator[Row]:
    """Without products that the shop has deleted: nobody can be shown them."""
    gone = shop.gone
    if not gone:
        yield from rows
        return
    for key, lists in rows:
        yield key, {part: [one for one in items if one.product not in gone] for part, items in lists.items()}


@dataclass
class _Told:
    """Tells, as rows pass, how many of all have passed."""

    progress: Progress
    total: int
    passed: int = 0

    def each(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows."""
        for row in rows:
            self.passed += 1
            if self.passed % TOLD == 0:
                self.progress(self.passed / max(self.total, self.passed), "lists")
            yield row
