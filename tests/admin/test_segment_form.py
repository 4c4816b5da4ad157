from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from segmentation.models import Membership, Segment, SegmentVersion
from segmentation.rules import dump, parse
from segmentation.testing import make_segment, refresh_now
from shopdemo.shop.models import User
from tests.admin.conftest import break_segment, filled, form_of, told, url


def errors(response: Any) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["adminform"].form.errors.items()}


def test_a_segment_is_made_with_its_first_version(admin: Client, owner: User, people: None) -> None:
    data = form_of(name="Friends", slug="friends", description="Dear ones", state="draft", rule_text="orders.count() >= 2")
    response = admin.post(url("segment_add"), data)
    assert response.status_code == 302
    segment = Segment.objects.get(slug="friends")
    assert (segment.shop, segment.name, segment.description, segment.state) == ("default", "Friends", "Dear ones", "draft")
    assert segment.definition == dump(parse("orders.count() >= 2")) | {"base_currency": "GBP"}
    version = SegmentVersion.objects.get(segment=segment)
    assert (version.number, version.created_by, version.definition) == (1, owner, segment.definition)


def test_another_rule_is_another_version(admin: Client, loyal: Segment) -> None:
    admin.post(url("segment_change", loyal.pk), form_of(loyal, rule_text="orders.count() >= 4"))
    loyal.refresh_from_db()
    assert loyal.version == 2
    assert list(SegmentVersion.objects.filter(segment=loyal).values_list("number", flat=True)) == [2, 1]


def test_of_two_owners_the_second_is_asked_to_look(admin: Client, loyal: Segment) -> None:
    seen = admin.get(url("segment_change", loyal.pk)).context["adminform"].form["seen"].value()
    refresh_now("loyal")  # is no change of an owner's
    assert admin.post(url("segment_change", loyal.pk), form_of(loyal, seen=seen, name="First")).status_code == 302

    mine = form_of(loyal, seen=seen, rule_text="orders.count() >= 9")
    response = admin.post(url("segment_change", loyal.pk), mine)
    assert errors(response) == {
        "__all__": [
            "Somebody else changed this segment since you opened it (it is version 2 now). Open it anew to see what it is, and"
            " make your change again."
        ]
    }
    assert not errors(admin.post(url("segment_change", loyal.pk), {**mine, "_preview": "Preview"}))
    loyal.refresh_from_db()
    assert (loyal.name, loyal.version) == ("First", 2)
    anew = admin.get(url("segment_change", loyal.pk)).context["adminform"].form["seen"].value()
    assert admin.post(url("segment_change", loyal.pk), {**mine, "seen": anew}).status_code == 302


def test_a_segment_is_told_to_storefronts_when_its_owner_says_so(admin: Client, loyal: Segment) -> None:
    address = url("segment_change", loyal.pk)
    assert "its slug is then no secret" in admin.get(address).content.decode()

    assert admin.post(address, form_of(loyal, rule_text="orders.count() >= 3", is_published="on")).status_code == 302
    loyal.refresh_from_db()
    assert (loyal.is_published, loyal.version) == (True, 1)


def test_another_name_is_not(admin: Client, loyal: Segment) -> None:
    admin.post(url("segment_change", loyal.pk), form_of(loyal, name="Regulars", rule_text="orders.count() >= 3"))
    loyal.refresh_from_db()
    assert (loyal.name, loyal.version) == ("Regulars", 1)


def test_a_mistake_in_the_text_is_told_with_its_place_and_nothing_is_lost(admin: Client, loyal: Segment) -> None:
    text = "orders.count() >= 3\r\nand orders.count( = 2"
    response = admin.post(url("segment_change", loyal.pk), form_of(loyal, name="Typed", rule_text=text))
    (message,) = errors(response)["rule_text"]
    assert message.startswith("Line 2, column 19: '=' is not expected here")
    page = response.content.decode()
    assert 'value="Typed"' in page
    assert "and orders.count( = 2</textarea>" in page
    loyal.refresh_from_db()
    assert (loyal.name, loyal.version) == ("Loyal", 1)


def test_every_mistake_about_facts_is_its_own_message(admin: Client, loyal: Segment) -> None:
    text = 'customer.shoe = "xl" and customer.country > "a" and orders.count() >= 1'
    response = admin.post(url("segment_change", loyal.pk), form_of(loyal, rule_text=text))
    first, second = errors(response)["rule_text"]
    assert first == 'In “customer.shoe = "xl"” (/rules/0/field): unknown fact customer.shoe'
    assert second.startswith('In “customer.country > "a"” (/rules/1/operator): customer.country is a text')
    assert response.content.decode().count("<li>In “") == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "This field is required."),
        ("   ", "Line 1, column 1: the rule ends too early"),
        ("(" * 70 + ")" * 70, "parentheses are nested deeper than 64"),
        ("{}", "At /version: unknown version"),
        ('{"version": 1,\n oops', "Line 2, column 2: this is not JSON"),
        (
            'customer.joined_at on "2026-13-01"',
            "In “customer.joined_at on \"2026-13-01\"” (/rules/0/value): '2026-13-01' is not a date",
        ),
    ],
)
def test_bad_rules_are_refused_in_words(admin: Client, people: None, text: str, said: str) -> None:
    response = admin.post(url("segment_add"), form_of(name="Bad", slug="bad", rule_text=text))
    assert errors(response)["rule_text"][0].startswith(said)
    assert not Segment.objects.exists()


def test_json_is_taken_too(admin: Client, people: None) -> None:
    stored = json.dumps(dump(parse("orders.count() >= 2")), indent=2)
    admin.post(url("segment_add"), form_of(name="J", slug="j", state="draft", rule_text=stored))
    assert Segment.objects.get(slug="j").definition == dump(parse("orders.count() >= 2")) | {"base_currency": "GBP"}


def test_a_slug_is_taken_once_in_a_shop(admin: Client, loyal: Segment) -> None:
    response = admin.post(url("segment_add"), form_of(name="Twin", slug="loyal"))
    assert errors(response) == {"slug": ["Another segment has this slug."]}
    Segment.objects.create(shop="other", slug="theirs", name="Theirs", definition=loyal.definition)
    assert admin.post(url("segment_add"), form_of(name="Ours", slug="theirs", state="draft")).status_code == 302


def test_nobody_breaks_a_segment_by_hand(admin: Client, loyal: Segment) -> None:
    response = admin.post(url("segment_change", loyal.pk), form_of(loyal, state="broken"))
    assert list(errors(response)) == ["state"]
    loyal.refresh_from_db()
    assert loyal.state == "live"


def test_the_stored_state_stays_on_show_beside_a_mistake(admin: Client, buyers: Segment) -> None:
    break_segment(buyers)
    response = admin.post(url("segment_change", buyers.pk), form_of(buyers, state="draft", rule_text="nonsense ("))
    assert "This segment is broken" in response.content.decode()
    assert "broken</strong>" in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_broken_segment_is_live_again_once_its_rule_is_sound(admin: Client, buyers: Segment) -> None:
    break_segment(buyers)
    data = form_of(buyers, state="live", rule_text="orders.count() >= 3")
    response = admin.post(url("segment_change", buyers.pk), data, follow=True)
    buyers.refresh_from_db()
    assert (buyers.state, buyers.problem, buyers.size) == ("live", "", 1)
    assert ("success", "“Buyers” has 1 member: 0 entered, 2 left.") in told(response)


def test_a_broken_segment_stays_broken_while_its_rule_is_not_sound(admin: Client, buyers: Segment) -> None:
    break_segment(buyers)
    data = form_of(buyers, state="live", rule_text="customer.shoe_size = 44")
    response = admin.post(url("segment_change", buyers.pk), data)
    assert errors(response)["rule_text"] == ["In “customer.shoe_size = 44” (/rules/0/field): unknown fact customer.shoe_size"]
    buyers.refresh_from_db()
    assert (buyers.state, buyers.size) == ("broken", 3)


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_a_broken_segment_can_be_put_away_as_it_is(
    admin: Client, buyers: Segment, state: str, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    break_segment(buyers)
    data = form_of(buyers, state=state, rule_text="customer.shoe_size = 44")
    with django_capture_on_commit_callbacks(execute=True):
        assert admin.post(url("segment_change", buyers.pk), data).status_code == 302
    buyers.refresh_from_db()
    assert (buyers.state, buyers.problem, buyers.size) == (state, "", None)
    assert not Membership.objects.filter(segment=buyers).exists()


def test_what_is_put_away_as_it_is_cannot_come_back_so(admin: Client, buyers: Segment) -> None:
    break_segment(buyers)
    data = form_of(buyers, state="archived", rule_text="customer.shoe_size = 44")
    admin.post(url("segment_change", buyers.pk), data)
    response = admin.post(url("segment_change", buyers.pk), data | {"state": "live"})
    assert list(errors(response)) == ["rule_text"]


def test_an_unreadable_segment_cannot_be_put_away_with_its_json(admin: Client, buyers: Segment) -> None:
    Segment.objects.filter(pk=buyers.pk).update(definition={"version": 9})
    data = form_of(buyers, state="archived", rule_text='{\r\n  "version": 9\r\n}')
    assert (
        "At /version: unknown version: this release knows 1"
        in errors(admin.post(url("segment_change", buyers.pk), data))["rule_text"]
    )


def test_archiving_empties(admin: Client, loyal: Segment, django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(url("segment_change", loyal.pk), form_of(loyal, state="archived", rule_text="orders.count() >= 3"))
    loyal.refresh_from_db()
    assert (loyal.state, loyal.size, loyal.memberships.count()) == ("archived", None, 0)


def test_a_shop_that_cannot_be_had_is_told_beside_the_rule(admin: Client, loyal: Segment) -> None:
    with override_settings(SEGMENTATION={**settings.SEGMENTATION, "SOURCE": "nowhere.Source"}):
        assert admin.get(url("segment_change", loyal.pk)).status_code == 200
        response = admin.post(url("segment_change", loyal.pk), form_of(loyal, rule_text="orders.count() >= 4"))
    (message,) = errors(response)["rule_text"]
    assert message.startswith("The shop cannot be asked: ")


def test_who_may_add_may_not_change(staff: Callable[..., Client], people: None) -> None:
    browser = staff("add_segment", "view_segment")
    assert browser.post(url("segment_add"), form_of(name="Mine", slug="mine", state="draft")).status_code == 302
    segment = Segment.objects.get(slug="mine")
    assert browser.post(url("segment_change", segment.pk), form_of(segment)).status_code == 403


def test_a_rule_stays_as_it_was_typed_apart_from_its_spelling(admin: Client, people: None) -> None:
    segment = make_segment("wide", 'customer.country in ("FR", "PL") and not (orders.count() = 0 or orders.count() > 9)')
    text = admin.get(url("segment_change", segment.pk)).context["adminform"].form.initial["rule_text"]
    admin.post(url("segment_change", segment.pk), form_of(segment, state="draft", rule_text=text))
    segment.refresh_from_db()
    assert segment.version == 1


# Segments inside segments


@pytest.fixture
def friends(buyers: Segment) -> Segment:
    """Refers to the buyers."""
    return filled("friends", 'in segment "buyers"')


def test_a_segment_may_stand_inside_another(admin: Client, buyers: Segment) -> None:
    text = 'in segment "buyers" for at least 7 days'
    assert admin.post(url("segment_add"), form_of(name="F", slug="friends", state="draft", rule_text=text)).status_code == 302
    friends = Segment.objects.get(slug="friends")
    assert admin.get(url("segment_change", friends.pk)).context["adminform"].form.initial["rule_text"] == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'orders.count() > 0 and in segment "buyer"',
            'In “in segment "buyer"” (/rules/1/segment): there is no segment called buyer; did you mean buyers?',
        ),
        ('in segment "idea"', 'In “in segment "idea"” (/rules/0/segment): the segment idea is not live, so nobody is in it'),
        (
            'in segment "new"',
            'In “in segment "new"” (/rules/0/segment): the segments refer to each other in a circle: new → new',
        ),
    ],
)
def test_segments_that_cannot_be_referred_to(admin: Client, friends: Segment, text: str, said: str) -> None:
    make_segment("idea", "orders.count() >= 3", state="draft")
    response = admin.post(url("segment_add"), form_of(name="New", slug="new", rule_text=text))
    assert errors(response) == {"rule_text": [said]}
    assert not Segment.objects.filter(slug="new").exists()


def test_a_circle_is_refused_beside_the_rule(admin: Client, buyers: Segment, friends: Segment) -> None:
    text = 'orders.count() >= 1 and not (in segment "friends")'
    response = admin.post(url("segment_change", buyers.pk), form_of(buyers, rule_text=text))
    (message,) = errors(response)["rule_text"]
    assert message.endswith("the segments refer to each other in a circle: buyers → friends → buyers")
    assert "(/rules/1/rules/0/segment)" in message
    buyers.refresh_from_db()
    assert buyers.version == 1


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_a_segment_in_use_is_not_put_away(admin: Client, buyers: Segment, friends: Segment, state: str) -> None:
    response = admin.post(url("segment_change", buyers.pk), form_of(buyers, state=state))
    assert errors(response) == {"state": ["buyers is used by friends: change these first"]}
    buyers.refresh_from_db()
    assert (buyers.state, buyers.size) == ("live", 3)


def test_a_segment_in_use_keeps_its_slug(admin: Client, buyers: Segment, friends: Segment) -> None:
    response = admin.post(url("segment_change", buyers.pk), form_of(buyers, slug="customers", name="Customers"))
    assert errors(response) == {"slug": ["buyers is used by friends: change these first"]}
    buyers.refresh_from_db()
    assert (buyers.slug, buyers.name) == ("buyers", "Buyers")


def test_a_segment_in_use_may_have_another_name_and_rule(admin: Client, buyers: Segment, friends: Segment) -> None:
    data = form_of(buyers, name="Customers", rule_text="orders.count() >= 2")
    assert admin.post(url("segment_change", buyers.pk), data).status_code == 302
    buyers.refresh_from_db()
    assert (buyers.name, buyers.version) == ("Customers", 2)


def test_the_segment_that_refers_may_go_and_then_the_other(admin: Client, buyers: Segment, friends: Segment) -> None:
    text = 'in segment "buyers"'
    assert admin.post(url("segment_change", friends.pk), form_of(friends, state="archived", rule_text=text)).status_code == 302
    assert admin.post(url("segment_change", buyers.pk), form_of(buyers, state="archived")).status_code == 302


def test_a_segment_whose_segment_is_gone_can_be_put_away_as_it_is(admin: Client, buyers: Segment, friends: Segment) -> None:
    buyers.delete()
    refresh_now("friends")
    friends.refresh_from_db()
    assert friends.state == "broken"
    data = form_of(friends, state="archived", rule_text='in segment "buyers"')
    assert admin.post(url("segment_change", friends.pk), data).status_code == 302
    friends.refresh_from_db()
    assert friends.state == "archived"
    back = admin.post(url("segment_change", friends.pk), data | {"state": "live"})
    assert "there is no segment called buyers" in errors(back)["rule_text"][0]


def test_a_preview_does_not_ask_who_refers_to_the_segment(admin: Client, buyers: Segment, friends: Segment) -> None:
    response = admin.post(url("segment_change", buyers.pk), form_of(buyers, state="archived", slug="other") | {"_preview": "1"})
    assert errors(response) == {}
    assert response.context["preview"] is not None
