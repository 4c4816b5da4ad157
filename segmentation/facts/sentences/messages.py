"""A message as a type: a lazy text that takes its words by `%` and is then a text in the active language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Message
else:
    from django.utils.functional import Promise as Message

__all__ = ["Message"]
