from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from segmentation.models import JournalEntry, Membership, Profile, Segment
from segmentation.testing import make_segment
from tests.admin.conftest import filled, url


def test_the_question_counts_what_goes(admin: Client, buyers: Segment) -> None:
    response = admin.get(url("segment_delete", buyers.pk))
    assert dict(response.context["model_count"]) == {"segments": 1, "memberships": 3, "journal": 3, "segment versions": 1}
    assert [str(line) for line in response.context["deleted_objects"][1]] == [
        "Memberships: 3",
        "Journal: 3",
        "Segment versions: 1",
    ]


def test_the_question_reads_no_member(admin: Client, buyers: Segment) -> None:
    with CaptureQueriesContext(connection) as queries:
        admin.get(url("segment_delete", buyers.pk))
    rows = [query["sql"] for query in queries if '"regulars_segmentation_membership"' in query["sql"]]
    assert len(rows) == 1
    assert "COUNT(*)" in rows[0]


def test_deleting_takes_the_members_and_leaves_the_people(admin: Client, buyers: Segment) -> None:
    response = admin.post(url("segment_delete", buyers.pk), {"post": "yes"})
    assert response.status_code == 302
    assert (Segment.objects.count(), Membership.objects.count(), JournalEntry.objects.count()) == (0, 0, 0)
    assert Profile.objects.count() == 3


def test_several_are_deleted_after_the_same_question(admin: Client, buyers: Segment) -> None:
    loyal = filled("loyal", "orders.count() >= 3")
    data = {"action": "delete_selected", "_selected_action": [buyers.pk, loyal.pk]}
    asked = admin.post(url("segment_changelist"), data)
    assert dict(asked.context["model_count"])["memberships"] == 4
    admin.post(url("segment_changelist"), data | {"post": "yes"})
    assert not Segment.objects.exists()


def test_who_may_delete_segments_needs_no_right_to_delete_members(staff: Callable[..., Client], buyers: Segment) -> None:
    browser = staff("view_segment", "delete_segment")
    assert browser.post(url("segment_delete", buyers.pk), {"post": "yes"}).status_code == 302
    assert not Segment.objects.exists()


def test_who_may_change_may_not_delete(staff: Callable[..., Client], buyers: Segment) -> None:
    browser = staff("view_segment", "change_segment")
    assert browser.post(url("segment_delete", buyers.pk), {"post": "yes"}).status_code == 403
    assert Segment.objects.exists()


def test_what_others_refer_to_is_not_deleted(admin: Client, buyers: Segment) -> None:
    make_segment("friends", 'in segment "buyers"')
    make_segment("idea", 'not in segment "friends"', state="draft")

    response = admin.get(url("segment_delete", buyers.pk))
    said = "buyers is used by friends, idea: change these first"
    assert response.context["protected"] == [said]
    assert said in response.content.decode()
    assert admin.post(url("segment_delete", buyers.pk), {"post": "yes"}).status_code == 200
    assert (Segment.objects.count(), Membership.objects.count()) == (3, 3)


def test_what_goes_together_may_refer_to_each_other(admin: Client, buyers: Segment) -> None:
    friends = make_segment("friends", 'in segment "buyers"')
    idea = make_segment("idea", 'not in segment "friends"', state="draft")
    data = {"action": "delete_selected", "_selected_action": [buyers.pk, friends.pk], "post": "yes"}

    refused = admin.post(url("segment_changelist"), data)
    assert refused.context["protected"] == ["buyers is used by idea: change these first"]
    assert Segment.objects.count() == 3
    admin.post(url("segment_changelist"), data | {"_selected_action": [buyers.pk, friends.pk, idea.pk]})
    assert not Segment.objects.exists()


def test_what_an_archived_segment_refers_to_may_go(admin: Client, buyers: Segment) -> None:
    make_segment("old", 'in segment "buyers"', state="archived")

    assert admin.post(url("segment_delete", buyers.pk), {"post": "yes"}).status_code == 302
    assert [segment.slug for segment in Segment.objects.all()] == ["old"]
