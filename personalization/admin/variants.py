"""Variants: what a slot shows, and to whom."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from personalization.admin.links import page
from personalization.admin.variant_form import VariantForm, with_languages, word_fields
from personalization.conf import conf
from personalization.content.drafts import other_languages
from personalization.content.tokens import TOKENS
from personalization.models import Slot, Variant


@admin.register(Variant)
class VariantAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Saving a live variant shows it at once."""

    form = VariantForm
    list_display = ("name", "slot", "state", "priority", "is_default", "starts_at", "ends_at")
    list_filter = ("state", "slot")
    list_select_related = ("slot",)
    search_fields = ("name", "slug", "slot__name")
    prepopulated_fields = {"slug": ("name",)}
    save_on_top = True

    class Media:
        css = {"all": ["regulars_personalization/admin.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Variant]:
        """The shop's own."""
        rows: QuerySet[Variant] = super().get_queryset(request)
        return rows.filter(slot__shop=conf.shop)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """With the words in the site's other languages."""
        return super().get_form(request, obj, change, **{"form": with_languages(VariantForm), **kwargs})

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Of the slots, the shop's own."""
        if db_field.name == "slot":
            kwargs["queryset"] = Slot.objects.filter(shop=conf.shop)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What it is, to whom, when, what it says; other languages are folded."""
        folded = {"classes": ["collapse"]}
        if not self.has_change_permission(request, obj):  # a page to look at shows columns, not form fields
            return [
                (None, {"fields": [field.name for field in Variant._meta.fields if field.editable and not field.primary_key]})
            ]
        return [
            (None, {"fields": ("slot", "name", "slug", "state", "priority", "is_default")}),
            (_("To whom: segments"), {"fields": ("any_segments", "all_segments", "no_segments")}),
            (_("To whom: visitors"), {"fields": ("kinds", "devices", "languages")}),
            (_("Where"), {"fields": ("countries", "regions")}),
            (_("When"), {"fields": ("starts_at", "ends_at", "weekdays", "hours_from", "hours_to", "seasons", "holidays")}),
            (_("What"), {"fields": ("body", "heading", "text", "link", "link_text", "image", "image_alt", "products", "liquid")}),
            (_("Recommendations"), {"fields": ("strategy", "limit")}),
            *((conf.spoken[language], {"fields": word_fields(language), **folded}) for language in other_languages()),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        """With the tokens, and the way to the slot and its preview."""
        variant = kwargs.get("obj")
        slot = variant.slot if variant else None
        extra = {
            "tokens": list(TOKENS.values()),
            "slot": slot,
            "slot_url": page("slot_change", slot.pk) if slot else "",
            "preview_url": page("slot_preview", slot.pk) if slot and request.user.has_perm(PREVIEW) else "",
        }
        return super().render_change_form(request, context | extra, *args, **kwargs)


PREVIEW = "regulars_personalization.preview_slot"
"""Who has this permission may see slots as any customer."""
