"""What the owner wants recommended, or not: pins, boosts and exclusions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import date
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personalization.admin.charts import STYLES
from personalization.admin.links import page
from personalization.admin.merchandising_form import MerchandisingForm
from personalization.admin.ways import PREVIEW, ways
from personalization.conf import conf
from personalization.models import MerchandisingRule
from personalization.recommend.serving.preview import name_of
from personalization.recommend.serving.standing import STANDING, standing_of, standing_query
from personalization.recommend.shelf import shelf
from segmentation.admin.figures import NOT_KNOWN

Action, Kind = MerchandisingRule.Action, MerchandisingRule.Kind


class StandingFilter(admin.SimpleListFilter):
    """By whether it does anything now."""

    title = gettext_lazy("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        """All of them."""
        return list(STANDING.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the chosen one."""
        value = self.value() or ""
        return queryset.filter(standing_query(value, timezone.now())) if value in STANDING else queryset


class StrategyFilter(admin.SimpleListFilter):
    """By strategy, of those that rules name."""

    title = gettext_lazy("strategy")
    parameter_name = "strategy"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        """By name; one query."""
        named = MerchandisingRule.objects.filter(shop=conf.shop).exclude(strategy="").order_by("strategy")
        return [(slug, name_of(slug)) for slug in named.values_list("strategy", flat=True).distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the chosen one, and those of all strategies."""
        return queryset.filter(strategy__in=["", self.value()]) if self.value() else queryset


@admin.register(MerchandisingRule)
class MerchandisingRuleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The shop's rules. Saving one changes what pages recommend at once."""

    form = MerchandisingForm
    list_display = ("what_shown", "action", "strategy_shown", "where_shown", "how_shown", "when_shown", "standing")
    list_display_links = ("what_shown",)
    list_filter = (StandingFilter, "action", StrategyFilter)
    search_fields = ("value", "on_product")
    actions = ("switch_on", "switch_off")
    show_facets = admin.ShowFacets.NEVER

    class Media:
        css = {"all": STYLES}

    fieldsets = [
        (None, {"fields": ("action", "kind", "value", "position", "factor")}),
        (gettext_lazy("Where"), {"fields": ("strategy", "on_product")}),
        (gettext_lazy("When"), {"fields": ("starts_at", "ends_at", "is_active")}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[MerchandisingRule]:
        """The shop's own."""
        rows: QuerySet[MerchandisingRule] = super().get_queryset(request)
        return rows.filter(shop=conf.shop)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """With the ways to the other pages; the titles of all products of the page are read at once."""
        extra = {"title": _("Pins, boosts and exclusions"), "ways": ways(request, "merchandisingrule_changelist")}
        response = super().changelist_view(request, {**extra, **(extra_context or {})})
        changes = (getattr(response, "context_data", None) or {}).get("cl")
        if changes is not None:
            rules = list(changes.result_list)
            named = [*(rule.value for rule in rules if rule.kind == Kind.PRODUCT), *(rule.on_product for rule in rules)]
            shelf.products(filter(None, named))
        return response

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        """With the way to what it does."""
        rule = kwargs.get("obj")
        if rule is not None and request.user.has_perm(PREVIEW):
            context["preview_url"] = _preview_of(rule)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.action(description=gettext_lazy("Switch on"), permissions=["change"])
    def switch_on(self, request: HttpRequest, rules: QuerySet[MerchandisingRule]) -> None:
        """Those chosen hold, as far as their dates let them."""
        self._switch(request, rules, is_active=True)

    @admin.action(description=gettext_lazy("Switch off"), permissions=["change"])
    def switch_off(self, request: HttpRequest, rules: QuerySet[MerchandisingRule]) -> None:
        """Those chosen do nothing."""
        self._switch(request, rules, is_active=False)

    def _switch(self, request: HttpRequest, rules: QuerySet[MerchandisingRule], *, is_active: bool) -> None:
        # One by one: whoever remembers rules hears of each that is saved.
        for rule in rules.exclude(is_active=is_active):
            rule.is_active = is_active
            rule.save(update_fields=["is_active"])
            self.log_change(request, rule, _("Switched on.") if is_active else _("Switched off."))

    @admin.display(description=gettext_lazy("which"), ordering="value")
    def what_shown(self, rule: MerchandisingRule) -> str:
        """By title."""
        return title_of(rule.value) if rule.kind == Kind.PRODUCT else f"{rule.get_kind_display()}: {rule.value}"

    @admin.display(description=gettext_lazy("strategy"), ordering="strategy")
    def strategy_shown(self, rule: MerchandisingRule) -> str:
        """By name."""
        return name_of(rule.strategy) if rule.strategy else _("all")

    @admin.display(description=gettext_lazy("on the page of"), ordering="on_product")
    def where_shown(self, rule: MerchandisingRule) -> str:
        """By title."""
        return title_of(rule.on_product) if rule.on_product else NOT_KNOWN

    @admin.display(description=gettext_lazy("how"))
    def how_shown(self, rule: MerchandisingRule) -> str:
        """The place of a pin, the factor of a boost."""
        if rule.action == Action.PIN:
            return _("place %(place)s") % {"place": rule.position}
        return f"\u00d7 {rule.factor.normalize():f}" if rule.action == Action.BOOST else NOT_KNOWN

    @admin.display(description=gettext_lazy("when"), ordering="starts_at")
    def when_shown(self, rule: MerchandisingRule) -> str:
        """Its days."""
        ends = ((_("from %(day)s"), rule.starts_at), (_("until %(day)s"), rule.ends_at))
        return " ".join(said % {"day": date(localtime(end), "DATE_FORMAT")} for said, end in ends if end) or _("always")

    @admin.display(description=gettext_lazy("standing"))
    def standing(self, rule: MerchandisingRule) -> str:
        """Whether it does anything now."""
        name = standing_of(rule, timezone.now())
        return format_html('<span class="regulars-{}">{}</span>', name, STANDING[name])


def title_of(product: str) -> str:
    """The title, and the id where the shop does not have it any more."""
    found = shelf.products([product])
    return found[0].title if found else _("%(product)s (not in the shop)") % {"product": product}


def _preview_of(rule: MerchandisingRule) -> str:
    asked = {"strategy": rule.strategy or "for_you", "products": rule.on_product}
    return page("preview_recommendations", **{name: value for name, value in asked.items() if value})
