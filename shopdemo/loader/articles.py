"""The shop's articles, as the lines that sold them tell: title, price and first day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from shopdemo.loader.categories import category_of
from shopdemo.loader.invoices import Invoice, InvoiceLine, price_in_pence
from shopdemo.loader.non_products import is_product

T = TypeVar("T", str, int)


@dataclass(frozen=True)
class Article:
    """One article; `price` in pence is the one most often asked, `first_at` the wall time of its first order."""

    code: str
    title: str
    category: str
    price: int
    first_at: datetime


def articles_of(invoices: Sequence[Invoice]) -> list[Article]:
    """The articles that these orders (oldest first) hold, by code; charges, fees and vouchers are none."""
    seen = Counter(line for invoice in invoices for line in map(_told, invoice.lines))
    titles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    prices: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for (code, title, mills), times in seen.items():
        titles[code][title] += times
        prices[code][price_in_pence(mills)] += times
    first = {line.code: invoice.at for invoice in reversed(invoices) for line in invoice.lines}
    return [_article(code, titles[code], prices[code], first[code]) for code in sorted(first) if is_product(code)]


def _told(line: InvoiceLine) -> tuple[str, str, int]:
    return line.code, line.title, line.mills


def _article(code: str, titles: Counter[str], prices: Counter[int], first_at: datetime) -> Article:
    title = _most_frequent(titles) or code
    return Article(code, title, category_of(title), _most_frequent(prices) or 0, first_at)


def _most_frequent(counts: Counter[T]) -> T | None:
    """The value seen most often, of equals the least, leaving out "" and 0; None if there is none."""
    return min(filter(None, counts), key=lambda value: (-counts[value], value), default=None)
