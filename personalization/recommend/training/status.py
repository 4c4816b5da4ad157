"""How things stand with the recommender, for whoever watches the shop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from personalization.conf import conf
from personalization.models import RecommenderVersion

State = RecommenderVersion.State

OLD = timedelta(days=3)
"""A version that was trained longer ago is to be looked at: trainings do not run, or are refused."""


@dataclass(frozen=True)
class Status:
    """The version that is served (None where there is none), the one in training, and what must be looked at."""

    number: int | None = None
    activated_at: datetime | None = None
    trained_at: datetime | None = None
    popular_at: datetime | None = None
    people: int | None = None
    products: int | None = None
    coverage: float | None = None
    training: int | None = None
    percent: int | None = None
    alarms: list[str] = field(default_factory=list)


def status(*, now: datetime) -> Status:
    """How things stand; two queries."""
    versions = RecommenderVersion.objects.filter(shop=conf.shop)
    served = versions.filter(state=State.ACTIVE).first()
    last = versions.defer("card").order_by("-number").first()
    facts = _served(served) if served else {}
    if last and last.state == State.TRAINING:
        facts |= {"training": last.number, "percent": last.progress}
    return Status(**facts, alarms=list(_alarms(served, last, now)))


def _served(version: RecommenderVersion) -> dict[str, Any]:
    data = version.card.get("data", {})
    return {
        "number": version.number,
        "activated_at": version.activated_at,
        "trained_at": version.started_at,
        "popular_at": version.popular_at,
        "people": data.get("people"),
        "products": data.get("products"),
        "coverage": version.card.get("coverage"),
    }


def _alarms(served: RecommenderVersion | None, last: RecommenderVersion | None, now: datetime) -> Iterator[str]:
    if served is None:
        yield _("no version is served: train one")
    elif now - served.started_at > OLD:
        yield _("the version that is served was trained %(days)s days ago") % {"days": (now - served.started_at).days}
    if last and last.state in (State.FAILED, State.REFUSED):
        yield _("version %(number)s is not served: %(why)s") % {"number": last.number, "why": last.why}
