"""Numbers as an owner reads them."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _

NOT_KNOWN = "-"
"""Stands where there is no figure, as Django's admin has it."""


def count_text(count: int) -> str:
    """A count with the language's grouping: 1,234 in English."""
    return number_format(count, use_l10n=True, force_grouping=True)


def share_text(share: float) -> str:
    """A share (0 to 1) in per cent with one decimal."""
    return _("%(percent)s%%") % {"percent": number_format(round(100 * share, 1), decimal_pos=1, use_l10n=True)}
