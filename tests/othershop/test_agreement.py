"""Random rules mean over this shop's database what the specification says they mean over its plain rows."""

from __future__ import annotations

import os
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segmentation.engine.local import answer_everyone, answer_few
from segmentation.engine.shop import active_shop
from segmentation.models import Profile
from segmentation.profiles import sync
from segmentation.profiles.scores import write_scores
from segmentation.rules import load
from segmentation.store import People
from tests.oracle import truth
from tests.oracle.strategies import definitions, moments
from tests.othershop.cast import CAST, DUQUE, NOW, keys
from tests.othershop.world import BASE_CURRENCY, KINDS, oracle

EXAMPLES = int(os.environ.get("AGREEMENT_EXAMPLES", "60"))
"""`AGREEMENT_EXAMPLES=5000 pytest tests/othershop/test_agreement.py` searches longer."""

# Each example only reads the database, so that all of them may share it.
thorough = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
brief = settings(thorough, max_examples=min(EXAMPLES, 200))

RATES = {"EUR": [(date(2026, 5, 22), Decimal("1.25"))]}
SCORES = {"clv": dict(zip(sorted(keys("Ana", "Caro", DUQUE)), map(Decimal, ("120.25", "-1.5", "120.25")), strict=True))}
SHOP = oracle(CAST, RATES, SCORES)
Case = tuple[dict[str, Any], datetime]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """(definition, now): a rule with values near those of the shop and of the moment."""
    now = draw(moments(SHOP))
    return draw(definitions(KINDS, BASE_CURRENCY, SHOP, now)), now


@pytest.fixture
def people(clients: Any, configure: Any) -> People:
    """Everybody whom the shop knows, the rates, and what a model wrote."""
    configure(RATES={"EUR": dict(RATES["EUR"])}, PROFILING_CONSENT="none")
    sync(now=NOW)
    write_scores("clv", SCORES["clv"], at=NOW)
    return People.these(Profile.objects.all())


@thorough
@given(case=cases())
def test_of_everyone(people: People, case: Case) -> None:
    definition, now = case
    answers = answer_everyone(active_shop(), {"": load(definition)}, people, now)
    assert {key: answers.truths[""].of(index) for key, index in numbered(people).items()} == {
        person["key"]: truth(definition, SHOP, person["key"], now) for person in SHOP.people
    }


@brief
@given(case=cases())
def test_of_a_few(people: People, case: Case) -> None:
    """Each alone, read by her own keys. A ranking is cut off over everyone, so that rules with one have no answer here."""
    definition, now = case
    for profile in Profile.objects.all():
        alone = People.these([profile])
        answers = answer_few(active_shop(), {"": load(definition)}, alone, now)
        assert [found.of(0) for found in answers.truths.values()] in ([], [truth(definition, SHOP, profile.key, now)])


def numbered(people: People) -> dict[str, int]:
    """Profile key -> place."""
    keys = dict(Profile.objects.values_list("pk", "key"))
    return {keys[profile]: place for place, profile in enumerate(people.profiles.tolist())}
