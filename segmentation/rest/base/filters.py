"""Filters of lists: what django-filter declares, and what is wrong is said of the parameter it stands in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters import Filter
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema_field
from rest_framework.request import Request

from segmentation.rest.base.pages import CURSOR, ORDER, PAGE_SIZE
from segmentation.rest.base.problems import Fault, dashed, wrong_address


class YesNoField(forms.Field):
    """`true` or `false`: what is neither is no filter that was left out."""

    def to_python(self, value: Any) -> bool | None:
        """Raises ValidationError for what is neither."""
        if value in (None, ""):
            return None
        if value not in YES_NO:
            raise ValidationError(_("This is neither true nor false."), "invalid")
        return YES_NO[value]


YES_NO = {"true": True, "false": False}


@extend_schema_field({"type": "boolean"})
class YesNoFilter(Filter):  # type: ignore[misc]
    """Compares what is so or not."""

    field_class = YesNoField


PAGING = (CURSOR, PAGE_SIZE, ORDER)


class Filters(DjangoFilterBackend):  # type: ignore[misc]
    """By `filterset_class` or `filterset_fields` of the view. Raises Failed (400) with the name of each parameter that cannot be,
    or that a list does not know."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """The rows that are asked for."""
        filters = self.get_filterset(request, queryset, view)
        if filters is None:
            return queryset
        if getattr(view, "action", None) == "list":
            # A misspelled filter must not be answered with everything.
            _refuse_unknown(request, {*filters.filters, *PAGING})
        if not filters.is_valid():
            faults = tuple(
                Fault("", str(message), dashed(error.code), name)
                for name, errors in filters.errors.as_data().items()
                for error in errors
                for message in error.messages
            )
            raise wrong_address(faults)
        found: QuerySet[Any] = filters.qs
        return found


def _refuse_unknown(request: Request, known: set[str]) -> None:
    faults = tuple(
        Fault("", _("There is no such parameter."), "unknown", name) for name in request.query_params if name not in known
    )
    if faults:
        raise wrong_address(faults)
