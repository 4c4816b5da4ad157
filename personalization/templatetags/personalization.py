"""`{% load personalization %}`: what a page asks of whoever is looking, and what it shows them."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.utils import timezone
from django.utils.safestring import SafeString

from personalization.content.pages import page_variant, slot_html, slots_address

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
def slot(context: Context, slug: str) -> SafeString:
    """`{% slot "home-hero" %}`: the variant of that slot that is for this visitor."""
    return slot_html(context.get("request"), slug, timezone.now())


@register.simple_tag(takes_context=True)
def pagevariant(context: Context, slug: str) -> str:
    """`{% pagevariant "product-page" as page %}`: the slug of the variant that the page takes on, or ""."""
    return page_variant(context.get("request"), slug, timezone.now())


@register.inclusion_tag("regulars_personalization/slot/assets.html")
def slot_assets() -> dict[str, str]:
    """`{% slot_assets %}` in the page's head: the stylesheet and the scripts of slots."""
    return {"address": slots_address()}
