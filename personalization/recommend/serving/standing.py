"""Whether a merchandising rule does anything at a moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from personalization.models import MerchandisingRule

STANDING: Mapping[str, str | Promise] = {
    "holds": pgettext_lazy("rule", "holds"),
    "waits": pgettext_lazy("rule", "waits for its day"),
    "over": pgettext_lazy("rule", "over"),
    "off": pgettext_lazy("rule", "switched off"),
}


def standing_of(rule: MerchandisingRule, now: datetime) -> str:
    """A key of STANDING."""
    if not rule.is_active:
        return "off"
    if rule.ends_at is not None and rule.ends_at <= now:
        return "over"
    return "waits" if rule.starts_at is not None and rule.starts_at > now else "holds"


def standing_query(standing: str, now: datetime) -> Q:
    """The same of many: those of which it is so."""
    return ASKED[standing](Q(ends_at__isnull=False, ends_at__lte=now), Q(starts_at__isnull=False, starts_at__gt=now))


ASKED: Mapping[str, Callable[[Q, Q], Q]] = {
    "holds": lambda over, waits: Q(is_active=True) & ~over & ~waits,
    "waits": lambda over, waits: Q(is_active=True) & waits & ~over,
    "over": lambda over, waits: Q(is_active=True) & over,
    "off": lambda over, waits: Q(is_active=False),
}
"""Key of STANDING -> its condition, of those for being over and for waiting."""
