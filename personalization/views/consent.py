"""The consent page: what each purpose means, what was said, and saying something else."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_safe

from personalization.conf import conf
from personalization.views.back import way_back
from personalization.visitor import purposes, visits
from personalization.visitor.banners import consent_question_on
from personalization.visitor.consent import answer, words
from personalization.visitor.notice import notice_text
from personalization.visitor.person import current_profile
from personalization.visitor.who import Visitor
from segmentation.models import Profile
from segmentation.profiles import consents

logger = logging.getLogger(__name__)

ANSWERS = {"yes": True, "no": False}


@method_decorator([never_cache, csrf_protect], name="dispatch")
class ConsentView(View):
    """GET shows, POST changes. A withdrawal takes the same one button as a yes."""

    def get(self, request: HttpRequest, *, failed: bool = False) -> HttpResponse:
        """The page."""
        visitor: Visitor = request.visitor  # type: ignore[attr-defined]
        profile = current_profile(visitor.key) if visitor.key else None
        context = {
            "base": conf.base_template,
            "notice": notice_text(),
            "purposes": list(_shown(visitor)),
            "receipts": list(_receipts(profile)) if profile is not None else [],
            "refused_by_browser": visitor.refused_by_browser,
            "is_saved": "saved" in request.GET and not failed,
            "is_failed": failed,
        }
        return render(request, "personalization/consent.html", context, status=503 if failed else 200)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Every purpose that was answered."""
        visitor: Visitor = request.visitor  # type: ignore[attr-defined]
        back = way_back(request, f"{reverse('personalization:consent')}?saved")
        said = _said(request.POST, purposes.asked(bool(visitor.customer)))
        if not said:
            return HttpResponseRedirect(back)
        try:
            answer(visitor, said, method="banner" if "answer" in request.POST else "page", source=urlsplit(back).path)
        except Exception:
            logger.exception("a consent could not be written down")
            return self.get(request, failed=True)
        visits.here(visitor, QueryDict(urlsplit(back).query), request.POST.get("came_from", ""))
        return HttpResponseRedirect(back)


@never_cache
@require_safe
def banner(request: HttpRequest) -> HttpResponse:
    """The banner alone, for a page that caches keep; 204 where there is nothing to ask."""
    visitor: Visitor = request.visitor  # type: ignore[attr-defined]
    question = consent_question_on(visitor, request.GET.get("next", ""), request.GET.get("came_from", ""))
    return render(request, "personalization/consent_banner.html", question) if question else HttpResponse(status=204)


@never_cache
@require_safe
def receipts(request: HttpRequest) -> HttpResponse:
    """All that this person ever said, to take away."""
    key = request.visitor.key  # type: ignore[attr-defined]
    profile = current_profile(key) if key else None
    said = consents.receipts(profile) if profile is not None else []
    response = JsonResponse({"receipts": said})
    response["Content-Disposition"] = 'attachment; filename="consent.json"'
    return response


def _receipts(profile: Profile) -> Iterator[dict[str, Any]]:
    """As the page shows them, the latest first."""
    for receipt in reversed(consents.receipts(profile)):
        at, purpose = datetime.fromisoformat(str(receipt["at"])), str(receipt["purpose"])
        yield {"at": at, "title": purposes.title(purpose), "granted": receipt["granted"]}


def _said(form: Mapping[str, str], asked: tuple[str, ...]) -> dict[str, bool]:
    """Purpose -> word: one answer to all, or one to each; nothing of what was not asked."""
    named = {purpose: form.get("answer", form.get(f"purpose-{purpose}", "")) for purpose in asked}
    return {purpose: ANSWERS[said] for purpose, said in named.items() if said in ANSWERS}


def _shown(visitor: Visitor) -> Iterator[dict[str, Any]]:
    """What the page says of each purpose."""
    for purpose, word in words(visitor).items():
        yield {"name": purpose, "title": purposes.title(purpose), "meaning": purposes.meaning(purpose), "word": word}
