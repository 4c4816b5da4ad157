"""What is wrong with a merchandising rule that somebody wants, before it is saved: the same for the admin's form and for REST."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from personalization.models import MerchandisingRule
from personalization.recommend.serving.called import Groups, group_called, product_called, read_all_groups

Action, Kind = MerchandisingRule.Action, MerchandisingRule.Kind

Flaw = tuple[str, str]
"""(field, what is wrong)."""


def what_is_named(said: Mapping[str, Any], groups: Callable[[], Groups] = read_all_groups) -> str:
    """Of kind and value as somebody wrote them, the value as the shop writes it; "" where either is missing.

    Raises ValidationError where the shop has nothing like it.
    """
    kind, value = said.get("kind"), said.get("value")
    if not kind or not value:
        return ""
    return product_called(value) if kind == Kind.PRODUCT else group_called(kind, value, groups())


def rule_flaws(said: Mapping[str, Any]) -> Iterator[Flaw]:
    """What does not go together, of fields that are each right by themselves; the others are missing. Asks nothing."""
    action = said.get("action")
    if action == Action.PIN and said.get("kind") not in (Kind.PRODUCT, None):
        yield "kind", _("Only a product can be put at a place.")
    if action == Action.BOOST and said.get("factor") == 1:
        yield "factor", _("A factor of 1 changes nothing.")
    starts, ends = said.get("starts_at"), said.get("ends_at")
    if starts and ends and ends <= starts:
        yield "ends_at", _("It ends before it begins.")
    if action == Action.EXCLUDE and "value" in said and said["value"] == said.get("on_product"):
        yield "on_product", _("A product is never shown on its own page.")
