"""What was done, in the history that the admin shows of the thing."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.models import LogEntry
from rest_framework.request import Request


def note(request: Request, thing: Any, flag: int, message: str | list[Any]) -> None:
    """An entry of whoever asked; `flag` is ADDITION, CHANGE or DELETION of `django.contrib.admin.models`."""
    who: Any = request.user.pk
    LogEntry.objects.log_actions(who, [thing], flag, message, single_object=True)
