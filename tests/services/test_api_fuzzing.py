"""Every operation of the OpenAPI document is asked what it allows and what it does not.

No answer is a fault of ours, and each is one that the document knows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS

from segmentation.membership import define
from segmentation.rest.base.keys import issue
from shopdemo.shop.models import Product, User
from shopdemo.wsgi import application
from tests.cast import NOW
from tests.personalization.content.making import make_slot, make_variant

pytestmark = [pytest.mark.service, pytest.mark.django_db]

EXAMPLES = int(os.environ.get("SCHEMA_EXAMPLES", "10"))
schema: Any = schemathesis.openapi.from_wsgi("/api/schema/", application)
# It makes tens of thousands of cases of our rules, before the first of any test is asked.
schema.config.phases.coverage.enabled = False
checks = [
    check
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "response_headers_conformance",
    )
    for check in CHECKS.get_by_names([name])
]
# Few are the same ones each time, so that a change is judged by what it changed; many are new ones.
asked = settings(max_examples=EXAMPLES, derandomize=EXAMPLES < 100, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def connection_of_the_test() -> Iterator[None]:
    """A request from outside would end with the connection, in which the test keeps what it made."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def owner(cast: dict[str, Any], settings: Any) -> dict[str, str]:
    """The headers of a machine that may do everything, in a shop where there is something to do it to."""
    settings.SEGMENTATION = {**settings.SEGMENTATION, "API_RATES": None}
    settings.PERSONALIZATION = {**settings.PERSONALIZATION, "EVENTS_RATE": 10**9, "EVENTS_NETWORK_RATE": 10**9}
    Product.objects.create(code="L1", title="Lamp", slug="lamp", price=5, stock=3)
    define("buyers", "orders.count() >= 1", name="Buyers", now=NOW)
    make_variant(make_slot("hero"), "hello")
    staff = User.objects.create_superuser("owner@shop.test", "secret")
    _token, secret = issue("a machine", staff, "write", now=NOW)
    return {"Authorization": f"Bearer {secret}"}


@schema.parametrize()
@asked
def test_whatever_is_asked_is_answered_as_the_document_says(case: Any, owner: dict[str, str]) -> None:
    case.call_and_validate(headers=owner, checks=checks)
