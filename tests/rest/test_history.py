"""Whatever is changed by REST stands in the history that the admin shows of it."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.models import LogEntry

from segmentation.testing import make_segment, refresh_now
from shopdemo.shop.models import User
from tests.cast import key_of, profile_of

ADDED, CHANGED, DELETED = 1, 2, 3


def told() -> list[tuple[str, str, int, str]]:
    """What of which kind, how, and the words."""
    entries = LogEntry.objects.order_by("pk").select_related("content_type")
    return [(each.content_type.model, each.object_repr, each.action_flag, each.get_change_message()) for each in entries]


def test_segments(api: Any, staff: User, alice: User) -> None:
    api.post("/api/segments/", {"slug": "often", "name": "Often", "text": "orders.count() >= 3"})
    api.patch("/api/segments/often/", {"name": "Often", "description": "Regulars"})
    api.patch("/api/segments/often/", {"text": "orders.count() >= 2"})
    api.patch("/api/segments/often/", {"name": "Often"})
    api.post("/api/presets/", {"slugs": ["repeat-buyers"], "state": "draft"})
    api.delete("/api/segments/often/")
    assert told() == [
        ("segment", "Often", ADDED, "Added."),
        ("segment", "Often", CHANGED, "Changed Description."),
        ("segment", "Often", CHANGED, "Changed Definition."),
        ("segment", "Repeat buyers", ADDED, "Added."),
        ("segment", "Often", DELETED, ""),
    ]
    assert {entry.user for entry in LogEntry.objects.all()} == {staff}
    assert LogEntry.objects.latest("pk").object_id


def test_words_on_people_and_which_machine_said_them(staff: User, bearer: Any, alice: User) -> None:
    make_segment("loyal", "orders.count() >= 99")
    refresh_now()
    machine, address = bearer(staff), f"/api/segments/loyal/overrides/{key_of(alice)}/"
    assert machine.put(address, {"included": True, "reason": "a friend"}).status_code == 201
    assert machine.delete(address).status_code == 204
    body = {"purpose": "newsletter", "granted": True, "method": "phone"}
    assert machine.post(f"/api/profiles/{key_of(alice)}/consents/", body).status_code == 201
    by = "By the API token “a machine”."
    assert told()[:2] == [
        ("profile", str(profile_of(alice)), CHANGED, f"loyal: Always in, whatever the rule says. a friend {by}"),
        ("profile", str(profile_of(alice)), CHANGED, f"loyal: The rule decides.  {by}"),
    ]
    assert [(kind, flag, words) for kind, _what, flag, words in told()[2:]] == [("consent", ADDED, f"Added. {by}")]


def test_what_was_refused_stands_nowhere(api: Any, alice: User) -> None:
    make_segment("loyal", "orders.count() >= 99")
    make_segment("others", 'not in segment "loyal"')
    assert api.delete("/api/segments/loyal/").status_code == 409
    assert api.patch("/api/segments/loyal/", {"state": "archived"}).status_code == 409
    assert api.post("/api/segments/", {"slug": "loyal", "text": "orders.count() >= 3"}).status_code == 409
    assert told() == []
