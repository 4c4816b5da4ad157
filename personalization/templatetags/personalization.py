"""`{% load personalization %}`: what a page asks of whoever is looking."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token

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
