"""What the demo has put into the database, so that it does so once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DataLoad(models.Model):
    """One finished step of filling the shop; its row is written in the same transaction as the data.

    `weeks` is how far the dates were moved, `last_at` the moved moment of the data's last invoice, `counts` what was
    read, written and dropped.
    """

    name = models.CharField(_("name"), max_length=40, unique=True)
    weeks = models.IntegerField(_("weeks moved"))
    last_at = models.DateTimeField(_("last moment"))
    counts = models.JSONField(_("counts"), default=dict)
    finished_at = models.DateTimeField(_("finished at"))

    class Meta:
        verbose_name = _("data load")
        verbose_name_plural = _("data loads")

    def __str__(self) -> str:
        return self.name
