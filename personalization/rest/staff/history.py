"""What was done, in the history that the admin shows of the thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.core.exceptions import FieldDoesNotExist
from django.utils import translation
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.viewsets import GenericViewSet as Base
else:
    Base = object


def note(request: Request, thing: Any, flag: int, message: str | list[Any] = "") -> None:
    """An entry of whoever asked; `flag` is ADDITION, CHANGE or DELETION of `django.contrib.admin.models`."""
    who: Any = request.user.pk
    LogEntry.objects.log_actions(who, [thing], flag, message, single_object=True)


class Noted(Base):  # type: ignore[type-arg]
    """Writes down what was made, which fields were changed, and what was deleted, as the admin does."""

    def perform_create(self, serializer: Any) -> None:
        """Made."""
        note(self.request, serializer.save(), ADDITION, [{"added": {}}])

    def perform_update(self, serializer: Any) -> None:
        """Changed, unless it says what it said."""
        before = serializer.to_representation(serializer.instance)
        thing = serializer.save()
        vars(thing).pop("_prefetched_objects_cache", None)
        after = serializer.to_representation(thing)
        fields = [name for name in after if after[name] != before[name] and not serializer.fields[name].read_only]
        if fields:
            note(self.request, thing, CHANGE, [{"changed": {"fields": [_label(thing, name) for name in fields]}}])

    def perform_destroy(self, thing: Any) -> None:
        """Deleted: the entry outlives it."""
        note(self.request, thing, DELETION)
        thing.delete()


def _label(thing: Any, name: str) -> str:
    """In the language of the code: the history translates it for whoever reads."""
    try:
        with translation.override(None):
            label = str(thing._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        label = name.replace("_", " ")
    return label[:1].upper() + label[1:]
