"""What a visitor agreed to: the words, what each purpose means, and saying something else."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from personalization.conf import conf
from personalization.rest.front.examples import CONSENT
from personalization.rest.front.pages import FrontPageSerializer, Page
from personalization.rest.front.subject import visitor_of
from personalization.rest.front.views import FrontView
from personalization.visitor import purposes, visits
from personalization.visitor.consent import answer, may_ask, words
from personalization.visitor.notice import notice_text
from segmentation.rest.base.problems import Failed
from segmentation.rest.base.schema import described

if TYPE_CHECKING:
    from personalization.visitor.who import Visitor

logger = logging.getLogger(__name__)

METHOD = "front"
"""How the receipt says that it was said."""


class AskedPurposeSerializer(serializers.Serializer[Any]):
    """Something that the shop asks to be agreed to."""

    name = serializers.CharField()
    title = serializers.CharField(help_text="In the language of the answer.")
    meaning = serializers.CharField(help_text="What agreeing comes to, to be shown to whoever is asked.")
    word = serializers.BooleanField(allow_null=True, help_text="Null is no word.")


class NoticeSerializer(serializers.Serializer[Any]):
    """What whoever is asked is to be told."""

    version = serializers.CharField()
    text = serializers.CharField()


class VisitorConsentSerializer(serializers.Serializer[Any]):
    """What was said, and what there is to say."""

    needs_consent = serializers.BooleanField(help_text="Whether the shop has a question: show the notice and the purposes.")
    refused_by_browser = serializers.BooleanField(help_text="Whether the browser asks not to be followed (GPC or DNT).")
    notice = NoticeSerializer()
    purposes = AskedPurposeSerializer(many=True)


class ConsentWordsSerializer(FrontPageSerializer):
    """Yes or no to each purpose that is named, and on which page it was said."""

    words = serializers.DictField(
        child=serializers.BooleanField(), help_text="Purpose -> true or false. What is not named stays."
    )

    def validate_words(self, said: dict[str, bool]) -> dict[str, bool]:
        """Of purposes that the shop asks of whoever this is, and no "yes" for a true."""
        asked, given = self.context["asked"], self.initial_data["words"]
        wrong = {name: [ErrorDetail(_("This is not asked of whoever this is."), "unknown")] for name in said if name not in asked}
        types = {name: [ErrorDetail(_("This is of another type."), "type")] for name in said if not isinstance(given[name], bool)}
        if wrong or types:
            raise ValidationError(types | wrong)
        if not said:
            raise ValidationError(_("Name at least one purpose."), "empty")
        return said


class ConsentView(FrontView):
    """GET shows, PUT says."""

    @described(
        operation_id="consent_show",
        summary="What the visitor agreed to",
        description="With the texts to show to whoever is asked, in the language of the answer.",
        responses=VisitorConsentSerializer,
        examples=[OpenApiExample("Nothing said yet", CONSENT, response_only=True)],
        tags=["front"],
    )
    def get(self, request: Request) -> Response:
        """The words."""
        return Response(said_of_consent(visitor_of(request)))

    @described(
        operation_id="consent_say",
        summary="Say yes or no",
        description=(
            "Writes a receipt for each word. A no takes effect at once and clears what their browser kept; "
            "a yes begins a visit, where `page` says which page they look at. 503 where a yes cannot be written down."
        ),
        request=ConsentWordsSerializer,
        responses=VisitorConsentSerializer,
        examples=[
            OpenApiExample("Yes", {"words": {"profiling": True}, "page": "/?utm_source=letter"}, request_only=True),
            OpenApiExample("No, and forget me here", {"words": {"profiling": False}}, request_only=True),
            OpenApiExample("Nothing said yet", CONSENT, response_only=True),
        ],
        tags=["front"],
    )
    def put(self, request: Request) -> Response:
        """Each word that was said."""
        visitor = visitor_of(request)
        sent = ConsentWordsSerializer(data=request.data, context={"asked": purposes.asked(bool(visitor.customer))})
        sent.is_valid(raise_exception=True)
        page = Page.of(sent.validated_data)
        try:
            answer(visitor, sent.validated_data["words"], method=METHOD, source=page.path)
        except Exception as error:
            logger.exception("a consent could not be written down")
            raise Failed(503, "not-written", _("Your yes could not be written down; nothing was changed.")) from error
        visits.here(visitor, page.query, page.came_from)
        return Response(said_of_consent(visitor))


def said_of_consent(visitor: Visitor) -> dict[str, Any]:
    """As JSON says it."""
    return {
        "needs_consent": may_ask(visitor),
        "refused_by_browser": visitor.refused_by_browser,
        "notice": {"version": conf.notice_version, "text": notice_text()},
        "purposes": [
            {"name": name, "title": purposes.title(name), "meaning": purposes.meaning(name), "word": word}
            for name, word in words(visitor).items()
        ],
    }
