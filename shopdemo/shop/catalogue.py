"""What is on sale, and in what order it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shopdemo.shop.models import Category, Product

T = TypeVar("T", bound="Choice")

# Those that cannot be had stand last, whatever the order.
SOLD_OUT_LAST = Case(When(stock__lte=0, then=Value(1)), default=Value(0), output_field=IntegerField())


@dataclass(frozen=True)
class Choice:
    """An option of a list: its name in the address, and in words."""

    slug: str
    label: str | Promise


@dataclass(frozen=True)
class Band(Choice):
    """Prices from `low` up to below `high` (None: no limit)."""

    low: Decimal
    high: Decimal | None


@dataclass(frozen=True)
class Sorting(Choice):
    """An order of products."""

    columns: tuple[str, ...]


BANDS = (
    Band("under-2", _("under £2"), Decimal(0), Decimal(2)),
    Band("2-to-5", _("£2 to £5"), Decimal(2), Decimal(5)),
    Band("5-to-10", _("£5 to £10"), Decimal(5), Decimal(10)),
    Band("from-10", _("£10 and more"), Decimal(10), None),
)
SORTINGS = (
    Sorting("title", _("by name"), ("title", "code")),
    Sorting("new", _("newest first"), ("-created_at", "title", "code")),
    Sorting("cheap", _("cheapest first"), ("price", "title", "code")),
    Sorting("dear", _("dearest first"), ("-price", "title", "code")),
)


def named(choices: Iterable[T], slug: str | None) -> T | None:
    """The option of this name."""
    return next((choice for choice in choices if choice.slug == slug), None)


def on_sale() -> QuerySet[Product]:
    """Everything that may be bought, with categories."""
    return Product.objects.filter(is_active=True).select_related("category")


def within(products: QuerySet[Product], band: Band | None) -> QuerySet[Product]:
    """Those of a price in the band; all of them without one."""
    if band is None:
        return products
    products = products.filter(price__gte=band.low)
    return products if band.high is None else products.filter(price__lt=band.high)


def ordered(products: QuerySet[Product], sorting: Sorting) -> QuerySet[Product]:
    """In this order, what is sold out last."""
    return products.order_by(SOLD_OUT_LAST, *sorting.columns)


def shelves() -> QuerySet[Category]:
    """Categories with something on them, and how much (`size`)."""
    return Category.objects.annotate(size=Count("products", filter=Q(products__is_active=True))).filter(size__gt=0)
