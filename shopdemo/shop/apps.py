"""The Django app of the shop."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _


class ShopConfig(AppConfig):
    """Registers the shop's models under the label `shop`."""

    name = "shopdemo.shop"
    label = "shop"
    verbose_name = _("Shop")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to log-ins."""
        from shopdemo.shop.receivers import pour_cart  # noqa: PLC0415 - models exist only now

        user_logged_in.connect(pour_cart, dispatch_uid="shop.pour_cart")
