"""The demo's part of recommendations: a recommender that has learned once; nights do the rest."""

from __future__ import annotations

from datetime import datetime

from personalization.errors import NothingToLearn
from personalization.models import RecommenderVersion
from personalization.recommend.training.freshness import refresh_popularity, watch_products
from personalization.recommend.training.train import train
from segmentation.conf import conf
from shopdemo.progress import Progress, Share


def train_first(now: datetime, progress: Progress) -> tuple[RecommenderVersion | None, str]:
    """The version that is served, trained if there is none yet, and why there is none ("" where there is).

    Where one is served, what is popular is counted anew: the demo may have lain for days.
    """
    watch_products(now=now)
    served = _served()
    if served is not None:
        refresh_popularity(now=now)
        return served, ""
    try:
        with Share("recommendations", progress) as share:
            train(now=now, progress=share)
    except NothingToLearn as error:
        return None, str(error)
    return _served(), ""


def _served() -> RecommenderVersion | None:
    return RecommenderVersion.objects.filter(shop=conf.shop, state=RecommenderVersion.State.ACTIVE).first()
