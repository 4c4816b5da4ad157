"""Fields that several of these resources have."""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from personalization.conf import conf
from personalization.content.drafts import PRODUCT_ID, REGION
from personalization.visitor.countries import COUNTRIES
from segmentation.membership.moments import moment_called
from segmentation.rest.base.moments import NO_MOMENT

EARLIEST = 1973
"""Before that some zone had an offset with seconds, which JSON's times cannot write."""

MOST_SEVERAL = 300
"""Values in a list of a target: all countries fit."""


class OneOf(serializers.CharField):
    """A code that is known; which are depends on the shop's settings, or there are too many for a schema to list."""

    default_error_messages = {"unknown": _("“%(code)s” is not known here.")}

    def __init__(self, known: Callable[[], Container[str]], **said: Any) -> None:
        super().__init__(**{"max_length": 40, **said})
        self.known = known

    def to_internal_value(self, data: Any) -> str:
        """The code."""
        code = super().to_internal_value(data)
        if code and code not in self.known():
            raise serializers.ValidationError(str(self.error_messages["unknown"]) % {"code": code[:40]}, code="unknown")
        return code


class Several(serializers.ListField):
    """Values of a list, each once, in the order in which they were sent."""

    def __init__(self, **said: Any) -> None:
        super().__init__(**{"required": False, "max_length": MOST_SEVERAL, **said})

    def to_internal_value(self, data: Any) -> list[Any]:
        """Each once."""
        return list(dict.fromkeys(super().to_internal_value(data)))


class Moment(serializers.DateTimeField):
    """A time in ISO 8601, or a date, which is its midnight in the shop; of a year that no database or zone stumbles over."""

    default_error_messages = {"invalid": NO_MOMENT}

    def to_internal_value(self, value: Any) -> datetime:
        """Aware."""
        found = moment_called(value) if isinstance(value, str) else None
        if found is None or found.year < EARLIEST:
            self.fail("invalid")
        return found


def country(**said: Any) -> OneOf:
    """ISO 3166-1 alpha-2."""
    return OneOf(lambda: COUNTRIES, **{"max_length": 2, **said})


def language(**said: Any) -> OneOf:
    """A code of Django's LANGUAGES."""
    return OneOf(lambda: conf.spoken, **{"max_length": 12, **said})


def region(**said: Any) -> serializers.RegexField:
    """ISO 3166-2."""
    return serializers.RegexField(f"^{REGION}$", **{"max_length": 6, **said})


def product(**said: Any) -> serializers.RegexField:
    """A product's id; whether the shop has it is another question."""
    return serializers.RegexField(f"^{PRODUCT_ID}$", **{"max_length": 100, **said})


def products(**said: Any) -> Several:
    """Ids of products."""
    return Several(child=product(), **{"max_length": 100, **said})
