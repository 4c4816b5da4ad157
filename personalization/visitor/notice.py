"""The words that somebody agrees to. Which they were is kept with the answer."""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.translation import get_language

from personalization.conf import conf
from personalization.visitor.purposes import meaning, title
from segmentation.profiles.consents import Notice

TEMPLATE = "personalization/notice.txt"
"""A shop that says it in other words has a template of that name before ours, and a NOTICE_VERSION of its own."""


def notice_text() -> str:
    """The words of the banner."""
    return render_to_string(TEMPLATE).strip()


def notice_for(purposes: Sequence[str]) -> Notice:
    """All that is shown to whoever is asked for these purposes, in the language of the page."""
    meanings = [f"{title(purpose)}: {meaning(purpose)}" for purpose in purposes]
    return Notice(conf.notice_version, "\n\n".join([notice_text(), *meanings]), get_language() or "")
