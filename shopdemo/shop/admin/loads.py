"""What the demo loaded, to be read only: deleting a row would load the data twice."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from shopdemo.shop.models import DataLoad


@admin.register(DataLoad)
class DataLoadAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The finished steps and their counts."""

    list_display = ("name", "weeks", "last_at", "finished_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds one by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: DataLoad | None = None) -> bool:
        """Nobody changes one by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: DataLoad | None = None) -> bool:
        """Nobody deletes one by hand."""
        return False
