"""Where a ranking of people is cut off, on one day of the shop."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RankCutoff(models.Model):
    """The cut-offs of one ranking as of a day's midnight: a function of the data and the day, worked out once.

    `ranking` is a digest of what is asked. Limits are fractions ("12345/1") in scaled units; "" lets the whole base in.
    """

    shop = models.CharField(_("shop"), max_length=64, default="default")
    ranking = models.CharField(_("ranking"), max_length=64)
    day = models.DateField(_("day"))
    population = models.PositiveIntegerField(_("people ranked"))
    limit = models.CharField(_("cut-off"), max_length=100, blank=True)
    leave_at = models.CharField(_("cut-off of those who stay"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("rank cut-off")
        verbose_name_plural = _("rank cut-offs")
        constraints = [models.UniqueConstraint(fields=["shop", "ranking", "day"], name="regulars_cutoff_once")]

    def __str__(self) -> str:
        return f"{self.ranking[:8]} on {self.day}"
