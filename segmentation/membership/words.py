"""What an owner may say of one person in one segment, and what the person's history says of it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from segmentation.models import Segment


class Word(TextChoices):
    """What can be said."""

    RULE = "rule", _("The rule decides")
    INCLUDE = "include", _("Always in, whatever the rule says")
    EXCLUDE = "exclude", _("Never in, whatever the rule says")


def history_text(segment: Segment, word: Word, reason: str = "") -> str:
    """For the history of whoever it was said of."""
    return gettext("%(segment)s: %(word)s. %(reason)s") % {"segment": segment.slug, "word": word.label, "reason": reason}
