"""A customer as whom staff look: named by the profile's key."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from personalization.conf import conf
from segmentation.profiles.identity import find_person


class ProfileKey(serializers.CharField):
    """Becomes the profile that has the key, or whom its owner turned out to be; an empty one is nobody."""

    def __init__(self, **said: Any) -> None:
        super().__init__(**{"required": False, "allow_blank": True, "max_length": 255, **said})

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The profile, found by what is right as a text; None for nobody."""
        key = super().run_validation(data)
        person = find_person(key, conf.shop) if ":" in key else None
        if key and person is None:
            raise serializers.ValidationError(_("No profile has this key."), code="unknown")
        return person
