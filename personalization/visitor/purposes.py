"""What visitors are asked to agree to, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from personalization.conf import conf
from personalization.visitor import choice
from segmentation.models import Purpose

MEANINGS: Mapping[str, Promise] = {
    Purpose.PROFILING: _(
        "We remember which pages and products you look at, to show you content and products that fit you. "
        "Without it you see the same as everybody else."
    ),
    Purpose.NEWSLETTER: _("We write to your e-mail address about products and offers."),
    Purpose.OPEN_TRACKING: _("We see whether and when you open the e-mails that we send you."),
    Purpose.SMS: _("We send you text messages about products and offers."),
    Purpose.PERSONAL_PRICES: _("Some of the offers and prices that you see may be made for you alone."),
}
"""What each purpose comes to for whoever agrees."""

NEEDS_ACCOUNT = frozenset({Purpose.NEWSLETTER, Purpose.OPEN_TRACKING, Purpose.SMS})
"""What means nothing for somebody of whom no address is known."""


def asked(is_member: bool) -> tuple[str, ...]:
    """The purposes that the shop asks of somebody with or without an account."""
    return tuple(
        purpose for purpose in conf.purposes if purpose in Purpose.values and (is_member or purpose not in NEEDS_ACCOUNT)
    )


def title(purpose: str) -> str:
    """The name of a purpose, in the language of the page."""
    return str(Purpose(purpose).label)


def meaning(purpose: str) -> str:
    """What agreeing to it comes to."""
    return str(MEANINGS[Purpose(purpose)])


def may_ask(words: Mapping[str, bool], answered: str, word: bool | None) -> bool:
    """Whether the banner has a question: of somebody who said nothing, or who agreed to another notice than today's.

    A no is taken for an answer, whichever the notice was, and so is a browser's.
    """
    if choice.PROFILING in words:
        return conf.asks_consent and word is True and answered != conf.notice_version
    return conf.asks_consent and word is None
