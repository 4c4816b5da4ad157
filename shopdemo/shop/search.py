"""Finding products by what they are called, their category or their stock code."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce
from operator import and_

from django.core.cache import cache
from django.db.models import Case, CharField, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Concat

from shopdemo.shop.catalogue import SOLD_OUT_LAST, on_sale
from shopdemo.shop.models import Category, Product
from shopdemo.shop.names import category_name

LONGEST = 80
"""So much of a query is read."""
SUGGESTIONS = 4
KEPT_SECONDS = 3600

NONE, CODE, PHRASE, WORDS, PARTS, SHELF = range(6)
"""How well a product fits, best first; 0 is none."""


@dataclass(frozen=True)
class Query:
    """What was asked: the words, without their plural's s."""

    text: str
    words: tuple[str, ...]


def parsed(text: str) -> Query:
    """The query, trimmed and cut to size."""
    shown = " ".join(text.split())[:LONGEST]
    return Query(shown, tuple(_singular(word) for word in re.findall(r"\w+", shown.casefold()))[:8])


def found(query: Query, categories: list[Category]) -> QuerySet[Product]:
    """What fits, best first: the stock code, the very phrase, words at their beginnings, parts of words, the category."""
    if not query.words:
        return on_sale().none()
    spaced = Concat(Value(" "), "title", output_field=CharField())
    shelf = Q(category__in=_meant(query, categories))
    beginnings = _all(query, lambda word: Q(spaced__icontains=f" {word}"))
    parts = _all(query, lambda word: Q(title__icontains=word) | Q(category__in=_meant(Query(word, (word,)), categories)))
    fits = Case(
        When(code__iexact=query.text, then=Value(CODE)),
        When(spaced__icontains=f" {' '.join(query.words)}", then=Value(PHRASE)),
        When(beginnings, then=Value(WORDS)),
        When(parts, then=Value(PARTS)),
        When(shelf, then=Value(SHELF)),
        default=Value(NONE),
        output_field=IntegerField(),
    )
    return (
        on_sale()
        .annotate(spaced=spaced)
        .annotate(fits=fits)
        .filter(fits__gt=NONE)
        .order_by("fits", SOLD_OUT_LAST, "title", "code")
    )


def suggestions(query: Query) -> list[str]:
    """Words of the shop's titles that look like those asked for."""
    known = _vocabulary()
    close = [word for asked in query.words for word in get_close_matches(asked, known, n=SUGGESTIONS, cutoff=0.7)]
    return list(dict.fromkeys(close))[:SUGGESTIONS]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _all(query: Query, condition: Callable[[str], Q]) -> Q:
    return reduce(and_, (condition(word) for word in query.words))


def _meant(query: Query, categories: list[Category]) -> list[Category]:
    """Categories whose name, in the page's language or in the data's, holds all the words."""
    names = {category: f" {category_name(category.name)} {category.name}".casefold() for category in categories}
    return [category for category, name in names.items() if query.words and all(f" {word}" in name for word in query.words)]


def _vocabulary() -> list[str]:
    words: list[str] = cache.get_or_set("shop:title-words", _title_words, KEPT_SECONDS)  # type: ignore[assignment]
    return words


def _title_words() -> list[str]:
    titles = Product.objects.filter(is_active=True, stock__gt=0).values_list("title", flat=True)
    return sorted({word for title in titles for word in re.findall(r"[a-z]{3,}", title.casefold())})
