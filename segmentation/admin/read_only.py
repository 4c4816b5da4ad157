"""Lists that are looked at and never edited, of any length."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import RelatedFieldListFilter
from django.http import HttpRequest


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that only flows write: nobody adds, changes or deletes them here, whatever their permissions."""

    actions = None
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


class ChosenFilter(RelatedFieldListFilter):
    """Names the row that a link filtered by, with a way back to all; never lists the others, who may be a million."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        """The chosen row alone."""
        chosen = [value for value in self.lookup_val or () if str(value).isdecimal()]
        return list(field.get_choices(include_blank=False, limit_choices_to={"pk": chosen[-1]})) if chosen else []

    def has_output(self) -> bool:
        """Shown only while it filters."""
        return bool(self.lookup_choices)
