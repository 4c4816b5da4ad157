"""Why a product is recommended, said to whoever sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from personalization.conf import conf
from personalization.recommend.product import Product
from personalization.recommend.strategies.base import Candidate, Strategy, Why
from personalization.visitor.countries import country_name

if TYPE_CHECKING:
    from personalization.recommend.serving.serve import Recommended

Products = Mapping[str, Product]
Text = str | Promise
Sentences = Mapping[Why, tuple[str, str]]


class Sentence(NamedTuple):
    """What is said where what it is about has a name, `%(about)s`, and where it has none."""

    about: Text
    plain: Text


SENTENCES: Mapping[Why, Sentence] = {
    Why.TASTE: Sentence("", _("Picked by what you buy")),
    Why.BOUGHT_BEFORE: Sentence("", _("You bought it before")),
    Why.BECAUSE_BOUGHT: Sentence(_("Because you bought %(about)s"), _("Because of what you bought")),
    Why.BECAUSE_VIEWED: Sentence(_("Because you looked at %(about)s"), _("Because of what you looked at")),
    Why.BECAUSE_WISHED: Sentence(_("Because %(about)s is on your wishlist"), _("Because of your wishlist")),
    Why.TOGETHER: Sentence(_("Often bought together with %(about)s"), _("Often bought together")),
    Why.GOES_WITH_CART: Sentence(_("Goes with %(about)s in your cart"), _("Goes with your cart")),
    Why.SIMILAR: Sentence(_("Similar to %(about)s"), _("Similar")),
    Why.BETTER: Sentence(_("Like %(about)s, a little more special"), _("A little more special")),
    Why.COMPLETES: Sentence(_("Goes well with %(about)s"), _("Goes well with it")),
    Why.FREE_DELIVERY: Sentence(_("Goes with %(about)s, and makes delivery free"), _("Makes delivery free")),
    Why.VIEWED: Sentence("", _("You looked at it")),
    Why.SEARCHED: Sentence(_("Bought by people who searched for “%(about)s”"), _("Bought by people who searched for the same")),
    Why.TRENDING: Sentence("", _("Popular right now")),
    Why.TRENDING_COUNTRY: Sentence(_("Popular right now (%(about)s)"), _("Popular where you are")),
    Why.TRENDING_SEGMENT: Sentence(_("Popular with %(about)s"), _("Popular with people like you")),
    Why.BEST_SELLER: Sentence("", _("Best seller")),
    Why.NEW_ARRIVAL: Sentence("", _("New in the shop")),
    Why.ON_SALE: Sentence("", _("On sale")),
    Why.PRICE_DROP: Sentence("", _("The price has fallen")),
    Why.BACK_IN_STOCK: Sentence("", _("Back in stock")),
    Why.LOW_STOCK: Sentence("", _("On your wishlist, and only a few are left")),
    Why.PINNED: Sentence("", _("Chosen by the shop")),
}


def _country(about: str, products: Products) -> Text:
    return country_name(about, get_language() or conf.base_language)


def _segment(about: str, products: Products) -> Text:
    # What owners call a segment is not for those who are in it.
    named: Text = conf.segment_names.get(about, "")
    return named


def _query(about: str, products: Products) -> Text:
    return about


def _title(about: str, products: Products) -> Text:
    return products[about].title if about in products else ""


NAMES: Mapping[Why, Callable[[str, Products], Text]] = {
    Why.TRENDING_COUNTRY: _country,
    Why.TRENDING_SEGMENT: _segment,
    Why.SEARCHED: _query,
}
"""Why -> what makes a name of `about`, where it is not a product."""


def about_product(candidate: Candidate) -> str:
    """Id of the product that the reason names; "" where it names none."""
    return "" if candidate.why in NAMES else candidate.about


def reason(candidate: Candidate, products: Products, sentences: Sentences | None = None) -> str:
    """A sentence in the language that is active; it is text, not HTML. `products` has those that reasons are about.

    Whoever says many gives the sentences.
    """
    about, plain = (sentences or translated())[candidate.why]
    name = str(NAMES.get(candidate.why, _title)(candidate.about, products)) if candidate.about and about else ""
    return about % {"about": name} if name else plain


def translated() -> Sentences:
    """The sentences in the language that is active."""
    return _translated(get_language())


@lru_cache
def _translated(language: str | None) -> Sentences:
    """The same, each looked up once; it is the language that is active."""
    return {why: (str(sentence.about), str(sentence.plain)) for why, sentence in SENTENCES.items()}


def heading(items: Sequence[Recommended], of: Callable[[str], Strategy], products: Products) -> str:
    """What stands above a list: the heading of the strategy of its first place that was not pinned.

    So a list that a chain had to fill says what it has. Where all of it is about one product, the heading names it.
    """
    own = [item for item in items if item.why != Why.PINNED] or items
    if not own:
        return ""
    strategy = of(own[0].source)
    abouts = {item.about for item in own}
    title = str(_title(own[0].about, products)) if len(abouts) == 1 else ""
    return str(strategy.heading_about) % {"about": title} if title and strategy.heading_about else str(strategy.heading)
