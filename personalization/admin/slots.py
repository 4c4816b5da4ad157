"""Slots with their variants, what shows where, and previews."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from personalization.admin.links import page
from personalization.admin.preview import preview_view
from personalization.admin.slot_form import SlotForm
from personalization.admin.variants import PREVIEW
from personalization.conf import conf
from personalization.content.loading import load
from personalization.content.overview import overview
from personalization.models import Slot, Variant
from segmentation.models import Segment


@admin.register(Slot)
class SlotAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The shop's slots."""

    form = SlotForm
    list_display = ("name", "slug", "kind", "mode", "is_active", "live_shown")
    list_filter = ("kind", "mode", "is_active")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}

    class Media:
        css = {"all": ["regulars_personalization/admin.css"]}

    fieldsets = [
        (None, {"fields": ("name", "slug", "description", "kind", "mode", "size", "is_active")}),
        (
            _("Pop-up"),
            {"fields": ("popup_delay", "popup_scroll", "popup_times", "popup_days"), "classes": ["collapse"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Slot]:
        """The shop's own, with the number of their live variants."""
        rows: QuerySet[Slot] = super().get_queryset(request)
        live = Count("variants", filter=Q(variants__state=Variant.State.LIVE))
        return rows.filter(shop=conf.shop).annotate(live=live)

    def get_urls(self) -> list[Any]:
        """With what shows where, and the preview."""
        own: list[URLPattern] = [
            path("where/", self.admin_site.admin_view(self.where), name="regulars_personalization_slot_where"),
            path("<int:pk>/preview/", self.admin_site.admin_view(self.preview), name="regulars_personalization_slot_preview"),
        ]
        return [*own, *super().get_urls()]

    @admin.display(description=_("live variants"), ordering="live")
    def live_shown(self, slot: Any) -> int:
        """How many may be shown, the default among them."""
        return int(slot.live)

    def where(self, request: HttpRequest) -> HttpResponse:
        """Every active slot with its live variants, targets in words, schedules and warnings."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        segments = {segment.slug: segment for segment in Segment.objects.filter(shop=conf.shop).defer("definition")}
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("What shows where"),
            "media": self.media,
            "rows": overview(load(conf.shop), segments, timezone.now()),
            "may_preview": request.user.has_perm(PREVIEW),
        }
        return TemplateResponse(request, "admin/regulars_personalization/slot/where.html", context)

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The slot as somebody sees it."""
        return preview_view(self, request, pk)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        """With its variants."""
        slot = kwargs.get("obj")
        if slot:
            context |= {
                "variants": [(each, page("variant_change", each.pk)) for each in slot.variants.all()],
                "add_url": page("variant_add", slot=slot.pk),
                "preview_url": page("slot_preview", slot.pk) if request.user.has_perm(PREVIEW) else "",
            }
        return super().render_change_form(request, context, *args, **kwargs)
