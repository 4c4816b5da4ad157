"""Slots as data: what `{% slot %}` shows the same visitor."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from personalization.content.at_hand import AtHand
from personalization.content.structured import Structured, structured
from personalization.models import Slot
from personalization.rest.front.at_hand import AtHandSerializer, at_hand_of
from personalization.rest.front.products import EXAMPLE, ShownProductSerializer, said_of_product
from personalization.rest.front.subject import visitor_of
from personalization.rest.front.views import FrontView
from segmentation.rest.base.queries import asked
from segmentation.rest.base.schema import described

MOST_SLOTS = 20

HERO = {
    "slug": "home-hero",
    "kind": "banner",
    "size": "l",
    "variant": "regulars",
    "heading": "Good to see you, Alice",
    "text": "New lanterns are in.",
    "link": {"url": "/products/?sort=new", "text": "See them"},
    "image": {"url": "/art/scene/summer.svg", "alt": ""},
    "html": None,
    "products": [EXAMPLE],
    "shown": "q1Z1y0OZSxW6Rz3c1kM2Nw0123456789abcdef",
    "why": "/personalization/why/home-hero/",
    "popup": None,
}


class LinkSerializer(serializers.Serializer[Any]):
    """Where the content leads."""

    url = serializers.CharField(help_text="Relative to the shop's own address, unless it is whole.")
    text = serializers.CharField()


class ImageSerializer(serializers.Serializer[Any]):
    """A picture."""

    url = serializers.CharField(help_text="Relative to the shop's own address, unless it is whole.")
    alt = serializers.CharField(allow_blank=True)


class PopupSerializer(serializers.Serializer[Any]):
    """When a pop-up is to open; the front keeps count."""

    delay = serializers.IntegerField(help_text="Seconds after which it opens.")
    scroll = serializers.IntegerField(help_text="Or percent of the page that were scrolled, whichever comes first.")
    times = serializers.IntegerField(help_text="No more often than so many times")
    days = serializers.IntegerField(help_text="within so many days.")


class ShownSlotSerializer(serializers.Serializer[Any]):
    """What to show. All of it is null or empty where there is nothing to show."""

    slug = serializers.CharField()
    kind = serializers.ChoiceField(Slot.Kind.choices, help_text="Of a `page` the variant alone counts: the front takes it on.")
    size = serializers.ChoiceField(Slot.Size.choices, help_text="How much room to keep for it.")
    variant = serializers.CharField(allow_null=True, help_text="Slug of the variant; null for the default, and for nothing.")
    heading = serializers.CharField(allow_null=True)
    text = serializers.CharField(allow_null=True, help_text="Plain text; a line feed is a line feed.")
    link = LinkSerializer(allow_null=True)
    image = ImageSerializer(allow_null=True)
    html = serializers.CharField(
        allow_null=True, help_text="Of a content that is written as a template: sanitised HTML, in place of all the above."
    )
    products = ShownProductSerializer(many=True)
    shown = serializers.CharField(
        allow_null=True, help_text="Token of the recommended list: clicks on its products are told by it."
    )
    why = serializers.CharField(allow_null=True, help_text="Address of the shop's page that says why; of personal content.")
    popup = PopupSerializer(allow_null=True, help_text="Of a pop-up: when it opens.")


class ShownSlotsSerializer(serializers.Serializer[Any]):
    """Those that were asked for and are there, in the order asked for."""

    slots = ShownSlotSerializer(many=True)


class AskedSerializer(AtHandSerializer):
    """Several at once: no product is recommended twice in them."""

    slug = serializers.ListField(child=serializers.SlugField(max_length=80), min_length=1, max_length=MOST_SLOTS)


class SlotView(FrontView):
    """One slot."""

    may_be_public = True

    @described(
        operation_id="slots_show",
        summary="What a slot shows the visitor",
        description="The same that the shop's own pages show them there, whatever the slot's mode.",
        parameters=[AtHandSerializer],
        responses=ShownSlotSerializer,
        examples=[OpenApiExample("A banner for regulars", HERO, response_only=True)],
        tags=["front"],
    )
    def get(self, request: Request, slug: str) -> Response:
        """It. 404 where no active slot has that slug."""
        visitor = visitor_of(request)
        found = structured(slug, visitor, _asked(request, AtHandSerializer)[1])
        if found is None:
            raise Http404
        return Response(said_of_slot(found, is_public=not visitor.is_personal))


class SlotsView(FrontView):
    """Several slots in one call."""

    may_be_public = True

    @described(
        operation_id="slots_several",
        summary="What several slots show the visitor",
        description="In one call, as a page asks for them. A slug that no active slot has is left out.",
        parameters=[AskedSerializer],
        responses=ShownSlotsSerializer,
        examples=[OpenApiExample("A banner", {"slots": [HERO]}, response_only=True)],
        tags=["front"],
    )
    def get(self, request: Request) -> Response:
        """They."""
        visitor = visitor_of(request)
        sent, at = _asked(request, AskedSerializer)
        found = [structured(slug, visitor, at) for slug in dict.fromkeys(sent["slug"])]
        said = [said_of_slot(each, is_public=not visitor.is_personal) for each in found if each is not None]
        return Response({"slots": said})


def _asked(request: Request, serializer: type[AtHandSerializer]) -> tuple[dict[str, Any], AtHand]:
    sent = asked(request, serializer)
    return sent, at_hand_of(sent, visitor_of(request).now, request._request)


def said_of_slot(found: Structured, *, is_public: bool) -> dict[str, Any]:
    """As JSON says it. What many are given has no token: how often it is shown, nobody knows."""
    slot, variant, shown = found.slot, found.variant, found.shown
    link, image = shown.get("link"), shown.get("image")
    return {
        "slug": slot.slug,
        "kind": slot.kind,
        "size": slot.size,
        "variant": variant.slug if variant is not None and not variant.is_default else None,
        "heading": shown.get("heading") or None,
        "text": shown.get("text") or None,
        "link": {"url": link, "text": shown.get("link_text") or link} if link else None,
        "image": {"url": image, "alt": shown.get("image_alt", "")} if image else None,
        "html": shown.get("html") or None,
        "products": [said_of_product(each) for each in shown.get("products", ())],
        "shown": None if is_public else shown.get("token") or None,
        "why": shown.get("why") or None,
        "popup": _popup(found),
    }


def _popup(found: Structured) -> dict[str, int] | None:
    manners = found.slot.manners
    if found.slot.kind != Slot.Kind.POPUP:
        return None
    return {"delay": manners.delay, "scroll": manners.scroll, "times": manners.times, "days": manners.days}
