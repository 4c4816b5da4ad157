"""What visitors and customers do on the storefront, as we record it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Activity(models.Model):
    """Somebody did something. Written once; whose it is follows the visitor's profile, wherever that is merged into.

    A text that is not known is "". `uid` is whoever recorded it's own name for the deed, so that a second delivery is none.
    """

    shop = models.CharField(_("shop"), max_length=64, default="default")
    uid = models.CharField(_("uid"), max_length=64)
    kind = models.CharField(_("kind"), max_length=32)
    at = models.DateTimeField(_("at"))
    customer = models.CharField(_("customer id"), max_length=240, blank=True)
    visitor = models.CharField(_("visitor"), max_length=64, blank=True)
    product_id = models.CharField(_("product id"), max_length=240, blank=True)
    category = models.CharField(_("category"), max_length=255, blank=True)
    query = models.CharField(_("search words"), max_length=200, blank=True)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True, blank=True)
    hour = models.PositiveSmallIntegerField(_("hour"), null=True, blank=True, help_text=_("0 to 23, where the visitor was."))
    country = models.CharField(_("country"), max_length=2, blank=True)
    language = models.CharField(_("language"), max_length=16, blank=True)
    device = models.CharField(_("device"), max_length=16, blank=True)
    channel = models.CharField(_("channel"), max_length=16, blank=True)
    referrer = models.CharField(_("referrer"), max_length=255, blank=True, help_text=_("The host alone."))
    utm_source = models.CharField(_("UTM source"), max_length=200, blank=True)
    utm_medium = models.CharField(_("UTM medium"), max_length=200, blank=True)
    utm_campaign = models.CharField(_("UTM campaign"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activity")
        constraints = [models.UniqueConstraint(fields=["shop", "uid"], name="regulars_activity_once")]
        indexes = [
            models.Index(fields=["customer"], name="regulars_activity_customer"),
            models.Index(fields=["visitor"], name="regulars_activity_visitor"),
            models.Index(fields=["at"], name="regulars_activity_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.product_id or self.category}".strip()
