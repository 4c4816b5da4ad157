"""What is wrong with what was sent, on its way to the pointers of a problem."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rest_framework.exceptions import ErrorDetail, ValidationError

from personalization.content.drafts import Flaw
from segmentation.rest.base.problems import Failed, Fault


def taken(said: str) -> Failed:
    """The problem of a slug that another has."""
    return Failed(409, "conflict", said, (Fault("/slug", said, "unique"),))


def refuse(flaws: Iterable[Flaw], code: str = "invalid") -> None:
    """Raises ValidationError if there are any; those of a translation point into it: `/translations/fr/liquid`."""
    wrong: dict[str, Any] = {}
    for flaw in flaws:
        place = wrong.setdefault("translations", {}).setdefault(flaw.language, {}) if flaw.language else wrong
        place.setdefault(flaw.field, []).append(ErrorDetail(flaw.said, code))
    if wrong:
        raise ValidationError(wrong)
