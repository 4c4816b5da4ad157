"""Buttons that other apps put at the top of our pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from segmentation.admin.links import Tool

Offer = Callable[[HttpRequest, Any], Tool | None]
"""(request, row) -> a button on the row's page; None for whoever has no right to what it leads to."""

_offers: dict[type[Model], list[Offer]] = {}


def also_offers(model: type[Model], offer: Offer) -> None:
    """Register a button for the pages of a model's rows, once."""
    known = _offers.setdefault(model, [])
    if offer not in known:
        known.append(offer)


def offered(request: HttpRequest, row: Model) -> list[Tool]:
    """The buttons for this reader, in the order they were registered."""
    found = (offer(request, row) for offer in _offers.get(type(row), ()))
    return [tool for tool in found if tool is not None]
