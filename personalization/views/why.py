"""Why a block of a page shows what it shows, and the way to switch that off."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from personalization.conf import conf
from personalization.content.caching import page_slots
from personalization.content.why import reasons_for


@never_cache
@require_safe
def why(request: HttpRequest, slot: str) -> HttpResponse:
    """The reasons for what the slot shows whoever asks, this moment. 404 for a slot that there is none of."""
    visitor = request.visitor  # type: ignore[attr-defined]
    page = page_slots(request)
    reasons = reasons_for(slot, visitor, timezone.now(), page.chosen if page is not None else frozenset())
    if reasons is None:
        raise Http404
    context = {"base": conf.base_template, "reasons": reasons, "word": visitor.word}
    return render(request, "personalization/why.html", context)
