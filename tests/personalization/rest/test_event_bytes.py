"""Whatever is sent, the collector answers it, and never by a fault of its own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from personalization.collecting.event import FIELDS, KINDS
from tests.personalization.rest.test_events import EVENTS, agreed

__all__ = ["agreed"]

pytestmark = pytest.mark.django_db

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
TEXTS = st.text(st.characters(), max_size=30) | st.sampled_from(["\0", "\ud800", "'; --", "0", "9" * 300])
MOMENTS = st.datetimes().map(lambda at: f"{at.isoformat()}Z") | st.sampled_from(["0001-01-01T00:00:00+14:00", "now", ""])
EVENTS_OF_A_SORT = st.fixed_dictionaries(
    {"id": st.from_regex(r"[a-z0-9]{8,12}", fullmatch=True) | TEXTS, "kind": st.sampled_from([*KINDS, "order", "x"]) | TEXTS},
    optional=dict.fromkeys(FIELDS, TEXTS | ANYTHING) | {"at": MOMENTS, "value": st.floats() | st.decimals().map(str)},
)
BATCHES = st.fixed_dictionaries(
    {"events": st.lists(EVENTS_OF_A_SORT | ANYTHING, max_size=4)}, optional={"sent_at": MOMENTS | ANYTHING}
)
BODIES = st.binary(max_size=200) | (BATCHES | ANYTHING).map(lambda said: json.dumps(said).encode())


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(body=BODIES, media=st.sampled_from(["text/plain", "application/json", "text/plain; charset=utf-16"]))
def test_no_body_is_our_fault(agreed: Client, personalize: Any, body: bytes, media: str) -> None:
    personalize(EVENTS_RATE=10**9, EVENTS_NETWORK_RATE=10**9)
    response = agreed.generic("POST", EVENTS, body, content_type=media, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code in ((202, 400, 415) if not body else (202, 400))
    said = response.json()
    if response.status_code == 202:
        sent = len(json.loads(body)["events"])
        assert said["accepted"] + said["repeated"] + len(said["failed"]) == sent
