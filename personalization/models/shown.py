"""What was recommended to whom, and what they looked at because of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from personalization.models.recommender import RecommenderVersion


class ShownList(models.Model):
    """One list on one page. `person` is the profile key of somebody who may be followed, else "".

    `products` are ids in their order, `propensities` how likely each was to stand where it stood, `size` how many they are.
    """

    uid = models.UUIDField(_("id"), default=uuid.uuid4, unique=True, editable=False)
    shop = models.CharField(_("shop"), max_length=64, default="default", editable=False)
    at = models.DateTimeField(_("at"))
    strategy = models.CharField(_("strategy"), max_length=40)
    slot = models.CharField(_("slot"), max_length=80, blank=True)
    version = models.ForeignKey(RecommenderVersion, models.SET_NULL, null=True, related_name="+", verbose_name=_("version"))
    person = models.CharField(_("person"), max_length=255, blank=True)
    products = models.JSONField(_("products"), default=list)
    propensities = models.JSONField(_("propensities"), default=list)
    size = models.PositiveSmallIntegerField(pgettext_lazy("list", "size"), default=0)

    class Meta:
        verbose_name = _("shown list")
        verbose_name_plural = _("shown lists")
        indexes = [models.Index(fields=["shop", "at"], name="regulars_shown_at")]

    def __str__(self) -> str:
        return str(self.uid)


class Click(models.Model):
    """Somebody opened a product of a shown list, or put it into the cart; once for each place."""

    shown = models.ForeignKey(ShownList, models.CASCADE, related_name="clicks", verbose_name=_("shown list"))
    position = models.PositiveSmallIntegerField(pgettext_lazy("in a list", "place"))
    product_id = models.CharField(_("product"), max_length=240)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("click")
        verbose_name_plural = _("clicks")
        constraints = [models.UniqueConstraint(fields=["shown", "position"], name="regulars_click_once")]

    def __str__(self) -> str:
        return f"{self.shown_id}: {self.position}"
