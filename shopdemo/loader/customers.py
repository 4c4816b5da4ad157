"""The shop's customers, as their invoices tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shopdemo.loader.countries import country_code
from shopdemo.loader.invoices import Invoice

# Nobody orders before she has an account; the file does not say when she made it.
JOIN_HOURS = 72

# The addresses the file's customers are given, with their numbers in between.
EMAIL_START = "customer-"
EMAIL_END = "@example.com"


@dataclass(frozen=True)
class Customer:
    """One customer: `joined_at` is 1 to 72 hours (fixed by her number) before her first invoice, `country` the last one's."""

    number: int
    country: str
    joined_at: datetime

    @property
    def email(self) -> str:
        """Made up: the file has no addresses."""
        return f"{EMAIL_START}{self.number}{EMAIL_END}"


def guest_email(invoice: Invoice) -> str:
    """A made-up address for the guest of this order; nothing in the file ties two guest orders together."""
    return f"guest-{invoice.number.lower()}@guests.example.com"


def customers_of(invoices: Iterable[Invoice]) -> list[Customer]:
    """The customers of these invoices (oldest first; orders and refunds alike), by number."""
    first: dict[int, datetime] = {}
    country: dict[int, str] = {}
    for invoice in invoices:
        if invoice.customer is not None:
            first.setdefault(invoice.customer, invoice.at)
            country[invoice.customer] = country_code(invoice.country)
    return [Customer(number, country[number], first[number] - _hours(number)) for number in sorted(first)]


def _hours(number: int) -> timedelta:
    return timedelta(hours=1 + number % JOIN_HOURS)
