"""What owners most often adjust."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from segmentation.presets.preset import Parameter


def days(default: int) -> Parameter:
    """A length of time."""
    return Parameter("days", str(default), _("days"))


def orders(default: int) -> Parameter:
    """So many orders at least."""
    return Parameter("orders", str(default), _("orders"))


def percent(default: int) -> Parameter:
    """A part of the base."""
    return Parameter("percent", str(default), _("percent of the customers"))
