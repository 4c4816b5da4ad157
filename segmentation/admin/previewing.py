"""What a rule would take in, shown on its form before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from segmentation import membership
from segmentation.admin.figures import count_text, share_text
from segmentation.errors import RegularsError
from segmentation.rules import Rule


@dataclass(frozen=True, slots=True)
class PreviewBox:
    """What the box shows; `failure` stands alone where the shop could not be asked."""

    count: str = ""
    share: str = ""
    sentence: str = ""
    warnings: Sequence[str] = ()
    failure: str = ""


def preview_box(rule: Rule, slug: str = "", *, may_see_restricted: bool = False) -> PreviewBox:
    """Ask the rule of everyone, writing nothing."""
    try:
        seen = membership.preview(rule, slug=slug, now=timezone.now(), may_see_restricted=may_see_restricted)
    except RegularsError as error:
        return PreviewBox(failure=_("The shop cannot be asked: %(problem)s") % {"problem": error})
    count = ngettext("%(count)s person is in", "%(count)s people are in", seen.count) % {"count": count_text(seen.count)}
    return PreviewBox(count, share_text(seen.share), seen.sentence, seen.warnings)
