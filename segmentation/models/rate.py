"""What currencies were worth in one another."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

DIGITS = 15
"""Digits of a rate that every database gives back as they were; SQLite keeps no more."""

PLACES = 12
"""Decimals of a rate."""

CODE_LENGTH = 8


class Rate(models.Model):
    """From this day until the next one, one `base` was worth `rate` `quote`: as traders write it, EUR/USD 1.0873.

    The European Central Bank gives the worth of one euro in each currency, a shop that of each currency in its own. Both are
    kept as they were given; `segmentation.sources.rates_stored` makes of them what a currency was worth in another.
    """

    base = models.CharField(_("one unit of"), max_length=CODE_LENGTH)
    quote = models.CharField(_("is worth so many units of"), max_length=CODE_LENGTH)
    day = models.DateField(_("from"))
    rate = models.DecimalField(_("rate"), max_digits=DIGITS + PLACES, decimal_places=PLACES)

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        constraints = [
            models.UniqueConstraint(fields=["base", "quote", "day"], name="regulars_rate_once"),
            models.CheckConstraint(condition=models.Q(rate__gt=0), name="regulars_rate_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.base}/{self.quote} {self.rate.normalize():f} from {self.day}"
