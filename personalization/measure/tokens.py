"""What a page calls a shown list by: short, signed, and telling nobody anything."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

_SHAPE = re.compile(r"[\w-]{38}", re.ASCII)
_NAME = 22
"""Characters of the id; those of the signature follow."""


def token_of(uid: UUID) -> str:
    """38 characters that may stand in an attribute or an address."""
    name = urlsafe_b64encode(uid.bytes).decode().rstrip("=")
    return name + _signature(name)


def uid_of(token: str) -> UUID | None:
    """The id that the token was made of; None of one that was not made here."""
    if not _SHAPE.fullmatch(token):
        return None
    name, signature = token[:_NAME], token[_NAME:]
    if not constant_time_compare(signature, _signature(name)):
        return None
    return UUID(bytes=urlsafe_b64decode(f"{name}=="))


def _signature(name: str) -> str:
    digest = salted_hmac("personalization.shown", name, algorithm="sha256").digest()
    return urlsafe_b64encode(digest[:12]).decode()
