"""`profiles/{key}/consents/`: what somebody agreed to, and a word taken down for them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers, status
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from segmentation.membership.story import consents_of
from segmentation.models import Consent, Purpose
from segmentation.profiles.consents import MERGE, UNDO, Notice, say, word
from segmentation.rest.base.history import ADDITION, added, note
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import Strict, StrictModel
from segmentation.rest.people.examples import CONSENT, CONSENTS, WORD
from segmentation.rest.people.parameters import KEY
from segmentation.rest.people.person import PersonViewSet
from segmentation.rest.people.rights import ADD_CONSENT, VIEW_PROFILE

MOST_CHARACTERS = 100_000
"""Of a notice; its digest is kept, not the text."""


class ConsentSerializer(StrictModel):
    """A receipt."""

    granted = serializers.SerializerMethodField(help_text="Null where a word that a merge had brought was taken back with it.")

    class Meta:
        model = Consent
        fields = ["purpose", "granted", "at", "method", "source", "notice_version", "notice_hash", "language"]
        read_only_fields = fields

    def get_granted(self, receipt: Consent) -> bool | None:
        """Yes or no."""
        return word(receipt)


class SaidSerializer(Strict):
    """A yes or no as somebody of the staff took it down."""

    purpose = serializers.ChoiceField(choices=Purpose.choices)
    granted = serializers.BooleanField(help_text="Or withdrawn.")
    method = serializers.CharField(max_length=32, help_text="How it was said, such as phone, letter or import.")
    source = serializers.CharField(  # type: ignore[assignment]
        max_length=200, required=False, allow_blank=True, help_text="Where it was said."
    )
    notice_version = serializers.CharField(max_length=32, required=False, allow_blank=True)
    notice_text = serializers.CharField(
        max_length=MOST_CHARACTERS, required=False, allow_blank=True, help_text="What they were told; its SHA-256 is kept."
    )
    language = serializers.CharField(max_length=16, required=False, allow_blank=True, help_text="Of the notice.")

    def validate_method(self, method: str) -> str:
        """None of the words that say what merges did."""
        if method in (MERGE, UNDO):
            raise serializers.ValidationError(_("This word is for merges."))
        return method


class ConsentViewSet(ListModelMixin, PersonViewSet):
    """Receipts of one person."""

    rights = {"list": (VIEW_PROFILE,), "create": (VIEW_PROFILE, ADD_CONSENT)}
    serializer_class = ConsentSerializer
    queryset = Consent.objects.none()  # for the schema
    ordering = ("-pk",)

    def get_queryset(self) -> QuerySet[Consent]:
        """The profile's own."""
        return consents_of(self.profile)

    @described(
        operation_id="profiles_consents_list",
        summary="What a person agreed to",
        description="Receipts, the latest first; the last on a purpose counts. Needs the permission `view_profile`.",
        parameters=[KEY],
        examples=[CONSENTS],
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page."""
        return super().list(request, *args, **kwargs)

    @described(
        operation_id="profiles_consents_create",
        summary="Take down a person's word",
        description=(
            "A yes or no that somebody gave by other ways than the storefront. It is the word of whoever the profile turned out "
            "to be, dated now, and followed at once. Needs the permissions `view_profile` and `add_consent`."
        ),
        parameters=[KEY],
        request=SaidSerializer,
        responses={201: ConsentSerializer},
        examples=[WORD, CONSENT],
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A receipt, which nobody changes."""
        profile = self.profile
        taken = SaidSerializer(data=request.data)
        taken.is_valid(raise_exception=True)
        said = taken.validated_data
        notice = Notice(said.get("notice_version", ""), said.get("notice_text", ""), said.get("language", ""))
        receipt = say(
            profile,
            said["purpose"],
            said["granted"],
            now=timezone.now(),
            method=said["method"],
            source=said.get("source", ""),
            notice=notice,
        )
        note(request, receipt, ADDITION, added())
        return Response(self.get_serializer(receipt).data, status=status.HTTP_201_CREATED)
