"""Where a row comes from: real, simulated, or real with some simulated columns."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Provenance(models.Model):
    """Marks what the demo made up, so that nobody takes it for data of the real shop.

    `simulated` says that the whole row was made up; `simulated_fields` names the columns that were, in a row that is real.
    """

    simulated = models.BooleanField(_("simulated"), default=False)
    simulated_fields = models.JSONField(_("simulated columns"), default=list, blank=True)

    class Meta:
        abstract = True
