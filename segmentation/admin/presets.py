"""The page of ready-made segments: what each is for, and a button that adds it to the shop's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import router, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from segmentation.admin.links import page
from segmentation.admin.refreshing import refresh_on_commit
from segmentation.conf import conf
from segmentation.engine.shop import Shop, active_shop
from segmentation.errors import RegularsError
from segmentation.facts.sentences import sentence
from segmentation.models import Segment
from segmentation.presets import FAMILIES, Parameter, Preset, add, lacks, preset_called
from segmentation.rules import parse

NOT_SET = "…"
"""Stands in names and sentences for what the owner has still to say."""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter to be filled in."""

    parameter: Parameter
    id: str
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """A preset: `address` leads to the segment where there is one, `lacks` says why the shop cannot have it."""

    preset: Preset
    name: str
    sentence: str
    lacks: str
    address: str
    fields: tuple[Field, ...]


def presets_view(segments: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """All presets by family; a POST with the slug of one, and with its values, adds it."""
    if not segments.has_add_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        try:
            _add(segments, request)
        except RegularsError as error:
            messages.error(request, str(error))
        else:
            return HttpResponseRedirect(page("segment_presets"))
    context = {
        **segments.admin_site.each_context(request),
        "opts": segments.opts,
        "title": _("Ready-made segments"),
        "media": segments.media,
        **_listed(request.POST),
    }
    return TemplateResponse(request, "admin/regulars_segmentation/segment/presets.html", context)


def _add(segments: ModelAdmin[Any], request: HttpRequest) -> None:
    preset = preset_called(request.POST.get("preset", ""))
    values = {one.name: request.POST[one.name].strip() for one in preset.parameters if one.name in request.POST}
    with transaction.atomic(using=router.db_for_write(Segment)):
        segment = add(preset, values=values, by=request.user, now=timezone.now())
        segments.log_addition(request, segment, [{"added": {}}])
        messages.success(request, _("“%(segment)s” was added.") % {"segment": segment.name})
        refresh_on_commit(request, [segment.slug])


def _listed(posted: Mapping[str, str]) -> dict[str, Any]:
    try:
        shop = active_shop()
    except RegularsError as error:
        return {"failure": _("The shop cannot be asked: %(problem)s") % {"problem": error}}
    present = dict(Segment.objects.filter(shop=conf.shop).values_list("slug", "pk"))
    return {"families": [(family.label, list(_rows(family.presets, shop, present, posted))) for family in FAMILIES.values()]}


def _rows(presets: tuple[Preset, ...], shop: Shop, present: Mapping[str, int], posted: Mapping[str, str]) -> Iterator[Row]:
    for preset in presets:
        shown = dict.fromkeys(preset.unset(), NOT_SET)
        why = lacks(preset, shop)
        yield Row(
            preset,
            preset.name_for(shown),
            preset.text(shown) if why else sentence(parse(preset.text(shown)), shop.catalogue),
            why,
            page("segment_change", present[preset.slug]) if preset.slug in present else "",
            tuple(_fields(preset, posted if posted.get("preset") == preset.slug else {})),
        )


def _fields(preset: Preset, posted: Mapping[str, str]) -> Iterator[Field]:
    for parameter in preset.parameters:
        value = posted.get(parameter.name, parameter.default or "")
        yield Field(parameter, f"id_{preset.slug}_{parameter.name}", value)
