"""Facts that are worked out when they are first asked for, and that never raise."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any, TypeVar, cast

from django.core.exceptions import SynchronousOnlyOperation

logger = logging.getLogger(__name__)

Value = TypeVar("Value")


def fact(default: Callable[[], object]) -> Callable[[Callable[[Any], Value]], cached_property[Value]]:
    """A cached property whose failure is logged and gives the default.

    Where an async view asked too early, nothing is certain any more (`is_unsure`), and `aload` finds all of it out anew.
    """

    def wrap(method: Callable[[Any], Value]) -> cached_property[Value]:
        @wraps(method)
        def ask(self: Any) -> Value:
            try:
                return method(self)
            except SynchronousOnlyOperation:
                self.is_unsure = True
                logger.warning("visitor.%s asks the database: `await request.visitor.aload()` first", method.__name__)
            except Exception:
                logger.exception("visitor.%s is unknown", method.__name__)
            return cast(Value, default())

        return cached_property(ask)

    return wrap
