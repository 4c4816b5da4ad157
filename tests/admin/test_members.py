from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from segmentation.models import Membership, Profile, Segment
from tests.admin.conftest import person, url

LIST = "membership_changelist"


def members(response: Any) -> set[str]:
    return {row.profile.key for row in response.context["cl"].result_list}


def test_a_link_leads_to_the_members_of_one_segment(admin: Client, buyers: Segment, loyal: Segment) -> None:
    response = admin.get(url(LIST), {"segment__id__exact": loyal.pk})
    assert members(response) == {person("alice").key}
    page = response.content.decode()
    assert f'<a href="{url("profile_change", person("alice").pk)}">{person("alice").key}</a>' in page
    assert f'<a href="{url("profile_why", person("alice").pk, loyal.pk)}">Why?</a>' in page


def test_the_link_names_the_segment_and_no_other(admin: Client, buyers: Segment, loyal: Segment) -> None:
    filters = admin.get(url(LIST), {"segment__id__exact": loyal.pk}).context["cl"].filter_specs
    assert [str(one.title) for one in filters] == ["segment", "kind"]
    assert filters[0].lookup_choices == [(loyal.pk, "Loyal")]


def test_without_a_link_nobody_is_listed_to_choose_from(admin: Client, buyers: Segment) -> None:
    response = admin.get(url(LIST))
    assert [str(one.title) for one in response.context["cl"].filter_specs] == ["kind"]
    assert "<select" not in response.content.decode()


def test_members_by_kind(admin: Client, buyers: Segment) -> None:
    query = {"segment__id__exact": buyers.pk, "profile__kind__exact": "guest"}
    assert members(admin.get(url(LIST), query)) == {person("gina").key}


def test_memberships_of_a_person(admin: Client, buyers: Segment, loyal: Segment) -> None:
    response = admin.get(url(LIST), {"profile__id__exact": person("alice").pk})
    assert {row.segment.slug for row in response.context["cl"].result_list} == {"buyers", "loyal"}


@pytest.mark.parametrize("nonsense", ["abc", "", "-1", "²", "9" * 30])
def test_a_link_gone_wrong_is_no_error(admin: Client, buyers: Segment, nonsense: str) -> None:
    response = admin.get(url(LIST), {"segment__id__exact": nonsense}, follow=True)
    assert response.status_code == 200


def test_members_of_another_shop_are_not_there(admin: Client, buyers: Segment) -> None:
    stranger = Segment.objects.create(shop="other", slug="theirs", name="Theirs", definition=buyers.definition)
    profile = Profile.objects.create(shop="other", key="user:1", kind="user", created_at=timezone.now())
    Membership.objects.create(shop="other", segment=stranger, profile=profile, since=timezone.now())
    assert len(members(admin.get(url(LIST)))) == 3


def test_nobody_edits_members_not_even_the_owner(admin: Client, buyers: Segment) -> None:
    row = Membership.objects.first()
    assert row is not None
    assert admin.get(url("membership_add")).status_code == 403
    assert admin.get(url("membership_change", row.pk)).status_code == 200
    assert admin.post(url("membership_change", row.pk), {"since_0": "2020-01-01"}).status_code == 403
    assert admin.post(url("membership_delete", row.pk), {"post": "yes"}).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    admin.post(url(LIST), data)
    assert Membership.objects.count() == 3


def test_looking_needs_the_right(staff: Callable[..., Client], buyers: Segment) -> None:
    assert staff("view_segment").get(url(LIST)).status_code == 403


def test_more_members_cost_no_more_queries(admin: Client, buyers: Segment) -> None:
    query = {"segment__id__exact": buyers.pk}
    with CaptureQueriesContext(connection) as few:
        admin.get(url(LIST), query)
    profiles = Profile.objects.bulk_create(
        Profile(key=f"user:x{number}", kind="user", customer_id=f"x{number}", created_at=timezone.now()) for number in range(90)
    )
    Membership.objects.bulk_create(Membership(segment=buyers, profile=profile, since=timezone.now()) for profile in profiles)
    with CaptureQueriesContext(connection) as many:
        assert len(members(admin.get(url(LIST), query))) == 93
    assert len(few) == len(many) <= 6


def test_visitors_are_listed_where_they_are_asked_for(admin: Client, buyers: Segment) -> None:
    visitor = Profile.objects.create(key="visitor:v", kind="visitor", visitor_id="v", created_at=timezone.now())
    Membership.objects.create(segment=buyers, profile=visitor, since=timezone.now())
    segment = {"segment__id__exact": buyers.pk}

    assert "visitor:v" not in members(admin.get(url(LIST), segment))
    assert len(members(admin.get(url(LIST), segment))) == 3
    assert members(admin.get(url(LIST), {**segment, "profile__kind__exact": "visitor"})) == {"visitor:v"}
