"""Orders and refunds in the admin."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from shopdemo.shop.models import Address, Order, OrderLine, Refund
from shopdemo.shop.totals import set_total_from_lines


class OrderLineInline(admin.TabularInline):  # type: ignore[type-arg]
    """The lines, on the order's page."""

    model = OrderLine
    extra = 0
    raw_id_fields = ("product",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrderLine]:
        """With their products, whose names stand beside the ids."""
        return super().get_queryset(request).select_related("product")


class AddressInline(admin.StackedInline):  # type: ignore[type-arg]
    """Where it goes, on the order's page."""

    model = Address
    extra = 0


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Orders; saving one changes no total (an action does, when asked)."""

    list_display = ("number", "user", "email", "placed_at", "status", "total", "currency", "country")
    list_filter = ("status", "country", "placed_at")
    list_select_related = ("user",)
    search_fields = ("number", "email", "user__email")
    raw_id_fields = ("user",)
    date_hierarchy = "placed_at"
    ordering = ("-placed_at", "-pk")
    show_full_result_count = False
    inlines = (OrderLineInline, AddressInline)
    actions = ("total_from_lines",)

    @admin.action(description=_("Set the total to the sum of the lines"))
    def total_from_lines(self, request: HttpRequest, orders: QuerySet[Order]) -> None:
        """Set the total of each chosen order, by saving it, so that whoever listens hears."""
        changed = sum(set_total_from_lines(order) for order in orders)
        text = ngettext("%(count)d total changed.", "%(count)d totals changed.", changed) % {"count": changed}
        self.message_user(request, text, messages.SUCCESS)


@admin.register(Refund)
class RefundAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Refunds, of users and guests, with or without an order."""

    list_display = ("number", "user", "email", "order", "at", "amount", "currency")
    list_select_related = ("user", "order")
    search_fields = ("number", "email", "user__email")
    raw_id_fields = ("user", "order")
    date_hierarchy = "at"
    ordering = ("-at", "-pk")
    show_full_result_count = False
