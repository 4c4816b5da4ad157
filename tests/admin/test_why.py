from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from segmentation.errors import SourceError
from segmentation.membership import define, override
from segmentation.models import Membership, Override, Profile, RankCutoff, Segment
from segmentation.testing import make_segment, refresh_now
from shopdemo.shop.models import Order, User
from tests.admin.conftest import break_segment, person, told, url


def why(name: str, segment: Segment) -> str:
    return url("profile_why", person(name).pk, segment.pk)


def conditions(response: Any) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in response.context["table"].rows]


def is_in(name: str, segment: Segment) -> bool:
    return Membership.objects.filter(segment=segment, profile=person(name)).exists()


def test_each_condition_with_its_value_its_limit_and_the_orders(admin: Client, people: None) -> None:
    segment = make_segment("dear", 'orders.count() >= 2 and orders.sum(total) > 250.50 and customer.country = "FR"')
    refresh_now()
    response = admin.get(why("alice", segment))
    assert response.context["answer"][:2] == ["In", "Asked now, the rule says: true"]
    count, spent, country = conditions(response)
    assert count[:4] == ("at least 2 orders", "true", "3", "2")
    assert set(count[4].split(", ")) == {"A1", "A2", "A3"}
    assert spent[1:4] == ("true", "300.00", "250.50")
    assert country[1:] == ("true", "FR", "FR", "-")


def test_why_somebody_is_not_in(admin: Client, loyal: Segment) -> None:
    response = admin.get(why("bob", loyal))
    assert response.context["answer"] == ["Not in", "Asked now, the rule says: false", "Stored: No member"]
    assert conditions(response) == [("at least 3 orders", "false", "1", "3", "B1")]


def test_long_evidence_is_cut_and_counted(admin: Client, loyal: Segment) -> None:
    alice = User.objects.get(email="alice@shop.test")
    Order.objects.bulk_create(Order(number=f"M{number}", user=alice, total=1, placed_at=timezone.now()) for number in range(30))
    ((_, _, value, _, evidence),) = conditions(admin.get(why("alice", loyal)))
    assert value == "33"
    assert evidence.endswith(" and 13 more")


def test_who_is_kept_in_is_told_by_what(admin: Client, people: None) -> None:
    Order.objects.update(placed_at=timezone.now() - timedelta(days=9))  # places are those of midnight
    Order.objects.filter(user__email="alice@shop.test").update(total=1000)
    segment = make_segment("best", "top 1 by orders.sum(total) stay 7 days")
    refresh_now()
    Order.objects.filter(user__email="alice@shop.test").update(total=1)
    RankCutoff.objects.all().delete()
    ((_, truth, *_),) = conditions(admin.get(why("alice", segment)))
    assert truth == "true: no longer among them (members stay for at least 7 days)"


@pytest.mark.parametrize(("rights", "city"), [((), "restricted"), (("view_restricted",), "Leeds")])
def test_restricted_values_need_the_right(staff: Callable[..., Client], people: None, rights: tuple[str, ...], city: str) -> None:
    User.objects.filter(email="alice@shop.test").update(city="Leeds", country="GB")
    segment = make_segment("leeds", 'customer.city = "Leeds" and customer.country = "GB"')
    refresh_now()
    response = staff("view_profile", *rights).get(why("alice", segment))
    assert [row[1:4] for row in conditions(response)] == [("true", city, "Leeds"), ("true", "GB", "GB")]


def test_an_answer_that_changed_meanwhile_says_so(admin: Client, loyal: Segment) -> None:
    Order.objects.filter(user__email="alice@shop.test").delete()
    answer = admin.get(why("alice", loyal)).context["answer"]
    assert answer[0] == "Not in"
    assert answer[-1] == "The next refresh brings the stored membership in step."


def test_a_broken_segment_is_told(admin: Client, buyers: Segment) -> None:
    break_segment(buyers)
    response = admin.get(why("alice", buyers))
    assert response.status_code == 200
    assert "buyers is broken: /rules/0/field: unknown fact customer.shoe_size" in response.content.decode()


def test_a_shop_that_fails_is_told(admin: Client, loyal: Segment, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise SourceError("orders went away")

    monkeypatch.setattr("segmentation.membership.explain", fail)
    assert "orders went away" in admin.get(why("alice", loyal)).content.decode()


def test_there_is_no_page_for_nobody(admin: Client, loyal: Segment) -> None:
    assert admin.get(url("profile_why", 0, loyal.pk)).status_code == 404
    assert admin.get(url("profile_why", person("alice").pk, 0)).status_code == 404
    Segment.objects.filter(pk=loyal.pk).update(shop="other")
    assert admin.get(why("alice", loyal)).status_code == 404


# By hand


def test_the_owner_puts_somebody_in(admin: Client, owner: User, loyal: Segment) -> None:
    response = admin.post(why("bob", loyal), {"word": "include", "reason": "Helped us"}, follow=True)
    assert told(response) == [("success", "It is noted.")]
    said = Override.objects.get()
    assert (said.segment, said.profile, said.included, said.reason, said.by) == (loyal, person("bob"), True, "Helped us", owner)
    assert is_in("bob", loyal)
    page = response.content.decode()
    assert "Today: always in. Said by owner@shop.test on " in page
    assert LogEntry.objects.get().change_message == "loyal: Always in, whatever the rule says. Helped us"


def test_the_owner_keeps_somebody_out(admin: Client, loyal: Segment) -> None:
    admin.post(why("alice", loyal), {"word": "exclude", "reason": ""})
    assert not is_in("alice", loyal)
    refresh_now()
    assert not is_in("alice", loyal)


def test_the_rule_decides_again(admin: Client, loyal: Segment) -> None:
    override(loyal, person("alice"), included=False, now=timezone.now())
    admin.post(why("alice", loyal), {"word": "rule"})
    assert is_in("alice", loyal)
    assert not Override.objects.exists()


def test_the_form_begins_with_what_was_said(admin: Client, loyal: Segment) -> None:
    override(loyal, person("bob"), included=True, reason="Helped us", now=timezone.now())
    form = admin.get(why("bob", loyal)).context["form"]
    assert form.initial == {"word": "include", "reason": "Helped us"}
    assert admin.get(why("alice", loyal)).context["form"].initial == {"word": "rule"}


def test_a_word_nobody_knows_changes_nothing(admin: Client, loyal: Segment) -> None:
    response = admin.post(why("bob", loyal), {"word": "perhaps", "reason": "x" * 201})
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"word", "reason"}
    assert not Override.objects.exists()


def test_a_shop_that_fails_meanwhile_is_told(admin: Client, loyal: Segment, monkeypatch: pytest.MonkeyPatch) -> None:
    override(loyal, person("alice"), included=False, now=timezone.now())

    def fail(*args: Any, **kwargs: Any) -> None:
        raise SourceError("orders went away")

    monkeypatch.setattr("segmentation.membership.live.answer_few", fail)
    response = admin.post(why("alice", loyal), {"word": "rule"}, follow=True)
    assert told(response) == [("error", "The shop cannot be asked: orders went away")]
    assert Override.objects.get().included is False
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_nobody_is_put_into_what_has_no_members(admin: Client, loyal: Segment, state: str) -> None:
    Segment.objects.filter(pk=loyal.pk).update(state=state)
    assert admin.get(why("bob", loyal)).context["form"] is None
    assert admin.post(why("bob", loyal), {"word": "include"}).status_code == 403


def test_nobody_is_put_in_who_is_gone(admin: Client, loyal: Segment) -> None:
    bob = person("bob")
    bob.gone_at = timezone.now()
    bob.save()
    assert admin.post(why("bob", loyal), {"word": "include"}).status_code == 403


def test_looking_is_not_overruling(staff: Callable[..., Client], loyal: Segment) -> None:
    override(loyal, person("bob"), included=True, now=timezone.now())
    browser = staff("view_profile")
    response = browser.get(why("bob", loyal))
    assert response.context["form"] is None
    assert "Today: always in. Said by somebody on " in response.content.decode()
    assert browser.post(why("bob", loyal), {"word": "exclude"}).status_code == 403
    assert is_in("bob", loyal)


def test_who_has_the_right_overrules(staff: Callable[..., Client], loyal: Segment) -> None:
    assert staff("view_profile", "change_override").post(why("bob", loyal), {"word": "include"}).status_code == 302
    assert is_in("bob", loyal)


def test_looking_needs_the_right(staff: Callable[..., Client], loyal: Segment, client: Client) -> None:
    assert staff("change_override").get(why("bob", loyal)).status_code == 403
    assert client.get(why("bob", loyal))["Location"].startswith("/admin/login/")


def test_the_page_costs_few_queries(admin: Client, loyal: Segment, django_assert_max_num_queries: Any) -> None:
    address = why("alice", loyal)
    with django_assert_max_num_queries(9):
        admin.get(address)


def test_what_was_not_asked_is_said(admin: Client, people: None, configure: Callable[..., None]) -> None:
    configure(PROFILING_CONSENT="activity")
    segment = define("curious", "events.count() >= 1 and orders.count() >= 0", now=timezone.now())
    refresh_now()

    activity, orders = conditions(admin.get(why("alice", segment)))
    assert activity[1:] == ("unknown", "not asked: no consent to profiling", "-", "-")
    assert orders[1] == "true"


def test_nobody_is_put_in_who_is_somebody_else_now(admin: Client, loyal: Segment) -> None:
    guest = person("gina")
    Profile.objects.filter(pk=guest.pk).update(merged_into=person("alice"))

    response = admin.get(url("profile_why", guest.pk, loyal.pk))
    assert response.context["form"] is None
    assert response.context["answer"][0] == "In"  # as Alice is
    assert admin.post(url("profile_why", guest.pk, loyal.pk), {"word": "include"}).status_code == 403
