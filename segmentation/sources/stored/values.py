"""Single values as they are pushed, made fit to be stored."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from segmentation.models.imported import DIGITS, PLACES

_LAST_PLACE = Decimal(1).scaleb(-PLACES)
_KEPT = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN)

_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_UNFIT = re.compile(r"[\x00\ud800-\udfff]")
"""Characters that a database cannot keep: NUL, and halves of characters that a wrong decoding leaves behind."""


class Wrong(ValueError):
    """A value that cannot be; the message says what is wrong with it."""


def read_text(value: object) -> str:
    """A text, trimmed; keys may be whole numbers. Raises Wrong."""
    if type(value) is int:
        return str(value)
    if not isinstance(value, str):
        raise Wrong(_("is no text"))
    if _UNFIT.search(value):
        raise Wrong(_("holds characters that cannot be read"))
    return value.strip()


def read_decimal(value: object) -> Decimal:
    """A number out of a whole number, a Decimal or its text, to as many decimals as we keep. Raises Wrong.

    A float is refused: nobody knows which decimal was meant.
    """
    if isinstance(value, float):
        raise Wrong(_("is a float; write it as text, such as “19.90”"))
    if isinstance(value, str) and _DECIMAL.fullmatch(value.strip()):
        value = Decimal(value.strip())
    if type(value) is int:
        value = Decimal(value)
    if not isinstance(value, Decimal) or not value.is_finite():
        raise Wrong(_("is no decimal number, such as “19.90”"))
    try:
        return value.quantize(_LAST_PLACE, context=_KEPT)
    except InvalidOperation as error:
        raise Wrong(_("has more than %(digits)d digits before the point") % {"digits": DIGITS - PLACES}) from error


def read_boolean(value: object) -> bool:
    """True or False and nothing else. Raises Wrong."""
    if not isinstance(value, bool):
        raise Wrong(_("is neither true nor false"))
    return value


def read_date(value: object) -> date:
    """A date, or its ISO 8601 text. Raises Wrong."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str):
            return date.fromisoformat(value.strip())
    except ValueError:
        pass
    raise Wrong(_("is no date, such as “2026-05-31”"))


def read_time(value: object) -> datetime:
    """An aware time, or its ISO 8601 text with an offset. Raises Wrong."""
    try:
        moment = datetime.fromisoformat(value.strip()) if isinstance(value, str) else value
    except ValueError:
        moment = None
    if not isinstance(moment, datetime):
        raise Wrong(_("is no time in ISO 8601, such as “2026-05-31T17:09:34+02:00”"))
    if moment.utcoffset() is None:
        raise Wrong(_("has no offset: say in which zone it is"))
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise Wrong(_("lies beyond the years that can be kept")) from error


def read_currency(value: object) -> str:
    """A code of ISO 4217. Raises Wrong."""
    code = read_text(value).upper()
    if not _CURRENCY.fullmatch(code):
        raise Wrong(_("is no currency of three letters, such as “EUR”"))
    return code


def read_email(value: object) -> str:
    """An address; whatever is none would make one guest of many. Raises Wrong."""
    address = read_text(value)
    if not _EMAIL.fullmatch(address):
        raise Wrong(_("is no e-mail address"))
    return address


def read_positive(value: object) -> Decimal:
    """An amount that is not negative. Raises Wrong."""
    amount = read_decimal(value)
    if amount < 0:
        raise Wrong(_("is negative"))
    return amount


def read_extra(value: object) -> dict[str, Any]:
    """An object of JSON, as it comes back from the database. Raises Wrong."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise Wrong(_("is no object of columns"))
    try:
        text = json.dumps(value, allow_nan=False, ensure_ascii=False, default=_plain)
    except (TypeError, ValueError, RecursionError) as error:
        raise Wrong(_("holds what has no place in JSON: %(error)s") % {"error": error}) from error
    if _UNFIT.search(text) or "\\u0000" in text:
        raise Wrong(_("holds characters that cannot be read"))
    plain: dict[str, Any] = json.loads(text)
    return plain


def _plain(value: object) -> float:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value).__name__)
