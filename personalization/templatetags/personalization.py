"""`{% load personalization %}`: what a page asks of whoever is looking, and what it shows them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from personalization.conf import conf
from personalization.content.pages import clicked_address, page_variant, slot_html, slots_address
from personalization.recommend.serving.page import Listing, recommend_on
from personalization.visitor.banners import consent_question, place_question
from personalization.visitor.prices import Price, price_in, written
from personalization.visitor.who import Visitor

logger = logging.getLogger(__name__)

register = template.Library()


@register.tag
def insegment(parser: Parser, token: Token) -> Node:
    """`{% insegment "vip" "lapsed" %}…{% else %}…{% endinsegment %}`: the first part for members of any of them."""
    name, *slugs = token.split_contents()
    if not slugs:
        raise TemplateSyntaxError(f"{{% {name} %}} needs the slug of a segment")
    inside = parser.parse(("else", "endinsegment"))
    outside = NodeList()
    if parser.next_token().contents == "else":
        outside = parser.parse(("endinsegment",))
        parser.delete_first_token()
    return InSegment([parser.compile_filter(slug) for slug in slugs], inside, outside)


class InSegment(Node):
    """One part for members, another for everybody else, and for all where nobody knows."""

    child_nodelists = ("inside", "outside")

    def __init__(self, slugs: list[FilterExpression], inside: NodeList, outside: NodeList) -> None:
        self.slugs = slugs
        self.inside = inside
        self.outside = outside

    def render(self, context: Context) -> str:
        """The part that applies."""
        asked = {str(slug.resolve(context)) for slug in self.slugs}
        visitor = visitor_of(context)
        is_member = visitor is not None and not asked.isdisjoint(visitor.segments)
        return (self.inside if is_member else self.outside).render(context)


def visitor_of(context: Context) -> Any:
    """Whoever the page is for: `visitor` of the template's context, as a preview sets it, or the request's; None without one."""
    return context.get("visitor") or getattr(context.get("request"), "visitor", None)


@register.simple_tag(takes_context=True)
def consent_banner(context: Context, *, fragment: bool = False) -> str:
    """`{% consent_banner %}`: the question about privacy, until it is answered. Put it first in the body.

    `{% consent_banner fragment=True %}` is the same for everybody, so that a cache may keep the page; a script fetches the
    banner.
    """
    if fragment:
        return render_to_string("personalization/consent_fragment.html")
    return _banner(context, "personalization/consent_banner.html", consent_question)


@register.simple_tag(takes_context=True)
def place_banner(context: Context) -> str:
    """`{% place_banner %}`: another language or currency, where they would fit better, until it is answered."""
    return _banner(context, "personalization/place_banner.html", place_question)


def _banner(context: Context, name: str, ask: Callable[[Visitor], dict[str, Any] | None]) -> str:
    """Nothing where there is nothing to ask, or a part of ours fails: that is no reason for a page not to be there."""
    request = context.get("request")
    visitor = getattr(request, "visitor", None)
    try:
        question = ask(visitor) if visitor is not None else None
        return render_to_string(name, question, request) if question else ""
    except Exception:
        logger.exception("%s cannot be shown", name)
        return ""


@register.simple_tag(takes_context=True)
def price(context: Context, amount: Any, currency: str) -> str:
    """`{% price product.price "GBP" %}`: the shop's price, and about how much that is in the currency somebody chose to see."""
    value = Decimal(str(amount))
    visitor = visitor_of(context)
    try:
        wanted = visitor.currency if visitor is not None else currency
        said = price_in(value, currency, wanted, getattr(visitor, "now", None) or timezone.now())
    except Exception:
        logger.exception("a price cannot be converted")
        said = Price(written(value, currency), currency)
    if not said.about:
        return said.charged
    title = _("You pay in %(currency)s; the rate may change.") % {"currency": said.currency}
    about = _("about %(amount)s") % {"amount": said.about}
    return format_html('{} <small class="rg-price-about">(<abbr title="{}">{}</abbr>)</small>', said.charged, title, about)


@register.simple_tag(takes_context=True)
def slot(context: Context, slug: str, **given: Any) -> SafeString:
    """`{% slot "home-hero" %}`: the variant of that slot that is for this visitor.

    `{% slot "more" product=product basket=lines query=words %}` says what the page has at hand, for slots that recommend by it;
    also `wishes=` and `missing=`, what the cart lacks for free delivery.
    """
    return slot_html(context.get("request"), slug, timezone.now(), **given)


@register.simple_tag(takes_context=True)
def pagevariant(context: Context, slug: str) -> str:
    """`{% pagevariant "product-page" as page %}`: the slug of the variant that the page takes on, or ""."""
    return page_variant(context.get("request"), slug, timezone.now())


@register.inclusion_tag("regulars_personalization/slot/assets.html")
def slot_assets() -> dict[str, str]:
    """`{% slot_assets %}` in the page's head: the stylesheet and the scripts of slots."""
    return {"address": slots_address(), "clicked": clicked_address()}


@register.simple_tag(takes_context=True)
def recommend(context: Context, strategy: str, *, limit: int = 8, **given: Any) -> Listing:
    """`{% recommend "for_you" limit=8 as products %}`: what a strategy recommends here, to go over; `products.heading` names it.

    A page says what it is about and what it has at hand: `product=`, `basket=`, `wishes=`, `query=`, `missing=`. What one list
    shows the next on the page does not.
    """
    visitor = visitor_of(context)
    now = getattr(visitor, "now", None) or timezone.now()
    return recommend_on(context.get("request"), visitor, strategy, now=now, limit=limit, **given)


@register.inclusion_tag("personalization/recommendations.html", takes_context=True)
def recommendations(context: Context, strategy: str, *, limit: int = 8, heading: str = "", **given: Any) -> dict[str, Any]:
    """`{% recommendations "for_you" limit=8 %}`: the same, drawn as a section with a heading; nothing where the list is empty."""
    listing = recommend(context, strategy, limit=limit, **given)
    return {"listing": listing, "heading": heading or listing.heading, "problem": listing.problem if conf.debug else ""}
