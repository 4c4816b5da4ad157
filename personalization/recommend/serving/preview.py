"""What a strategy recommends to somebody, why, and what the rules of the house took out: for whoever runs the shop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personalization.conf import conf
from personalization.models import RecommenderVersion
from personalization.recommend.serving.house import RULES
from personalization.recommend.serving.serve import Answer, recommend
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import HAS, Need
from personalization.recommend.strategies.registry import STRATEGIES, strategy_of
from personalization.visitor.countries import country_of
from personalization.visitor.history import last_viewed
from segmentation.membership.read import slugs_of
from segmentation.models import Profile
from segmentation.sources import active_source

NEEDS: Mapping[Need, str | Promise] = {
    Need.PERSON: gettext_lazy("a customer who may be followed"),
    Need.VIEWS: gettext_lazy("products that the customer looked at"),
    Need.SEGMENT: gettext_lazy("a segment"),
    Need.COUNTRY: gettext_lazy("a country"),
    Need.PRODUCT: gettext_lazy("a product whose page it is"),
    Need.BASKET: gettext_lazy("something in the basket"),
    Need.WISHES: gettext_lazy("something on the customer's wishlist"),
    Need.QUERY: gettext_lazy("search words"),
}
"""What a strategy may need, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """For whom, and where. A customer brings what is known of her; whatever else is said comes on top."""

    person: Profile | None = None
    products: tuple[str, ...] = ()
    basket: tuple[str, ...] = ()
    query: str = ""
    segment: str = ""
    country: str = ""
    missing: Decimal | None = None

    @property
    def refuses(self) -> bool:
        """Whether the customer may not be followed, so that nothing of her history is read."""
        person = self.person
        return person is not None and (person.profiling is False or (conf.asks_consent and not person.profiling))

    def asked(self, now: datetime) -> Asked:
        """What a page would ask for her. Raises RegularsError where the shop cannot be asked."""
        followed = None if self.refuses else self.person
        chosen = {self.segment} if self.segment else set()
        return Asked(
            now=now,
            person=followed.key if followed else "",
            segments=(slugs_of(followed.key) if followed else frozenset()) | chosen,
            viewed=last_viewed(followed.customer_id, followed.visitor_id) if followed else (),
            country=self.country or country_of(next(_of("customers", "customer_id", "country", self.person), None)),
            products=self.products,
            basket=self.basket,
            wishes=tuple(dict.fromkeys(map(str, _of("wishlist_items", "customer", "product_id", self.person)))),
            query=self.query,
            missing=self.missing,
        )


@dataclass(frozen=True, slots=True)
class Preview:
    """The answer, the number of the version that made it (None without one), and sentences on what is not as one might think."""

    answer: Answer
    version: int | None
    notes: tuple[str, ...]


def preview(slug: str, situation: Situation, *, limit: int, now: datetime) -> Preview:
    """What the strategy recommends; whoever asks twice gets the same. Raises UnknownStrategy, RegularsError, ValueError."""
    asked = situation.asked(now)
    # Nothing is drawn by lot.
    answer = recommend(slug, asked, limit=limit, keeps_removed=True, draw=lambda: 1.0)
    version = _number_of(answer.version) if answer.version is not None else None
    return Preview(answer, version, tuple(_notes(situation, asked, answer, version)))


def _number_of(version: int) -> int | None:
    return RecommenderVersion.objects.filter(pk=version).values_list("number", flat=True).first()


def _notes(situation: Situation, asked: Asked, answer: Answer, version: int | None) -> Iterator[str]:
    if situation.refuses:
        yield _("This customer may not be followed, so her history is not read: this is what she really gets.")
    lacking = [str(NEEDS[need]) for need in strategy_of(answer.strategy).needs if not HAS[need](asked)]
    if lacking:
        said = _("“%(strategy)s” needs %(what)s. Without it, the next strategies of its chain answer.")
        yield said % {"strategy": name_of(answer.strategy), "what": ", ".join(sorted(lacking))}
    if answer.version is None:
        yield _("Nothing was trained yet: only what needs no training is shown.")
    elif version is not None:
        yield _("Made by version %(number)s.") % {"number": version}


def seen_as(slug: str) -> str:
    """What the history of a person says whenever somebody of the staff looked at what they are recommended."""
    return _("Recommendations of “%(strategy)s” were previewed for this person.") % {"strategy": name_of(slug)}


def name_of(slug: str) -> str:
    """What owners call the strategy; its slug, should there be none any more."""
    strategy = STRATEGIES.get(slug)
    return str(strategy.name) if strategy else slug


def rule_text(code: str) -> str:
    """A rule of the house in words."""
    return str(RULES[code].label) if code in RULES else code.replace("_", " ")


def _of(name: str, whose: str, column: str, person: Profile | None) -> Iterator[Any]:
    """A column of the shop's rows about the account; nothing where there is none."""
    relation = active_source().relations.get(name)
    if person is None or not person.customer_id or relation is None or column not in relation.columns:
        return iter(())
    return (value for chunk in relation.read([column], where={whose: [person.customer_id]}) for (value,) in chunk)
