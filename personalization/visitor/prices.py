"""What a price comes to in another currency, to show and never to charge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language, to_locale

from personalization.visitor.person import harmless
from segmentation.sources.rates import shown_rate

HOUR = 3600
TWO_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Price:
    """A price of the shop, and what it is about in the currency that somebody wants to see; `about` is "" without one."""

    charged: str
    currency: str
    about: str = ""


def price_in(amount: Decimal, currency: str, wanted: str, now: datetime) -> Price:
    """Written as the language of the page writes it. Without a rate, the shop's own price alone."""
    charged = written(amount, currency)
    if wanted == currency:
        return Price(charged, currency)
    rates = [_shown_rate(code, now.toordinal(), int(now.timestamp()) // HOUR) for code in (currency, wanted)]
    if rates[0] is None or rates[1] is None:
        return Price(charged, currency)
    return Price(charged, currency, _with_code(amount / rates[0] * rates[1], wanted))


def written(amount: Decimal, currency: str) -> str:
    """An amount of the shop's currency, with its sign where Babel knows it."""
    try:
        from babel.numbers import format_currency  # noqa: PLC0415  comes with the extra "place"
    except ImportError:
        return _with_code(amount, currency)
    return str(format_currency(amount, currency, locale=to_locale(get_language() or "en")))


def _with_code(amount: Decimal, currency: str) -> str:
    """With the code, which no two currencies share: "$" is a dozen of them."""
    digits = _digits(currency)
    rounded = amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{number_format(rounded, digits, use_l10n=True, force_grouping=True)} {currency}"


def _digits(currency: str) -> int:
    try:
        from babel.numbers import get_currency_precision  # noqa: PLC0415
    except ImportError:
        return TWO_DIGITS
    return int(get_currency_precision(currency))


@lru_cache(maxsize=512)
def _shown_rate(currency: str, day: int, hour: int) -> Decimal | None:
    """Asked once an hour and process: `hour` is there so that a rate that was loaded meanwhile is seen."""
    with harmless():
        rate = shown_rate(currency, datetime.fromordinal(day).date())
    return None if rate is None else Decimal(rate.numerator) / Decimal(rate.denominator)
