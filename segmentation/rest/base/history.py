"""What was changed, in the history that the admin shows of the thing; a shop without Django's admin has none."""

from __future__ import annotations

import json
from copy import copy
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework.request import Request

from segmentation.models import ApiToken

if TYPE_CHECKING:
    from rest_framework.viewsets import GenericViewSet as Base
else:
    Base = object

ADDITION, CHANGE, DELETION = 1, 2, 3
"""As `django.contrib.admin.models` has them."""

Message = str | list[Any]


def note(request: Request, thing: Any, flag: int, message: Message = "") -> None:
    """An entry of whoever asked, and by which token; `message` is a text, or what the admin makes one of."""
    if not apps.is_installed("django.contrib.admin"):
        return
    from django.contrib.admin.models import LogEntry  # noqa: PLC0415

    if isinstance(request.auth, ApiToken):
        said = message if isinstance(message, str) else LogEntry(change_message=json.dumps(message)).get_change_message()
        by = _("By the API token “%(name)s”.") % {"name": request.auth.name}
        message = f"{said} {by}".strip()
    who: Any = request.user.pk
    LogEntry.objects.log_actions(who, [thing], flag, message, single_object=True)


def added() -> Message:
    """What the admin says of what was made."""
    return [{"added": {}}]


def changed(thing: Any, names: list[str]) -> Message:
    """What the admin says of what was changed, in the language of the code: the history translates it for whoever reads."""
    return [{"changed": {"fields": [_label(thing, name) for name in names]}}]


class Noted(Base):  # type: ignore[type-arg]
    """Writes down what DRF's mixins make, which fields they change, and what they delete, as the admin does."""

    def perform_create(self, serializer: Any) -> None:
        """Made."""
        note(self.request, serializer.save(), ADDITION, added())

    def perform_update(self, serializer: Any) -> None:
        """Changed, unless it says what it said."""
        before = serializer.to_representation(serializer.instance)
        thing = serializer.save()
        vars(thing).pop("_prefetched_objects_cache", None)
        after = serializer.to_representation(thing)
        names = [name for name in after if after[name] != before[name] and not serializer.fields[name].read_only]
        if names:
            note(self.request, thing, CHANGE, changed(thing, names))

    def perform_destroy(self, thing: Any) -> None:
        """Deleted: the entry outlives it."""
        gone = copy(thing)
        thing.delete()
        note(self.request, gone, DELETION)


def _label(thing: Any, name: str) -> str:
    try:
        with translation.override(None):
            label = str(thing._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        label = name.replace("_", " ")
    return label[:1].upper() + label[1:]
