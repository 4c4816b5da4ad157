"""What sets of choices are called in the OpenAPI document."""

from __future__ import annotations

from personalization.content.names import DEVICES, KINDS, SEASONS
from personalization.models import Evaluation, MerchandisingRule, RecommenderVersion, Slot, Variant
from personalization.recommend.serving.house import RULES
from personalization.recommend.serving.standing import STANDING
from personalization.recommend.strategies.base import Why
from personalization.recommend.strategies.registry import STRATEGIES
from segmentation.rest.base.schema import name_enums

name_enums(
    SlotKind=Slot.Kind.choices,
    SlotMode=Slot.Mode.choices,
    SlotSize=Slot.Size.choices,
    VariantState=Variant.State.choices,
    VariantBody=Variant.Body.choices,
    RecommenderState=RecommenderVersion.State.choices,
    EvaluationState=Evaluation.State.choices,
    MerchandisingAction=MerchandisingRule.Action.choices,
    MerchandisingKind=MerchandisingRule.Kind.choices,
    MerchandisingStanding=list(STANDING),
    HouseRule=list(RULES),
    RecommendedWhy=[why.value for why in Why],
    Strategy=list(STRATEGIES),
    Season=list(SEASONS),
    DeviceKind=list(DEVICES),
    VisitorKind=list(KINDS),
)
