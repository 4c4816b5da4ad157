from __future__ import annotations

from typing import Any

import pytest

from segmentation.models import Override, Profile, Segment
from shopdemo.shop.models import User
from tests.cast import NOW
from tests.rest.segments.conftest import HERE, TEXT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("word")]

PREVIEW = {"text": TEXT}
CALLS: list[tuple[str, str, Any, list[str]]] = [
    ("get", "segments/", None, ["view_segment"]),
    ("post", "segments/", {"slug": "new", "text": TEXT}, ["add_segment"]),
    ("get", "segments/loyal/", None, ["view_segment"]),
    ("patch", "segments/loyal/", {"name": "Regulars"}, ["change_segment"]),
    ("delete", "segments/loyal/", None, ["delete_segment"]),
    ("get", "segments/loyal/versions/", None, ["view_segment"]),
    ("get", "segments/loyal/members/", None, ["view_membership"]),
    ("get", "segments/loyal/overrides/", None, ["view_override"]),
    ("get", "segments/loyal/overrides/user:me/", None, ["view_override"]),
    ("put", "segments/loyal/overrides/user:me/", {"included": True}, ["change_override", "view_profile"]),
    ("delete", "segments/loyal/overrides/user:me/", None, ["change_override", "view_profile"]),
    ("post", "segments/loyal/refresh/", None, ["change_segment"]),
    ("post", "segments/preview/", PREVIEW, ["add_segment"]),
    ("post", "segments/preview/", PREVIEW, ["change_segment"]),
    ("get", "segments/export/", None, ["view_segment"]),
    ("get", "presets/", None, ["add_segment"]),
    ("post", "presets/", {"slugs": ["lapsed"]}, ["add_segment"]),
    ("get", "status/", None, ["view_segment"]),
    ("get", "facts/", None, ["add_segment"]),
    ("get", "facts/customer.country/choices/", None, ["change_segment"]),
    ("get", "facts/customer.city/choices/", None, ["change_segment", "view_restricted"]),
]
ALL = {right for *_call, rights in CALLS for right in rights}
CHANGING = [call for call in CALLS if call[0] != "get" and "preview" not in call[1]]


@pytest.fixture
def word(loyal: Segment) -> None:
    """The owner's, on somebody."""
    me = Profile.objects.create(key="user:me", kind="user", created_at=NOW)
    Override.objects.create(segment=loyal, profile=me, included=True, at=NOW)


def call(client: Any, method: str, path: str, body: Any) -> Any:
    address = f"/api/{path}"
    return getattr(client, method)(address) if body is None else getattr(client, method)(address, body)


@pytest.mark.parametrize(("method", "path", "body", "rights"), CALLS)
def test_each_call_takes_its_rights(anybody, clerk, logged_in, method, path, body, rights) -> None:
    assert call(anybody, method, path, body).status_code == 401
    customer = logged_in(User.objects.create_user("customer@shop.test"))
    assert call(customer, method, path, body).status_code == 403
    others = sorted(ALL - set(rights) - ({"add_segment", "change_segment"} if "facts" in path or "preview" in path else set()))
    without = logged_in(clerk(*(f"{HERE}.{right}" for right in others), email="without@shop.test"))
    assert call(without, method, path, body).status_code == 403
    assert Segment.objects.get().name == "Loyal customers"
    having = logged_in(clerk(*(f"{HERE}.{right}" for right in rights)))
    assert call(having, method, path, body).status_code in (200, 201, 204)


@pytest.mark.parametrize(("method", "path", "body", "rights"), CHANGING)
def test_a_machine_that_only_reads_changes_nothing(staff, bearer, method, path, body, rights) -> None:
    response = call(bearer(staff, "read"), method, path, body)
    assert (response.status_code, response.json()["type"]) == (403, "urn:regulars:problem:read-only-token")
    assert Segment.objects.get().name == "Loyal customers"


def test_a_session_shows_its_csrf_token(staff) -> None:
    from tests.rest.conftest import JsonClient

    client = JsonClient(enforce_csrf_checks=True)
    client.force_login(staff)
    assert client.patch("/api/segments/loyal/", {"name": "Regulars"}).status_code == 403
    assert Segment.objects.get().name == "Loyal customers"
