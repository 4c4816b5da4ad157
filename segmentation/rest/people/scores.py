"""`profiles/{key}/scores/`: the numbers that models have of somebody."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin

from segmentation.conf import conf
from segmentation.models import Profile, Score
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import StrictModel
from segmentation.rest.people.examples import SCORES
from segmentation.rest.people.parameters import KEY
from segmentation.rest.people.person import PersonViewSet
from segmentation.rest.people.rights import VIEW_PROFILE, VIEW_SCORE


class ScoreSerializer(StrictModel):
    """A number of one person; rules ask it as `score.<name>`."""

    name = serializers.CharField(source="kind.name", read_only=True, help_text="As rules write it behind `score.`.")
    label = serializers.CharField(source="kind.label", read_only=True)  # type: ignore[assignment]
    about = serializers.CharField(
        source="kind.about", read_only=True, help_text="What it is the score of, such as a product's id."
    )

    class Meta:
        model = Score
        fields = ["name", "label", "about", "value", "confidence", "at"]
        read_only_fields = fields


class ScoreViewSet(ListModelMixin, PersonViewSet):
    """Scores of one person."""

    rights = {"list": (VIEW_PROFILE, VIEW_SCORE)}
    serializer_class = ScoreSerializer
    queryset = Score.objects.none()  # for the schema
    ordering = ("kind__name", "pk")

    def get_queryset(self) -> QuerySet[Score]:
        """By name; of whom rules may not ask scores nothing is shown either."""
        scores = Score.objects.filter(profile=self.profile).select_related("kind")
        return scores if may_be_asked(self.profile) else scores.none()

    @described(
        operation_id="profiles_scores_list",
        summary="A person's scores",
        description=(
            "By name. Where the setting PROFILING_CONSENT asks for consent to profiling, those who did not agree have none to "
            "show. Needs the permissions `view_profile` and `view_score`."
        ),
        parameters=[KEY],
        examples=[SCORES],
    )
    def list(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """A page."""
        return super().list(request, *args, **kwargs)


def may_be_asked(profile: Profile) -> bool:
    """Whether the person agreed to profiling, where the settings ask for it."""
    return conf.profiling_consent == "none" or profile.profiling is True
