"""Money, names and pictures in templates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from babel.numbers import format_currency
from django import template
from django.forms import BoundField
from django.urls import reverse

from personalization.conf import conf
from shopdemo.shop.art.version import VERSION
from shopdemo.shop.countries import babel_locale, country_name
from shopdemo.shop.models import Category, Product
from shopdemo.shop.names import category_name
from shopdemo.shop.pricing import CURRENCY

register = template.Library()


@register.filter
def money(amount: Decimal, currency: str = CURRENCY) -> str:
    """An amount as the page's language writes it: £2.95, 2,95 £."""
    return format_currency(amount, currency, locale=babel_locale())


@register.filter
def called(category: Category | None) -> str:
    """The category's name in the page's language."""
    return category_name(category.name) if category else ""


@register.filter
def country(code: str) -> str:
    """The country's name in the page's language."""
    return country_name(code)


@register.simple_tag
def product_art(product: Product) -> str:
    """The address of the product's picture; it changes when the way of drawing does, so that browsers may keep it."""
    return f"{reverse('shop:product-art', args=[product.pk])}?v={VERSION}"


@register.simple_tag
def category_art(slug: str) -> str:
    """The address of a category's picture."""
    return f"{reverse('shop:category-art', args=[slug])}?v={VERSION}"


@register.simple_tag
def scene_art(name: str) -> str:
    """The address of a scene: spring, summer, autumn, winter, wet, dry, welcome."""
    return f"{reverse('shop:scene-art', args=[name])}?v={VERSION}"


@register.simple_tag
def currencies() -> tuple[str, ...]:
    """Those that prices may be shown in."""
    return conf.currencies


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether the label stands after the box."""
    return getattr(field.field.widget, "input_type", "") == "checkbox"


@register.simple_tag(takes_context=True)
def with_page(context: dict[str, Any], number: int) -> str:
    """The query of this list at another page."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
