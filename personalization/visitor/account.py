"""What the shop source says of an account."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import ValidationError

from personalization.visitor.countries import country_of
from personalization.visitor.person import harmless
from segmentation.sources import active_source


def account_of(customer: str) -> Any:
    """The account with that id; None where there is none, or it may not log in. One query."""
    try:
        with harmless():
            return ModelBackend().get_user(customer)  # whatever the shop takes for an id
    except (ValueError, ValidationError):
        return None


def country_of_account(user: Any) -> str:
    """Its ISO 3166 code; "" where there is no account, or the shop does not know.

    No query where the country is a field of the user, else one.
    """
    customers = active_source().relations["customers"] if user is not None else None
    column = customers.columns.get("country") if customers is not None else None
    if customers is None or column is None:
        return ""
    if isinstance(user, customers.model) and isinstance(column.value, str) and "__" not in column.value:
        return country_of(attrgetter(column.value)(user))
    with harmless():
        rows = [row for chunk in customers.read(["country"], where={"customer_id": [user.pk]}) for row in chunk]
    return country_of(rows[0][0]) if rows else ""
