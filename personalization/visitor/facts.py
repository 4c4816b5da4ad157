"""Facts that are worked out when they are first asked for, and that never raise."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any, TypeVar

from django.core.exceptions import SynchronousOnlyOperation

logger = logging.getLogger(__name__)

Value = TypeVar("Value")


def fact(default: Callable[[], Value]) -> Callable[[Callable[[Any], Value]], cached_property[Value]]:
    """A cached property whose failure is logged and gives the default.

    What an async view asked for too early is not known for certain: its name is kept in `unsure`, and `aload` asks again.
    """

    def wrap(method: Callable[[Any], Value]) -> cached_property[Value]:
        @wraps(method)
        def ask(self: Any) -> Value:
            try:
                return method(self)
            except SynchronousOnlyOperation:
                self.unsure.add(method.__name__)
                logger.warning("visitor.%s asks the database: `await request.visitor.aload()` first", method.__name__)
            except Exception:
                logger.exception("visitor.%s is unknown", method.__name__)
            return default()

        return cached_property(ask)

    return wrap
